import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { aliasOperations } from './aliases.ts';
import { cryptographicOperations } from './cryptography.ts';
import { grantOperations } from './grants.ts';
import { keyPolicyOperations } from './key-policies.ts';
import { keyOperations } from './keys.ts';
import { type KmsRecords, NO_KMS_RECORDS } from './records.ts';
import { kmsResource } from './resource.ts';
import { type KmsSpec, readKms } from './spec.ts';
import { keyTagOperations } from './tags.ts';

/** AWS Key Management Service. */
export const kms: Service<KmsRecords, KmsSpec> = {
  name: 'kms',
  operations: [
    ...keyOperations,
    ...keyPolicyOperations,
    ...grantOperations,
    ...aliasOperations,
    ...cryptographicOperations,
    ...keyTagOperations,
  ],
  inAccount: NO_KMS_RECORDS,
  inWorld: {},
  resource: kmsResource,
  readAccount: readKms,
  wording: JSON_WORDING,
};
