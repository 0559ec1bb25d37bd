import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { assignmentOperations } from './assignments.ts';
import { directoryOperations } from './directory.ts';
import { membershipOperations } from './memberships.ts';
import { permissionSetBoundaryOperations } from './permission-set-boundaries.ts';
import { permissionSetPolicyOperations } from './permission-set-policies.ts';
import { permissionSetOperations } from './permission-sets.ts';
import { type IdentityCenterWorld, NO_IDENTITY_CENTER } from './records.ts';
import { type IdentityCenterSpec, readIdentityCenter } from './spec.ts';

/** IAM Identity Center: permission sets and assignments. Errors: IAM Identity Center API Reference. */
export const ssoAdmin: Service<object, object, IdentityCenterWorld, IdentityCenterSpec> = {
  name: 'sso-admin',
  operations: [
    ...permissionSetOperations,
    ...permissionSetPolicyOperations,
    ...permissionSetBoundaryOperations,
    ...assignmentOperations,
  ],
  inAccount: {},
  inWorld: NO_IDENTITY_CENTER,
  readWorld: readIdentityCenter,
  wording: JSON_WORDING,
};

/** Its directory. Errors: Identity Store API Reference. */
export const identitystore: Service = {
  name: 'identitystore',
  operations: [...directoryOperations, ...membershipOperations],
  inAccount: {},
  inWorld: {},
  wording: JSON_WORDING,
};
