import { operations } from '../../cloud/index.ts';
import { commandTable } from '../names.ts';
import { nearest } from '../nearest.ts';
import { type Plan, say } from '../plan.ts';
import { S3_COMMANDS, s3Plan } from '../s3/index.ts';
import type { Moment } from '../session.ts';
import { regionProblem, takeGlobalOptions } from './global-options.ts';
import { helpForAws, helpForOperation, helpForService } from './help.ts';
import { requestPlan } from './request.ts';
import { notSimulated, USAGE, usageError } from './usage.ts';

/** The registry as the AWS CLI arranges it: service, command, operation. */
export const COMMANDS = commandTable(operations);

/** Reads the words after `aws` into what the line does. */
export function awsPlan(typed: readonly string[], moment: Moment): Plan {
  const { files } = moment;
  const globals = takeGlobalOptions(typed);
  if (globals.kind === 'problem') return say(globals.output, globals.exit);
  const [service, command, ...rest] = globals.words;
  if (service === undefined) {
    return say(usageError('the following arguments are required: command'), USAGE);
  }
  if (service === 'help') return say(helpForAws(COMMANDS, S3_COMMANDS), 0);
  const elsewhere = regionProblem(service, globals.options.region);
  if (elsewhere !== null) return say(elsewhere, USAGE);
  if (service === 's3') return s3Plan(globals.words.slice(1), files);
  const commands = COMMANDS.get(service);
  if (commands === undefined) {
    const near = nearest(service, [...COMMANDS.keys(), 's3']).map((one) => `aws ${one}`);
    return say(notSimulated(`'aws ${service}'`, near, 'aws help'), USAGE);
  }
  if (command === undefined) {
    return say(usageError('the following arguments are required: operation'), USAGE);
  }
  if (command === 'help') return say(helpForService(service, commands), 0);
  const operation = commands.get(command);
  if (operation === undefined) {
    return say(
      notSimulated(`'aws ${service} ${command}'`, nearCommands(service, command), `aws ${service} help`),
      USAGE,
    );
  }
  if (rest[0] === 'help') return say(helpForOperation(operation, moment), 0);
  return requestPlan(operation, rest, files, globals.options);
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
