import type { Actor } from '../../cloud/actor.ts';
import { operations } from '../../cloud/index.ts';
import { type Machine, machineOf, settingOf } from '../machine.ts';
import { commandTable } from '../names.ts';
import { nearest } from '../nearest.ts';
import { type Ending, end, type Plan, say } from '../plan.ts';
import type { AskingPlan } from '../question.ts';
import { S3_COMMANDS, s3Plan } from '../s3/index.ts';
import type { Moment } from '../session.ts';
import type { SignedPlan } from '../signed-plan.ts';
import { CONFIGURE_COMMANDS, CONFIGURE_HELP, configure } from './configure.ts';
import { exportCredentials } from './export-credentials.ts';
import {
  type Defaults,
  type GlobalOptions,
  NO_OPTIONS,
  regionProblem,
  takeGlobalOptions,
} from './global-options.ts';
import { helpForAws, helpForOperation, helpForService } from './help.ts';
import { mfaLogin } from './mfa-login.ts';
import { PERMISSION_ONLY } from './permission-only.ts';
import { requestPlan } from './request.ts';
import { SSO_COMMANDS, SSO_HELP, sso } from './sso.ts';
import { notSimulated, USAGE, usageError } from './usage.ts';
import { waitersOf, waitPlan } from './wait/wait.ts';

/** The registry as the AWS CLI arranges it: service, command, operation. */
export const COMMANDS = commandTable(operations);

/** Commands of the AWS CLI itself, which are no operations of AWS. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  s3: S3_COMMANDS,
  configure: CONFIGURE_COMMANDS.filter((command) => command !== 'help'),
  sso: SSO_COMMANDS.filter((command) => command !== 'help'),
};

/** What a line does: requests to be signed as the profile says that it names with --profile, or by nobody, or all by itself. */
export type AwsLine =
  | { readonly kind: 'to-sign'; readonly plan: AskingPlan; readonly profile: string | null }
  | { readonly kind: 'unsigned'; readonly plan: AskingPlan }
  | { readonly kind: 'signed'; readonly plan: SignedPlan };

/** Reads the words after `aws` into what the line does. */
export function awsLine(typed: readonly string[], moment: Moment, actor: Actor): AwsLine {
  const globals = takeGlobalOptions(typed, (profile) => defaultsFor(machineOf(moment, actor), profile));
  if (globals.kind === 'problem')
    return { kind: 'to-sign', plan: say(globals.output, globals.exit), profile: null };
  const { words, options } = globals;
  const plan = planFor(words, options, moment, actor);
  if (plan === null) {
    return { kind: 'signed', plan: configure(words.slice(1), moment, actor, options.profile) };
  }
  return options.unsigned ? { kind: 'unsigned', plan } : { kind: 'to-sign', plan, profile: options.profile };
}

/** What a line does with credentials; null for a command of `aws configure` that needs none. */
function planFor(
  words: readonly string[],
  options: GlobalOptions,
  moment: Moment,
  actor: Actor,
): AskingPlan | null {
  const [service, command, ...rest] = words;
  if (service === 'sso') return end(sso(words.slice(1), moment, actor));
  if (service !== 'configure') return awsPlan(words, options, moment);
  if (words.at(-1) === 'help') return null;
  switch (command) {
    case 'mfa-login':
      return mfaLogin(rest, machineOf(moment, actor), moment.world, options.profile);
    case 'export-credentials':
      return end(exportCredentials(rest));
    default:
      return null;
  }
}

/** What `aws … help` prints. */
export function awsHelp(words: readonly string[], moment: Moment): Ending {
  if (words[0] === 'configure') return { output: CONFIGURE_HELP, exit: 0 };
  if (words[0] === 'sso') return { output: SSO_HELP, exit: 0 };
  const step = awsPlan([...words, 'help'], NO_OPTIONS, moment).next();
  return step.done === true ? step.value : { output: '', exit: USAGE };
}

function defaultsFor(machine: Machine, profile: string | null): Defaults {
  return {
    output: settingOf(machine, profile, ['AWS_DEFAULT_OUTPUT'], 'output'),
    region: settingOf(machine, profile, ['AWS_REGION', 'AWS_DEFAULT_REGION'], 'region'),
  };
}

function awsPlan(words: readonly string[], options: GlobalOptions, moment: Moment): Plan {
  const { files } = moment;
  const [service, command, ...rest] = words;
  if (service === undefined) {
    return say(usageError('the following arguments are required: command'), USAGE);
  }
  if (service === 'help') return say(helpForAws(COMMANDS, TOOLS), 0);
  const elsewhere = regionProblem(service, options.region);
  if (elsewhere !== null) return say(elsewhere, USAGE);
  if (service === 's3') return s3Plan(words.slice(1), files);
  const commands = COMMANDS.get(service);
  if (commands === undefined) {
    const near = nearest(service, [...COMMANDS.keys(), 's3', 'sso', 'configure']).map((one) => `aws ${one}`);
    return say(notSimulated(`'aws ${service}'`, near, 'aws help'), USAGE);
  }
  if (command === undefined) {
    return say(usageError('the following arguments are required: operation'), USAGE);
  }
  if (command === 'help') return say(helpForService(service, commands, waitersOf(service)), 0);
  if (command === 'wait' && waitersOf(service).length > 0) {
    return waitPlan(service, commands, rest, files, options);
  }
  const operation = commands.get(command);
  const permission = PERMISSION_ONLY.get(`${service} ${command}`);
  if (permission !== undefined) return say(usageError(permission), USAGE);
  if (operation === undefined) {
    return say(
      notSimulated(`'aws ${service} ${command}'`, nearCommands(service, command), `aws ${service} help`),
      USAGE,
    );
  }
  if (rest[0] === 'help') return say(helpForOperation(operation, moment), 0);
  return requestPlan(operation, rest, files, options);
}

/** The operations whose command is called so, with their services. */
export function operationsCalled(command: string): readonly (readonly [service: string, command: string])[] {
  return [...COMMANDS].flatMap(([service, commands]) =>
    commands.has(command) ? [[service, command] as const] : [],
  );
}

/** Commands of this service with nearly this name, or commands of other services with exactly it. */
function nearCommands(service: string, command: string): readonly string[] {
  const here = nearest(command, COMMANDS.get(service)?.keys() ?? []).map((one) => `aws ${service} ${one}`);
  if (here.length > 0) return here;
  if (service === 's3api' && S3_COMMANDS.includes(command)) return [`aws s3 ${command}`];
  return operationsCalled(command).map(([other]) => `aws ${other} ${command}`);
}
