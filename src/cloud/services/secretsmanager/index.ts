import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { deletionOperations } from './deletion.ts';
import { NO_SECRETS_MANAGER_RECORDS, type SecretsManagerRecords } from './records.ts';
import { resourcePolicyOperations } from './resource-policies.ts';
import { secretsManagerResource } from './secret.ts';
import { secretOperations } from './secrets.ts';
import { readSecretsManager, type SecretsManagerSpec } from './spec.ts';
import { tagOperations } from './tags.ts';

/** AWS Secrets Manager. */
export const secretsManager: Service<SecretsManagerRecords, SecretsManagerSpec> = {
  name: 'secretsmanager',
  operations: [...secretOperations, ...deletionOperations, ...tagOperations, ...resourcePolicyOperations],
  inAccount: NO_SECRETS_MANAGER_RECORDS,
  inWorld: {},
  resource: secretsManagerResource,
  readAccount: readSecretsManager,
  wording: {
    ...JSON_WORDING,
    // Source: Secrets Manager User Guide, troubleshoot.html.
    denied: { ...JSON_WORDING.denied, ofKey: 'Access to KMS is not allowed' },
  },
};
