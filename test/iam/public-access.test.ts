import { expect, test } from 'vitest';
import { authorize, isRefusal } from '../../src/iam/index.ts';
import type { AuthorizationInput } from '../../src/iam/request.ts';

const HOME = '111122223333';
const PUBLIC = {
  name: 'bucket policy',
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  },
};
const ALL = {
  name: 'all',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

function decide(principal: AuthorizationInput['request']['principal'], publicAccessRestricted: boolean) {
  const decision = authorize({
    request: { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: HOME },
    policies: { resource: PUBLIC, identity: [ALL] },
    facts: { publicAccessRestricted },
  });
  if (isRefusal(decision)) throw new Error(decision.error.message);
  return decision;
}

test('a restricted public bucket is open to its own account and to services only', () => {
  const stranger = 'arn:aws:iam::444455556666:user/guest';
  expect(decide(stranger, false).decision).toBe('allowed');
  const denied = decide(stranger, true);
  expect(denied).toMatchObject({ decision: 'implicit-deny', decidedBy: 'service', policy: null });
  expect(denied.trace().layers.find(({ decided }) => decided)?.note).toContain('RestrictPublicBuckets');
  expect(denied.explanation).toContain(
    'That does not help: The bucket policy is public, and RestrictPublicBuckets',
  );
  expect(decide('anonymous', true).decision).toBe('implicit-deny');
  expect(decide(`arn:aws:iam::${HOME}:user/bob`, true).decision).toBe('allowed');
  expect(decide({ service: 'cloudtrail.amazonaws.com' }, true).decision).toBe('allowed');
});
