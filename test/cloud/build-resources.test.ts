import { expect, it } from 'vitest';
import { buildWorld } from '../../src/cloud/index.ts';
import type { AccountSpec } from '../../src/cloud/world-spec.ts';
import { scenarioSchema } from '../../src/course/schema.ts';
import { ACCOUNT, EC2, OTHER, policy, spec, trust } from './stage.ts';

function problems(account: Partial<AccountSpec>): readonly string[] {
  const built = buildWorld(spec({ name: 'company', ...account }));
  const found = 'problems' in built ? built.problems : [];
  return found.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

const GHOST = policy({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ghost` },
  Action: '*',
  Resource: '*',
});
const ID = '11111111-2222-3333-4444-555555555555';

it.each<[string, Partial<AccountSpec>, RegExp]>([
  ['an alias of AWS', { kmsKeys: { 'aws/x': {} } }, /^kmsKeys\.aws\/x: aws\/x cannot be an alias/],
  ['a key id', { kmsKeys: { a: { id: 'x' } } }, /^kmsKeys\.a\.id: x cannot be its id/],
  ['a key id twice', { kmsKeys: { a: { id: ID }, b: { id: ID } } }, /^kmsKeys\.b\.id/],
  ['a key policy', { kmsKeys: { a: { policy: GHOST } } }, /^kmsKeys\.a\.policy: .*invalid principals/],
  ['a queue’s name', { queues: { 'a b': {} } }, /^queues\.a b: a b cannot be a queue's name/],
  ['a queue policy', { queues: { a: { policy: GHOST } } }, /^queues\.a\.policy/],
  ['a topic’s name', { topics: { 'a b': {} } }, /^topics\.a b: a b cannot be a topic's name/],
  ['a topic’s queue', { topics: { a: { queues: ['b'] } } }, /^topics\.a\.queues\.0: There is no queue b/],
  ['a topic policy', { topics: { a: { policy: GHOST } } }, /^topics\.a\.policy/],
  ['a secret’s name', { secrets: { 'a b': { text: '' } } }, /^secrets\.a b: a b cannot be a secret's name/],
  ['a secret’s policy', { secrets: { a: { text: '', policy: GHOST } } }, /^secrets\.a\.policy/],
  [
    'a secret’s key',
    { secrets: { a: { text: '', kmsKey: 'b' } } },
    /^secrets\.a\.kmsKey: There is no KMS key b/,
  ],
  [
    'a secret’s key by ARN',
    { secrets: { a: { text: '', kmsKey: `arn:aws:kms:us-east-1:${OTHER}:key/${ID}` } } },
    /^secrets\.a\.kmsKey: There is no key arn/,
  ],
  [
    'a function’s name',
    { functions: { 'a b': { role: 'x' } } },
    /^functions\.a b: a b cannot be a function's name/,
  ],
  ['a function’s role', { functions: { a: { role: 'x' } } }, /^functions\.a\.role: There is no role x/],
  [
    'a function’s role that does not trust Lambda',
    { roles: { Web: { trust: trust(EC2) } }, functions: { a: { role: 'Web' } } },
    /^functions\.a\.role: The trust policy of Web must let lambda.amazonaws.com/,
  ],
  [
    'a function’s code',
    {
      roles: { Web: { trust: trust('lambda.amazonaws.com') } },
      functions: { a: { role: 'Web', code: 'hello' } },
    },
    /^functions\.a\.code: Line 1 is not an operation/,
  ],
  [
    'a function’s policy',
    {
      roles: { Web: { trust: trust('lambda.amazonaws.com') } },
      functions: { a: { role: 'Web', policy: GHOST } },
    },
    /^functions\.a\.policy/,
  ],
  ['a VPC’s id', { vpcs: { a: { id: 'x' } } }, /^vpcs\.a\.id: x cannot be its id/],
  [
    'a subnet twice',
    { vpcs: { a: { subnets: ['b', 'b'] } } },
    /^vpcs\.a\.subnets\.1: There is a subnet b already/,
  ],
  [
    'an endpoint’s service',
    { vpcs: { a: { endpoints: { s4: {} } } } },
    /^vpcs\.a\.endpoints\.s4: .*Did you mean s3/,
  ],
  ['an endpoint’s id', { vpcs: { a: { endpoints: { s3: { id: 'x' } } } } }, /^vpcs\.a\.endpoints\.s3\.id/],
  [
    'an endpoint’s policy',
    { vpcs: { a: { endpoints: { s3: { policy: GHOST } } } } },
    /^vpcs\.a\.endpoints\.s3\.policy/,
  ],
  [
    'an instance’s subnet',
    { instances: { a: { subnet: 'b' } } },
    /^instances\.a\.subnet: There is no subnet b/,
  ],
  [
    'a bucket’s key',
    { buckets: { 'a-bucket': { kmsKey: 'b' } } },
    /^buckets\.a-bucket\.kmsKey: There is no KMS key b/,
  ],
  [
    'the tags of no object',
    { buckets: { 'a-bucket': { objectTags: { x: {} } } } },
    /^buckets\.a-bucket\.objectTags\.x/,
  ],
])('what is wrong with %s is said where it stands', (_, account, expected) => {
  expect(problems(account)).toEqual([expect.stringMatching(expected)]);
});

it('keys of other accounts may be named by their ARN, and may come later', () => {
  const key = `arn:aws:kms:us-east-1:${OTHER}:key/${ID}`;
  const built = buildWorld(
    spec(
      { name: 'company', buckets: { 'a-bucket': { kmsKey: key } } },
      { [OTHER]: { name: 'other', kmsKeys: { vault: { id: ID } } } },
    ),
  );
  expect(built).not.toHaveProperty('problems');
});

it('a scenario file takes every part that a world does', () => {
  const account: AccountSpec = {
    name: 'company',
    roles: { Job: { trust: trust('lambda.amazonaws.com') } },
    kmsKeys: { vault: { id: ID, policy: policy(), description: 'd', state: 'Disabled', tags: { a: 'b' } } },
    queues: { q: { policy: policy(), tags: { a: 'b' } } },
    topics: { t: { policy: policy(), queues: ['q'], tags: { a: 'b' } } },
    secrets: { s: { text: 'x', policy: policy(), kmsKey: 'vault', tags: { a: 'b' } } },
    functions: { f: { role: 'Job', code: 'iam:ListUsers {}', description: 'd', policy: policy(), tags: {} } },
    vpcs: {
      main: {
        id: 'vpc-00000001',
        subnets: ['one'],
        endpoints: { s3: { id: 'vpce-00000001', policy: policy(), tags: {} } },
        tags: { a: 'b' },
      },
    },
    instances: { web: { subnet: 'one', tags: { team: 'red' } } },
    buckets: {
      'a-bucket': {
        objects: { k: 'v' },
        objectTags: { k: { a: 'b' } },
        blockPublicAccess: false,
        kmsKey: 'vault',
        tags: { a: 'b' },
      },
    },
  };
  const { accounts } = scenarioSchema.shape.world.shape;
  expect(accounts.parse({ [ACCOUNT]: account })).toEqual({ [ACCOUNT]: account });
});
