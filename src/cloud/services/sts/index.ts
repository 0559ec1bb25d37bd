import type { Service } from '../service.ts';
import { callerIdentityOperations } from './caller-identity.ts';
import { NO_STS_RECORDS, type StsRecords } from './records.ts';

/** AWS Security Token Service. */
export const sts: Service<StsRecords> = {
  name: 'sts',
  operations: [...callerIdentityOperations],
  inAccount: NO_STS_RECORDS,
  inWorld: {},
};
