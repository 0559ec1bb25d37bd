import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, COMPANY, EC2, OTHER, policy, Stage, trust } from '../stage.ts';

const UNCHANGEABLE =
  "failed: UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForAutoScaling' - this role is only modifiable by AWS";
const AUTO_SCALING = { AWSServiceName: 'autoscaling.amazonaws.com' };
const ROLE = { RoleName: 'AWSServiceRoleForAutoScaling' };

describe('service-linked roles', () => {
  it('are made once for a service, with its trust and its policy', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:CreateServiceLinkedRole', AUTO_SCALING)).toMatchObject({
      Role: {
        Arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      },
    });
    expect(stage.account.roles.AWSServiceRoleForAutoScaling?.attached).toEqual([
      'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy',
    ]);
    expect(stage.error('admin', 'iam:CreateServiceLinkedRole', AUTO_SCALING)).toBe(
      'failed: InvalidInput: Service role name AWSServiceRoleForAutoScaling has been taken in this account, please try a different suffix.',
    );
    expect(stage.error('admin', 'iam:CreateServiceLinkedRole', { AWSServiceName: 'x' })).toMatch(
      /^failed: InvalidInput/,
    );
    expect(stage.error('nobody', 'iam:CreateServiceLinkedRole', AUTO_SCALING)).toMatch(/^denied/);
  });

  it('are changed by nobody else', () => {
    const stage = new Stage();
    stage.do('admin', 'iam:CreateServiceLinkedRole', AUTO_SCALING);
    const arn = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
    const PolicyDocument = JSON.stringify(policy(allow('s3:*')));
    for (const [operation, input] of [
      ['DeleteRole', {}],
      ['UpdateAssumeRolePolicy', { PolicyDocument: JSON.stringify(trust(EC2)) }],
      ['UpdateRole', { Description: 'x' }],
      ['AttachRolePolicy', arn],
      ['DetachRolePolicy', arn],
      ['PutRolePolicy', { PolicyName: 'p', PolicyDocument }],
      ['DeleteRolePolicy', { PolicyName: 'p' }],
      ['PutRolePermissionsBoundary', { PermissionsBoundary: arn.PolicyArn }],
      ['DeleteRolePermissionsBoundary', {}],
      ['TagRole', { Tags: [{ Key: 'team', Value: 'red' }] }],
      ['UntagRole', { TagKeys: ['team'] }],
    ] as const) {
      expect(stage.error('admin', `iam:${operation}`, { ...ROLE, ...input }), operation).toBe(UNCHANGEABLE);
    }
    const servicePolicy = 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy';
    expect(
      stage.error('admin', 'iam:AttachUserPolicy', { UserName: 'nobody', PolicyArn: servicePolicy }),
    ).toMatch(/^failed: PolicyNotAttachable/);
  });

  it('are deleted by asking for it', () => {
    const stage = new Stage({ roles: { Own: { trust: trust(EC2) } } });
    stage.do('admin', 'iam:CreateServiceLinkedRole', AUTO_SCALING);
    expect(stage.error('nobody', 'iam:DeleteServiceLinkedRole', ROLE)).toMatch(/^denied/);
    const { DeletionTaskId } = stage.do('admin', 'iam:DeleteServiceLinkedRole', ROLE) as {
      DeletionTaskId: string;
    };
    expect(stage.account.roles).not.toHaveProperty(ROLE.RoleName);
    const status = 'iam:GetServiceLinkedRoleDeletionStatus';
    expect(stage.do('admin', status, { DeletionTaskId })).toEqual({ Status: 'SUCCEEDED' });
    expect(stage.error('admin', status, { DeletionTaskId: 'x' })).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('nobody', status, { DeletionTaskId })).toMatch(/^denied/);
    expect(stage.error('admin', 'iam:DeleteServiceLinkedRole', ROLE)).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('admin', 'iam:DeleteServiceLinkedRole', { RoleName: 'Own' })).toMatch(
      /^failed: InvalidInput/,
    );
  });
});

describe('the alias of an account', () => {
  it('is one at most, and no other account’s', () => {
    const stage = new Stage({}, { [OTHER]: { name: 'other', alias: 'taken' } });
    expect(stage.do('admin', 'iam:ListAccountAliases')).toEqual({ AccountAliases: [] });
    stage.do('admin', 'iam:CreateAccountAlias', { AccountAlias: 'first' });
    stage.do('admin', 'iam:CreateAccountAlias', { AccountAlias: 'second' });
    expect(stage.do('admin', 'iam:ListAccountAliases')).toEqual({ AccountAliases: ['second'] });
    expect(stage.error('admin', 'iam:CreateAccountAlias', { AccountAlias: 'taken' })).toBe(
      'failed: EntityAlreadyExists: The account alias taken already exists.',
    );
    expect(stage.error('admin', 'iam:CreateAccountAlias', { AccountAlias: 'Not-OK-' })).toMatch(
      /^failed: ValidationError/,
    );
    expect(stage.error('admin', 'iam:DeleteAccountAlias', { AccountAlias: 'first' })).toMatch(
      /^failed: NoSuchEntity/,
    );
    stage.do('admin', 'iam:DeleteAccountAlias', { AccountAlias: 'second' });
    expect(stage.do('admin', 'iam:ListAccountAliases')).toEqual({ AccountAliases: [] });
    for (const operation of ['CreateAccountAlias', 'DeleteAccountAlias']) {
      expect(stage.error('nobody', `iam:${operation}`, { AccountAlias: 'x' })).toMatch(/^denied/);
    }
    expect(stage.error('nobody', 'iam:ListAccountAliases')).toMatch(/^denied/);
  });
});

describe('the summary of an account', () => {
  it('counts', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:GetAccountSummary')).toMatchObject({
      SummaryMap: { Users: Object.keys(COMPANY.users ?? {}).length, Roles: 0, AccessKeysPerUserQuota: 2 },
    });
    expect(stage.error('nobody', 'iam:GetAccountSummary')).toMatch(/^denied/);
  });
});

describe('tags of users and roles', () => {
  const tags = { team: 'red', cost: '7' };

  it.each([
    ['User', { UserName: 'bob' }],
    ['Role', { RoleName: 'bob' }],
  ] as const)('are listed and taken away: %s', (title, name) => {
    const stage = new Stage({
      users: { ...COMPANY.users, bob: { tags } },
      roles: { bob: { trust: trust(EC2), tags } },
    });
    stage.do('admin', `iam:Untag${title}`, { ...name, TagKeys: ['cost', 'none'] });
    expect(stage.do('admin', `iam:List${title}Tags`, name)).toEqual({
      Tags: [{ Key: 'team', Value: 'red' }],
    });
    const missing = Object.fromEntries(Object.keys(name).map((member) => [member, 'none']));
    expect(stage.error('admin', `iam:Untag${title}`, { ...missing, TagKeys: ['x'] })).toMatch(
      /^failed: NoSuchEntity/,
    );
    expect(stage.error('admin', `iam:List${title}Tags`, missing)).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('nobody', `iam:Untag${title}`, { ...name, TagKeys: ['x'] })).toMatch(/^denied/);
    expect(stage.error('nobody', `iam:List${title}Tags`, name)).toMatch(/^denied/);
  });
});

describe('a role', () => {
  it('is changed but for its name', () => {
    const stage = new Stage({ roles: { Web: { trust: trust(EC2), maxSessionDuration: 7_200 } } });
    const web = { RoleName: 'Web' };
    stage.do('admin', 'iam:UpdateRole', { ...web, Description: 'servers', MaxSessionDuration: 43_200 });
    expect(stage.do('admin', 'iam:GetRole', web)).toMatchObject({
      Role: { Description: 'servers', MaxSessionDuration: 43_200 },
    });
    stage.do('admin', 'iam:UpdateRole', web);
    expect(stage.account.roles.Web).toMatchObject({ description: 'servers', maxSessionDuration: 3_600 });
    expect(stage.error('admin', 'iam:UpdateRole', { ...web, MaxSessionDuration: 90_000 })).toMatch(
      /^failed: ValidationError/,
    );
    expect(stage.error('admin', 'iam:UpdateRole', { RoleName: 'none' })).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('nobody', 'iam:UpdateRole', web)).toMatch(/^denied/);
  });
});

describe('a unique id in a policy', () => {
  it('is refused when nobody has it, in a trust policy and in a bucket policy', () => {
    const stage = new Stage({ users: { ...COMPANY.users, joe: {} }, roles: { Web: { trust: trust(EC2) } } });
    const trusting = (AWS: string) =>
      JSON.stringify(policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }));
    const update = (AWS: string) =>
      stage.error('admin', 'iam:UpdateAssumeRolePolicy', {
        RoleName: 'Web',
        PolicyDocument: trusting(AWS),
      });
    expect(update(stage.account.users.joe?.id ?? '')).toBe('done');
    const gone = 'AIDAAAAAAAAAAAAAAAAAA';
    expect(update(gone)).toBe(
      `failed: MalformedPolicyDocument: Invalid principal in policy: "AWS":"${gone}"`,
    );
    const Policy = JSON.stringify(
      policy({ ...allow('s3:GetObject', 'arn:aws:s3:::assets/*'), Principal: { AWS: gone } }),
    );
    expect(stage.error('admin', 's3:PutBucketPolicy', { Bucket: 'assets', Policy })).toMatch(
      /^failed: MalformedPolicy: Invalid principal in policy/,
    );
  });
});
