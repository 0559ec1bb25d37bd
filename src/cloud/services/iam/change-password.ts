import { put } from '../../change.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { permission } from './entities.ts';
import { noLoginProfile } from './login-profiles.ts';
import { isPasswordOf, passwordProblem, reuseProblem, withPassword } from './password.ts';
import { userNamed } from './users.ts';

/** Source: IAM API Reference, API_ChangePassword.html. */
const changePassword = define({
  id: 'iam:ChangePassword',
  summary: 'change your own password, as a user',
  input: {
    OldPassword: { type: 'string', required: true, help: 'the password in use' },
    NewPassword: { type: 'string', required: true, help: 'the password from now on' },
  },
  needs: (_, caller) => [permission('ChangePassword', caller, caller.arn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    if (caller.kind !== 'user') {
      return failed('InvalidUserType', 'Only IAM Users can change their own password');
    }
    const found = userNamed(home, caller.user, caller);
    if ('error' in found) {
      return found;
    }
    const { user } = found;
    if (user.loginProfile === null) {
      return noLoginProfile(user.name);
    }
    if (isPasswordOf(user.id, user.loginProfile, input.OldPassword) === false) {
      return failed('AccessDenied', 'The old password was incorrect.');
    }
    const problem =
      passwordProblem(home, input.NewPassword) ??
      reuseProblem(home.passwordPolicy, user.id, user.loginProfile, input.NewPassword);
    if (problem !== null) {
      return problem;
    }
    const changed = withPassword(world, user.id, user.loginProfile, input.NewPassword);
    const loginProfile = { ...changed, resetRequired: false };
    return done(put(world, home.id, 'users', user.name, { ...user, loginProfile }));
  },
});

/** Of a user who had a password from the start, it is not known which: any is taken for the old one. */
export const changePasswordOperations = [changePassword];
