import { awsManagedPolicies } from '../cloud/managed-policies.ts';
import type { World } from '../cloud/world.ts';

/** Ids and ARNs of Identity Center that fit a member of an operation's input; none where it is not enabled. */
export function identityCenterValues(world: World, member: string): readonly string[] {
  const { identityCenter } = world;
  if (identityCenter === null) return [];
  const { arn, store, people, teams, memberships, permissionSets, requests } = identityCenter;
  switch (member) {
    case 'InstanceArn':
      return [arn];
    case 'PermissionSetArn':
      return Object.keys(permissionSets);
    case 'IdentityStoreId':
      return [store];
    case 'PrincipalId':
      return [...Object.keys(people), ...Object.keys(teams)];
    case 'UserId':
      return Object.keys(people);
    case 'MemberId':
      return Object.keys(people).map((id) => `UserId=${id}`);
    case 'GroupId':
      return Object.keys(teams);
    case 'MembershipId':
      return Object.keys(memberships);
    case 'TargetId':
    case 'AccountId':
      return Object.keys(world.organization?.members ?? world.accounts);
    case 'TargetType':
      return ['AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS'];
    case 'PrincipalType':
      return ['USER', 'GROUP'];
    case 'ManagedPolicyArn':
      return Object.keys(awsManagedPolicies);
    default:
      return member.endsWith('RequestId') ? Object.keys(requests) : [];
  }
}
