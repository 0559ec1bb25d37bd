import type { Service } from '../service.ts';
import { permissionOperations } from './permissions.ts';
import { NO_SNS_RECORDS, type SnsRecords } from './records.ts';
import { readSns, type SnsSpec } from './spec.ts';
import { subscriptionOperations } from './subscriptions.ts';
import { snsResource } from './topic.ts';
import { topicOperations } from './topics.ts';

/** Amazon Simple Notification Service, with queues as subscribers. */
export const sns: Service<SnsRecords, SnsSpec> = {
  name: 'sns',
  operations: [...topicOperations, ...subscriptionOperations, ...permissionOperations],
  inAccount: NO_SNS_RECORDS,
  inWorld: {},
  resource: snsResource,
  readAccount: readSns,
  wording: {
    expired: { code: 'ExpiredToken', message: 'The security token included in the request is expired' },
    invalid: {
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    },
    // Seen in what it answers: `not authorized to perform: SNS:Publish`.
    denied: {
      code: 'AuthorizationError',
      before: '',
      spelled: (action) => action.replace('sns:', 'SNS:'),
    },
  },
};
