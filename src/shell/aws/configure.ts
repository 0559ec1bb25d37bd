import type { Actor } from '../../cloud/actor.ts';
import { REGION } from '../../cloud/arn.ts';
import { own } from '../../cloud/own.ts';
import type { World } from '../../cloud/world.ts';
import { portalProfiles, type Signing, signingFor } from '../credential-chain.ts';
import { chosenProfile, type Machine, machineOf } from '../machine.ts';
import { nearest } from '../nearest.ts';
import type { Ending } from '../plan.ts';
import type { Interview } from '../question.ts';
import type { Moment } from '../session.ts';
import { configureKeys } from './configure-keys.ts';
import { configureSso } from './configure-sso.ts';
import { CREDENTIAL_FORMATS } from './export-credentials.ts';
import { columns, namesInRows } from './help.ts';
import { keysOf, masked, placeOfKeys } from './keys-at-hand.ts';
import { nameProblem, withProfile } from './profile.ts';
import { configureSsoSession } from './sso-session.ts';
import { notSimulated, UNABLE, USAGE, usageError } from './usage.ts';

/** The settings of a profile that mean something here. */
const SETTINGS: readonly string[] = [
  ...['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'region', 'output'],
  ...['role_arn', 'source_profile', 'credential_source', 'external_id', 'role_session_name'],
  ...['duration_seconds', 'mfa_serial', 'web_identity_token_file', 'cli_pager'],
  ...['sso_session', 'sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'],
];

/** The commands of `aws configure`. */
export const CONFIGURE_COMMANDS: readonly string[] = [
  ...['set', 'get', 'list', 'list-profiles', 'export-credentials'],
  ...['sso', 'sso-session', 'mfa-login', 'help'],
];

const COMMANDS_HELP: readonly (readonly [string, string])[] = [
  [
    'aws configure',
    'Ask for the key, region and output format of a profile. Enter keeps what stands in brackets',
  ],
  ['aws configure set <setting> <value>', 'Change a setting of a profile, or make one'],
  ['aws configure get <setting>', 'Show a setting'],
  ['aws configure list', 'Show which credentials a command would use, and where they come from'],
  ['aws configure list-profiles', 'Show the profiles of this machine'],
  [
    'aws configure export-credentials [--format <format>]',
    `Print the credentials a command would use: ${CREDENTIAL_FORMATS.join(', ')}`,
  ],
  [
    'aws configure sso',
    'Ask for the access portal of IAM Identity Center, sign in, and make a profile for a role there',
  ],
  ['aws configure sso-session', 'Ask for what profiles share to sign in'],
  [
    'aws configure mfa-login [--serial-number <ARN>] [--update-profile <name>]',
    'Ask for an MFA code, and make a profile with the credentials of a session with MFA',
  ],
];

/** What `aws configure help` says. */
export const CONFIGURE_HELP = `${columns(COMMANDS_HELP)}

Which profile: --profile <name>, else AWS_PROFILE, else the default one
Settings:
${namesInRows(SETTINGS)}`;

/**
 * Reads the words after `aws configure`: https://docs.aws.amazon.com/cli/latest/reference/configure/. Sends nothing;
 * what it writes is on the actor's own machine.
 */
export function* configure(
  words: readonly string[],
  moment: Moment,
  actor: Actor,
  profileOption: string | null,
): Interview {
  const [command, ...rest] = words;
  if (words.at(-1) === 'help') return { output: CONFIGURE_HELP, exit: 0 };
  const machine = machineOf(moment, actor);
  switch (command) {
    case undefined:
      return yield* configureKeys(moment, actor, profileOption);
    case 'set':
      return set(rest, machine, chosenProfile(machine, profileOption));
    case 'get':
      return get(rest, machine, chosenProfile(machine, profileOption));
    case 'list':
      return { output: list(moment, actor, machine, profileOption), exit: 0 };
    case 'sso':
      return yield* configureSso(rest, moment, actor, profileOption);
    case 'sso-session':
      return yield* configureSsoSession(rest, moment, actor);
    case 'list-profiles':
      return { output: profileNames(moment.world, machine, actor).join('\n'), exit: 0 };
    default: {
      const near = nearest(command, CONFIGURE_COMMANDS).map((one) => `aws configure ${one}`);
      return { output: notSimulated(`'aws configure ${command}'`, near, 'aws configure help'), exit: USAGE };
    }
  }
}

/** The profiles of a machine. Where somebody has a key of their own, it is in `default`. */
export function profileNames(world: World, machine: Machine, actor: Actor): readonly string[] {
  const names = [...Object.keys(machine.profiles), ...portalProfiles(world, actor)];
  return ['instance', 'workload', 'workforce'].includes(actor.kind)
    ? names
    : [...new Set(['default', ...names])];
}

interface Setting {
  readonly profile: string;
  readonly name: string;
}

/** `region`, `default.region` or `profile.dev.region`. */
function settingNamed(text: string, chosen: string | null): Setting {
  const [, profile, name] = /^(?:profile\.(?=.*\.))?(.*)\.([^.]+)$/.exec(text) ?? [];
  return profile === undefined || name === undefined
    ? { profile: chosen ?? 'default', name: text }
    : { profile, name };
}

function set(words: readonly string[], machine: Machine, chosen: string | null): Ending {
  const [text, value, ...more] = words;
  if (text === undefined || value === undefined) {
    const missing = text === undefined ? 'varname, value' : 'value';
    return { output: usageError(`the following arguments are required: ${missing}`), exit: USAGE };
  }
  if (more.length > 0) return { output: usageError(`Unknown options: ${more.join(', ')}`), exit: USAGE };
  const { profile, name } = settingNamed(text, chosen);
  if (!SETTINGS.includes(name)) {
    const near = nearest(name, SETTINGS).map((one) => `aws configure set ${one}`);
    return { output: notSimulated(`The setting ${name}`, near, 'aws configure help'), exit: USAGE };
  }
  const problem = nameProblem(profile);
  if (problem !== null) return { output: problem, exit: USAGE };
  return { output: '', exit: 0, machine: withProfile(machine, profile, { [name]: value }) };
}

function get(words: readonly string[], machine: Machine, chosen: string | null): Ending {
  const [text, more] = words;
  if (text === undefined || more !== undefined) {
    return { output: usageError('the following arguments are required: varname'), exit: USAGE };
  }
  const { profile, name } = settingNamed(text, chosen);
  const settings = own(machine.profiles, profile);
  if (settings === undefined && profile !== 'default') {
    return { output: `The config profile (${profile}) could not be found`, exit: UNABLE };
  }
  const value = own(settings ?? {}, name);
  return value === undefined ? { output: '', exit: 1 } : { output: value, exit: 0 };
}

type Row = readonly [name: string, value: string, type: string, location: string];

/** What a command would use, in the CLI's columns, which are as wide as they are. */
function list(moment: Moment, actor: Actor, machine: Machine, profileOption: string | null): string {
  const signing = signingFor(moment, actor, profileOption);
  const rows: readonly Row[] = [
    ['Name', 'Value', 'Type', 'Location'],
    ['----', '-----', '----', '--------'],
    profileRow(machine, profileOption),
    ...keyRows(moment.world, signing),
    regionRow(machine, profileOption),
  ];
  return rows
    .map(([name, value, type, location]) =>
      `${name.padStart(10)} ${value.padStart(24)} ${type.padStart(16)}    ${location}`.trimEnd(),
    )
    .join('\n');
}

const NOT_SET = ['<not set>', 'None', 'None'] as const;

function profileRow(machine: Machine, option: string | null): Row {
  const chosen = chosenProfile(machine, option);
  if (option !== null) return ['profile', option, 'manual', '--profile'];
  return chosen === null ? ['profile', ...NOT_SET] : ['profile', chosen, 'env', 'AWS_PROFILE'];
}

function regionRow({ environment, profiles }: Machine, option: string | null): Row {
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => environment[name]);
  if (variable !== undefined) return ['region', environment[variable] ?? '', 'env', variable];
  const profile = own(profiles, chosenProfile({ environment, profiles, assumed: {} }, option) ?? 'default');
  return ['region', profile?.region ?? REGION, 'config-file', '~/.aws/config'];
}

function keyRows(world: World, signing: Signing): readonly Row[] {
  if (signing.kind === 'role') {
    const shown = ['<when it is used>', 'assume-role', ''] as const;
    return [
      ['access_key', ...shown],
      ['secret_key', ...shown],
    ];
  }
  const keys = signing.kind === 'credentials' ? keysOf(world, signing.actor) : null;
  if (signing.kind === 'problem' || keys === null) {
    return [
      ['access_key', ...NOT_SET],
      ['secret_key', ...NOT_SET],
    ];
  }
  const type = signing.source.kind === 'environment' ? 'env' : placeOfKeys(signing.actor);
  return [
    ['access_key', masked(keys.accessKey), type, ''],
    ['secret_key', masked(keys.secret), type, ''],
  ];
}
