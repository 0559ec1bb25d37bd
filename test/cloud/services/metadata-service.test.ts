import { describe, expect, it } from 'vitest';
import { type MetadataRequest, metadataAnswer } from '../../../src/cloud/services/ec2/metadata-service.ts';
import { ACCOUNT, allow, EC2, HOUR, MINUTE, policy, Stage, trust } from '../stage.ts';

const InstanceId = 'i-00000000000000001';
const CREDENTIALS = '/latest/meta-data/iam/security-credentials/';

function company(metadata: { tokens?: 'optional' | 'required'; hopLimit?: number } = {}) {
  return new Stage({
    roles: { Web: { trust: trust(EC2), inline: { all: policy(allow('s3:*')) } } },
    instanceProfiles: { web: 'Web' },
    instances: { 'web-1': { id: InstanceId, profile: 'web', metadata, processes: { worker: 'copies' } } },
  });
}

function ask(stage: Stage, path: string, rest: Partial<MetadataRequest> = {}) {
  return metadataAnswer(stage.world, stage.instance, {
    method: 'GET',
    path,
    token: null,
    ttl: null,
    hops: 1,
    forwarded: false,
    ...rest,
  });
}

function token(stage: Stage, ttl = '21600', hops = 1): string {
  const answer = ask(stage, '/latest/api/token', { method: 'PUT', ttl, hops });
  return answer.status === 200 ? answer.body : '';
}

function served(stage: Stage, rest: Partial<MetadataRequest> = {}): Record<string, string> {
  const answer = ask(stage, `${CREDENTIALS}Web`, rest);
  return answer.status === 200 ? JSON.parse(answer.body) : { status: String(answer.status) };
}

describe('the metadata service', () => {
  it('gives the role’s credentials for a token', () => {
    const stage = company();
    const good = token(stage);
    expect(ask(stage, CREDENTIALS, { token: good })).toEqual({ status: 200, body: 'Web' });
    const content = served(stage, { token: good });
    expect(content).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC', Expiration: '2026-03-02T15:00:00Z' });
    const { AccessKeyId = '', SecretAccessKey = '', Token = '' } = content;
    const thief = {
      kind: 'key',
      account: ACCOUNT,
      accessKey: AccessKeyId,
      secret: SecretAccessKey,
      token: Token,
    } as const;
    expect(stage.do(thief, 'sts:GetCallerIdentity')).toMatchObject({
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Web/${InstanceId}`,
    });
  });

  it('refuses who has no token, a stranger’s or an old one', () => {
    const stage = company();
    expect(ask(stage, CREDENTIALS)).toEqual({ status: 401, body: '' });
    expect(ask(stage, CREDENTIALS, { token: 'x' }).status).toBe(401);
    const good = token(stage, '60');
    stage.wait(MINUTE);
    expect(ask(stage, CREDENTIALS, { token: good }).status).toBe(401);
  });

  it('gives a token only for a PUT with a life of 1 to 21600 seconds', () => {
    const stage = company();
    const put = (rest: Partial<MetadataRequest>) =>
      ask(stage, '/latest/api/token', { method: 'PUT', ...rest }).status;
    expect(put({})).toBe(400);
    expect(put({ ttl: '0' })).toBe(400);
    expect(put({ ttl: '21601' })).toBe(400);
    expect(put({ ttl: 'x' })).toBe(400);
    expect(put({ ttl: '1' })).toBe(200);
    expect(put({ ttl: '1', forwarded: true })).toBe(403);
    expect(put({ ttl: '1', path: '/latest/other' })).toBe(404);
  });

  it('lets no token get further than the hop limit', () => {
    const stage = company({ hopLimit: 1 });
    expect(token(stage, '60', 2)).toBe('');
    expect(ask(stage, '/latest/api/token', { method: 'PUT', ttl: '60', hops: 2 })).toEqual({ status: null });
    stage.do('admin', 'ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpPutResponseHopLimit: 2 });
    expect(token(stage, '60', 2)).not.toBe('');
  });

  it('answers a forged GET with IMDSv1, and not once tokens are required', () => {
    const stage = company({ tokens: 'optional' });
    const stolen = served(stage);
    expect(stolen.Code).toBe('Success');
    expect(stolen.AccessKeyId).not.toBe(served(stage, { token: token(stage) }).AccessKeyId);
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Web',
      PolicyName: 'v2',
      PolicyDocument: JSON.stringify(
        policy({
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } },
        }),
      ),
    });
    const thief = stage.actor(stolen.AccessKeyId ?? '');
    expect(stage.ask(thief, 's3:ListBuckets').kind).toBe('denied');
    expect(stage.ask('web-1', 's3:ListBuckets').kind).toBe('done');
    stage.do('admin', 'ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'required' });
    expect(served(stage)).toEqual({ status: '401' });
  });

  it('tells what stands where', () => {
    const stage = company({ tokens: 'optional' });
    const body = (path: string) => {
      const answer = ask(stage, path);
      return answer.status === 200 ? answer.body : answer.status;
    };
    expect(body('/')).toBe('latest');
    expect(body('/latest/')).toBe('dynamic\nmeta-data');
    expect(body('/latest/meta-data/')).toBe('iam/\ninstance-id');
    expect(body('/latest/meta-data/instance-id')).toBe(InstanceId);
    expect(body('/latest/meta-data/iam/')).toBe('info\nsecurity-credentials/');
    expect(body('/latest/meta-data/iam/info')).toContain(`arn:aws:iam::${ACCOUNT}:instance-profile/web`);
    expect(body('/latest/dynamic/instance-identity/document')).toContain(ACCOUNT);
    expect(body('/latest/none')).toBe(404);
    expect(body(`${CREDENTIALS}Other`)).toBe(404);
    stage.do('admin', 'ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'disabled' });
    expect(body('/')).toBe(403);
  });

  it('says why it has no credentials, and keys it gave out live until they expire', () => {
    const stage = company({ tokens: 'optional' });
    stage.do('web-1/worker', 's3:ListBuckets');
    stage.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Web',
      PolicyDocument: JSON.stringify(trust('lambda.amazonaws.com')),
    });
    expect(served(stage)).toMatchObject({ Code: 'AssumeRoleUnauthorizedAccess' });
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'web', RoleName: 'Web' });
    expect(served(stage)).toEqual({ status: '404' });
    stage.do('admin', 'iam:DeleteInstanceProfile', { InstanceProfileName: 'web' });
    const info = ask(stage, '/latest/meta-data/iam/info');
    expect(info.status === 200 ? info.body : '').toContain('InstanceProfileNotFound');
    expect(stage.error('web-1', 's3:ListBuckets')).toMatch(/^not-sent/);
    expect(stage.ask('web-1/worker', 's3:ListBuckets').kind).toBe('done');
    stage.wait(6 * HOUR);
    expect(stage.error('web-1/worker', 's3:ListBuckets')).toMatch(/ExpiredToken/);
  });
});

describe('ModifyInstanceMetadataOptions', () => {
  it('answers what is set, and EC2 describes it', () => {
    const stage = company();
    expect(
      stage.do('admin', 'ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'optional' }),
    ).toMatchObject({ InstanceMetadataOptions: { HttpTokens: 'optional', State: 'pending' } });
    expect(stage.do('admin', 'ec2:DescribeInstances')).toMatchObject({
      Reservations: [{ Instances: [{ MetadataOptions: { HttpTokens: 'optional', State: 'applied' } }] }],
    });
  });

  it('is refused with values EC2 does not take', () => {
    const stage = company();
    const error = (rest: Record<string, unknown>) =>
      stage.error('admin', 'ec2:ModifyInstanceMetadataOptions', { InstanceId, ...rest });
    expect(error({ HttpTokens: 'x' })).toBe(
      'failed: InvalidParameterValue: Value (x) for parameter HttpTokens is invalid.',
    );
    expect(error({ HttpEndpoint: 'x' })).toMatch(/HttpEndpoint/);
    expect(error({ HttpPutResponseHopLimit: 0 })).toMatch(/HttpPutResponseHopLimit/);
    expect(error({ HttpPutResponseHopLimit: 65 })).toMatch(/HttpPutResponseHopLimit/);
    expect(error({ InstanceId: 'i-00000000000000009' })).toMatch(/InvalidInstanceID.NotFound/);
    expect(stage.ask('nobody', 'ec2:ModifyInstanceMetadataOptions', { InstanceId }).kind).toBe('denied');
  });
});
