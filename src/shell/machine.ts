import type { Actor } from '../cloud/actor.ts';
import { own } from '../cloud/own.ts';
import type { AccessKeyId, Instant } from '../cloud/world.ts';
import type { Moment } from './session.ts';

export type Settings = Readonly<Record<string, string>>;

/** What is set up where an actor sits: what `aws configure` writes, and the environment of the shell. */
export interface Machine {
  /** Profile name to its settings, such as `aws_access_key_id` and `role_arn`. */
  readonly profiles: Readonly<Record<string, Settings>>;
  /** Such as `AWS_ACCESS_KEY_ID`. */
  readonly environment: Settings;
  /** Credentials of roles that profiles assumed, by what was asked for: the CLI's cache. */
  readonly assumed: Readonly<Record<string, AssumedCredentials>>;
  /** What profiles share to sign in to an access portal, by name. Left out as long as there are none. */
  readonly ssoSessions?: Readonly<Record<string, Settings>>;
}

/** Temporary credentials as the CLI keeps them. */
export interface AssumedCredentials {
  readonly accessKey: AccessKeyId;
  readonly secret: string;
  readonly token: string;
  readonly expires: Instant;
}

/** The environment variables that the AWS CLI looks at here. */
export const VARIABLES: readonly string[] = [
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'],
  ...['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_SESSION_NAME'],
  ...['AWS_DEFAULT_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_DEFAULT_OUTPUT', 'AWS_PAGER'],
];

const UNTOUCHED: Machine = { profiles: {}, environment: {}, assumed: {} };

/** The machine an actor sits at. */
export function machineOf({ machines }: Moment, actor: Actor): Machine {
  return own(machines ?? {}, machineName(actor)) ?? UNTOUCHED;
}

/** The moment with the machine of an actor changed. */
export function withMachine(moment: Moment, actor: Actor, machine: Machine): Moment {
  return { ...moment, machines: { ...moment.machines, [machineName(actor)]: machine } };
}

/** The name of the profile a line is to use: the option, then the environment; null when neither says. */
export function chosenProfile({ environment }: Machine, option: string | null): string | null {
  return option ?? (environment.AWS_PROFILE || environment.AWS_DEFAULT_PROFILE || null);
}

/** A setting for a line, such as `region`: its environment variables first, then the profile. Null when not set. */
export function settingOf(
  machine: Machine,
  profileOption: string | null,
  variables: readonly string[],
  name: string,
): string | null {
  const variable = variables.map((each) => machine.environment[each]).find((value) => value);
  const profile = own(machine.profiles, chosenProfile(machine, profileOption) ?? 'default');
  return variable ?? own(profile ?? {}, name) ?? null;
}

/** Whoever holds a key has their own machine, however they came by it. */
function machineName(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `${actor.account}/user/${actor.user}`;
    case 'instance':
      return `${actor.account}/instance/${actor.instance}/${actor.process ?? ''}`;
    default:
      return JSON.stringify(actor);
  }
}
