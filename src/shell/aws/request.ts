import type { Answer } from '../../cloud/answer.ts';
import type { Json, Operation } from '../../cloud/operation.ts';
import type { Refusal } from '../../iam/decision.ts';
import { type Files, fileName, writeProblem } from '../files.ts';
import { commandOf } from '../names.ts';
import type { Ending, Plan } from '../plan.ts';
import { readArguments } from './arguments.ts';
import { NO_CREDENTIALS, SERVICE_ERROR, USAGE } from './usage.ts';

/** `aws <service> <operation> …`: one request and its answer as the AWS CLI prints it. */
export function* requestPlan(operation: Operation, words: readonly string[], files: Files): Plan {
  const read = readArguments(operation, words, files);
  if (read.kind === 'problem') return { output: read.output, exit: USAGE };
  const { outfile } = read;
  const problem = outfile === null || isStandardOutput(outfile) ? null : writeProblem(fileName(outfile));
  if (problem !== null) return { output: problem, exit: 255 };
  const answer = yield { operation: operation.id, input: read.input };
  if (answer.kind !== 'done') return failure(operation.id, answer);
  if (outfile === null) return { output: jsonText(answer.output), exit: 0 };
  const { body, rest } = takeBody(answer.output);
  return isStandardOutput(outfile)
    ? { output: `${body}\n${jsonText(rest)}`, exit: 0 }
    : { output: jsonText(rest), exit: 0, written: { [fileName(outfile)]: body } };
}

/** The ending of a request that was not carried out, in the AWS CLI's words. */
export function failure(operationId: string, answer: Exclude<Answer, { kind: 'done' }>): Ending {
  switch (answer.kind) {
    case 'not-sent':
      return { output: answer.message, exit: NO_CREDENTIALS };
    case 'unsupported':
      return { output: notSimulatedSentence(answer.refusal), exit: 255 };
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

/** An answer as the AWS CLI prints it; an operation that answers with nothing prints nothing. */
function jsonText(output: Json): string {
  const isEmpty = output === null || (typeof output === 'object' && Object.keys(output).length === 0);
  return isEmpty ? '' : JSON.stringify(output, null, 4);
}

function isStandardOutput(outfile: string): boolean {
  return outfile === '/dev/stdout' || outfile === '-';
}

/** Parts the object's content from what else `s3:GetObject` answers. */
export function takeBody(output: Json): { readonly body: string; readonly rest: Json } {
  if (typeof output !== 'object' || output === null || Array.isArray(output))
    return { body: '', rest: output };
  const { Body: body, ...rest } = output as Readonly<Record<string, Json>>;
  return { body: typeof body === 'string' ? body : '', rest };
}
