import type { Service } from '../service.ts';
import { assumeRoleOperations } from './assume-role.ts';
import { callerIdentityOperations } from './caller-identity.ts';
import { federationTokenOperations } from './federation-token.ts';
import { NO_STS_RECORDS, type StsRecords } from './records.ts';
import { samlOperations } from './saml.ts';
import { sessionTokenOperations } from './session-token.ts';
import { webIdentityOperations } from './web-identity.ts';

/** AWS Security Token Service. */
export const sts: Service<StsRecords> = {
  name: 'sts',
  operations: [
    ...callerIdentityOperations,
    ...assumeRoleOperations,
    ...webIdentityOperations,
    ...samlOperations,
    ...sessionTokenOperations,
    ...federationTokenOperations,
  ],
  inAccount: NO_STS_RECORDS,
  inWorld: {},
};
