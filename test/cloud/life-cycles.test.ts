import { describe, expect, it } from 'vitest';
import { stepAccessKey } from '../../src/cloud/access-key.ts';
import { LIFETIME, RENEWAL_LEAD, stepInstanceCredentials } from '../../src/cloud/instance-credentials.ts';
import { validity } from '../../src/cloud/temporary-credentials.ts';
import { EC2, HOUR, MINUTE, policy, START, Stage, trust } from './stage.ts';

describe('an access key', () => {
  it('goes between active and inactive, and from either to deleted', () => {
    const active = { status: 'Active', exposure: 'hidden' } as const;
    const inactive = { status: 'Inactive', exposure: 'hidden' } as const;
    expect(stepAccessKey(active, 'key.deactivated')).toEqual(inactive);
    expect(stepAccessKey(inactive, 'key.activated')).toEqual(active);
    expect(stepAccessKey(active, 'key.activated')).toEqual(active);
    expect(stepAccessKey(active, 'key.deleted').status).toBe('Deleted');
    expect(stepAccessKey(inactive, 'key.deleted').status).toBe('Deleted');
  });

  it('is refused while it is inactive and works again when it is activated', () => {
    const stage = new Stage();
    const joe = stage.actor('nobody');
    const [key] = Object.values(stage.account.accessKeys).filter(({ user }) => user === 'nobody');
    const update = { UserName: 'nobody', AccessKeyId: key?.id };
    stage.do('admin', 'iam:UpdateAccessKey', { ...update, Status: 'Inactive' });
    expect(stage.error(joe, 'sts:GetCallerIdentity')).toBe(
      'rejected: InvalidClientTokenId: The security token included in the request is invalid.',
    );
    stage.do('admin', 'iam:UpdateAccessKey', { ...update, Status: 'Active' });
    expect(stage.ask(joe, 'sts:GetCallerIdentity').kind).toBe('done');
  });

  it('is still in its owner’s file after it is deleted, and proves nobody', () => {
    const stage = new Stage();
    const joe = stage.actor('nobody');
    stage.do(joe, 'sts:GetCallerIdentity');
    const key = stage.world.trail.at(-1)?.accessKey;
    stage.do('admin', 'iam:DeleteAccessKey', { UserName: 'nobody', AccessKeyId: key });
    expect(stage.error(joe, 's3:ListBuckets')).toBe(
      'rejected: InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.',
    );
    expect(stage.world.trail.at(-1)).toMatchObject({ principal: null, accessKey: key, checks: [] });
  });

  it('remembers when it was last used and for what', () => {
    const stage = new Stage();
    stage.wait(5 * MINUTE);
    stage.ask('nobody', 's3:ListBuckets');
    const [key] = Object.values(stage.account.accessKeys).filter(({ user }) => user === 'nobody');
    expect(key?.lastUsed).toEqual({ at: START + 5 * MINUTE, service: 's3' });
  });
});

describe('temporary credentials', () => {
  it('are good until the very moment of their expiry', () => {
    expect(validity({ expires: 1000 }, 999)).toBe('valid');
    expect(validity({ expires: 1000 }, 1000)).toBe('expired');
  });
});

describe('instance credentials', () => {
  it('step between none and served', () => {
    const none = { state: 'none', reason: 'NoInstanceProfile' } as const;
    const served = { state: 'served', role: 'Web', key: 'ASIA1' } as const;
    expect(stepInstanceCredentials(none, { type: 'role.assumed', role: 'Web', key: 'ASIA1' })).toEqual(
      served,
    );
    expect(stepInstanceCredentials(served, { type: 'credentials.rotated', key: 'ASIA2' })).toEqual({
      ...served,
      key: 'ASIA2',
    });
    expect(stepInstanceCredentials(none, { type: 'credentials.rotated', key: 'ASIA2' })).toEqual(none);
    expect(
      stepInstanceCredentials(served, { type: 'role.withheld', reason: 'InstanceProfileWithoutRole' }),
    ).toEqual({ state: 'none', reason: 'InstanceProfileWithoutRole' });
  });

  const withRole = () =>
    new Stage({
      roles: { Web: { trust: trust(EC2) }, Batch: { trust: trust(EC2) } },
      instanceProfiles: { web: 'Web', batch: 'Batch', empty: null },
      instances: {
        'web-1': {
          id: 'i-00000000000000001',
          profile: 'web',
          processes: { app: 'refreshes', worker: 'copies' },
        },
      },
    });

  it('are served from the start, and renewed at least five minutes before they expire', () => {
    const stage = withRole();
    const { credentials } = stage.instance;
    expect(credentials).toMatchObject({ state: 'served', role: 'Web' });
    expect(RENEWAL_LEAD).toBeGreaterThanOrEqual(5 * MINUTE);
    stage.wait(LIFETIME - RENEWAL_LEAD - 1);
    expect(stage.instance.credentials).toBe(credentials);
    stage.wait(1);
    expect(stage.instance.credentials).not.toEqual(credentials);
  });

  it('come out the same however the time passes', () => {
    const [once, often] = [withRole(), withRole()];
    once.wait(50 * HOUR);
    for (let hour = 0; hour < 50; hour += 1) {
      often.wait(HOUR);
    }
    expect(often.world).toEqual(once.world);
    expect(Object.keys(once.account.sessions)).toHaveLength(9);
  });

  it('leave a worker behind that copied them, and not an application that refreshes', () => {
    const stage = withRole();
    const worker = stage.actor('web-1/worker');
    stage.do(worker, 'sts:GetCallerIdentity');
    stage.wait(LIFETIME - 1);
    expect(stage.ask(worker, 'sts:GetCallerIdentity').kind).toBe('done');
    stage.wait(1);
    expect(stage.error(worker, 'sts:GetCallerIdentity')).toBe(
      'rejected: ExpiredToken: The security token included in the request is expired',
    );
    expect(stage.error(worker, 's3:HeadObject', { Bucket: 'assets', Key: 'x' })).toBe(
      'rejected: 400: Bad Request',
    );
    expect(stage.world.trail.at(-1)?.outcome).toEqual({ kind: 'rejected', code: 'ExpiredToken' });
    expect(stage.ask('web-1/app', 'sts:GetCallerIdentity').kind).toBe('done');
    expect(stage.ask('web-1', 'sts:GetCallerIdentity').kind).toBe('done');
  });

  it('follow the profile, its role and the role’s trust', () => {
    const stage = withRole();
    const reason = () => {
      const { credentials } = stage.instance;
      return credentials.state === 'none' ? credentials.reason : credentials.role;
    };
    const association = () => ({ AssociationId: stage.instance.association?.id });
    expect(reason()).toBe('Web');
    stage.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Web',
      PolicyDocument: JSON.stringify(trust('lambda.amazonaws.com')),
    });
    expect(reason()).toBe('AssumeRoleUnauthorizedAccess');
    stage.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Web',
      PolicyDocument: JSON.stringify(trust(EC2)),
    });
    expect(reason()).toBe('Web');
    stage.do('admin', 'ec2:ReplaceIamInstanceProfileAssociation', {
      ...association(),
      IamInstanceProfile: { Name: 'batch' },
    });
    expect(reason()).toBe('Batch');
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', {
      InstanceProfileName: 'batch',
      RoleName: 'Batch',
    });
    expect(reason()).toBe('InstanceProfileWithoutRole');
    stage.do('admin', 'iam:DeleteInstanceProfile', { InstanceProfileName: 'batch' });
    expect(reason()).toBe('InstanceProfileNotFound');
    stage.do('admin', 'ec2:DisassociateIamInstanceProfile', association());
    expect(reason()).toBe('NoInstanceProfile');
    expect(stage.error('web-1', 'sts:GetCallerIdentity')).toMatch(/^not-sent: Unable to locate credentials/);
  });

  it('live on in the hands of a worker after the role is taken away, until they expire', () => {
    const stage = withRole();
    const worker = stage.actor('web-1/worker');
    stage.do(worker, 'sts:GetCallerIdentity');
    stage.do('admin', 'ec2:DisassociateIamInstanceProfile', {
      AssociationId: stage.instance.association?.id,
    });
    expect(stage.ask(worker, 'sts:GetCallerIdentity').kind).toBe('done');
    stage.wait(LIFETIME);
    expect(stage.ask(worker, 'sts:GetCallerIdentity').kind).toBe('rejected');
  });

  it('prove nobody once their role is deleted, even if one of that name is made again', () => {
    const stage = withRole();
    const worker = stage.actor('web-1/worker');
    stage.do(worker, 'sts:GetCallerIdentity');
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'web', RoleName: 'Web' });
    stage.do('admin', 'iam:DeleteRole', { RoleName: 'Web' });
    stage.do('admin', 'iam:CreateRole', {
      RoleName: 'Web',
      AssumeRolePolicyDocument: JSON.stringify(trust(EC2)),
    });
    expect(stage.error(worker, 'sts:GetCallerIdentity')).toMatch(/^rejected: InvalidClientTokenId/);
  });

  it('are not served to a role whose trust names the service under a condition that fails', () => {
    const stage = new Stage({
      roles: {
        Web: {
          trust: policy({
            Effect: 'Allow',
            Principal: { Service: EC2 },
            Action: 'sts:AssumeRole',
            Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-03-02T10:00:00Z' } },
          }),
        },
      },
      instanceProfiles: { web: 'Web' },
      instances: { 'web-1': { profile: 'web' } },
    });
    expect(stage.instance.credentials.state).toBe('none');
    stage.wait(2 * HOUR);
    expect(stage.instance.credentials.state).toBe('served');
  });
});

describe('the clock', () => {
  it('never stands still or goes back by an event', () => {
    const stage = new Stage();
    for (const by of [0, -1, Number.NaN, 0.5, Number.POSITIVE_INFINITY]) {
      stage.wait(by);
    }
    expect(stage.world.clock).toBe(START);
  });
});
