import { put } from '../../change.ts';
import type { Json } from '../../operation.ts';
import type { LoginProfile } from '../../world.ts';
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
    const problem = input.Password === undefined ? null : passwordProblem(home, input.Password);
    if (problem !== null) {
      return problem;
    }
    const loginProfile =
      input.Password === undefined ? empty : withPassword(world, user.id, empty, input.Password);
    return done(put(world, home.id, 'users', user.name, { ...user, loginProfile }), {
      LoginProfile: described(user.name, loginProfile),
    });
  },
});

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
    const problem = input.Password === undefined ? null : passwordProblem(home, input.Password);
    if (problem !== null) {
      return problem;
    }
    const { resetRequired } = user.loginProfile;
    const before = { ...user.loginProfile, resetRequired: input.PasswordResetRequired ?? resetRequired };
    const loginProfile =
      input.Password === undefined ? before : withPassword(world, user.id, before, input.Password);
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
