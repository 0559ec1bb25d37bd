import fc from 'fast-check';
import type { World } from '../../../src/cloud/world.ts';
import { ACCOUNT, allow, EC2, HOUR, OTHER, policy, Stage, trust } from '../stage.ts';

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const TEAM = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
const READ = `arn:aws:iam::${ACCOUNT}:policy/Read`;
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';

const DOCUMENTS = [
  policy(allow('s3:*')),
  policy(allow('iam:*', `arn:aws:iam::${ACCOUNT}:user/team/*`)),
  policy({ ...allow('s3:GetObject', 'arn:aws:s3:::assets/site/*'), Condition: MFA }),
  policy(
    { ...allow('iam:*'), Condition: TEAM },
    { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
  ),
].map((document) => JSON.stringify(document));

const BUCKET_POLICIES = [
  { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OTHER}:root` } },
  { Effect: 'Deny', Principal: '*' },
].map((each) =>
  JSON.stringify(policy({ ...each, Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/site/*' })),
);

/** A small company with a neighbour: groups, a boundary, a bucket policy, conditions on MFA and on tags. */
export function company(): Stage {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        bob: { groups: ['devs'], boundary: 'Read', path: '/team/' },
        ann: { tags: { team: 'red' } },
      },
      groups: { devs: { policies: ['Read'] } },
      policies: { Read: { document: policy(allow('s3:Get*')) } },
      roles: { web: { trust: trust(EC2), policies: ['Read'] } },
    },
    { [OTHER]: { name: 'neighbour', users: { zoe: { policies: ['AdministratorAccess'] } } } },
  );
}

type Change = readonly [operation: string, input: Record<string, unknown>] | number;

const who = fc.constantFrom('bob', 'ann', 'new');
const document = fc.constantFrom(...DOCUMENTS);
const managed = fc.constantFrom(READ, ADMIN);

const change: fc.Arbitrary<Change> = fc.oneof(
  requests('iam:AttachUserPolicy', { UserName: who, PolicyArn: managed }),
  requests('iam:DetachUserPolicy', { UserName: who, PolicyArn: managed }),
  requests('iam:PutUserPolicy', { UserName: who, PolicyName: fc.constant('own'), PolicyDocument: document }),
  requests('iam:PutGroupPolicy', {
    GroupName: fc.constant('devs'),
    PolicyName: fc.constant('own'),
    PolicyDocument: document,
  }),
  requests('iam:AddUserToGroup', { UserName: who, GroupName: fc.constant('devs') }),
  requests('iam:CreatePolicyVersion', {
    PolicyArn: fc.constant(READ),
    PolicyDocument: document,
    SetAsDefault: fc.constant(true),
  }),
  requests('iam:PutUserPermissionsBoundary', { UserName: who, PermissionsBoundary: managed }),
  requests('iam:DeleteUserPermissionsBoundary', { UserName: who }),
  requests('iam:AttachRolePolicy', { RoleName: fc.constant('web'), PolicyArn: managed }),
  requests('iam:CreateUser', { UserName: fc.constant('new') }),
  requests('s3:PutBucketPolicy', {
    Bucket: fc.constant('assets'),
    Policy: fc.constantFrom(...BUCKET_POLICIES),
  }),
  requests('s3:DeleteBucketPolicy', { Bucket: fc.constant('assets') }),
  fc.constant(HOUR),
);

function requests(operation: string, input: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change> {
  return fc.record(input).map((each) => [operation, each] as const);
}

/** Some changes, and the worlds before and after. Those that AWS would not carry out change nothing. */
export const changedWorlds: fc.Arbitrary<{ readonly before: World; readonly after: World }> = fc
  .record({
    first: fc.array(change, { maxLength: 5 }),
    more: fc.array(change, { minLength: 1, maxLength: 3 }),
  })
  .map(({ first, more }) => {
    const stage = company();
    make(stage, first);
    const before = stage.world;
    make(stage, more);
    return { before, after: stage.world };
  });

function make(stage: Stage, changes: readonly Change[]): void {
  for (const each of changes) {
    if (typeof each === 'number') {
      stage.wait(each);
    } else {
      stage.ask('admin', each[0], each[1]);
    }
  }
}
