import { iamArn } from '../../arn.ts';
import { accountOf, drop, put } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import { isTaken } from '../../own.ts';
import { withPrincipalRenamed } from '../../principal-gone.ts';
import type { Account, TemporaryCredentials, User, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { nameProblem, pathProblem, permission } from './entities.ts';
import { userArn, userNamed } from './users.ts';

/**
 * The user keeps its id, its keys and its permissions; policies that name it show its new ARN. Permission is needed
 * on what it was called and on what it is to be called.
 * Source: IAM API Reference, API_UpdateUser.html.
 */
const updateUser = define({
  id: 'iam:UpdateUser',
  summary: 'give a user another name or path',
  input: {
    UserName: { type: 'string', required: true, help: 'name of the user' },
    NewUserName: { type: 'string', help: 'its name from now on' },
    NewPath: { type: 'string', help: 'its path from now on, such as /team/' },
  },
  needs(input, caller, world) {
    const before = userArn(homeOf(world, caller), input.UserName, caller);
    const found = userNamed(homeOf(world, caller), input.UserName, caller);
    const path = input.NewPath ?? ('user' in found ? found.user.path : '/');
    const after = iamArn(caller.account, 'user', input.NewUserName ?? input.UserName, path);
    return [...new Set([before, after])].map((arn) => permission('UpdateUser', caller, arn));
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { user: before } = found;
    const { NewUserName: name = before.name, NewPath: path = before.path } = input;
    const problem = nameProblem('newUserName', name, LIMITS.userName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    const { [before.name]: _, ...others } = home.users;
    if (isTaken(others, name)) {
      return failed('EntityAlreadyExists', `User with name ${name} already exists.`);
    }
    const user: User = { ...before, name, path, arn: iamArn(home.id, 'user', name, path) };
    const moved = put(drop(world, home.id, 'users', before.name), home.id, 'users', name, user);
    return done(
      withPrincipalRenamed(withBelongings(moved, home.id, before.name, name), before.arn, user.arn),
    );
  },
});

/** What belongs to a user, by its name: keys, MFA devices and sessions go with it. */
function withBelongings(world: World, id: string, before: string, after: string): World {
  if (before === after) {
    return world;
  }
  const account = accountOf(world, id);
  const theirs = <T extends { readonly user: string | null }>(each: T): T =>
    each.user === before ? { ...each, user: after } : each;
  const session = (each: TemporaryCredentials): TemporaryCredentials =>
    each.holder.kind === 'user' || each.holder.kind === 'federated-user'
      ? { ...each, holder: theirs(each.holder) }
      : each;
  const moved: Account = {
    ...account,
    accessKeys: mapped(account.accessKeys, theirs),
    mfaDevices: mapped(account.mfaDevices, theirs),
    sessions: mapped(account.sessions, session),
  };
  return { ...world, accounts: { ...world.accounts, [id]: moved } };
}

function mapped<T>(record: Readonly<Record<string, T>>, change: (each: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, each]) => [key, change(each)]));
}

export const updateUserOperations = [updateUser];
