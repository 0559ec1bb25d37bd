import { put } from '../../change.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { permission } from './entities.ts';
import { userArn, userNamed } from './users.ts';

const USER_NAME = { type: 'string', help: 'name of the user; your own unless said' } as const;

const createLoginProfile = define({
  id: 'iam:CreateLoginProfile',
  summary: 'give a user a password for the console',
  input: {
    UserName: USER_NAME,
    Password: { type: 'string', help: 'the password; it is not kept' },
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
    if (user.hasLoginProfile) {
      return failed('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`);
    }
    return done(put(world, home.id, 'users', user.name, { ...user, hasLoginProfile: true }), {
      LoginProfile: {
        UserName: user.name,
        CreateDate: isoTime(world.clock),
        PasswordResetRequired: input.PasswordResetRequired ?? false,
      },
    });
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
    return user.hasLoginProfile
      ? done(put(world, home.id, 'users', user.name, { ...user, hasLoginProfile: false }))
      : failed('NoSuchEntity', `Login Profile for User ${user.name} cannot be found.`);
  },
});

export const loginProfileOperations = [createLoginProfile, deleteLoginProfile];
