import { define, done } from '../define.ts';

const getCallerIdentity = define({
  id: 'sts:GetCallerIdentity',
  summary: 'show whom your credentials prove',
  input: {},
  needs: (_, caller) => [{ action: 'sts:GetCallerIdentity', resource: '*', resourceAccount: caller.account }],
  effect: (_, caller, world) =>
    done(world, { UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
});

export const callerIdentityOperations = [getCallerIdentity];
