import type { World } from '../../src/cloud/world.ts';

/** Everything in Identity Center that points at nothing. Assignments outlive the users and groups they are for. */
export function identityCenterFaults({ identityCenter, accounts }: World): readonly string[] {
  if (identityCenter === null) {
    return [];
  }
  const { people, teams, memberships, permissionSets, assignments, portals, account } = identityCenter;
  return [
    ...(Object.hasOwn(accounts, account) ? [] : [`Identity Center stands in ${account}`]),
    ...Object.values(memberships).flatMap(({ id, user, group }) =>
      Object.hasOwn(people, user) && Object.hasOwn(teams, group) ? [] : [`membership ${id}`],
    ),
    ...assignments.flatMap(({ account: id, permissionSet }) =>
      permissionSets[permissionSet]?.roles[id] ? [] : [`${permissionSet} has no role in ${id}`],
    ),
    ...Object.values(permissionSets).flatMap(({ arn, roles }) =>
      Object.entries(roles).flatMap(([id, role]) => [
        ...(accounts[id]?.roles[role] ? [] : [`role ${role} is not in ${id}`]),
        ...(assignments.some((each) => each.account === id && each.permissionSet === arn)
          ? []
          : [`role ${role} in ${id} is assigned to nobody`]),
      ]),
    ),
    ...Object.keys(portals).flatMap((id) => (Object.hasOwn(people, id) ? [] : [`${id} is signed in`])),
  ];
}
