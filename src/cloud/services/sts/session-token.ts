import { LIMITS } from '../../limits.ts';
import { define, done, failed } from '../define.ts';
import { mfaShown, SERIAL_NUMBER, TOKEN_CODE, WRONG_CODE } from './mfa-code.ts';
import { secondsProblem } from './parameters.ts';
import { described, issueSession, sessionOf } from './sessions.ts';

/**
 * A user's own session, mostly to show an MFA code. No policy has to allow it, and it can do what the user can, save
 * that without MFA it calls no IAM operation, and of STS only AssumeRole and GetCallerIdentity.
 * Source: STS API Reference, API_GetSessionToken.html.
 */
const getSessionToken = define({
  id: 'sts:GetSessionToken',
  summary: 'get temporary credentials of your own user, to show an MFA code',
  input: {
    DurationSeconds: {
      type: 'integer',
      least: LIMITS.tokenLeast,
      help: '900 to 129600; 43200 unless said',
    },
    SerialNumber: SERIAL_NUMBER,
    TokenCode: TOKEN_CODE,
  },
  authenticate(input, world, signer) {
    const shown = signer && mfaShown(world, signer, input);
    return shown === 'wrong' ? failed('AccessDenied', WRONG_CODE) : null;
  },
  needs: (_, caller) => [{ action: 'sts:GetSessionToken', resource: '*', resourceAccount: caller.account }],
  effect(input, caller, world) {
    if (sessionOf(world, caller) !== undefined || (caller.kind !== 'user' && caller.kind !== 'root')) {
      return failed('AccessDenied', 'Cannot call GetSessionToken with session credentials');
    }
    const { tokenMost, tokenUsual, rootTokenMost } = LIMITS;
    const { DurationSeconds: asked = tokenUsual } = input;
    const problem = secondsProblem(asked, tokenMost);
    if (problem !== null) {
      return problem;
    }
    const [session, next] = issueSession(world, caller.account, {
      holder:
        caller.kind === 'user'
          ? { kind: 'user', user: caller.user, userId: caller.userId }
          : { kind: 'root' },
      // A root user's session lasts an hour; a longer request gets an hour.
      seconds: caller.kind === 'root' ? Math.min(asked, rootTokenMost) : asked,
      mfa: mfaShown(world, caller, input) === 'right' ? world.clock : null,
    });
    return done(next, { Credentials: described(session) });
  },
});

export const sessionTokenOperations = [getSessionToken];
