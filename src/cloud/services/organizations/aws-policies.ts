import { own } from '../../own.ts';
import type { ControlPolicy, ControlPolicyType, Organization } from './records.ts';

/**
 * The SCP that every root, OU and account begins with. It can be detached where another is attached.
 * Source: Organizations User Guide, orgs_manage_policies_scps.html.
 */
export const FULL_ACCESS: ControlPolicy = {
  id: 'p-FullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  type: 'SERVICE_CONTROL_POLICY',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * The RCP that is attached to the root and to every OU and account as long as RCPs are enabled, and cannot be detached.
 * Source: Organizations User Guide, orgs_manage_policies_rcps.html.
 */
export const RCP_FULL_ACCESS: ControlPolicy = {
  id: 'p-RCPFullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess',
  name: 'RCPFullAWSAccess',
  description: 'Allow access to every operation',
  type: 'RESOURCE_CONTROL_POLICY',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
};

const AWS_POLICIES: Readonly<Record<string, ControlPolicy>> = {
  [FULL_ACCESS.id]: FULL_ACCESS,
  [RCP_FULL_ACCESS.id]: RCP_FULL_ACCESS,
};

/** True for a policy that AWS manages, which nobody can change. */
export function isAwsManaged(policy: ControlPolicy): boolean {
  return Object.hasOwn(AWS_POLICIES, policy.id);
}

/** An SCP or RCP by its id, AWS's or the organization's own; undefined when there is none. */
export function controlPolicy(organization: Organization, id: string): ControlPolicy | undefined {
  return own(AWS_POLICIES, id) ?? own(organization.policies, id);
}

/** All policies of a type, AWS's first, then in the order they were made. */
export function policiesOfType(
  organization: Organization,
  type: ControlPolicyType,
): readonly ControlPolicy[] {
  return [...Object.values(AWS_POLICIES), ...Object.values(organization.policies)].filter(
    (policy) => policy.type === type,
  );
}
