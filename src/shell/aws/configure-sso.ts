import type { Actor } from '../../cloud/actor.ts';
import { signIn } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import { type PortalRole, personNamed, portalRoles } from '../../cloud/services/identity-center/portal.ts';
import type { World } from '../../cloud/world.ts';
import { chosenProfile, type Machine, machineOf, type Settings } from '../machine.ts';
import type { Ending } from '../plan.ts';
import { asked, type Interview, type Question, type Reply } from '../question.ts';
import type { Moment } from '../session.ts';
import { OUTPUT_FORMATS } from './output/answer-text.ts';
import { nameProblem, withProfile, withValue } from './profile.ts';
import {
  askPortal,
  askScopes,
  portalProblem,
  portalUrl,
  sessionNameProblem,
  withSsoSession,
} from './sso-session.ts';
import { UNABLE, USAGE, usageError } from './usage.ts';

/** What only people of the directory can do. */
export const NOT_OF_THE_DIRECTORY =
  'Only users of the directory of IAM Identity Center can sign in to its access portal. `as` lists who is here.';

const LEGACY = `WARNING: Configuring using legacy format (e.g. without an SSO session).
Consider re-running "configure sso" command and providing a session name.`;

/**
 * `aws configure sso`: asks for the access portal, signs in to it, and makes a profile for a role there. Where the AWS
 * CLI lets somebody choose in a list with the arrow keys, this prompt takes a number or a name.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html
 */
export function* configureSso(
  words: readonly string[],
  moment: Moment,
  actor: Actor,
  profileOption: string | null,
): Interview {
  if (words.length > 0) return { output: usageError(`Unknown options: ${words.join(', ')}`), exit: USAGE };
  const { world } = moment;
  const { identityCenter: center } = world;
  const person = actor.kind === 'workforce' ? personNamed(center, actor.user) : undefined;
  if (actor.kind !== 'workforce' || center === null || person === undefined) {
    return { output: NOT_OF_THE_DIRECTORY, exit: UNABLE };
  }
  const machine = machineOf(moment, actor);
  const chosen = chosenProfile(machine, profileOption);
  const unfit = chosen === null ? null : nameProblem(chosen);
  if (unfit !== null) return { output: unfit, exit: USAGE };
  const present = own(machine.profiles, chosen ?? 'default') ?? {};

  const signing = yield* askSignIn(machine, present, portalUrl(moment));
  if (signing.problem !== null) return { output: signing.problem, exit: UNABLE };
  const signedIn = signIn(world, actor.user);
  const signed = `Successfully logged into Start URL: ${portalUrl(moment)}`;
  const roles = portalRoles(world, center, person);
  if (roles.length === 0) {
    return { output: `${signed}\nNo AWS accounts are available to you.`, exit: UNABLE, world: signedIn };
  }
  const role = yield* askRole(roles, signed);
  const more = yield* askDefaults(present, role.said);
  const standard = `${role.chosen.set.name}-${role.chosen.account.id}`;
  const profile = chosen ?? (yield* askProfileName(standard));
  const settings = {
    ...signing.settings,
    sso_account_id: role.chosen.account.id,
    sso_role_name: role.chosen.set.name,
    ...more,
  };
  return completed(withProfile(signing.machine, profile, settings), profile, signedIn);
}

/** How somebody signs in: what the profile says of it, and the machine with an SSO session that was made for it. */
interface SignIn {
  readonly settings: Settings;
  readonly machine: Machine;
  readonly problem: string | null;
}

function* askSignIn(
  machine: Machine,
  present: Settings,
  url: string | null,
): Generator<Question, SignIn, Reply> {
  const { sso_session: presentSession } = present;
  const sessions = machine.ssoSessions ?? {};
  const answer = yield* asked({
    ...(presentSession === undefined
      ? { question: 'SSO session name (Recommended): ' }
      : withValue('SSO session name', presentSession)),
    choices: Object.keys(sessions),
    problemWith: (given) => (given === '' ? null : sessionNameProblem(given)),
  });
  const name = answer || presentSession;
  const check = (settings: Settings): string | null => portalProblem(url, settings);
  if (name === undefined) {
    const settings = yield* askPortal(present, url, check, LEGACY);
    return { settings, machine, problem: null };
  }
  const session = own(sessions, name);
  if (session !== undefined) return { settings: { sso_session: name }, machine, problem: check(session) };
  const made = { ...(yield* askPortal(present, url, check)), ...(yield* askScopes({})) };
  return { settings: { sso_session: name }, machine: withSsoSession(machine, name, made), problem: null };
}

/** The role that was chosen, and what the CLI says of how it came to it. */
interface ChosenRole {
  readonly chosen: PortalRole;
  readonly said: string;
}

/** Asks for an account, then for a role in it; where there is one, it is taken. */
function* askRole(roles: readonly PortalRole[], signed: string): Generator<Question, ChosenRole, Reply> {
  const accounts = roles.filter(
    ({ account }, index) => roles.findIndex((each) => each.account === account) === index,
  );
  const account = yield* choose(accounts, {
    before: signed,
    one: 'The only AWS account available to you is:',
    several: `There are ${accounts.length} AWS accounts available to you.`,
    question: 'Account, by number, name or ID [1]: ',
    names: ({ account: { id, name } }) => [id, name],
    shown: ({ account: { id, name } }) => `${name} (${id})`,
    using: ({ account: { id } }) => `Using the account ID ${id}`,
  });
  const inAccount = roles.filter(({ account: { id } }) => id === account.chosen.account.id);
  return yield* choose(inAccount, {
    before: account.said,
    one: 'The only role available to you is:',
    several: `There are ${inAccount.length} roles available to you.`,
    question: 'Role, by number or name [1]: ',
    names: ({ set: { name } }) => [name],
    shown: ({ set: { name } }) => name,
    using: ({ set: { name } }) => `Using the role name "${name}"`,
  });
}

/** How one of several is asked for. The first name is shown where there is nothing to choose. */
interface Choice {
  readonly before: string;
  readonly one: string;
  readonly several: string;
  readonly question: string;
  readonly names: (role: PortalRole) => readonly string[];
  readonly shown: (role: PortalRole) => string;
  readonly using: (role: PortalRole) => string;
}

function* choose(
  roles: readonly PortalRole[],
  { before, one, several, question, names, shown, using }: Choice,
): Generator<Question, ChosenRole, Reply> {
  const find = (answer: string): PortalRole | undefined =>
    roles.find((role, index) => [String(index + 1), ...names(role)].includes(answer || '1'));
  const [only, ...others] = roles;
  if (only !== undefined && others.length === 0) {
    return { chosen: only, said: [before, `${one} ${names(only)[0]}`, using(only)].join('\n') };
  }
  const list = roles.map((role, index) => `  ${index + 1}  ${shown(role)}`);
  const answer = yield* asked({
    before: [before, several, ...list].join('\n'),
    question,
    choices: roles.flatMap(names),
    problemWith: (given) => (find(given) === undefined ? `'${given}' is not in the list.` : null),
  });
  const chosen = find(answer);
  if (chosen === undefined) throw new Error(`“${answer}” was taken for one of the list.`);
  return { chosen, said: using(chosen) };
}

/** Asks for the region and the output format of the profile. What is left empty stays as it is. */
function* askDefaults(present: Settings, before: string): Generator<Question, Settings, Reply> {
  const region = yield* asked({ before, ...withValue('Default client Region', present.region) });
  const output = yield* asked({
    ...withValue('CLI default output format (json if not specified)', present.output),
    choices: OUTPUT_FORMATS,
  });
  return { ...(region === '' ? {} : { region }), ...(output === '' ? {} : { output }) };
}

function* askProfileName(standard: string): Generator<Question, string, Reply> {
  const answer = yield* asked({
    ...withValue('Profile name', standard),
    problemWith: (given) => nameProblem(given || standard),
  });
  return answer || standard;
}

function completed(machine: Machine, profile: string, world: World): Ending {
  const output =
    profile.toLowerCase() === 'default'
      ? 'The AWS CLI is now configured to use the default profile.\nRun the following command to verify your configuration:\n\naws sts get-caller-identity'
      : `To use this profile, specify the profile name using --profile, as shown:\n\naws sts get-caller-identity --profile ${profile}`;
  return { output, exit: 0, machine, world };
}
