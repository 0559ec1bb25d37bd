import { put } from '../../change.ts';
import type { ApiError, Json } from '../../operation.ts';
import type { Account, LoginProfile, User, World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { permission } from './entities.ts';
import { passwordProblem, withPassword } from './password.ts';
import { userArn, userNamed } from './users.ts';

const USER_NAME = { type: 'string', help: 'name of the user; your own unless said' } as const;

const createLoginProfile = define({
  id: 'iam:CreateLoginProfile',
  summary: 'give a user a password for the console; signing in there is not simulated',
  input: {
    UserName: USER_NAME,
    Password: { type: 'string', help: 'the password; only whether it is the same later is kept' },
    PasswordResetRequired: { type: 'boolean', help: 'to be changed at the first sign-in' },
  },
  needs: (input, caller, world) => [
    permission('CreateLoginProfile', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { user } = found;
    if (user.loginProfile !== null) {
      return failed('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`);
    }
    const empty = { created: world.clock, resetRequired: input.PasswordResetRequired ?? false };
    const given = withGivenPassword(world, home, user, empty, input.Password);
    if ('error' in given) {
      return given;
    }
    const { loginProfile } = given;
    return done(put(world, home.id, 'users', user.name, { ...user, loginProfile }), {
      LoginProfile: described(user.name, loginProfile),
    });
  },
});

/** A password profile with the password that a request gives, if it gives one. */
function withGivenPassword(
  world: World,
  home: Account,
  { id }: User,
  profile: LoginProfile,
  password: string | undefined,
): { readonly loginProfile: LoginProfile } | { readonly error: ApiError } {
  if (password === undefined) {
    return { loginProfile: profile };
  }
  return passwordProblem(home, password) ?? { loginProfile: withPassword(world, id, profile, password) };
}

function described(user: string, { created, resetRequired }: LoginProfile): Json {
  return { UserName: user, CreateDate: isoTime(created), PasswordResetRequired: resetRequired };
}

/** IAM's error for a user who has no password. */
export function noLoginProfile(user: string) {
  return failed('NoSuchEntity', `Login Profile for User ${user} cannot be found.`);
}

const getLoginProfile = define({
  id: 'iam:GetLoginProfile',
  summary: 'show whether a user has a password, and since when',
  input: { UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('GetLoginProfile', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const found = userNamed(homeOf(world, caller), input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { name, loginProfile } = found.user;
    return loginProfile === null
      ? noLoginProfile(name)
      : done(world, { LoginProfile: described(name, loginProfile) });
  },
});

const updateLoginProfile = define({
  id: 'iam:UpdateLoginProfile',
  summary: "change a user's password",
  input: {
    UserName: { ...USER_NAME, required: true, help: 'name of the user' },
    Password: { type: 'string', help: 'the new password' },
    PasswordResetRequired: { type: 'boolean', help: 'to be changed at the next sign-in' },
  },
  needs: (input, caller, world) => [
    permission('UpdateLoginProfile', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { user } = found;
    if (user.loginProfile === null) {
      return noLoginProfile(user.name);
    }
    const { resetRequired } = user.loginProfile;
    const before = { ...user.loginProfile, resetRequired: input.PasswordResetRequired ?? resetRequired };
    const given = withGivenPassword(world, home, user, before, input.Password);
    if ('error' in given) {
      return given;
    }
    const { loginProfile } = given;
    return done(put(world, home.id, 'users', user.name, { ...user, loginProfile }));
  },
});

const deleteLoginProfile = define({
  id: 'iam:DeleteLoginProfile',
  summary: "take a user's password away",
  input: { UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('DeleteLoginProfile', caller, userArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = userNamed(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { user } = found;
    return user.loginProfile === null
      ? noLoginProfile(user.name)
      : done(put(world, home.id, 'users', user.name, { ...user, loginProfile: null }));
  },
});

export const loginProfileOperations = [
  createLoginProfile,
  getLoginProfile,
  updateLoginProfile,
  deleteLoginProfile,
];
