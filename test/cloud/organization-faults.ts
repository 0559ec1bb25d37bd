import { LIMITS } from '../../src/cloud/limits.ts';
import type { Organization, World } from '../../src/cloud/world.ts';

const ALWAYS_THERE = ['p-FullAWSAccess', 'p-RCPFullAWSAccess'];

/** Everything in an organization that points at nothing, or breaks a limit. */
export function organizationFaults({ organization, accounts }: World): readonly string[] {
  if (organization === null) {
    return [];
  }
  const { rootId, units, members, policies, attachments, managementAccount } = organization;
  const isParent = (id: string) => id === rootId || Object.hasOwn(units, id);
  const targets = [rootId, ...Object.keys(units), ...Object.keys(members)];
  return [
    ...(Object.hasOwn(members, managementAccount) ? [] : ['the management account is no member']),
    ...Object.entries(members).flatMap(([id, { parent }]) =>
      Object.hasOwn(accounts, id) && isParent(parent) ? [] : [`member ${id} in ${parent}`],
    ),
    ...Object.values(units).flatMap((unit) =>
      depthOf(organization, unit.id) <= LIMITS.unitDepth && isParent(unit.parent) ? [] : [`OU ${unit.id}`],
    ),
    ...Object.entries(attachments).flatMap(([target, ids]) => [
      ...(targets.includes(target) ? [] : [`policies on ${target}, which is not there`]),
      ...ids
        .filter((id) => !Object.hasOwn(policies, id) && !ALWAYS_THERE.includes(id))
        .map((id) => `${target} has ${id}, which is not there`),
      ...(new Set(ids).size === ids.length ? [] : [`${target} has a policy twice`]),
    ]),
    ...targets.flatMap((target) => attachmentFaults(organization, target)),
    ...(Object.keys(members).length <= organization.accountLimit ? [] : ['too many accounts']),
  ];
}

function attachmentFaults(organization: Organization, target: string): readonly string[] {
  const ids = organization.attachments[target] ?? [];
  const ofType = (type: string) =>
    ids.filter((id) =>
      id === 'p-FullAWSAccess' ? type === 'SERVICE_CONTROL_POLICY' : organization.policies[id]?.type === type,
    );
  const isEnabled = organization.enabledTypes.includes('SERVICE_CONTROL_POLICY');
  const scps = ofType('SERVICE_CONTROL_POLICY').length;
  return [
    ...(isEnabled === scps > 0 ? [] : [`${target} has ${scps} SCPs`]),
    ...(scps <= LIMITS.serviceControlPoliciesPerTarget ? [] : [`too many SCPs on ${target}`]),
    ...(ofType('RESOURCE_CONTROL_POLICY').length < LIMITS.resourceControlPoliciesPerTarget
      ? []
      : [`too many RCPs on ${target}`]),
  ];
}

/** How far below the root an OU is; beyond every limit when it is below itself. */
function depthOf({ units }: Organization, id: string): number {
  let depth = 0;
  for (let at = units[id]; at !== undefined && depth < 100; at = units[at.parent]) {
    depth += 1;
  }
  return depth;
}
