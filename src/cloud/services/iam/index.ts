import { NO_PROPAGATION, type Propagation } from '../../propagation.ts';
import type { Service } from '../service.ts';
import { accessKeyOperations } from './access-keys.ts';
import { accountOperations } from './account.ts';
import { attachedPolicyOperations } from './attached-policies.ts';
import { changePasswordOperations } from './change-password.ts';
import { groupOperations } from './groups.ts';
import { inlinePolicyOperations } from './inline-policies.ts';
import { instanceProfileOperations } from './instance-profiles.ts';
import { loginProfileOperations } from './login-profiles.ts';
import { mfaDeviceOperations } from './mfa-devices.ts';
import { oidcProviderOperations } from './oidc-providers.ts';
import { passwordPolicyOperations } from './password-policy.ts';
import { permissionsBoundaryOperations } from './permissions-boundaries.ts';
import { policyOperations } from './policies.ts';
import { policyTagOperations } from './policy-tags.ts';
import { policyUseOperations } from './policy-uses.ts';
import { policyVersionOperations } from './policy-versions.ts';
import { providerTagOperations } from './provider-tags.ts';
import { type IamRecords, NO_IAM_RECORDS } from './records.ts';
import { reportOperations } from './reports/index.ts';
import { NO_REPORTS, type ReportRecords } from './reports/records.ts';
import { iamResource } from './resource.ts';
import { roleOperations } from './roles.ts';
import { samlProviderOperations } from './saml-providers.ts';
import { serviceLinkedRoleOperations } from './service-linked-roles.ts';
import { type IamSpec, type IamWorldSpec, readIam, readIamWorld } from './spec.ts';
import { tagOperations } from './tags.ts';
import { updateGroupOperations } from './update-group.ts';
import { updateUserOperations } from './update-user.ts';
import { userOperations } from './users.ts';

/** AWS Identity and Access Management. */
export const iam: Service<IamRecords & ReportRecords, IamSpec, Propagation, IamWorldSpec> = {
  name: 'iam',
  operations: [
    ...userOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...passwordPolicyOperations,
    ...changePasswordOperations,
    ...permissionsBoundaryOperations,
    ...groupOperations,
    ...roleOperations,
    ...policyOperations,
    ...policyVersionOperations,
    ...policyUseOperations,
    ...attachedPolicyOperations,
    ...inlinePolicyOperations,
    ...instanceProfileOperations,
    ...mfaDeviceOperations,
    ...oidcProviderOperations,
    ...samlProviderOperations,
    ...serviceLinkedRoleOperations,
    ...tagOperations,
    ...policyTagOperations,
    ...providerTagOperations,
    ...updateUserOperations,
    ...updateGroupOperations,
    ...accountOperations,
    ...reportOperations,
  ],
  inAccount: { ...NO_IAM_RECORDS, ...NO_REPORTS },
  inWorld: NO_PROPAGATION,
  resource: iamResource,
  readAccount: readIam,
  readWorld: readIamWorld,
};
