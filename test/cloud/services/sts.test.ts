import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/cloud/index.ts';
import { codeShown } from '../../../src/cloud/services/iam/mfa-code.ts';
import { holder } from '../held.ts';
import { ACCOUNT, allow, HOUR, MINUTE, OTHER, policy, Stage, trust } from '../stage.ts';

function trusts(
  who: string,
  more: Record<string, unknown> = {},
  action: string | string[] = 'sts:AssumeRole',
) {
  return policy({ Effect: 'Allow', Principal: { AWS: who }, Action: action, ...more });
}

const JOE = `arn:aws:iam::${ACCOUNT}:user/joe`;
const role = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
const named = (RoleSessionName: string) => ({ RoleSessionName });

function company() {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        joe: { inline: { all: policy(allow(['sts:*', 's3:*', 'iam:*'])) }, tags: { team: 'red' } },
        nobody: {},
      },
      roles: {
        Deploy: {
          trust: trusts(`arn:aws:iam::${ACCOUNT}:root`, {}, [
            'sts:AssumeRole',
            'sts:TagSession',
            'sts:SetSourceIdentity',
          ]),
          maxSessionDuration: 7200,
          inline: { all: policy(allow(['s3:*', 'sts:*', 'iam:*'])) },
          tags: { team: 'blue', Cost: '1' },
        },
        Careful: {
          trust: trusts(JOE, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
          inline: { all: policy(allow('s3:*')) },
        },
        Next: {
          trust: trusts(role('Deploy'), {}, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
          maxSessionDuration: 43_200,
        },
        Web: { trust: trust('ec2.amazonaws.com') },
      },
    },
    {
      [OTHER]: {
        name: 'partner',
        roles: {
          Audit: {
            trust: trusts(ACCOUNT, { Condition: { StringEquals: { 'sts:ExternalId': 'x-42' } } }),
            inline: { all: policy(allow('s3:ListAllMyBuckets')) },
          },
        },
      },
    },
  );
}

describe('AssumeRole', () => {
  it('gives credentials that AWS takes for the session until they expire', () => {
    const stage = company();
    const output = stage.do('joe', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') });
    expect(output).toMatchObject({
      Credentials: { Expiration: '2026-03-02T10:00:00+00:00' },
      AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/ci` },
    });
    const session = holder(output);
    expect(stage.do(session, 'sts:GetCallerIdentity')).toMatchObject({
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/ci`,
    });
    expect(stage.actor('Deploy/ci')).toEqual(session);
    expect(stage.actor(session.kind === 'key' ? session.accessKey : '')).toEqual(session);
    stage.wait(HOUR);
    expect(stage.error(session, 's3:ListBuckets')).toBe(
      'rejected: ExpiredToken: The provided token has expired.',
    );
  });

  it('takes the trust policy and, for who is not named by it, an identity policy', () => {
    const stage = company();
    expect(stage.error('nobody', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') })).toMatch(
      /^denied: AccessDenied: User: .*nobody is not authorized to perform: sts:AssumeRole on resource: .*role\/Deploy because no identity-based policy/,
    );
    expect(stage.error('joe', 'sts:AssumeRole', { RoleArn: role('Web'), ...named('ci') })).toMatch(
      /because no role trust policy allows the sts:AssumeRole action$/,
    );
    expect(stage.error('joe', 'sts:AssumeRole', { RoleArn: role('None'), ...named('ci') })).toMatch(
      /^denied: AccessDenied/,
    );
  });

  it('crosses accounts with the external id that was agreed on', () => {
    const stage = company();
    const audit = { RoleArn: role('Audit', OTHER), ...named('joe') };
    expect(stage.ask('joe', 'sts:AssumeRole', audit).kind).toBe('denied');
    expect(stage.ask('joe', 'sts:AssumeRole', { ...audit, ExternalId: 'x-43' }).kind).toBe('denied');
    const session = holder(stage.do('joe', 'sts:AssumeRole', { ...audit, ExternalId: 'x-42' }), OTHER);
    expect(stage.do(session, 's3:ListBuckets')).toMatchObject({ Buckets: [] });
  });

  it('lasts as long as the role allows, and an hour at most when roles are chained', () => {
    const stage = company();
    const ask = (who: string | Actor, name: string, DurationSeconds: number) =>
      stage.error(who, 'sts:AssumeRole', { RoleArn: role(name), ...named('ci'), DurationSeconds });
    expect(ask('joe', 'Deploy', 7200)).toBe('done');
    expect(ask('joe', 'Deploy', 7201)).toBe(
      'failed: ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    expect(ask('joe', 'Deploy', 899)).toBe(
      'not-sent: Parameter validation failed:\nInvalid range for parameter DurationSeconds, value: 899, valid min value: 900',
    );
    expect(ask('joe', 'Deploy', 43_201)).toMatch(/Member must have value less than or equal to 43200$/);
    const deploy = holder(stage.do('joe', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') }));
    expect(ask(deploy, 'Next', 3600)).toBe('done');
    expect(ask(deploy, 'Next', 3601)).toBe(
      'failed: ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  });

  it('refuses names, ids and session policies that STS does not take', () => {
    const stage = company();
    const ask = (rest: Record<string, unknown>) =>
      stage.error('joe', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci'), ...rest });
    expect(ask(named('a b'))).toMatch(/Member must satisfy regular expression pattern: \[\\w\+=,\.@-\]\*$/);
    expect(ask(named('a'))).toMatch(/^not-sent: .*\nInvalid length for parameter RoleSessionName, value: 1/);
    expect(ask(named('a'.repeat(65)))).toMatch(/less than or equal to 64$/);
    expect(ask({ ExternalId: 'a' })).toMatch(/^not-sent: .*\nInvalid length for parameter ExternalId/);
    expect(ask({ ExternalId: 'a b' })).toMatch(/regular expression pattern/);
    expect(ask({ SourceIdentity: 'a b' })).toMatch(/'sourceIdentity'/);
    expect(ask({ Policy: '{' })).toMatch(/^failed: MalformedPolicyDocument/);
    expect(ask({ Policy: `{"x":"${'x'.repeat(2048)}"}` })).toMatch(/at 'policy' failed to satisfy/);
    expect(ask({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/None' }] })).toMatch(
      /MalformedPolicyDocument: Policy arn:aws:iam::aws:policy\/None does not exist/,
    );
    expect(ask({ PolicyArns: Array.from({ length: 11 }, () => ({ arn: 'x' })) })).toMatch(
      /at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10$/,
    );
    expect(ask({ Tags: [{ Key: '' }] })).toMatch(/^failed: ValidationError/);
    expect(ask({ Tags: [{ Key: 'a' }, { Key: 'A' }] })).toMatch(/InvalidParameterValue: Duplicate tag keys/);
  });

  it('does not decide about a request that it cannot read', () => {
    const stage = company();
    const ask = (RoleArn: string) => stage.ask('nobody', 'sts:AssumeRole', { RoleArn, ...named('ci') });
    expect(stage.error('nobody', 'sts:AssumeRole', { RoleArn: 'Deploy', ...named('ci') })).toBe(
      'not-sent: Parameter validation failed:\nInvalid length for parameter RoleArn, value: 6, valid min length: 20',
    );
    for (const arn of ['arn:aws:iam::account:role/Deploy', `arn:aws:iam:${ACCOUNT}:role/Deploy`]) {
      expect(ask(arn)).toMatchObject({
        kind: 'failed',
        error: { code: 'ValidationError', message: `${arn} is invalid` },
        checks: [],
      });
    }
    expect(stage.error('nobody', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('a b') })).toMatch(
      /^failed: ValidationError/,
    );
    expect(ask(role('Nothing')).kind).toBe('denied');
    expect(ask(JOE).kind).toBe('denied');
  });

  it('does no more than its session policies allow, inline and managed', () => {
    const stage = company();
    const assume = (rest: Record<string, unknown>) =>
      holder(stage.do('joe', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci'), ...rest }));
    const inline = assume({ Policy: JSON.stringify(policy(allow('s3:ListAllMyBuckets'))) });
    expect(stage.ask(inline, 's3:ListBuckets').kind).toBe('done');
    expect(stage.error(inline, 's3:GetObject', { Bucket: 'assets', Key: 'site/index.html' })).toMatch(
      /because no session policy allows the s3:GetObject action$/,
    );
    const managed = assume({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }] });
    expect(stage.ask(managed, 's3:GetObject', { Bucket: 'assets', Key: 'site/index.html' }).kind).toBe(
      'done',
    );
    expect(stage.ask(managed, 's3:DeleteObject', { Bucket: 'assets', Key: 'site/index.html' }).kind).toBe(
      'denied',
    );
  });

  it('carries session tags before the role’s own, and transitive ones to the next role', () => {
    const stage = company();
    const tag = (Key: string, Value: string) => ({ Key, Value });
    const first = holder(
      stage.do('joe', 'sts:AssumeRole', {
        RoleArn: role('Deploy'),
        ...named('ci'),
        Tags: [tag('Team', 'green'), tag('job', '7')],
        TransitiveTagKeys: ['Team'],
      }),
    );
    const needsTag = (value: string) =>
      JSON.stringify(
        policy({
          ...allow('s3:ListAllMyBuckets'),
          Condition: { StringEquals: { 'aws:PrincipalTag/team': value } },
        }),
      );
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Deploy',
      PolicyName: 'all',
      PolicyDocument: needsTag('green'),
    });
    expect(stage.ask(first, 's3:ListBuckets').kind).toBe('done');
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Deploy',
      PolicyName: 'all',
      PolicyDocument: JSON.stringify(policy(allow('sts:*'))),
    });
    const next = { RoleArn: role('Next'), ...named('ci') };
    expect(stage.error(first, 'sts:AssumeRole', { ...next, Tags: [tag('team', 'x')] })).toMatch(
      /^failed: InvalidParameterValue: One of the specified transitive tag keys/,
    );
    const second = holder(stage.do(first, 'sts:AssumeRole', next));
    expect(stage.world.trail.at(-1)?.checks.map(({ action }) => action)).toEqual([
      'sts:AssumeRole',
      'sts:TagSession',
    ]);
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Next',
      PolicyName: 'all',
      PolicyDocument: needsTag('green'),
    });
    expect(stage.ask(second, 's3:ListBuckets').kind).toBe('done');
  });

  it('keeps the source identity once it is set', () => {
    const stage = company();
    const ask = { RoleArn: role('Deploy'), ...named('ci'), SourceIdentity: 'joe' };
    const output = stage.do('joe', 'sts:AssumeRole', ask);
    expect(output).toMatchObject({ SourceIdentity: 'joe' });
    const next = { RoleArn: role('Next'), ...named('ci') };
    expect(stage.do(holder(output), 'sts:AssumeRole', next)).toMatchObject({ SourceIdentity: 'joe' });
    expect(stage.error(holder(output), 'sts:AssumeRole', { ...next, SourceIdentity: 'ann' })).toMatch(
      /^failed: AccessDenied: .*sts:SetSourceIdentity/,
    );
  });

  it('is another principal after the role was deleted and made again', () => {
    const stage = company();
    stage.do('admin', 'iam:CreateRole', {
      RoleName: 'Short',
      AssumeRolePolicyDocument: JSON.stringify(trusts(JOE)),
    });
    const session = holder(stage.do('joe', 'sts:AssumeRole', { RoleArn: role('Short'), ...named('ci') }));
    stage.do('admin', 'iam:DeleteRole', { RoleName: 'Short' });
    stage.do('admin', 'iam:CreateRole', {
      RoleName: 'Short',
      AssumeRolePolicyDocument: JSON.stringify(trusts(JOE)),
    });
    expect(stage.error(session, 'sts:GetCallerIdentity')).toMatch(/^rejected: InvalidClientTokenId/);
  });

  it('is revoked as AWS does it: what was issued before now is denied everything, later sessions work', () => {
    const stage = company();
    const ask = { RoleArn: role('Deploy'), ...named('ci') };
    const old = holder(stage.do('joe', 'sts:AssumeRole', ask));
    const used = () =>
      (stage.do('admin', 'iam:GetRole', { RoleName: 'Deploy' }) as { Role: { RoleLastUsed: object } }).Role
        .RoleLastUsed;
    expect(used()).toEqual({});
    stage.do(old, 's3:ListBuckets');
    expect(used()).toEqual({ LastUsedDate: '2026-03-02T09:00:00+00:00', Region: 'us-east-1' });
    stage.wait(MINUTE);
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Deploy',
      PolicyName: 'AWSRevokeOlderSessions',
      PolicyDocument: JSON.stringify(
        policy({
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(stage.world.clock).toISOString() } },
        }),
      ),
    });
    expect(stage.error(old, 's3:ListBuckets')).toMatch(/with an explicit deny in an identity-based policy/);
    const fresh = holder(stage.do('joe', 'sts:AssumeRole', ask));
    expect(stage.ask(fresh, 's3:ListBuckets').kind).toBe('done');
  });
});

/** Makes an MFA device and gives it to a user. */
function withDevice(stage: Stage, user: string): { serial: string; code: () => string } {
  const made = stage.do('admin', 'iam:CreateVirtualMFADevice', { VirtualMFADeviceName: user });
  const serial = (made as { VirtualMFADevice: { SerialNumber: string } }).VirtualMFADevice.SerialNumber;
  const device = stage.account.mfaDevices[serial];
  if (device === undefined) {
    throw new Error('There is no device.');
  }
  stage.do('admin', 'iam:EnableMFADevice', {
    UserName: user,
    SerialNumber: serial,
    AuthenticationCode1: codeShown(device, stage.world.clock),
    AuthenticationCode2: codeShown(device, stage.world.clock + 30_000),
  });
  return { serial, code: () => codeShown(device, stage.world.clock) };
}

describe('GetAccessKeyInfo', () => {
  it('tells the account of any key, to whom a policy allows it', () => {
    const stage = company();
    const [AccessKeyId = ''] = Object.keys(stage.account.accessKeys);
    expect(stage.do('joe', 'sts:GetAccessKeyInfo', { AccessKeyId })).toEqual({ Account: ACCOUNT });
    expect(stage.ask('nobody', 'sts:GetAccessKeyInfo', { AccessKeyId }).kind).toBe('denied');
    const unknown = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
    expect(stage.ask('joe', 'sts:GetAccessKeyInfo', unknown).kind).toBe('unsupported');
    expect(stage.error('joe', 'sts:GetAccessKeyInfo', { AccessKeyId: 'AKIA' })).toMatch(
      /valid min length: 16/,
    );
  });
});

describe('MFA', () => {
  it('is shown when a role is assumed, and its trust policy can ask for it', () => {
    const stage = company();
    const { serial, code } = withDevice(stage, 'joe');
    const ask = { RoleArn: role('Careful'), ...named('joe') };
    expect(stage.ask('joe', 'sts:AssumeRole', ask).kind).toBe('denied');
    expect(stage.error('joe', 'sts:AssumeRole', { ...ask, SerialNumber: serial, TokenCode: '000000' })).toBe(
      'rejected: AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code.',
    );
    expect(
      stage.error('admin', 'sts:AssumeRole', { ...ask, SerialNumber: serial, TokenCode: code() }),
    ).toMatch(/^rejected: AccessDenied/);
    stage.do('joe', 'sts:AssumeRole', { ...ask, SerialNumber: serial, TokenCode: code() });
  });

  it('is remembered by a session token, with its age', () => {
    const stage = company();
    const { serial, code } = withDevice(stage, 'joe');
    stage.do('admin', 'iam:PutUserPolicy', {
      UserName: 'joe',
      PolicyName: 'all',
      PolicyDocument: JSON.stringify(
        policy({
          ...allow('s3:*'),
          Condition: {
            Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
          },
        }),
      ),
    });
    expect(stage.ask('joe', 's3:ListBuckets').kind).toBe('denied');
    const plain = holder(stage.do('joe', 'sts:GetSessionToken'));
    expect(stage.ask(plain, 's3:ListBuckets').kind).toBe('denied');
    const shown = { SerialNumber: serial, TokenCode: code() };
    const session = holder(stage.do('joe', 'sts:GetSessionToken', shown));
    expect(stage.ask(session, 's3:ListBuckets').kind).toBe('done');
    stage.wait(HOUR);
    expect(stage.ask(session, 's3:ListBuckets').kind).toBe('denied');
    expect(stage.error('joe', 'sts:GetSessionToken', { ...shown, TokenCode: '000000' })).toMatch(
      /^rejected: AccessDenied: MultiFactorAuthentication failed/,
    );
  });
});

describe('GetSessionToken', () => {
  it('needs no permission, and is stopped by a Deny', () => {
    const stage = company();
    expect(stage.do('nobody', 'sts:GetSessionToken')).toMatchObject({
      Credentials: { Expiration: '2026-03-02T21:00:00+00:00' },
    });
    expect(stage.world.trail.at(-1)?.checks).toMatchObject([{ decision: 'allowed', decidedBy: 'service' }]);
    stage.do('admin', 'iam:AttachUserPolicy', {
      UserName: 'nobody',
      PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
    });
    expect(stage.error('nobody', 'sts:GetSessionToken')).toMatch(/explicit deny/);
  });

  it('makes a session of the user that calls no IAM without MFA, and no more sessions', () => {
    const stage = company();
    const session = holder(stage.do('joe', 'sts:GetSessionToken', { DurationSeconds: 900 }));
    expect(stage.do(session, 'sts:GetCallerIdentity')).toMatchObject({ Arn: JOE });
    expect(stage.error(session, 'iam:ListUsers')).toBe(
      'rejected: InvalidClientTokenId: The security token included in the request is invalid.',
    );
    expect(stage.error(session, 'sts:GetSessionToken')).toBe(
      'failed: AccessDenied: Cannot call GetSessionToken with session credentials',
    );
    expect(stage.error(session, 'sts:GetFederationToken', { Name: 'ann' })).toBe(
      'failed: AccessDenied: Cannot call GetFederationToken with session credentials',
    );
    stage.do(session, 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') });
    const { serial, code } = withDevice(stage, 'joe');
    const shown = { SerialNumber: serial, TokenCode: code() };
    const careful = holder(stage.do('joe', 'sts:GetSessionToken', shown));
    expect(stage.ask(careful, 'iam:ListUsers').kind).toBe('done');
    expect(stage.error('joe', 'sts:GetSessionToken', { DurationSeconds: 899 })).toMatch(
      /valid min value: 900$/,
    );
    expect(stage.error('joe', 'sts:GetSessionToken', { DurationSeconds: 129_601 })).toMatch(
      /equal to 129600$/,
    );
    stage.do('admin', 'iam:UpdateAccessKey', {
      UserName: 'joe',
      AccessKeyId: Object.values(stage.account.accessKeys).find(({ user }) => user === 'joe')?.id,
      Status: 'Inactive',
    });
    expect(stage.ask(session, 's3:ListBuckets').kind, 'a session outlives its key').toBe('done');
  });
});

describe('the root user', () => {
  it('gets sessions of an hour at most, its own and for somebody else', () => {
    const stage = company();
    const root: Actor = { kind: 'root', account: ACCOUNT };
    const output = stage.do(root, 'sts:GetSessionToken', { DurationSeconds: 43_200 });
    expect(output).toMatchObject({ Credentials: { Expiration: '2026-03-02T10:00:00+00:00' } });
    expect(stage.do(holder(output), 'sts:GetCallerIdentity')).toMatchObject({
      Arn: `arn:aws:iam::${ACCOUNT}:root`,
    });
    expect(stage.error(holder(output), 'iam:ListUsers')).toMatch(/^rejected: InvalidClientTokenId/);
    const ann = stage.do(root, 'sts:GetFederationToken', {
      Name: 'ann',
      Policy: JSON.stringify(policy(allow('s3:*'))),
    });
    expect(ann).toMatchObject({ Credentials: { Expiration: '2026-03-02T10:00:00+00:00' } });
    expect(stage.ask(holder(ann), 's3:ListBuckets').kind).toBe('done');
    expect(stage.ask(holder(ann), 'ec2:DescribeInstances').kind).toBe('denied');
    expect(stage.error(root, 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') })).toBe(
      'denied: AccessDenied: Roles may not be assumed by root accounts.',
    );
  });
});

describe('GetFederationToken', () => {
  const Policy = JSON.stringify(policy(allow(['s3:*', 'iam:*'])));

  it('gives somebody else what both the user and the session policy allow', () => {
    const stage = company();
    const output = stage.do('joe', 'sts:GetFederationToken', { Name: 'ann', Policy, DurationSeconds: 900 });
    expect(output).toMatchObject({ FederatedUser: { Arn: `arn:aws:sts::${ACCOUNT}:federated-user/ann` } });
    const ann = holder(output);
    expect(stage.ask(ann, 's3:ListBuckets').kind).toBe('done');
    expect(stage.error(ann, 'iam:ListUsers')).toMatch(/^denied: AccessDenied/);
    expect(stage.ask(ann, 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') }).kind).toBe('denied');
    const without = holder(stage.do('joe', 'sts:GetFederationToken', { Name: 'bob' }));
    expect(stage.error(without, 's3:ListBuckets')).toMatch(/because no session policy allows/);
    stage.wait(15 * MINUTE);
    expect(stage.error(ann, 's3:ListBuckets')).toMatch(/ExpiredToken/);
  });

  it('is refused without permission and with values STS does not take', () => {
    const stage = company();
    const ask = (rest: Record<string, unknown>) =>
      stage.error('joe', 'sts:GetFederationToken', { Name: 'ann', ...rest });
    expect(stage.error('nobody', 'sts:GetFederationToken', { Name: 'ann' })).toMatch(
      /^denied: AccessDenied: .*sts:GetFederationToken on resource: arn:aws:sts::111122223333:federated-user\/ann/,
    );
    expect(ask({ Name: 'a'.repeat(33) })).toMatch(/'name' failed to satisfy constraint/);
    expect(ask({ DurationSeconds: 1 })).toMatch(/valid min value: 900$/);
    expect(ask({ Policy: '{' })).toMatch(/MalformedPolicyDocument/);
    expect(ask({ Tags: [{ Key: '' }] })).toMatch(/ValidationError/);
    const session = holder(stage.do('joe', 'sts:AssumeRole', { RoleArn: role('Deploy'), ...named('ci') }));
    expect(stage.error(session, 'sts:GetFederationToken', { Name: 'ann' })).toBe(
      'failed: AccessDenied: Cannot call GetFederationToken with session credentials',
    );
  });
});

describe('whoever holds a key', () => {
  it('needs its secret, and for temporary credentials the token', () => {
    const stage = company();
    const session = holder(stage.do('joe', 'sts:GetSessionToken'));
    if (session.kind !== 'key') {
      throw new Error('That is no key.');
    }
    expect(stage.error({ ...session, secret: 'x' }, 's3:ListBuckets')).toMatch(
      /^rejected: SignatureDoesNotMatch/,
    );
    expect(stage.error({ ...session, token: null }, 'sts:GetCallerIdentity')).toMatch(
      /^rejected: InvalidClientTokenId/,
    );
    expect(stage.error({ ...session, accessKey: 'ASIANONE' }, 'sts:GetCallerIdentity')).toMatch(
      /^rejected: InvalidClientTokenId/,
    );
  });
});
