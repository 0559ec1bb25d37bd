import { iamArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, Json } from '../../operation.ts';
import { isTaken, listed, own } from '../../own.ts';
import { withPrincipalGone } from '../../principal-gone.ts';
import type { Account, User } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import {
  accessKeysOf,
  attachable,
  boundaryContext,
  entityArn,
  NEW_BOUNDARY,
  nameProblem,
  noSuch,
  notAttachable,
  pathProblem,
  permission,
  readPrincipalTags,
  tagContext,
  tagList,
} from './entities.ts';

/** The user that a request is about: the one named, or the caller's own. */
export function userNamed(
  account: Account,
  name: string | undefined,
  caller: Caller,
): { readonly user: User } | { readonly error: ApiError } {
  const wanted = name ?? ownName(caller);
  if (wanted === null) {
    return failed('ValidationError', 'Must specify userName when calling with non-User credentials');
  }
  const user = own(account.users, wanted);
  return user ? { user } : noSuch('user', wanted);
}

/** ARN of the user that a request is about. */
export function userArn(account: Account, name: string | undefined, caller: Caller): string {
  const wanted = name ?? ownName(caller);
  return wanted === null ? '*' : entityArn(account, 'user', wanted);
}

function ownName(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.user : null;
}

/** A user as the AWS CLI prints it in lists. */
export function describedUser(user: User): { readonly [key: string]: Json } {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: isoTime(user.created),
  };
}

const createUser = define({
  id: 'iam:CreateUser',
  summary: 'make a user',
  input: {
    UserName: { type: 'string', required: true, help: 'name of the new user' },
    Path: { type: 'string', help: 'such as /team/' },
    PermissionsBoundary: NEW_BOUNDARY,
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller) => [
    permission('CreateUser', caller, iamArn(caller.account, 'user', input.UserName, input.Path), {
      ...boundaryContext(input.PermissionsBoundary),
      ...tagContext(input.Tags),
    }),
  ],
  effect(input, caller, world) {
    const { UserName: name, Path: path = '/', PermissionsBoundary: boundary = null } = input;
    const home = homeOf(world, caller);
    const problem = nameProblem('userName', name, LIMITS.userName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    const read = readPrincipalTags(input.Tags);
    if ('error' in read) {
      return read;
    }
    if (isTaken(home.users, name)) {
      return failed('EntityAlreadyExists', `User with name ${name} already exists.`);
    }
    if (boundary !== null && attachable(world, home, boundary) === undefined) {
      return notAttachable(boundary);
    }
    const [id, next] = generated(world, (generator) => newUniqueId(generator, 'AIDA'));
    const user: User = {
      name,
      path,
      id,
      arn: iamArn(home.id, 'user', name, path),
      created: world.clock,
      attached: [],
      inline: {},
      groups: [],
      boundary,
      loginProfile: null,
      tags: read.tags,
    };
    return done(put(next, home.id, 'users', name, user), { User: fully(user) });
  },
});

/** A user with its boundary and tags, which lists leave out. */
function fully(user: User): Json {
  const boundary = user.boundary && {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: user.boundary,
    },
  };
  const tags = Object.keys(user.tags).length > 0 ? { Tags: tagList(user.tags) } : {};
  return { ...describedUser(user), ...boundary, ...tags };
}

const getUser = define({
  id: 'iam:GetUser',
  summary: 'show a user',
  input: { UserName: { type: 'string', help: 'name of the user; your own unless said' } },
  needs: (input, caller, world) => [
    permission('GetUser', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const found = userNamed(homeOf(world, caller), input.UserName, caller);
    return 'error' in found ? found : done(world, { User: fully(found.user) });
  },
});

const listUsers = define({
  id: 'iam:ListUsers',
  summary: 'list the users',
  input: { PathPrefix: { type: 'string', help: 'only users below this path' } },
  needs: (input, caller) => [
    permission('ListUsers', caller, iamArn(caller.account, 'user', '', input.PathPrefix)),
  ],
  effect(input, caller, world) {
    const { PathPrefix: prefix = '/' } = input;
    const users = listed(homeOf(world, caller).users).filter(({ path }) => path.startsWith(prefix));
    return done(world, { Users: users.map(describedUser) });
  },
});

/** What must go before a user can, in IAM's words; null when nothing is left. */
function leftover(account: Account, user: User): string | null {
  if (accessKeysOf(account, user.name).length > 0) {
    return 'must delete access keys first.';
  }
  if (user.loginProfile !== null) {
    return 'must delete login profile first.';
  }
  if (Object.values(account.mfaDevices).some((device) => device.user === user.name)) {
    return 'must delete MFA device first.';
  }
  if (user.attached.length > 0) {
    return 'must detach all policies first.';
  }
  if (Object.keys(user.inline).length > 0) {
    return 'must delete policies first.';
  }
  return user.groups.length > 0 ? 'must remove users from group first.' : null;
}

const deleteUser = define({
  id: 'iam:DeleteUser',
  summary: 'delete a user',
  input: { UserName: { type: 'string', required: true, help: 'name of the user' } },
  needs: (input, caller, world) => [
    permission('DeleteUser', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const rest = leftover(home, found.user);
    return rest === null
      ? done(withPrincipalGone(drop(world, home.id, 'users', found.user.name), found.user))
      : failed('DeleteConflict', `Cannot delete entity, ${rest}`);
  },
});

const tagUser = define({
  id: 'iam:TagUser',
  summary: 'put tags on a user',
  input: {
    UserName: { type: 'string', required: true, help: 'name of the user' },
    Tags: { type: 'structures', members: ['Key', 'Value'], required: true, help: 'tags' },
  },
  needs: (input, caller, world) => [
    permission(
      'TagUser',
      caller,
      userArn(homeOf(world, caller), input.UserName, caller),
      tagContext(input.Tags),
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const read = readPrincipalTags(input.Tags, found.user.tags);
    return 'error' in read
      ? read
      : done(put(world, home.id, 'users', found.user.name, { ...found.user, tags: read.tags }));
  },
});

export const userOperations = [createUser, getUser, listUsers, deleteUser, tagUser];
