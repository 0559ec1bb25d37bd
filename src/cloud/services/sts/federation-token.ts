import { federatedUserArn } from '../../arn.ts';
import { LIMITS } from '../../limits.ts';
import { define, done, failed } from '../define.ts';
import { nameProblem, secondsProblem } from './parameters.ts';
import { readSessionPolicies, SESSION_POLICY_MEMBERS } from './session-policies.ts';
import { principalTagKeys, requestTagKeys, tagProblem } from './session-tags.ts';
import { described, issueSession, sessionOf } from './sessions.ts';

/**
 * A session for somebody else, who may do what both the user who asks and the session policies allow. It outlives
 * the key that made it.
 * Source: STS API Reference, API_GetFederationToken.html.
 */
const getFederationToken = define({
  id: 'sts:GetFederationToken',
  summary: 'get temporary credentials for somebody else, limited by a session policy',
  input: {
    Name: { type: 'string', required: true, help: 'a name for whoever gets them' },
    DurationSeconds: {
      type: 'integer',
      least: LIMITS.tokenLeast,
      help: '900 to 129600; 43200 unless said',
    },
    ...SESSION_POLICY_MEMBERS,
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'session tags' },
  },
  needs(input, caller) {
    const resource = federatedUserArn(caller.account, input.Name);
    const context = requestTagKeys(input.Tags, undefined);
    const on = (action: string) => ({ action, resource, resourceAccount: caller.account, context });
    return [on('sts:GetFederationToken'), ...((input.Tags ?? []).length > 0 ? [on('sts:TagSession')] : [])];
  },
  effect(input, caller, world) {
    if (sessionOf(world, caller) !== undefined || (caller.kind !== 'user' && caller.kind !== 'root')) {
      return failed('AccessDenied', 'Cannot call GetFederationToken with session credentials');
    }
    const { tokenMost, tokenUsual, rootTokenMost } = LIMITS;
    const { Name: name, DurationSeconds: asked = tokenUsual } = input;
    const problem =
      nameProblem('name', name, 32) ?? secondsProblem(asked, tokenMost) ?? tagProblem(input.Tags, undefined);
    if (problem !== null) {
      return problem;
    }
    const limits = readSessionPolicies(world, caller.account, input);
    if ('error' in limits) {
      return limits;
    }
    const [session, next] = issueSession(world, caller.account, {
      holder: {
        kind: 'federated-user',
        name,
        user: caller.kind === 'user' ? caller.user : null,
        userId: caller.kind === 'user' ? caller.userId : null,
      },
      seconds: caller.kind === 'root' ? Math.min(asked, rootTokenMost) : asked,
      limits: limits.limits,
      context: principalTagKeys(input.Tags),
    });
    return done(next, {
      Credentials: described(session),
      FederatedUser: {
        FederatedUserId: `${caller.account}:${name}`,
        Arn: federatedUserArn(caller.account, name),
      },
    });
  },
});

export const federationTokenOperations = [getFederationToken];
