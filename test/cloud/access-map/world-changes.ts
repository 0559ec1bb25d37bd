import fc from 'fast-check';
import {
  AS_IT_IS,
  type MapPrincipal,
  principalsOf,
  type Universe,
  universeOf,
} from '../../../src/cloud/access-map/index.ts';
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

const onlyUs = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'true' } },
};

/** A small company below a management account: groups, a boundary, conditions on MFA and on tags, an SCP and an RCP. */
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
    { [OTHER]: { name: 'management', users: { zoe: { policies: ['AdministratorAccess'] } } } },
    {
      organization: {
        management: OTHER,
        accounts: [ACCOUNT],
        scps: { NoRoles: { document: policy({ Effect: 'Deny', Action: 'iam:*Role*', Resource: '*' }) } },
        rcps: { OnlyUs: { document: policy(onlyUs) } },
      },
    },
  );
}

/** A request by an administrator, or milliseconds that pass. */
type Change = readonly [operation: string, input: Record<string, unknown>] | number;

const CONTROL_POLICIES = Object.keys(company().world.organization?.policies ?? {});

const who = fc.constantFrom('bob', 'ann', 'new');
const document = fc.constantFrom(...DOCUMENTS);
const managed = fc.constantFrom(READ, ADMIN);

const controlPolicy = {
  PolicyId: fc.constantFrom(...CONTROL_POLICIES),
  TargetId: fc.constant(ACCOUNT),
};

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
  requests('organizations:AttachPolicy', controlPolicy),
  requests('organizations:DetachPolicy', controlPolicy),
  requests('s3:DeleteBucketPolicy', { Bucket: fc.constant('assets') }),
  fc.constant(HOUR),
);

function requests(operation: string, input: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Change> {
  return fc.record(input).map((each) => [operation, each] as const);
}

/** Two worlds and some 1,000 requests that the changes between them bear on. */
export interface ChangedWorlds {
  readonly before: World;
  readonly after: World;
  readonly universe: Universe;
}

/** Some changes, and the worlds before and after. Those that AWS would not carry out change nothing. */
export const changedWorlds: fc.Arbitrary<ChangedWorlds> = fc
  .record({
    first: fc.array(change, { maxLength: 5 }),
    more: fc.array(change, { minLength: 1, maxLength: 3 }),
  })
  .map(({ first, more }) => {
    const stage = company();
    make(stage, first);
    const before = stage.world;
    make(stage, more);
    return { before, after: stage.world, universe: universeFor(before) };
  });

function universeFor(world: World): Universe {
  const there = principalsOf(world);
  const made: MapPrincipal = { kind: 'user', account: ACCOUNT, user: 'new' };
  const isThere = there.some((each) => each.kind === 'user' && each.user === 'new');
  return universeOf(
    world,
    isThere ? there : [...there, made],
    ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 'iam:GetUser', 'iam:PutUserPolicy', 'sts:AssumeRole'],
    [
      'arn:aws:s3:::assets/site/index.html',
      'arn:aws:s3:::assets/payroll/march.csv',
      `arn:aws:iam::${ACCOUNT}:user/team/bob`,
      `arn:aws:iam::${ACCOUNT}:user/ann`,
      `arn:aws:iam::${ACCOUNT}:role/web`,
    ],
    [
      AS_IT_IS,
      { label: 'with MFA', context: { 'aws:MultiFactorAuthPresent': true } },
      { label: 'without TLS', context: { 'aws:SecureTransport': false } },
    ],
  );
}

function make(stage: Stage, changes: readonly Change[]): void {
  for (const each of changes) {
    if (typeof each === 'number') {
      stage.wait(each);
    } else {
      stage.ask(each[0].startsWith('organizations:') ? 'zoe' : 'admin', each[0], each[1]);
    }
  }
}
