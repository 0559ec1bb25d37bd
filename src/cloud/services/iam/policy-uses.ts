import type { Group, Role, User } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf } from '../define.ts';
import { attachable, POLICY_ARN, permission } from './entities.ts';

const ENTITY_FILTERS = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];
const USAGE_FILTERS = ['PermissionsPolicy', 'PermissionsBoundary'];

/** Source: IAM API Reference, API_ListEntitiesForPolicy.html. */
const listEntitiesForPolicy = define({
  id: 'iam:ListEntitiesForPolicy',
  summary: 'list the users, groups and roles that a managed policy is attached to, or bounds',
  input: {
    PolicyArn: POLICY_ARN,
    EntityFilter: { type: 'string', help: 'User, Role or Group; all unless said' },
    PathPrefix: { type: 'string', help: 'only entities below this path' },
    PolicyUsageFilter: {
      type: 'string',
      help: 'PermissionsPolicy: attached; PermissionsBoundary: as boundary; both unless said',
    },
  },
  needs: (input, caller) => [permission('ListEntitiesForPolicy', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const { PolicyArn: arn, EntityFilter: kind, PathPrefix: prefix = '/', PolicyUsageFilter: usage } = input;
    const wrong =
      notAmong('entityFilter', kind, ENTITY_FILTERS) ?? notAmong('policyUsageFilter', usage, USAGE_FILTERS);
    if (wrong !== null) {
      return wrong;
    }
    const home = homeOf(world, caller);
    if (attachable(world, home, arn) === undefined) {
      return failed('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
    }
    const using = <T extends User | Group | Role>(name: string, record: Readonly<Record<string, T>>) =>
      kind === undefined || kind === name
        ? Object.values(record).filter((each) => each.path.startsWith(prefix) && isUsed(each, arn, usage))
        : [];
    return done(world, {
      PolicyGroups: using('Group', home.groups).map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: using('User', home.users).map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: using('Role', home.roles).map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    });
  },
});

function isUsed(entity: User | Group | Role, arn: string, usage: string | undefined): boolean {
  const bounds = 'boundary' in entity && entity.boundary === arn;
  return (
    (usage !== 'PermissionsBoundary' && entity.attached.includes(arn)) ||
    (usage !== 'PermissionsPolicy' && bounds)
  );
}

function notAmong(member: string, value: string | undefined, known: readonly string[]) {
  return value === undefined || known.includes(value)
    ? null
    : breaksConstraint('ValidationError', member, value, `satisfy enum value set: [${known.join(', ')}]`);
}

export const policyUseOperations = [listEntitiesForPolicy];
