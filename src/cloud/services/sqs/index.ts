import type { Service } from '../service.ts';
import { messageOperations } from './messages.ts';
import { permissionOperations } from './permissions.ts';
import { sqsResource } from './queue.ts';
import { queueOperations } from './queues.ts';
import { NO_SQS_RECORDS, type SqsRecords } from './records.ts';
import { readSqs, type SqsSpec } from './spec.ts';

/** Amazon Simple Queue Service. It words errors as IAM does, and writes actions in small letters. */
export const sqs: Service<SqsRecords, SqsSpec> = {
  name: 'sqs',
  operations: [...queueOperations, ...messageOperations, ...permissionOperations],
  inAccount: NO_SQS_RECORDS,
  inWorld: {},
  resource: sqsResource,
  readAccount: readSqs,
  wording: {
    expired: { code: 'ExpiredToken', message: 'The security token included in the request is expired' },
    invalid: {
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    },
    denied: { code: 'AccessDenied', before: '', spelled: (action) => action.toLowerCase() },
  },
};
