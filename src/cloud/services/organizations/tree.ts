import { own } from '../../own.ts';
import type { AccountId } from '../../world.ts';
import { controlPolicy, RCP_FULL_ACCESS } from './aws-policies.ts';
import type { ControlPolicy, ControlPolicyType, Organization, OrganizationalUnit } from './records.ts';

/** True for the id of the root or of an OU. */
export function isParent({ rootId, units }: Organization, id: string): boolean {
  return id === rootId || Object.hasOwn(units, id);
}

/** True for anything policies can be attached to: the root, an OU, an account. */
export function isTarget(organization: Organization, id: string): boolean {
  return isParent(organization, id) || Object.hasOwn(organization.members, id);
}

/** Ids from the root down to an OU or account, itself included. */
export function pathTo(organization: Organization, id: string): readonly string[] {
  const above = own(organization.units, id)?.parent ?? own(organization.members, id)?.parent;
  return above === undefined ? [id] : [...pathTo(organization, above), id];
}

/** OUs directly below a root or OU, in the order they were made. */
export function unitsBelow({ units }: Organization, parent: string): readonly OrganizationalUnit[] {
  return Object.values(units).filter((unit) => unit.parent === parent);
}

/** Accounts directly below a root or OU. */
export function accountsBelow({ members }: Organization, parent: string): readonly AccountId[] {
  return Object.keys(members).filter((id) => members[id]?.parent === parent);
}

/** Everything policies can be attached to: the root, every OU, every account. */
export function targets({ rootId, units, members }: Organization): readonly string[] {
  return [rootId, ...Object.keys(units), ...Object.keys(members)];
}

/** The policies of a type that are attached to a root, OU or account itself. */
export function attachedTo(
  organization: Organization,
  target: string,
  type: ControlPolicyType,
): readonly ControlPolicy[] {
  if (!organization.enabledTypes.includes(type)) {
    return [];
  }
  const everywhere = type === 'RESOURCE_CONTROL_POLICY' ? [RCP_FULL_ACCESS] : [];
  const ids = own(organization.attachments, target) ?? [];
  const attached = ids.flatMap((id) => controlPolicy(organization, id) ?? []);
  return [...everywhere, ...attached.filter((policy) => policy.type === type)];
}

/** ARN of a root, OU or account of the organization. */
export function targetArn(organization: Organization, id: string): string {
  const { id: organizationId, rootId, units } = organization;
  const kind = id === rootId ? 'root' : Object.hasOwn(units, id) || id.startsWith('ou-') ? 'ou' : 'account';
  return `arn:aws:organizations::${organization.managementAccount}:${kind}/${organizationId}/${id}`;
}

/** ARN of an SCP or RCP of the organization. */
export function policyArn(
  organization: Pick<Organization, 'id' | 'managementAccount'>,
  type: ControlPolicyType,
  id: string,
): string {
  return `arn:aws:organizations::${organization.managementAccount}:policy/${organization.id}/${type.toLowerCase()}/${id}`;
}
