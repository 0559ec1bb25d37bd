import type { Operation } from '../operation.ts';
import { instanceOperations } from './ec2/instances.ts';
import { profileAssociationOperations } from './ec2/profile-associations.ts';
import { accessKeyOperations } from './iam/access-keys.ts';
import { attachedPolicyOperations } from './iam/attached-policies.ts';
import { groupOperations } from './iam/groups.ts';
import { inlinePolicyOperations } from './iam/inline-policies.ts';
import { instanceProfileOperations } from './iam/instance-profiles.ts';
import { loginProfileOperations } from './iam/login-profiles.ts';
import { permissionsBoundaryOperations } from './iam/permissions-boundaries.ts';
import { policyOperations } from './iam/policies.ts';
import { policyVersionOperations } from './iam/policy-versions.ts';
import { roleOperations } from './iam/roles.ts';
import { userOperations } from './iam/users.ts';
import { bucketPolicyOperations } from './s3/bucket-policies.ts';
import { bucketOperations } from './s3/buckets.ts';
import { objectOperations } from './s3/objects.ts';
import { callerIdentityOperations } from './sts/caller-identity.ts';

/** Every API operation that is simulated, by its id. A new one is added to its family's file, or a family here. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    ...userOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...permissionsBoundaryOperations,
    ...groupOperations,
    ...roleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...attachedPolicyOperations,
    ...inlinePolicyOperations,
    ...instanceProfileOperations,
    ...callerIdentityOperations,
    ...instanceOperations,
    ...profileAssociationOperations,
    ...bucketOperations,
    ...bucketPolicyOperations,
    ...objectOperations,
  ].map((operation) => [operation.id, operation]),
);
