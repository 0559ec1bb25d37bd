import type { Answer } from '../../cloud/answer.ts';
import { errorSentence, notSimulatedSentence } from '../aws/request.ts';

/** Why a request of an `aws s3` command was not carried out, as the command puts it into its own line. */
export function reasonOf(operationId: string, answer: Exclude<Answer, { kind: 'done' }>): string {
  switch (answer.kind) {
    case 'not-sent':
      return answer.message.replace(/\. You can configure.*$/s, '');
    case 'unsupported':
      return notSimulatedSentence(answer.refusal);
    default:
      return errorSentence(operationId, answer);
  }
}

/** What the AWS CLI says for a path without a key, before anything is sent. */
export const NO_KEY = `Parameter validation failed:
Invalid length for parameter Key, value: 0, valid min length: 1`;
