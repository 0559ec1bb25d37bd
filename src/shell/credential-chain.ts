import type { Actor } from '../cloud/actor.ts';
import { NO_CREDENTIALS as NO_CREDENTIALS_SENTENCE } from '../cloud/credentials.ts';
import { own } from '../cloud/own.ts';
import { personNamed, portalRoles } from '../cloud/services/identity-center/portal.ts';
import type { World } from '../cloud/world.ts';
import { NO_CREDENTIALS, UNABLE } from './aws/usage.ts';
import { readFile } from './files.ts';
import { chosenProfile, type Machine, machineOf, type Settings } from './machine.ts';
import type { Moment } from './session.ts';

/** What a line's requests are signed with, or what keeps them from being signed. */
export type Signing =
  /** Credentials at hand, and where they came from. */
  | { readonly kind: 'credentials'; readonly actor: Actor; readonly source: CredentialSource }
  /** A role to assume first, with the credentials that `by` leads to. */
  | {
      readonly kind: 'role';
      readonly operation: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity';
      readonly profile: string;
      readonly input: Readonly<Record<string, string | number>>;
      /** The MFA device whose code goes with the request; null for none. */
      readonly mfaSerial: string | null;
      readonly by: Signing;
    }
  | { readonly kind: 'problem'; readonly output: string; readonly exit: number };

/** `own`: what the actor has without any setting: a key in their credentials file, or the metadata service. */
export type CredentialSource =
  | { readonly kind: 'own' }
  | { readonly kind: 'environment' }
  | { readonly kind: 'profile'; readonly profile: string };

/**
 * Finds credentials in the AWS CLI's order: the profile an option names, the environment, a role that the profile
 * assumes, the keys in the profile, the instance's metadata service.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-quickstart.html#cli-configure-quickstart-precedence
 */
export function signingFor(moment: Moment, actor: Actor, profileOption: string | null): Signing {
  const machine = machineOf(moment, actor);
  // A profile named by the option outranks the environment; one named by AWS_PROFILE does not.
  const seat = { moment, actor, machine };
  const environment =
    profileOption === null
      ? (fromEnvironment(moment.world, machine.environment) ?? tokenFromEnvironment(seat))
      : null;
  return environment ?? fromProfile(seat, chosenProfile(machine, profileOption), []);
}

interface Seat {
  readonly moment: Moment;
  readonly actor: Actor;
  readonly machine: Machine;
}

function fromEnvironment(world: World, environment: Settings): Signing | null {
  const {
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: token,
  } = environment;
  if (!accessKey) return null;
  if (!secret) return partial('env', 'AWS_SECRET_ACCESS_KEY');
  return {
    kind: 'credentials',
    actor: keyActor(world, accessKey, secret, token || null),
    source: { kind: 'environment' },
  };
}

/** `named` null is the default profile when nobody asked for it. `visited`: profiles that led here. */
function fromProfile(seat: Seat, named: string | null, visited: readonly string[]): Signing {
  const name = named ?? 'default';
  const settings = own(seat.machine.profiles, name);
  const portal = fromPortal(seat, name, settings);
  if (portal !== null) return portal;
  const hasOwnKey = name === 'default' && !['instance', 'anonymous'].includes(seat.actor.kind);
  if (settings === undefined && named !== null && !hasOwnKey) {
    return problem(`The config profile (${name}) could not be found`);
  }
  if (settings?.role_arn !== undefined) return fromRole(seat, name, settings, settings.role_arn, visited);
  const keys = fromKeys(seat.moment.world, name, settings);
  if (keys !== null) return keys;
  if (hasOwnKey || seat.actor.kind === 'instance') {
    return { kind: 'credentials', actor: seat.actor, source: { kind: 'own' } };
  }
  return { kind: 'problem', output: NO_CREDENTIALS_SENTENCE, exit: NO_CREDENTIALS };
}

/** The name `aws configure sso` proposes for a profile: the permission set and the account. */
const PORTAL_PROFILE = /^(.+)-(\d{12})$/;

/**
 * A profile of the access portal: one that was configured, or `ReadOnly-111122223333`, which is there by itself for
 * users of the directory. Null when it is none, or the actor is no such user.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
 */
function fromPortal({ actor }: Seat, profile: string, settings: Settings | undefined): Signing | null {
  const [, set, account] = settings === undefined ? (PORTAL_PROFILE.exec(profile) ?? []) : [];
  const role = settings?.sso_role_name ?? set;
  const id = settings?.sso_account_id ?? account;
  if (actor.kind !== 'workforce' || role === undefined || id === undefined) return null;
  return {
    kind: 'credentials',
    actor: { ...actor, account: id, permissionSet: role },
    source: { kind: 'profile', profile },
  };
}

/** The profiles that a user of the directory has by themselves. */
export function portalProfiles(world: World, actor: Actor): readonly string[] {
  const person = actor.kind === 'workforce' ? personNamed(world.identityCenter, actor.user) : undefined;
  return world.identityCenter && person
    ? portalRoles(world, world.identityCenter, person).map(({ account, set }) => `${set.name}-${account.id}`)
    : [];
}

function fromKeys(world: World, profile: string, settings: Settings | undefined): Signing | null {
  const { aws_access_key_id: accessKey, aws_secret_access_key: secret } = settings ?? {};
  if (accessKey === undefined) return null;
  if (secret === undefined) return partial('shared-credentials-file', 'aws_secret_access_key');
  const actor = keyActor(world, accessKey, secret, settings?.aws_session_token ?? null);
  return { kind: 'credentials', actor, source: { kind: 'profile', profile } };
}

/** A profile that assumes a role: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html */
function fromRole(
  seat: Seat,
  profile: string,
  settings: Settings,
  role: string,
  visited: readonly string[],
): Signing {
  if (settings.duration_seconds !== undefined && !/^\d{1,6}$/.test(settings.duration_seconds)) {
    return problem(`duration_seconds of the profile ${profile} must be a whole number.`);
  }
  const { moment } = seat;
  if (settings.web_identity_token_file !== undefined) return fromToken(seat, profile, settings, role);
  return {
    kind: 'role',
    operation: 'sts:AssumeRole',
    profile,
    input: {
      RoleArn: role,
      RoleSessionName: settings.role_session_name ?? someSessionName(moment),
      ...(settings.external_id === undefined ? {} : { ExternalId: settings.external_id }),
      ...(settings.duration_seconds === undefined
        ? {}
        : { DurationSeconds: Number(settings.duration_seconds) }),
    },
    mfaSerial: settings.mfa_serial ?? null,
    by: roleSource(seat, profile, settings, [...visited, profile]),
  };
}

/**
 * A role for which a token is traded: what a workload's platform sets up.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-oidc
 */
function fromToken({ moment, actor }: Seat, profile: string, settings: Settings, role: string): Signing {
  const file = settings.web_identity_token_file ?? '';
  const token = readFile(moment.files, file);
  if (token === undefined) return problem(`[Errno 2] No such file or directory: '${file}'`);
  return {
    kind: 'role',
    operation: 'sts:AssumeRoleWithWebIdentity',
    profile,
    input: {
      RoleArn: role,
      RoleSessionName: settings.role_session_name ?? someSessionName(moment),
      WebIdentityToken: token.trim(),
    },
    mfaSerial: null,
    // The token proves who asks: nothing signs the request.
    by: { kind: 'credentials', actor, source: { kind: 'own' } },
  };
}

/** What stands for the name of a profile where the environment names the role. */
export const ROLE_OF_ENVIRONMENT = 'AWS_ROLE_ARN';

/** The role that the environment names, with the file of a token for it; null when it names none. */
function tokenFromEnvironment(seat: Seat): Signing | null {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = seat.machine.environment;
  if (!file) return null;
  if (!role) return partial('assume-role-with-web-identity', 'role_arn');
  const name = seat.machine.environment.AWS_ROLE_SESSION_NAME;
  const settings = { web_identity_token_file: file, ...(name ? { role_session_name: name } : {}) };
  return fromToken(seat, ROLE_OF_ENVIRONMENT, settings, role);
}

function someSessionName({ world }: Moment): string {
  return `botocore-session-${Math.floor(world.clock / 1000)}`;
}

function roleSource(seat: Seat, profile: string, settings: Settings, visited: readonly string[]): Signing {
  const { source_profile: source, credential_source: place } = settings;
  const { machine, moment, actor } = seat;
  if (source !== undefined && place !== undefined) {
    return problem(
      `Error: the profile "${profile}" has both source_profile and credential_source. Keep one of them.`,
    );
  }
  if (place === 'Environment') {
    return fromEnvironment(moment.world, machine.environment) ?? partial('env', 'AWS_ACCESS_KEY_ID');
  }
  if (place === 'Ec2InstanceMetadata' && actor.kind === 'instance') {
    return { kind: 'credentials', actor, source: { kind: 'own' } };
  }
  if (place !== undefined) {
    return problem(
      `Error when retrieving credentials from ${place}: No credentials found in credential_source referenced in profile ${profile}`,
    );
  }
  if (source === undefined) return partial('assume-role', 'source_profile or credential_source');
  const own = source === profile ? fromKeys(moment.world, profile, settings) : null;
  if (own !== null) return own;
  if (visited.includes(source)) {
    return problem(
      `Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: ${visited.join(', ')}`,
    );
  }
  return fromProfile(seat, source, visited);
}

function keyActor(world: World, accessKey: string, secret: string, token: string | null): Actor {
  return { kind: 'key', account: own(world.keyAccounts, accessKey) ?? '', accessKey, secret, token };
}

function partial(provider: string, missing: string): Signing {
  return problem(`Partial credentials found in ${provider}, missing: ${missing}`);
}

function problem(output: string): Signing {
  return { kind: 'problem', output, exit: UNABLE };
}
