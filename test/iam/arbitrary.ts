import fc from 'fast-check';
import type {
  ApplicablePolicies,
  AuthorizationInput,
  NamedPolicy,
  PolicyLevel,
} from '../../src/iam/index.ts';

/** Requests and policies from so small a vocabulary that many statements match. */
const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/joanne`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/web/s`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/web`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

type Json = Readonly<Record<string, unknown>>;

const actions = fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', '*', 'sqs:*');
const resources = fc.constantFrom(
  '*',
  'arn:aws:s3:::a/x',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::?/x',
  'arn:aws:s3:::*/*',
  `arn:aws:s3:::\${aws:username}/x`,
);
const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: USER },
  { AWS: ROLE },
  { AWS: SESSION },
  { AWS: ROOT },
  { AWS: [USER, ACCOUNT] },
  { Service: 'ec2.amazonaws.com' },
);
const conditions = fc.constantFrom<Json | undefined>(
  undefined,
  { StringEquals: { 'aws:PrincipalTag/team': ['web', 'api'] } },
  { StringNotLike: { 'aws:PrincipalTag/team': ['w*', 'x'] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { Null: { 'aws:PrincipalTag/team': 'true' } },
  { IpAddressIfExists: { 'aws:SourceIp': ['10.0.0.0/8', '::/0'] } },
);

const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });

function statement(kind: 'identity' | 'resource'): fc.Arbitrary<Json> {
  return fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      action: list(actions),
      notAction: fc.boolean(),
      resource: list(resources),
      notResource: fc.boolean(),
      principal: principals,
      condition: conditions,
    })
    .map(({ Effect, action, notAction, resource, notResource, principal, condition }) => ({
      Effect,
      [notAction ? 'NotAction' : 'Action']: action,
      [notResource ? 'NotResource' : 'Resource']: resource,
      ...(kind === 'resource' ? { Principal: principal } : {}),
      ...(condition === undefined ? {} : { Condition: condition }),
    }));
}

/** A policy of one to three statements, some of an older Version. */
export function policy(kind: 'identity' | 'resource'): fc.Arbitrary<NamedPolicy> {
  return fc
    .record({
      name: fc.constantFrom('a', 'b', 'c'),
      version: fc.constantFrom('2012-10-17', '2008-10-17'),
      statements: list(statement(kind)),
    })
    .map(({ name, version, statements }) => ({
      name,
      document: { Version: version, Statement: statements },
    }));
}

const levels: fc.Arbitrary<readonly PolicyLevel[]> = fc.array(
  fc.record({
    target: fc.constantFrom('root', 'ou'),
    policies: fc.array(policy('identity'), { maxLength: 2 }),
  }),
  { maxLength: 2 },
);

const policies: fc.Arbitrary<ApplicablePolicies> = fc.record(
  {
    identity: fc.array(policy('identity'), { maxLength: 3 }),
    permissionsBoundary: policy('identity'),
    session: fc.array(policy('identity'), { maxLength: 2 }),
    resource: policy('resource'),
    serviceControl: levels,
    vpcEndpoint: policy('resource'),
  },
  { requiredKeys: [] },
);

/** Any sound input. */
export const input: fc.Arbitrary<AuthorizationInput> = fc.record({
  request: fc.record({
    principal: fc.constantFrom(USER, SESSION, ROOT, 'anonymous' as const, { service: 'ec2.amazonaws.com' }),
    action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage'),
    resource: fc.constantFrom('arn:aws:s3:::a/x', 'arn:aws:s3:::joanne/x', 'arn:aws:s3:::b/y', '*'),
    resourceAccount: fc.constantFrom(ACCOUNT, '444455556666'),
    context: fc.record(
      {
        'aws:PrincipalTag/team': fc.constantFrom('web', 'ops'),
        'aws:TagKeys': fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
        'aws:SourceIp': fc.constantFrom('10.1.2.3', '192.0.2.1', '2001:db8::1'),
      },
      { requiredKeys: [] },
    ),
  }),
  policies,
});
