import { describe, expect, it } from 'vitest';
import type { AccountSpec, OrganizationSpec } from '../../../src/cloud/world-spec.ts';
import { ACCOUNT, MINUTE, OTHER, policy, Stage } from '../stage.ts';

const ROOT = `root@${ACCOUNT}`;
const ARN = `arn:aws:iam::${ACCOUNT}:root`;

/** A new key of the root user: its id, once whoever holds it can be found by it. */
function newKey(stage: Stage): string {
  const { AccessKey: key } = stage.do(ROOT, 'iam:CreateAccessKey') as {
    AccessKey: Readonly<Record<string, string>>;
  };
  expect(Object.keys(key)).toEqual(['AccessKeyId', 'Status', 'SecretAccessKey', 'CreateDate']);
  return key.AccessKeyId ?? '';
}

describe('access keys of the root user', () => {
  it('sign requests of the root user, whom no identity-based policy limits', () => {
    const stage = new Stage();
    const id = newKey(stage);
    expect(id).toMatch(/^AKIA/);
    expect(stage.do(id, 'sts:GetCallerIdentity')).toEqual({ UserId: ACCOUNT, Account: ACCOUNT, Arn: ARN });
    expect(stage.ask(id, 'iam:ListUsers').kind).toBe('done');
    expect(
      stage.error(id, 'sts:AssumeRole', { RoleArn: `arn:aws:iam::${ACCOUNT}:role/x`, RoleSessionName: 'me' }),
    ).toMatch(/^denied: AccessDenied/);
    expect(stage.do(id, 'iam:ListAccessKeys')).toEqual({
      AccessKeyMetadata: [{ AccessKeyId: id, Status: 'Active', CreateDate: '2026-03-02T09:00:00+00:00' }],
    });
    expect(stage.do(id, 'sts:GetSessionToken', { DurationSeconds: 43_200 })).toMatchObject({
      Credentials: { Expiration: '2026-03-02T10:00:00+00:00' },
    });
  });

  it('are two at most', () => {
    const stage = new Stage();
    newKey(stage);
    newKey(stage);
    expect(stage.error(ROOT, 'iam:CreateAccessKey')).toMatch(/^failed: LimitExceeded/);
  });

  it('are made inactive, active and gone by the root user alone', () => {
    const stage = new Stage();
    const id = newKey(stage);
    const asAdmin = { UserName: 'admin', AccessKeyId: id };
    expect(stage.error('admin', 'iam:DeleteAccessKey', { AccessKeyId: id })).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('admin', 'iam:DeleteAccessKey', asAdmin)).toMatch(/^failed: NoSuchEntity/);
    const holder = stage.actor(id);
    stage.do(ROOT, 'iam:UpdateAccessKey', { AccessKeyId: id, Status: 'Inactive' });
    expect(stage.error(holder, 's3:ListBuckets')).toMatch(/^rejected: InvalidAccessKeyId/);
    stage.do(ROOT, 'iam:UpdateAccessKey', { AccessKeyId: id, Status: 'Active' });
    expect(stage.ask(holder, 's3:ListBuckets').kind).toBe('done');
    // A key may delete itself.
    stage.do(holder, 'iam:DeleteAccessKey', { AccessKeyId: id });
    expect(stage.error(holder, 's3:ListBuckets')).toMatch(/^rejected: InvalidAccessKeyId/);
    expect(stage.do(ROOT, 'iam:ListAccessKeys')).toEqual({ AccessKeyMetadata: [] });
  });

  it('leave those of a user named to be managed as before', () => {
    const stage = new Stage();
    expect(stage.do(ROOT, 'iam:CreateAccessKey', { UserName: 'nobody' })).toMatchObject({
      AccessKey: { UserName: 'nobody' },
    });
  });

  it('are told of: by the account summary, the credential report, their last use and the trail', () => {
    const stage = new Stage();
    const present = () => stage.do('admin', 'iam:GetAccountSummary');
    expect(present()).toMatchObject({ SummaryMap: { AccountAccessKeysPresent: 0 } });
    const id = newKey(stage);
    expect(present()).toMatchObject({ SummaryMap: { AccountAccessKeysPresent: 1 } });
    stage.wait(MINUTE);
    stage.do(id, 's3:ListBuckets');
    expect(stage.do('admin', 'iam:GetAccessKeyLastUsed', { AccessKeyId: id })).toEqual({
      AccessKeyLastUsed: {
        LastUsedDate: '2026-03-02T09:01:00+00:00',
        ServiceName: 's3',
        Region: 'us-east-1',
      },
    });
    stage.do('admin', 'iam:GenerateCredentialReport');
    const { Content } = stage.do('admin', 'iam:GetCredentialReport') as { Content: string };
    const [, root = ''] = Buffer.from(Content, 'base64').toString().split('\n');
    expect(root).toContain(',true,2026-03-02T09:00:00+00:00,2026-03-02T09:01:00+00:00,us-east-1,s3,false,');
    stage.do(id, 'iam:ListUsers');
    const { Events } = stage.do('admin', 'cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'AccessKeyId', AttributeValue: id }],
    }) as { Events: { CloudTrailEvent: string }[] };
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { type: 'Root', principalId: ACCOUNT, arn: ARN, accountId: ACCOUNT, accessKeyId: id },
    });
  });

  it('are held by SCPs in a member account, as the root user is', () => {
    const member: AccountSpec = { name: 'member' };
    const organization: OrganizationSpec = {
      management: ACCOUNT,
      accounts: [OTHER],
      scps: {
        NoRootKeys: {
          document: policy({
            Effect: 'Deny',
            Action: ['iam:CreateAccessKey', 's3:*'],
            Resource: '*',
            Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
          }),
        },
      },
    };
    const stage = new Stage({}, { [OTHER]: member }, { organization });
    const { AccessKey: key } = stage.do(`root@${OTHER}`, 'iam:CreateAccessKey') as {
      AccessKey: { AccessKeyId: string };
    };
    const { Policies } = stage.do('admin', 'organizations:ListPolicies', {
      Filter: 'SERVICE_CONTROL_POLICY',
    }) as { Policies: { Id: string; Name: string }[] };
    const org = stage.world.organization?.id;
    const scp = Policies.find(({ Name }) => Name === 'NoRootKeys')?.Id;
    stage.do('admin', 'organizations:AttachPolicy', { PolicyId: scp, TargetId: OTHER });
    expect(stage.error(`root@${OTHER}`, 'iam:CreateAccessKey')).toBe(
      `denied: AccessDenied: User: arn:aws:iam::${OTHER}:root is not authorized to perform: iam:CreateAccessKey on resource: arn:aws:iam::${OTHER}:root with an explicit deny in a service control policy: arn:aws:organizations::${ACCOUNT}:policy/${org}/service_control_policy/${scp}`,
    );
    expect(stage.error(key.AccessKeyId, 's3:ListBuckets')).toMatch(/service control policy/);
  });
});
