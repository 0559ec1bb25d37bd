import { describe, expect, it } from 'vitest';
import { serviceData } from '../../src/build/service-data.ts';
import { type PolicyKind, validatePolicy } from '../../src/iam/index.ts';

const services = serviceData();

function found(policy: object, kind: PolicyKind = 'identity') {
  return validatePolicy({ ...policy }, kind, services).map((one) => `${one.level} ${one.at}: ${one.message}`);
}

const statement = (more: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*', ...more }],
});

/** A trust policy for a principal. */
const trustOf = (principal: object | string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more }],
});

describe('principals that AWS would not take', () => {
  const SAML = 'arn:aws:iam::111122223333:saml-provider/corp';
  const OIDC = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  const wrong: [string, object, string][] = [
    [
      'an account of one digit',
      trustOf({ AWS: 'arn:aws:iam::1:user/x' }),
      '.AWS: "arn:aws:iam::1:user/x" is no principal',
    ],
    ['no account', trustOf({ AWS: 'arn:aws:iam:::user/x' }), 'twelve digits'],
    ['a region', trustOf({ AWS: 'arn:aws:iam:us-east-1:111122223333:user/x' }), 'no region'],
    ['a policy', trustOf({ AWS: 'arn:aws:iam::111122223333:policy/x' }), 'is no principal'],
    ['a partition that is none', trustOf({ AWS: 'arn:amazon:iam::111122223333:root' }), 'is no principal'],
    ['a service without its domain', trustOf({ Service: 'ec2' }), '.Service: "ec2" is no principal'],
    ['an ARN as a service', trustOf({ Service: ['ec2.amazonaws.com', SAML] }), '.Service[1]'],
    [
      'a provider that is none',
      trustOf({ Federated: 'my provider' }),
      '.Federated: "my provider" is no principal',
    ],
    ['a role as a provider', trustOf({ Federated: 'arn:aws:iam::111122223333:role/x' }), 'is no principal'],
    [
      'a canonical user id that is none',
      trustOf({ CanonicalUser: 'zz' }),
      '.CanonicalUser: "zz" is no principal',
    ],
    ['AssumeRole for a SAML provider', trustOf({ Federated: SAML }), 'sts:AssumeRole is not for'],
    [
      'web identity for SAML',
      trustOf({ Federated: SAML }, { Action: 'sts:AssumeRoleWithWebIdentity' }),
      'is not for',
    ],
    [
      'SAML for a service',
      trustOf({ Service: 'ec2.amazonaws.com' }, { Action: 'sts:AssumeRoleWithSAML' }),
      'is not for',
    ],
  ];
  it.each(wrong)('%s', (_, policy, message) => {
    const errors = found(policy, 'trust').filter((one) => one.startsWith('error'));
    expect(errors.join('\n')).toContain(message);
  });

  const right: [string, object][] = [
    [
      'services and an account',
      trustOf({ Service: ['ec2.amazonaws.com', 'logs.eu-west-1.amazonaws.com'], AWS: '111122223333' }),
    ],
    ['SAML', trustOf({ Federated: SAML }, { Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] })],
    ['OIDC', trustOf({ Federated: OIDC }, { Action: 'sts:AssumeRoleWithWebIdentity' })],
    [
      'a known provider',
      trustOf({ Federated: 'accounts.google.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' }),
    ],
    ['another partition', trustOf({ AWS: 'arn:aws-cn:iam::111122223333:root' })],
  ];
  it.each(right)('but takes %s', (_, policy) => {
    expect(found(policy, 'trust')).toEqual([]);
  });

  it('takes the identity of a CloudFront distribution in a bucket policy', () => {
    const AWS = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC';
    expect(found(statement({ Principal: { AWS } }), 'resource')).toEqual([]);
  });

  it('says of a malformed principal nothing but that', () => {
    expect(found(trustOf({ AWS: 'arn:aws:iam::1:user/x' }), 'trust')).toHaveLength(1);
  });

  it('suggests to name somebody', () => {
    expect(found(trustOf({ AWS: [] }), 'trust').join()).toContain(
      'suggestion Statement[0].Principal: This names nobody',
    );
  });
});

describe('values that do not fit their operator', () => {
  const wrong: [string, object, string][] = [
    ['a date', { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }, '"tomorrow" is not a date'],
    ['a number', { NumericLessThan: { 's3:signatureAge': 'ten' } }, '"ten" is not a number'],
    ['true or false', { Bool: { 'aws:SecureTransport': 'yes' } }, '"yes" is not true or false'],
    ['an IP address', { IpAddress: { 'aws:SourceIp': '300.1.1.1/33' } }, 'is not an IP address or range'],
    ['Null', { Null: { 'aws:SourceIp': 'no' } }, 'Null takes true or false'],
    ['an ARN', { ArnLike: { 'aws:PrincipalArn': 'joanne' } }, 'has not the six parts of an ARN'],
    ['both true and false', { Bool: { 'aws:SecureTransport': ['true', 'false'] } }, 'takes one value'],
    [
      'a variable in a number',
      { NumericEquals: { 's3:signatureAge': `\${aws:username}` } },
      'takes no policy variables',
    ],
    ['a key without a prefix', { StringEquals: { username: 'x' } }, 'prefix'],
    [
      'a key in two spellings',
      { StringEquals: { 'aws:PrincipalTag/a': 'x', 'aws:principaltag/A': 'y' } },
      'in another spelling',
    ],
  ];
  it.each(wrong)('%s', (_, Condition, message) => {
    const errors = found(statement({ Condition })).filter((one) => one.startsWith('error'));
    expect(errors.join('\n')).toContain(message);
  });
});

describe('statements that AWS would not take', () => {
  const rcp = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
  const wrong: [string, object, PolicyKind, string][] = [
    [
      'two colons in an action',
      statement({ Action: 's3:Get:Object' }),
      'identity',
      'error Statement[0].Action: "s3:Get:Object" is no action',
    ],
    [
      'no statement in the list',
      { Version: '2012-10-17', Statement: [] },
      'identity',
      'error Statement: The policy has no Statement',
    ],
    [
      'a partition that is none',
      statement({ Resource: 'arn:amazon:s3:::b' }),
      'identity',
      'error Statement[0].Resource: There is no partition',
    ],
    [
      'a wildcard for a service',
      statement({ Resource: 'arn:aws:*:::b' }),
      'identity',
      'error Statement[0].Resource: The service of an ARN',
    ],
    [
      'a service in capitals',
      statement({ Resource: 'arn:aws:S3:::b' }),
      'identity',
      'error Statement[0].Resource: The service of an ARN is written in lower case: s3.',
    ],
    [
      'an account id that is none',
      statement({ Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:12:q' }),
      'identity',
      'error Statement[0].Resource: "12" is no account id',
    ],
    [
      'an RCP without resources',
      { Version: '2012-10-17', Statement: [{ ...rcp, Resource: undefined }] },
      'resource-control',
      'error Statement[0]: The statement has neither Resource',
    ],
    [
      'an endpoint policy without resources',
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*' }] },
      'vpc-endpoint',
      'error Statement[0]: The statement has neither Resource',
    ],
    [
      'no Version',
      { Statement: statement({}).Statement },
      'identity',
      'warning : Give "Version": "2012-10-17"',
    ],
    [
      'an account in an endpoint policy',
      statement({ Principal: { AWS: '111122223333' } }),
      'vpc-endpoint',
      'warning Statement[0].Principal: A gateway endpoint takes an account for its root user only',
    ],
  ];
  it.each(wrong)('%s', (_, policy, kind, message) => {
    expect(found(policy, kind).join('\n')).toContain(message);
  });
});
