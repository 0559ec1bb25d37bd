import type { Answer } from '../../../cloud/answer.ts';
import type { Json, Operation } from '../../../cloud/operation.ts';
import { own } from '../../../cloud/own.ts';
import type { Files } from '../../files.ts';
import { commandOf } from '../../names.ts';
import { nearest } from '../../nearest.ts';
import { durationText } from '../../own/clock.ts';
import { type Plan, say } from '../../plan.ts';
import type { GlobalOptions } from '../global-options.ts';
import { columns } from '../help.ts';
import { applyQuery } from '../output/query.ts';
import { failure, readRequest } from '../request.ts';
import { notSimulated, UNABLE, USAGE, usageError } from '../usage.ts';
import { type Acceptor, WAITERS, type Waiter } from './waiters.ts';

/** The names of a service's waiters; none when it has none. */
export function waitersOf(service: string): readonly string[] {
  return Object.keys(own(WAITERS, service) ?? {});
}

/** The operation that a waiter polls; undefined for a waiter that is not there. */
export function polled(
  service: string,
  name: string | undefined,
  commands: ReadonlyMap<string, Operation>,
): Operation | undefined {
  const waiter = own(own(WAITERS, service) ?? {}, name ?? '');
  return waiter && commands.get(commandOf(waiter.operation).command);
}

/** Reads the words after `aws <service> wait`. */
export function waitPlan(
  service: string,
  commands: ReadonlyMap<string, Operation>,
  words: readonly string[],
  files: Files,
  options: GlobalOptions,
): Plan {
  const [name, ...rest] = words;
  if (name === undefined) return say(usageError('the following arguments are required: operation'), USAGE);
  if (name === 'help') return say(helpForWaiters(service), 0);
  const waiter = own(own(WAITERS, service) ?? {}, name);
  const operation = polled(service, name, commands);
  if (waiter === undefined || operation === undefined) {
    const near = nearest(name, waitersOf(service)).map((one) => `aws ${service} wait ${one}`);
    return say(notSimulated(`'aws ${service} wait ${name}'`, near, `aws ${service} wait help`), USAGE);
  }
  if (rest[0] === 'help') return say(helpForWaiter(service, name, waiter), 0);
  const read = readRequest(operation, rest, files, options);
  return read.kind === 'problem' ? say(read.output, read.exit) : poll(name, waiter, operation, read.input);
}

function helpForWaiters(service: string): string {
  const rows = Object.entries(own(WAITERS, service) ?? {}).map(
    ([name, waiter]) => [name, `asks ${commandOf(waiter.operation).command}, ${paceOf(waiter)}`] as const,
  );
  return `aws ${service} wait <name> asks again and again until something is so,
and the clock goes on meanwhile. The name is one of these ${rows.length}:\n\n${columns(rows)}`;
}

function helpForWaiter(service: string, name: string, waiter: Waiter): string {
  const { command } = commandOf(waiter.operation);
  return `asks ${command}, ${paceOf(waiter)};
then it gives up, with exit code ${UNABLE}

aws ${service} wait ${name} <options of ${command}>

'aws ${service} ${command} help' lists the options and the permissions it needs.`;
}

function paceOf({ delay, attempts }: Waiter): string {
  return `every ${delay === 1 ? 'second' : `${delay} seconds`}, ${attempts} times at most`;
}

/** Sends the request until an answer settles the matter. */
function* poll(
  name: string,
  { delay, attempts, acceptors }: Waiter,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): Plan {
  const pause = delay * 1000;
  const failed = (reason: string, waited: number) => ({
    output: [`Waiter ${apiName(name)} failed: ${reason}`, ...clockLine(waited)].join('\n'),
    exit: UNABLE,
  });
  for (let attempt = 0; attempt < attempts; attempt++) {
    const waited = attempt * pause;
    const answer = yield { operation: operation.id, input, ...(attempt === 0 ? {} : { after: pause }) };
    if (answer.kind === 'not-sent' || answer.kind === 'unsupported') return failure(operation.id, answer);
    const accepted = acceptors.find((acceptor) => accepts(acceptor, answer));
    if (accepted?.state === 'success') return { output: clockLine(waited).join('\n'), exit: 0 };
    if (accepted?.state === 'failure') return failed(terminal(accepted), waited);
    if (accepted === undefined && answer.kind !== 'done') {
      const { code, message } = answer.error;
      return failed(`An error occurred (${code}): ${message}`, waited);
    }
  }
  return failed('Max attempts exceeded', (attempts - 1) * pause);
}

/** `instance-running` as `InstanceRunning`. */
function apiName(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()).replace('-', '');
}

/** What the AWS CLI does not say, since its user sat there all the while. */
function clockLine(waited: number): readonly string[] {
  return waited === 0 ? [] : [`(${durationText(waited)} went by on the clock.)`];
}

function terminal(acceptor: Acceptor): string {
  const why = 'path' in acceptor ? `: "${acceptor.expected}" at ${acceptor.path}` : '';
  return `Waiter encountered a terminal failure state${why}`;
}

function accepts(acceptor: Acceptor, answer: Exclude<Answer, { kind: 'not-sent' | 'unsupported' }>): boolean {
  if (answer.kind !== 'done') {
    return acceptor.matcher === 'error' && answer.error.code === acceptor.expected;
  }
  if (acceptor.matcher === 'done') return true;
  if (acceptor.matcher === 'error') return false;
  const found = applyQuery(acceptor.path, answer.output);
  if (found.kind === 'problem') return false;
  const values = acceptor.matcher === 'path' ? [found.value] : listed(found.value);
  const isExpected = (value: Json) => value === acceptor.expected;
  return acceptor.matcher === 'any' ? values.some(isExpected) : values.length > 0 && values.every(isExpected);
}

function listed(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}
