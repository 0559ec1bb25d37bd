import type { Actor } from '../../cloud/actor.ts';
import { actorNames, signIn, signOut } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import { machineOf } from '../machine.ts';
import { nearest } from '../nearest.ts';
import type { Ending } from '../plan.ts';
import type { Moment } from '../session.ts';
import { NOT_OF_THE_DIRECTORY } from './configure-sso.ts';
import { portalProblem, portalUrl } from './sso-session.ts';
import { notSimulated, UNABLE, USAGE, usageError } from './usage.ts';

/** The commands of `aws sso`. */
export const SSO_COMMANDS: readonly string[] = ['login', 'logout', 'help'];

/** What `aws sso help` says. */
export const SSO_HELP = `aws sso login [--sso-session <name>]
    Sign in to the access portal of IAM Identity Center, for 8 hours
aws sso logout
    Sign out again. Credentials of roles that were fetched stay good until they expire

A user of the directory then works with a role that is assigned to them:
    as <user>/<permission set>@<account>
    aws ... --profile <permission set>-<account id>`;

/**
 * Reads the words after `aws sso`: https://docs.aws.amazon.com/cli/latest/reference/sso/. Which profile is named makes
 * no difference: one sign-in is for all of them. Who sits at the browser is the actor.
 */
export function sso([command, ...rest]: readonly string[], moment: Moment, actor: Actor): Ending {
  const { world } = moment;
  if (command === undefined) {
    return { output: usageError('the following arguments are required: operation'), exit: USAGE };
  }
  if (command === 'help' || rest.at(-1) === 'help') return { output: SSO_HELP, exit: 0 };
  if (command !== 'login' && command !== 'logout') {
    const near = nearest(command, SSO_COMMANDS).map((one) => `aws sso ${one}`);
    return { output: notSimulated(`'aws sso ${command}'`, near, 'aws sso help'), exit: USAGE };
  }
  const named = command === 'login' ? sessionNamed(rest) : null;
  if (rest.length > 0 && named === null) {
    return { output: usageError(`Unknown options: ${rest.join(', ')}`), exit: USAGE };
  }
  if (actor.kind !== 'workforce' || world.identityCenter === null) {
    return { output: NOT_OF_THE_DIRECTORY, exit: UNABLE };
  }
  const problem = named === null ? null : sessionProblem(named, moment, actor);
  if (problem !== null) return { output: problem, exit: UNABLE };
  if (command === 'logout') return { output: '', exit: 0, world: signOut(world, actor.user) };
  const roles = actorNames(world).filter((name) => name.startsWith(`${actor.user}/`));
  const choice = roles.length === 0 ? 'Nothing is assigned to you.' : `You can be: ${roles.join(', ')}`;
  return {
    output: `Successfully logged into Start URL: ${portalUrl(moment)}\n${choice}`,
    exit: 0,
    world: signIn(world, actor.user),
  };
}

/** The SSO session that `--sso-session my-sso` names; null for other words. */
function sessionNamed(words: readonly string[]): string | null {
  const [, name] = /^--sso-session[ =](\S+)$/.exec(words.join(' ')) ?? [];
  return name ?? null;
}

/** Why nobody can sign in with an SSO session; null when they can. */
function sessionProblem(name: string, moment: Moment, actor: Actor): string | null {
  const session = own(machineOf(moment, actor).ssoSessions ?? {}, name);
  return session === undefined
    ? `The specified sso-session does not exist: "${name}"`
    : portalProblem(portalUrl(moment), session);
}
