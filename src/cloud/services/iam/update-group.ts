import { iamArn } from '../../arn.ts';
import { drop, put } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import { isTaken, own } from '../../own.ts';
import type { Group, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { entityArn, nameProblem, noSuch, pathProblem, permission } from './entities.ts';

/**
 * The group keeps its id, its members and its permissions. Permission is needed on what it was called and on what it
 * is to be called.
 * Source: IAM API Reference, API_UpdateGroup.html.
 */
const updateGroup = define({
  id: 'iam:UpdateGroup',
  summary: 'give a group another name or path',
  input: {
    GroupName: { type: 'string', required: true, help: 'name of the group' },
    NewGroupName: { type: 'string', help: 'its name from now on' },
    NewPath: { type: 'string', help: 'its path from now on, such as /team/' },
  },
  needs(input, caller, world) {
    const home = homeOf(world, caller);
    const path = input.NewPath ?? own(home.groups, input.GroupName)?.path ?? '/';
    const before = entityArn(home, 'group', input.GroupName);
    const after = iamArn(caller.account, 'group', input.NewGroupName ?? input.GroupName, path);
    return [...new Set([before, after])].map((arn) => permission('UpdateGroup', caller, arn));
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const before = own(home.groups, input.GroupName);
    if (before === undefined) {
      return noSuch('group', input.GroupName);
    }
    const { NewGroupName: name = before.name, NewPath: path = before.path } = input;
    const problem = nameProblem('newGroupName', name, LIMITS.groupName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    const { [before.name]: _, ...others } = home.groups;
    if (isTaken(others, name)) {
      return failed('EntityAlreadyExists', `Group with name ${name} already exists.`);
    }
    const group: Group = { ...before, name, path, arn: iamArn(home.id, 'group', name, path) };
    const moved = put(drop(world, home.id, 'groups', before.name), home.id, 'groups', name, group);
    return done(withMembers(moved, home.id, before.name, name));
  },
});

/** The members of a group are members of it by its new name. */
function withMembers(world: World, id: string, before: string, after: string): World {
  const members = Object.values(own(world.accounts, id)?.users ?? {}).filter(
    ({ groups }) => before !== after && groups.includes(before),
  );
  return members.reduce((left, user) => {
    const groups = user.groups.map((group) => (group === before ? after : group));
    return put(left, id, 'users', user.name, { ...user, groups });
  }, world);
}

export const updateGroupOperations = [updateGroup];
