import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, EC2, HOUR, policy, Stage, trust } from './stage.ts';

const SECOND = 1000;

function slow() {
  return new Stage({}, {}, { propagation: 10 * SECOND });
}

describe('changes of IAM in a world where they take ten seconds', () => {
  it('are stored at once, and decide ten seconds later', () => {
    const stage = slow();
    const document = JSON.stringify(policy(allow('s3:ListAllMyBuckets')));
    const put = { UserName: 'nobody', PolicyName: 'list' };
    stage.do('admin', 'iam:PutUserPolicy', { ...put, PolicyDocument: document });
    expect(stage.do('admin', 'iam:GetUserPolicy', put)).toMatchObject({ PolicyName: 'list' });
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('denied');
    stage.wait(9 * SECOND);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('denied');
    stage.wait(SECOND);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('done');
    stage.do('admin', 'iam:DeleteUserPolicy', put);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('done');
    stage.wait(10 * SECOND);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('denied');
  });

  it('count one by one, each at its time', () => {
    const stage = slow();
    const attach = (name: string) =>
      stage.do('admin', 'iam:AttachUserPolicy', {
        UserName: 'nobody',
        PolicyArn: `arn:aws:iam::aws:policy/${name}`,
      });
    attach('AmazonS3ReadOnlyAccess');
    stage.wait(5 * SECOND);
    attach('AWSDenyAll');
    stage.wait(5 * SECOND);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('done');
    stage.wait(5 * SECOND);
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('denied');
  });

  it('let the metadata service go on serving a role that was taken out of its profile', () => {
    const stage = new Stage(
      {
        roles: { Web: { trust: trust(EC2), inline: { all: policy(allow('s3:*')) } } },
        instanceProfiles: { web: 'Web' },
        instances: { 'web-1': { profile: 'web', processes: { worker: 'copies' } } },
      },
      {},
      { propagation: HOUR },
    );
    stage.do('web-1/worker', 's3:ListBuckets');
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'web', RoleName: 'Web' });
    expect(stage.ask('web-1', 's3:ListBuckets').kind).toBe('done');
    stage.wait(HOUR);
    expect(stage.ask('web-1', 's3:ListBuckets').kind).toBe('not-sent');
    expect(stage.ask('web-1/worker', 's3:ListBuckets').kind, 'keys live to their expiry').toBe('done');
    stage.wait(5 * HOUR);
    expect(stage.error('web-1/worker', 's3:ListBuckets')).toMatch(/ExpiredToken/);
  });

  it('make a new role that nobody can assume yet', () => {
    const stage = slow();
    stage.do('admin', 'iam:CreateRole', {
      RoleName: 'New',
      AssumeRolePolicyDocument: JSON.stringify(
        policy({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }),
      ),
    });
    const ask = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/New`, RoleSessionName: 'try' };
    expect(stage.ask('admin', 'sts:AssumeRole', ask).kind).toBe('denied');
    stage.wait(10 * SECOND);
    expect(stage.ask('admin', 'sts:AssumeRole', ask).kind).toBe('done');
  });
});
