import { describe, expect, it } from 'vitest';
import { idToken } from '../../../src/cloud/outside/id-token.ts';
import { holder } from '../held.ts';
import { ACCOUNT, allow, HOUR, OTHER, policy, Stage, trust } from '../stage.ts';

const TRAIL_ARN = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/audit`;

interface Looked {
  readonly EventName: string;
  readonly EventId: string;
  readonly ReadOnly: string;
  readonly Username?: string;
  readonly AccessKeyId: string;
  readonly Resources: readonly unknown[];
  readonly CloudTrailEvent: string;
}

/** What `lookup-events` finds, with the event itself read from its JSON. */
function lookup(stage: Stage, input: Record<string, unknown> = {}, who = 'admin') {
  const output = stage.do(who, 'cloudtrail:LookupEvents', input);
  return (output as { Events: Looked[] }).Events.map((event) => ({
    ...event,
    record: JSON.parse(event.CloudTrailEvent) as Record<string, unknown>,
  }));
}

function by(AttributeKey: string, AttributeValue: string) {
  return { LookupAttributes: [{ AttributeKey, AttributeValue }] };
}

/** The policy CloudTrail asks of a bucket. */
const DELIVERY = policy(
  {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:GetBucketAcl',
    Resource: 'arn:aws:s3:::logs',
  },
  {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::logs/AWSLogs/${ACCOUNT}/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': TRAIL_ARN } },
  },
);

function logged(stage: Stage): readonly Record<string, unknown>[] {
  return Object.values(stage.account.buckets.logs?.objects ?? {}).flatMap(
    ({ body }) => (JSON.parse(body) as { Records: Record<string, unknown>[] }).Records,
  );
}

describe('the event history', () => {
  it('has management events, reads and writes, the latest first', () => {
    const stage = new Stage();
    stage.do('admin', 'iam:CreateUser', { UserName: 'bob' });
    stage.do('admin', 'iam:ListUsers');
    const events = lookup(stage);
    expect(events.map(({ EventName, ReadOnly, Username }) => [EventName, ReadOnly, Username])).toEqual([
      ['ListUsers', 'true', 'admin'],
      ['CreateUser', 'false', 'admin'],
    ]);
    expect(events[1]).toMatchObject({
      EventSource: 'iam.amazonaws.com',
      EventTime: '2026-03-02T09:00:00+00:00',
      Resources: [{ ResourceType: 'AWS::IAM::User', ResourceName: 'bob' }],
      record: {
        userIdentity: { type: 'IAMUser', accountId: ACCOUNT, userName: 'admin' },
        sourceIPAddress: '203.0.113.10',
        requestParameters: { userName: 'bob' },
        responseElements: { user: { userName: 'bob' } },
        readOnly: false,
        managementEvent: true,
        eventCategory: 'Management',
        recipientAccountId: ACCOUNT,
      },
    });
  });

  it('has what was refused, with AWS’s error', () => {
    const stage = new Stage();
    stage.ask('nobody', 'iam:CreateUser', { UserName: 'bob' });
    stage.ask('nobody', 'ec2:DescribeInstances');
    stage.ask('admin', 'iam:DeleteUser', { UserName: 'bob' });
    expect(lookup(stage).map(({ record }) => [record.errorCode, record.errorMessage])).toEqual([
      ['NoSuchEntityException', 'The user with name bob cannot be found.'],
      ['Client.UnauthorizedOperation', expect.stringContaining('ec2:DescribeInstances')],
      ['AccessDenied', expect.stringContaining('is not authorized to perform: iam:CreateUser')],
    ]);
  });

  it('has no data events and no secrets', () => {
    const stage = new Stage();
    stage.do('admin', 's3:GetObject', { Bucket: 'assets', Key: 'site/index.html' });
    stage.do('admin', 's3:PutObject', { Bucket: 'assets', Key: 'new', Body: 'inner secret' });
    stage.do('admin', 'iam:CreateAccessKey', { UserName: 'nobody' });
    const secrets = Object.values(stage.account.accessKeys).map(({ secret }) => secret);
    const events = lookup(stage);
    expect(events.map(({ EventName }) => EventName)).toEqual(['CreateAccessKey']);
    expect(events[0]?.Resources).toContainEqual({
      ResourceType: 'AWS::IAM::AccessKey',
      ResourceName: expect.stringMatching(/^AKIA/),
    });
    for (const secret of [...secrets, 'inner secret']) {
      expect(JSON.stringify(stage.world.trail)).not.toContain(secret);
    }
  });

  it('leaves out credentials that prove nobody, and iam:PassRole, which is no event', () => {
    const stage = new Stage({
      roles: { Web: { trust: trust('ec2.amazonaws.com') } },
      instanceProfiles: { web: null },
    });
    stage.do('admin', 'iam:AddRoleToInstanceProfile', { InstanceProfileName: 'web', RoleName: 'Web' });
    const [key] = Object.values(stage.account.accessKeys).filter(({ user }) => user === 'nobody');
    stage.do('admin', 'iam:UpdateAccessKey', {
      UserName: 'nobody',
      AccessKeyId: key?.id,
      Status: 'Inactive',
    });
    expect(stage.ask('nobody', 'iam:ListUsers').kind).toBe('rejected');
    expect(lookup(stage).map(({ EventName }) => EventName)).toEqual([
      'UpdateAccessKey',
      'AddRoleToInstanceProfile',
    ]);
  });

  it('forgets after 90 days', () => {
    const stage = new Stage();
    stage.do('admin', 'iam:ListUsers');
    stage.wait(90 * 24 * HOUR);
    expect(lookup(stage)).toHaveLength(1);
    stage.wait(1000);
    expect(lookup(stage).map(({ EventName }) => EventName)).toEqual(['LookupEvents']);
  });

  it('is searched by one attribute and by time', () => {
    const stage = new Stage();
    stage.do('admin', 'iam:CreateUser', { UserName: 'bob' });
    stage.wait(HOUR);
    stage.ask('nobody', 'iam:ListUsers');
    const [denied] = lookup(stage, by('Username', 'nobody'));
    expect(denied).toMatchObject({ EventName: 'ListUsers' });
    expect(lookup(stage, by('AccessKeyId', String(denied?.AccessKeyId)))).toHaveLength(1);
    expect(lookup(stage, by('EventId', String(denied?.EventId)))).toHaveLength(1);
    expect(lookup(stage, by('EventName', 'CreateUser'))).toHaveLength(1);
    expect(lookup(stage, by('ReadOnly', 'false'))).toHaveLength(1);
    expect(lookup(stage, by('ResourceName', 'bob'))).toHaveLength(1);
    expect(lookup(stage, by('ResourceType', 'AWS::IAM::User')).length).toBeGreaterThan(0);
    expect(lookup(stage, by('EventSource', 'iam.amazonaws.com'))).toHaveLength(2);
    expect(lookup(stage, { EndTime: '2026-03-02T09:30:00Z' })).toHaveLength(1);
    expect(lookup(stage, { StartTime: '2026-03-02T09:30:00Z', ...by('EventName', 'CreateUser') })).toEqual(
      [],
    );
  });

  it('says what is wrong with a search', () => {
    const stage = new Stage();
    const search = (input: Record<string, unknown>) => stage.error('admin', 'cloudtrail:LookupEvents', input);
    expect(search(by('Colour', 'red'))).toMatch(/^failed: InvalidLookupAttributesException/);
    expect(search({ StartTime: '2026-03-02', EndTime: '2026-03-01' })).toMatch(
      /^failed: InvalidTimeRangeException/,
    );
    expect(stage.ask('admin', 'cloudtrail:LookupEvents', { StartTime: 'noon' })).toMatchObject({
      kind: 'unsupported',
      refusal: { error: { message: expect.stringContaining('noon is not a time') } },
    });
    expect(stage.error('nobody', 'cloudtrail:LookupEvents')).toMatch(
      /^denied: AccessDeniedException: .*cloudtrail:LookupEvents/,
    );
  });

  it('shows a session with its role, and a caller of another account by its id alone', () => {
    const stage = new Stage(
      {
        roles: {
          Web: { trust: trust('ec2.amazonaws.com'), policies: ['IAMReadOnlyAccess'] },
          Audit: {
            trust: policy({ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'sts:AssumeRole' }),
          },
        },
        instanceProfiles: { web: 'Web' },
        instances: { 'web-1': { id: 'i-00000000000000001', profile: 'web' } },
      },
      { [OTHER]: { name: 'other', users: { eve: { inline: { p: policy(allow('*')) } } } } },
    );
    stage.do('web-1', 'iam:ListUsers');
    const answer = stage.do('eve', 'sts:AssumeRole', {
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/Audit`,
      RoleSessionName: 'night',
    });
    const [assumed, listed] = lookup(stage);
    expect(listed?.record.userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Web/i-00000000000000001`,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/Web`, userName: 'Web' },
        attributes: { creationDate: '2026-03-02T09:00:00Z', mfaAuthenticated: 'false' },
      },
    });
    expect(assumed?.record.userIdentity).toEqual({
      type: 'AWSAccount',
      accountId: OTHER,
      principalId: expect.stringMatching(/^AIDA/),
    });
    expect(assumed).not.toHaveProperty('Username');
    const [theirs] = lookup(stage, {}, 'eve');
    expect(theirs?.record).toMatchObject({
      userIdentity: { type: 'IAMUser', userName: 'eve' },
      sharedEventID: assumed?.record.sharedEventID,
      responseElements: {
        credentials: {
          accessKeyId: (answer as { Credentials: { AccessKeyId: string } }).Credentials.AccessKeyId,
        },
      },
    });
  });

  it('knows root users, federated users, and those whom a provider vouches for', () => {
    const issuer = 'https://ci.example.com';
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com`;
    const stage = new Stage({
      roles: {
        Ci: {
          trust: policy({
            Effect: 'Allow',
            Principal: { Federated: provider },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { 'ci.example.com:aud': 'sts.amazonaws.com' } },
          }),
        },
      },
      oidcProviders: { [issuer]: ['sts.amazonaws.com'] },
      workloads: { build: { oidc: { issuer, subject: 'repo:shop', audience: 'sts.amazonaws.com' } } },
    });
    const workload = stage.account.workloads.build;
    if (workload?.kind !== 'oidc') {
      throw new Error('There is no workload.');
    }
    stage.do('build', 'sts:AssumeRoleWithWebIdentity', {
      RoleArn: `arn:aws:iam::${ACCOUNT}:role/Ci`,
      RoleSessionName: 'ci',
      WebIdentityToken: idToken(workload, 'sts.amazonaws.com', stage.world.clock),
    });
    stage.do(`root@${ACCOUNT}`, 'iam:ListUsers');
    const output = stage.do('admin', 'sts:GetFederationToken', {
      Name: 'visitor',
      Policy: JSON.stringify(policy(allow('s3:*'))),
    });
    stage.do(holder(output), 's3:ListBuckets');
    const [listed, asked, root, assumed] = lookup(stage);
    expect(listed).toMatchObject({
      Username: 'visitor',
      record: {
        userIdentity: { type: 'FederatedUser', sessionContext: { sessionIssuer: { userName: 'admin' } } },
      },
    });
    expect(asked).toMatchObject({ EventName: 'GetFederationToken', ReadOnly: 'true' });
    expect(root?.record.userIdentity).toMatchObject({ type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` });
    expect(assumed).not.toHaveProperty('AccessKeyId');
    expect(assumed).toMatchObject({
      Username: 'repo:shop',
      record: {
        userIdentity: {
          type: 'WebIdentityUser',
          principalId: `${provider}:sts.amazonaws.com:repo:shop`,
          userName: 'repo:shop',
          identityProvider: provider,
        },
      },
    });
    expect(JSON.stringify(stage.world.trail)).not.toContain('eyJ');
  });
});

describe('a trail', () => {
  const create = { Name: 'audit', S3BucketName: 'logs' };

  function withBucket() {
    return new Stage({ buckets: { logs: { policy: DELIVERY }, assets: { objects: { a: 'x' } }, bare: {} } });
  }

  it('puts the events it takes into its bucket, data events where it selects them', () => {
    const stage = withBucket();
    expect(stage.do('admin', 'cloudtrail:CreateTrail', create)).toMatchObject({
      Name: 'audit',
      TrailARN: TRAIL_ARN,
    });
    stage.do('admin', 'iam:ListUsers');
    expect(logged(stage)).toEqual([]);
    stage.do('admin', 'cloudtrail:StartLogging', { Name: 'audit' });
    stage.do('admin', 's3:GetObject', { Bucket: 'assets', Key: 'a' });
    stage.do('admin', 'iam:ListGroups');
    expect(logged(stage).map(({ eventName }) => eventName)).toEqual(['StartLogging', 'ListGroups']);
    const selectors = [
      {
        ReadWriteType: 'ReadOnly',
        IncludeManagementEvents: false,
        DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::assets/'] }],
      },
    ];
    stage.do('admin', 'cloudtrail:PutEventSelectors', { TrailName: TRAIL_ARN, EventSelectors: selectors });
    expect(stage.do('admin', 'cloudtrail:GetEventSelectors', { TrailName: 'audit' })).toMatchObject({
      EventSelectors: selectors,
    });
    stage.wait(HOUR);
    stage.do('admin', 's3:GetObject', { Bucket: 'assets', Key: 'a' });
    stage.ask('nobody', 's3:GetObject', { Bucket: 'assets', Key: 'a' });
    stage.do('admin', 's3:PutObject', { Bucket: 'assets', Key: 'b', Body: 'y' });
    expect(logged(stage).slice(2)).toMatchObject([
      {
        eventName: 'GetObject',
        requestParameters: { bucketName: 'assets', key: 'a' },
        resources: [
          { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::assets/a' },
          { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::assets' },
        ],
        eventCategory: 'Data',
      },
      { eventName: 'GetObject', errorCode: 'AccessDenied' },
    ]);
    stage.do('admin', 'cloudtrail:StopLogging', { Name: 'audit' });
    const before = logged(stage).length;
    stage.do('admin', 's3:GetObject', { Bucket: 'assets', Key: 'a' });
    expect(logged(stage)).toHaveLength(before);
  });

  it('is described, with its status, and deleted', () => {
    const stage = withBucket();
    stage.do('admin', 'cloudtrail:CreateTrail', create);
    stage.do('admin', 'cloudtrail:StartLogging', { Name: 'audit' });
    expect(stage.do('admin', 'cloudtrail:GetTrailStatus', { Name: 'audit' })).toEqual({
      IsLogging: true,
      StartLoggingTime: '2026-03-02T09:00:00+00:00',
    });
    stage.do('admin', 'cloudtrail:StopLogging', { Name: 'audit' });
    expect(stage.do('admin', 'cloudtrail:GetTrailStatus', { Name: 'audit' })).toMatchObject({
      IsLogging: false,
    });
    expect(stage.do('admin', 'cloudtrail:DescribeTrails')).toMatchObject({
      trailList: [{ Name: 'audit', S3BucketName: 'logs', HasCustomEventSelectors: false }],
    });
    expect(stage.do('admin', 'cloudtrail:GetTrail', { Name: 'audit' })).toMatchObject({
      Trail: { TrailARN: TRAIL_ARN, HomeRegion: 'us-east-1' },
    });
    expect(stage.do('admin', 'cloudtrail:ListTrails')).toEqual({
      Trails: [{ TrailARN: TRAIL_ARN, Name: 'audit', HomeRegion: 'us-east-1' }],
    });
    stage.do('admin', 'cloudtrail:DeleteTrail', { Name: TRAIL_ARN });
    expect(stage.do('admin', 'cloudtrail:DescribeTrails', { TrailNameList: ['audit'] })).toEqual({
      trailList: [],
    });
  });

  it('is refused with CloudTrail’s errors', () => {
    const stage = withBucket();
    const error = (input: Record<string, unknown>) =>
      stage.error('admin', 'cloudtrail:CreateTrail', { ...create, ...input });
    expect(error({ Name: 'a' })).toMatch(/^failed: InvalidTrailNameException/);
    expect(error({ S3BucketName: 'none' })).toBe(
      'failed: S3BucketDoesNotExistException: S3 bucket none does not exist!',
    );
    expect(error({ S3BucketName: 'bare' })).toBe(
      'failed: InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: bare',
    );
    expect(error({ Name: 'other' })).toMatch(/InsufficientS3BucketPolicy/);
    stage.do('admin', 'cloudtrail:CreateTrail', create);
    expect(error({})).toBe(
      `failed: TrailAlreadyExistsException: Trail audit already exists for customer: ${ACCOUNT}`,
    );
    for (const operation of ['DeleteTrail', 'StartLogging', 'StopLogging', 'GetTrail', 'GetTrailStatus']) {
      expect(stage.error('admin', `cloudtrail:${operation}`, { Name: 'none' })).toBe(
        `failed: TrailNotFoundException: Unknown trail: arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/none for the user: ${ACCOUNT}`,
      );
      expect(stage.ask('nobody', `cloudtrail:${operation}`, { Name: 'audit' }).kind).toBe('denied');
    }
    const put = (EventSelectors: unknown, TrailName = 'audit') =>
      stage.error('admin', 'cloudtrail:PutEventSelectors', { TrailName, EventSelectors });
    expect(put([])).toMatch(/InvalidEventSelectorsException/);
    expect(put([{ ReadWriteType: 'Some' }])).toMatch(/InvalidEventSelectorsException/);
    expect(put([{ DataResources: [{ Type: 'AWS::EC2::Instance', Values: [] }] }])).toMatch(
      /InvalidEventSelectors/,
    );
    expect(put([{}], 'none')).toMatch(/TrailNotFoundException/);
    expect(stage.error('admin', 'cloudtrail:GetEventSelectors', { TrailName: 'none' })).toMatch(
      /TrailNotFound/,
    );
    for (const operation of ['PutEventSelectors', 'GetEventSelectors']) {
      const input = operation === 'PutEventSelectors' ? { EventSelectors: [{}] } : {};
      expect(stage.ask('nobody', `cloudtrail:${operation}`, { TrailName: 'audit', ...input }).kind).toBe(
        'denied',
      );
    }
    expect(stage.ask('nobody', 'cloudtrail:DescribeTrails').kind).toBe('denied');
    expect(stage.ask('nobody', 'cloudtrail:ListTrails').kind).toBe('denied');
    expect(stage.ask('nobody', 'cloudtrail:CreateTrail', create).kind).toBe('denied');
  });

  it('has five beside it at most', () => {
    const stage = new Stage({
      buckets: { logs: {} },
      trails: Object.fromEntries(
        ['t-1', 't-2', 't-3', 't-4', 't-5'].map((name) => [name, { bucket: 'logs' }]),
      ),
    });
    expect(stage.error('admin', 'cloudtrail:CreateTrail', create)).toBe(
      `failed: MaximumNumberOfTrailsExceededException: User: ${ACCOUNT} already has 5 trails in us-east-1.`,
    );
  });

  it('can be there from the start, logging, in a bucket that lets it', () => {
    const stage = new Stage({
      buckets: { logs: {}, assets: { objects: { a: 'x' } } },
      trails: { audit: { bucket: 'logs', dataEvents: ['assets'] } },
    });
    stage.do('admin', 's3:GetObject', { Bucket: 'assets', Key: 'a' });
    expect(logged(stage).map(({ eventName }) => eventName)).toEqual(['GetObject']);
    expect(() => new Stage({ trails: { audit: { bucket: 'asets', dataEvents: ['asset'] } } })).toThrow(
      /trails\.audit\.dataEvents\.0: There is no bucket asset\. Did you mean assets\?\n.*trails\.audit\.bucket: There is no bucket asets/,
    );
    expect(() => new Stage({ trails: { a: { bucket: 'assets' } } })).toThrow(/3 to 128/);
  });
});
