import { own } from '../../own.ts';
import { define, done } from '../define.ts';

const getCallerIdentity = define({
  id: 'sts:GetCallerIdentity',
  summary: 'show whom your credentials prove',
  input: {},
  needs: (_, caller) => [{ action: 'sts:GetCallerIdentity', resource: '*', resourceAccount: caller.account }],
  effect: (_, caller, world) =>
    done(world, { UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
});

/**
 * Whose account a key belongs to, whatever account asks and whether or not the key still works.
 * Source: STS API Reference, API_GetAccessKeyInfo.html, which leaves open what it says of a key that is nobody's.
 */
const getAccessKeyInfo = define({
  id: 'sts:GetAccessKeyInfo',
  summary: 'show to which account an access key belongs',
  input: {
    AccessKeyId: { type: 'string', required: true, least: 16, help: 'id of the key, AKIA… or ASIA…' },
  },
  notSimulated: ({ AccessKeyId: id }, _, world) =>
    own(world.keyAccounts, id) === undefined
      ? `No access key here is called ${id}, and AWS does not document what it says of such a key.`
      : null,
  needs: (_, caller) => [{ action: 'sts:GetAccessKeyInfo', resource: '*', resourceAccount: caller.account }],
  effect: (input, _, world) => done(world, { Account: own(world.keyAccounts, input.AccessKeyId) ?? null }),
});

export const callerIdentityOperations = [getCallerIdentity, getAccessKeyInfo];
