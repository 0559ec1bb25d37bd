import { describe, expect, test } from 'vitest';
import { deriveUniverse, principalName, whoCan } from '../../../src/cloud/access-map/index.ts';
import type { Actor } from '../../../src/cloud/index.ts';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const ANYBODY: Actor = { kind: 'anonymous', account: '' };
const PAGE = { Bucket: 'assets', Key: 'site/index.html' };
const OBJECTS = 'arn:aws:s3:::assets/*';
const EVERYBODY = { ...allow('s3:GetObject', OBJECTS), Principal: '*' };

/** A bucket that is not blocked, with a policy of these statements. */
function open(...statements: readonly Record<string, unknown>[]): Stage {
  const stage = new Stage();
  stage.do('admin', 's3:DeletePublicAccessBlock', { Bucket: 'assets' });
  stage.do('admin', 's3:PutBucketPolicy', {
    Bucket: 'assets',
    Policy: JSON.stringify(policy(...statements)),
  });
  return stage;
}

describe('a request that nobody signed', () => {
  test('is denied, unless a bucket policy names everybody, in words that give nothing away', () => {
    expect(new Stage().error(ANYBODY, 's3:GetObject', PAGE)).toBe('denied: AccessDenied: Access Denied');
    const toTheAccount = open({ ...EVERYBODY, Principal: { AWS: ACCOUNT } });
    expect(toTheAccount.error(ANYBODY, 's3:GetObject', PAGE)).toBe('denied: AccessDenied: Access Denied');
    for (const Principal of ['*', { AWS: '*' }]) {
      expect(open({ ...EVERYBODY, Principal }).do(ANYBODY, 's3:GetObject', PAGE)).toMatchObject({
        Body: 'hello',
      });
    }
  });

  test('is stopped by a Deny, by a condition on principals, and by Block Public Access', () => {
    const denied = open(EVERYBODY, { ...EVERYBODY, Effect: 'Deny' });
    expect(denied.ask(ANYBODY, 's3:GetObject', PAGE).kind).toBe('denied');
    const condition = { StringLike: { 'aws:PrincipalArn': '*' } };
    const named = open({ ...EVERYBODY, Condition: condition });
    expect(named.ask(ANYBODY, 's3:GetObject', PAGE).kind).toBe('denied');
    expect(named.ask('nobody', 's3:GetObject', PAGE).kind).toBe('done');
    const anonymous = { StringEquals: { 'aws:userid': 'anonymous', 'aws:PrincipalType': 'Anonymous' } };
    expect(open({ ...EVERYBODY, Condition: anonymous }).ask(ANYBODY, 's3:GetObject', PAGE).kind).toBe('done');
    const blocked = open(EVERYBODY);
    blocked.do('admin', 's3:PutPublicAccessBlock', {
      Bucket: 'assets',
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
    expect(blocked.ask(ANYBODY, 's3:GetObject', PAGE)).toMatchObject({
      kind: 'denied',
      checks: [{ decidedBy: 'service' }],
    });
  });

  test.each([
    ['rcps', 'denied'],
    ['scps', 'done'],
  ] as const)('when %s of the organization deny all of S3: %s', (kind, outcome) => {
    const everybody = kind === 'rcps' ? { Principal: '*' } : {};
    const document = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...everybody });
    const objects = { 'site/index.html': 'hello' };
    const stage = new Stage(
      { buckets: { assets: { objects, policy: policy(EVERYBODY), blockPublicAccess: false } } },
      { [OTHER]: { name: 'management' } },
      {
        organization: {
          management: OTHER,
          accounts: [ACCOUNT],
          [kind]: { NoS3: { document, attach: [ACCOUNT] } },
        },
      },
    );
    expect(stage.ask(ANYBODY, 's3:GetObject', PAGE).kind).toBe(outcome);
  });

  test('learns that a bucket is not there, and has none of its own', () => {
    const stage = new Stage();
    expect(stage.error(ANYBODY, 's3:GetObject', { ...PAGE, Bucket: 'none' })).toBe(
      'failed: NoSuchBucket: The specified bucket does not exist',
    );
    expect(stage.error(ANYBODY, 's3:HeadBucket', { Bucket: 'none' })).toBe('failed: 404: Not Found');
    expect(stage.error(ANYBODY, 's3:ListBuckets')).toBe('denied: AccessDenied: Access Denied');
    expect(stage.error(ANYBODY, 's3:CreateBucket', { Bucket: 'new' })).toBe(
      'denied: AccessDenied: Access Denied',
    );
  });

  test('is refused what KMS would have to open, whatever the key policy', () => {
    const stage = open({ ...allow(['s3:GetObject', 's3:PutObject'], OBJECTS), Principal: '*' });
    const { KeyMetadata } = stage.do('admin', 'kms:CreateKey') as { KeyMetadata: { KeyId: string } };
    const asked = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KeyMetadata.KeyId };
    stage.do('admin', 's3:PutObject', { ...PAGE, Body: 'sealed', ...asked });
    const wanted =
      'failed: InvalidArgument: Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.';
    expect(stage.error(ANYBODY, 's3:GetObject', PAGE)).toBe(wanted);
    expect(stage.error(ANYBODY, 's3:PutObject', { ...PAGE, ...asked })).toBe(wanted);
  });

  test('is known to S3 alone', () => {
    const stage = new Stage();
    expect(stage.error(ANYBODY, 'iam:ListUsers')).toBe('unsupported');
    expect(stage.ask(ANYBODY, 'iam:ListUsers')).toMatchObject({
      refusal: { error: { message: expect.stringContaining('simulated for S3 alone') } },
    });
    expect(stage.world.trail).toEqual([]);
  });

  test('is in the trail as anonymous, and in the log files of a trail that takes data events', () => {
    const stage = open(EVERYBODY);
    stage.do('admin', 's3:CreateBucket', { Bucket: 'logs-here' });
    const source = { StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/all` } };
    const cloudtrail = {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Condition: source,
    };
    stage.do('admin', 's3:PutBucketPolicy', {
      Bucket: 'logs-here',
      Policy: JSON.stringify(
        policy(
          { ...cloudtrail, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::logs-here' },
          { ...cloudtrail, Action: 's3:PutObject', Resource: `arn:aws:s3:::logs-here/AWSLogs/${ACCOUNT}/*` },
        ),
      ),
    });
    stage.do('admin', 'cloudtrail:CreateTrail', { Name: 'all', S3BucketName: 'logs-here' });
    stage.do('admin', 'cloudtrail:PutEventSelectors', {
      TrailName: 'all',
      EventSelectors: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: false,
          DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::assets/'] }],
        },
      ],
    });
    stage.do('admin', 'cloudtrail:StartLogging', { Name: 'all' });
    stage.do(ANYBODY, 's3:GetObject', PAGE);
    expect(stage.world.trail.at(-1)).toMatchObject({
      principal: 'anonymous',
      accounts: [ACCOUNT],
      accessKey: '',
      operation: 's3:GetObject',
    });
    const files = Object.values(stage.account.buckets['logs-here']?.objects ?? {});
    const records = JSON.parse(files.at(-1)?.body ?? '{}').Records;
    expect(records).toHaveLength(1);
    expect(records[0].userIdentity).toEqual({
      type: 'AWSAccount',
      principalId: '',
      accountId: 'anonymous',
    });
    const events = stage.do('admin', 'cloudtrail:LookupEvents') as {
      Events: readonly { EventName: string }[];
    };
    expect(events.Events.map(({ EventName }) => EventName)).not.toContain('GetObject');
  });
});

describe('what the access map says of anybody', () => {
  const names = (stage: Stage) =>
    deriveUniverse(stage.world).principals.map((principal) => principalName(principal, false));

  test('they are asked about where a bucket policy names everybody, and for S3 alone', () => {
    expect(names(new Stage())).not.toContain('anonymous');
    const stage = open(EVERYBODY);
    expect(names(stage)).toContain('anonymous');
    const may = (action: string, resource: string) =>
      whoCan(stage.world, action, resource, []).permitted.some(
        ({ principal }) => principal.kind === 'anonymous',
      );
    expect(may('s3:GetObject', 'arn:aws:s3:::assets/site/index.html')).toBe(true);
    expect(may('s3:PutObject', 'arn:aws:s3:::assets/site/index.html')).toBe(false);
    const arn = `arn:aws:sns:us-east-1:${ACCOUNT}:news`;
    stage.do('admin', 'sns:CreateTopic', { Name: 'news' });
    stage.do('admin', 'sns:SetTopicAttributes', {
      TopicArn: arn,
      AttributeName: 'Policy',
      AttributeValue: JSON.stringify(policy({ ...allow('sns:Publish', arn), Principal: '*' })),
    });
    expect(may('sns:Publish', arn)).toBe(false);
  });
});
