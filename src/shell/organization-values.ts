import type { World } from '../cloud/world.ts';

/** Ids of the organization that fit a member of an operation's input; none where there is no organization. */
export function organizationValues({ organization }: World, member: string): readonly string[] {
  if (organization === null) return [];
  const { rootId, units, members, policies } = organization;
  const accounts = Object.keys(members);
  const unitIds = Object.keys(units);
  switch (member) {
    case 'RootId':
      return [rootId];
    case 'OrganizationalUnitId':
      return unitIds;
    case 'ParentId':
    case 'SourceParentId':
    case 'DestinationParentId':
      return [rootId, ...unitIds];
    case 'ChildId':
      return [...unitIds, ...accounts];
    case 'TargetId':
      return [rootId, ...unitIds, ...accounts];
    case 'ResourceId':
      return [rootId, ...unitIds, ...accounts, ...Object.keys(policies)];
    case 'AccountId':
      return accounts;
    case 'PolicyId':
      return ['p-FullAWSAccess', ...Object.keys(policies)];
    case 'HandshakeId':
      return Object.keys(organization.handshakes);
    case 'CreateAccountRequestId':
      return Object.keys(organization.creations);
    default:
      return [];
  }
}
