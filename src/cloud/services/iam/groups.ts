import { iamArn } from '../../arn.ts';
import { drop, generated, put } from '../../change.ts';
import { newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import { isTaken, listed, own } from '../../own.ts';
import type { Account, Group, User } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { entityArn, nameProblem, noSuch, overQuota, pathProblem, permission } from './entities.ts';
import { describedUser } from './users.ts';

const GROUP_NAME = { type: 'string', required: true, help: 'name of the group' } as const;
const USER_NAME = { type: 'string', required: true, help: 'name of the user' } as const;

function described(group: Group): Json {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: isoTime(group.created),
  };
}

function membersOf(account: Account, group: string): readonly User[] {
  return listed(account.users).filter(({ groups }) => groups.includes(group));
}

const createGroup = define({
  id: 'iam:CreateGroup',
  summary: 'make a group',
  input: {
    GroupName: { type: 'string', required: true, help: 'name of the new group' },
    Path: { type: 'string', help: 'such as /team/' },
  },
  needs: (input, caller) => [
    permission('CreateGroup', caller, iamArn(caller.account, 'group', input.GroupName, input.Path)),
  ],
  effect(input, caller, world) {
    const { GroupName: name, Path: path = '/' } = input;
    const home = homeOf(world, caller);
    const problem = nameProblem('groupName', name, LIMITS.groupName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    if (isTaken(home.groups, name)) {
      return failed('EntityAlreadyExists', `Group with name ${name} already exists.`);
    }
    const [id, next] = generated(world, (generator) => newUniqueId(generator, 'AGPA'));
    const group: Group = {
      name,
      path,
      id,
      arn: iamArn(home.id, 'group', name, path),
      created: world.clock,
      attached: [],
      inline: {},
    };
    return done(put(next, home.id, 'groups', name, group), { Group: described(group) });
  },
});

const getGroup = define({
  id: 'iam:GetGroup',
  summary: 'show a group and its users',
  input: { GroupName: GROUP_NAME },
  needs: (input, caller, world) => [
    permission('GetGroup', caller, entityArn(homeOf(world, caller), 'group', input.GroupName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const group = own(home.groups, input.GroupName);
    return group === undefined
      ? noSuch('group', input.GroupName)
      : done(world, { Users: membersOf(home, group.name).map(describedUser), Group: described(group) });
  },
});

const listGroups = define({
  id: 'iam:ListGroups',
  summary: 'list the groups',
  input: { PathPrefix: { type: 'string', help: 'only groups below this path' } },
  needs: (input, caller) => [
    permission('ListGroups', caller, iamArn(caller.account, 'group', '', input.PathPrefix)),
  ],
  effect(input, caller, world) {
    const { PathPrefix: prefix = '/' } = input;
    const groups = listed(homeOf(world, caller).groups).filter(({ path }) => path.startsWith(prefix));
    return done(world, { Groups: groups.map(described) });
  },
});

/** What must go before a group can, in IAM's words; null when nothing is left. */
function leftover(account: Account, group: Group): string | null {
  if (membersOf(account, group.name).length > 0) {
    return 'must remove users from group first.';
  }
  if (group.attached.length > 0) {
    return 'must detach all policies first.';
  }
  return Object.keys(group.inline).length > 0 ? 'must delete policies first.' : null;
}

const deleteGroup = define({
  id: 'iam:DeleteGroup',
  summary: 'delete a group',
  input: { GroupName: GROUP_NAME },
  needs: (input, caller, world) => [
    permission('DeleteGroup', caller, entityArn(homeOf(world, caller), 'group', input.GroupName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const group = own(home.groups, input.GroupName);
    if (group === undefined) {
      return noSuch('group', input.GroupName);
    }
    const rest = leftover(home, group);
    return rest === null
      ? done(drop(world, home.id, 'groups', group.name))
      : failed('DeleteConflict', `Cannot delete entity, ${rest}`);
  },
});

const addUserToGroup = define({
  id: 'iam:AddUserToGroup',
  summary: 'add a user to a group',
  input: { GroupName: GROUP_NAME, UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('AddUserToGroup', caller, entityArn(homeOf(world, caller), 'group', input.GroupName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const group = own(home.groups, input.GroupName);
    const user = own(home.users, input.UserName);
    if (group === undefined) {
      return noSuch('group', input.GroupName);
    }
    if (user === undefined) {
      return noSuch('user', input.UserName);
    }
    if (user.groups.includes(group.name)) {
      return done(world);
    }
    return user.groups.length >= LIMITS.groupsPerUser
      ? overQuota('GroupsPerUser', LIMITS.groupsPerUser)
      : done(put(world, home.id, 'users', user.name, { ...user, groups: [...user.groups, group.name] }));
  },
});

const removeUserFromGroup = define({
  id: 'iam:RemoveUserFromGroup',
  summary: 'take a user out of a group',
  input: { GroupName: GROUP_NAME, UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('RemoveUserFromGroup', caller, entityArn(homeOf(world, caller), 'group', input.GroupName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const user = own(home.users, input.UserName);
    if (!Object.hasOwn(home.groups, input.GroupName)) {
      return noSuch('group', input.GroupName);
    }
    if (user === undefined) {
      return noSuch('user', input.UserName);
    }
    const groups = user.groups.filter((name) => name !== input.GroupName);
    return done(put(world, home.id, 'users', user.name, { ...user, groups }));
  },
});

const listGroupsForUser = define({
  id: 'iam:ListGroupsForUser',
  summary: 'list the groups a user is in',
  input: { UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('ListGroupsForUser', caller, entityArn(homeOf(world, caller), 'user', input.UserName)),
  ],
  effect(input, caller, world) {
    const { users, groups } = homeOf(world, caller);
    const user = own(users, input.UserName);
    return user === undefined
      ? noSuch('user', input.UserName)
      : done(world, {
          Groups: listed(groups)
            .filter(({ name }) => user.groups.includes(name))
            .map(described),
        });
  },
});

/** Groups hold policies for their users. A group is no principal: nobody signs in as one. */
export const groupOperations = [
  createGroup,
  getGroup,
  listGroups,
  deleteGroup,
  addUserToGroup,
  removeUserFromGroup,
  listGroupsForUser,
];
