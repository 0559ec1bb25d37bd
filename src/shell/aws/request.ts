import type { Answer, ApiRequest } from '../../cloud/answer.ts';
import { operations } from '../../cloud/index.ts';
import { hasShape, parameterProblem } from '../../cloud/input.ts';
import type { Json, Operation } from '../../cloud/operation.ts';
import type { Refusal } from '../../iam/decision.ts';
import { type Files, fileName, writeProblem } from '../files.ts';
import { commandOf } from '../names.ts';
import type { Ending, Plan } from '../plan.ts';
import { readArguments } from './arguments.ts';
import type { GlobalOptions } from './global-options.ts';
import { answerText, type Presentation } from './output/answer-text.ts';
import { type Page, takePagination } from './output/pagination.ts';
import { NO_CREDENTIALS, SERVICE_ERROR, UNABLE, USAGE } from './usage.ts';

/** `aws <service> <operation> …`: one request and its answer as the AWS CLI prints it. */
export function* requestPlan(
  operation: Operation,
  words: readonly string[],
  files: Files,
  options: GlobalOptions,
): Plan {
  const read = readRequest(operation, words, files, options);
  if (read.kind === 'problem') return read;
  const { outfile } = read;
  const answer = yield { operation: operation.id, input: read.input };
  if (answer.kind !== 'done') return failure(operation.id, answer);
  const shown: Presentation = { format: options.output, query: options.query, page: read.page };
  if (outfile === null) return printed(operation, answer.output, shown);
  const { body, rest } = takeBody(answer.output, operation.outfile);
  const ending = printed(operation, rest, shown);
  return isStandardOutput(outfile)
    ? { ...ending, output: `${body}\n${ending.output}` }
    : { ...ending, written: { [fileName(outfile)]: body } };
}

/** The words after an operation's name as a request that can be sent, or why it cannot. */
type ReadRequest =
  | {
      readonly kind: 'request';
      readonly input: Readonly<Record<string, unknown>>;
      readonly outfile: string | null;
      readonly page: Page;
    }
  | { readonly kind: 'problem'; readonly output: string; readonly exit: number };

/** Reads the words after an operation's name. */
export function readRequest(
  operation: Operation,
  words: readonly string[],
  files: Files,
  { noPaginate, rawBinary }: GlobalOptions,
): ReadRequest {
  const problem = (output: string, exit: number) => ({ kind: 'problem', output, exit }) as const;
  const paginated = takePagination(operation, words, noPaginate);
  if (paginated.kind === 'problem') return paginated;
  const read = readArguments(operation, paginated.words, { files, rawBinary });
  if (read.kind === 'problem') return problem(read.output, USAGE);
  const { input, outfile } = read;
  const unfit = inputProblem(operation.id, input);
  if (unfit !== null) return problem(unfit.output, unfit.exit);
  const unwritable = outfile === null || isStandardOutput(outfile) ? null : writeProblem(fileName(outfile));
  return unwritable === null
    ? { kind: 'request', input, outfile, page: paginated.page }
    : problem(unwritable, UNABLE);
}

/** The ending of a request that was carried out: even then, a `--query` may not fit its answer. */
function printed(operation: Operation, output: Json, shown: Presentation): Ending {
  const text = answerText(operation, output, shown);
  return text.kind === 'text' ? { output: text.text, exit: 0 } : { output: text.message, exit: UNABLE };
}

/** The ending of a request that the AWS CLI does not send, as its input has not the right shape; null when it has. */
export function inputProblem(operationId: string, input: ApiRequest['input']): Ending | null {
  const shape = operations.get(operationId)?.input ?? {};
  return hasShape(shape, input) ? null : { output: parameterProblem(shape, input), exit: USAGE };
}

/** The ending of a request that was not carried out, in the AWS CLI's words. */
export function failure(operationId: string, answer: Exclude<Answer, { kind: 'done' }>): Ending {
  switch (answer.kind) {
    case 'not-sent':
      return { output: answer.message, exit: NO_CREDENTIALS };
    case 'unsupported':
      return { output: notSimulatedSentence(answer.refusal), exit: UNABLE };
    default:
      return { output: errorSentence(operationId, answer), exit: SERVICE_ERROR };
  }
}

/** `An error occurred (NoSuchEntity) when calling the GetUser operation: …`, with our advice where there is some. */
export function errorSentence(
  operationId: string,
  answer: Extract<Answer, { kind: 'rejected' | 'denied' | 'failed' }>,
): string {
  const { code, message, advice } = answer.error;
  const sentence = `An error occurred (${code}) when calling the ${commandOf(operationId).api} operation: ${message}`;
  return advice === undefined ? sentence : `${sentence}\n(${advice})`;
}

/** Why a request was neither sent nor decided. */
export function notSimulatedSentence({ error }: Refusal): string {
  return `Nothing was sent: ${error.message}`;
}

function isStandardOutput(outfile: string): boolean {
  return outfile === '/dev/stdout' || outfile === '-';
}

/** Parts what goes to a file from what else an operation answers, such as an object's content. */
export function takeBody(output: Json, member = 'Body'): { readonly body: string; readonly rest: Json } {
  if (typeof output !== 'object' || output === null || Array.isArray(output))
    return { body: '', rest: output };
  const [name = '', ...inside] = member.split('.');
  const { [name]: body = null, ...rest } = output as Readonly<Record<string, Json>>;
  if (inside.length === 0) return { body: typeof body === 'string' ? body : '', rest };
  const within = takeBody(body, inside.join('.'));
  return { body: within.body, rest: { ...rest, [name]: within.rest } };
}
