import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, COMPANY, EC2, OTHER, policy, Stage, trust } from '../stage.ts';

const INDEX = { Bucket: 'assets', Key: 'site/index.html' };
const NO_BUCKET = 'failed: NoSuchBucket: The specified bucket does not exist';

/** Somebody who may only do this. */
function only(...statements: readonly Record<string, unknown>[]) {
  return new Stage({
    users: { admin: { policies: ['AdministratorAccess'] }, reader: { inline: { p: policy(...statements) } } },
  });
}

describe('objects', () => {
  it('are written, read, listed and deleted', () => {
    const stage = new Stage();
    const file = { Bucket: 'assets', Key: 'site/new.txt' };
    expect(stage.do('admin', 's3:PutObject', { ...file, Body: 'grüße' })).toMatchObject({
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    });
    expect(stage.do('admin', 's3:GetObject', file)).toMatchObject({ Body: 'grüße', ContentLength: 7 });
    expect(stage.do('admin', 's3:HeadObject', file)).not.toHaveProperty('Body');
    expect(stage.do('admin', 's3:ListObjectsV2', { Bucket: 'assets', Delimiter: '/' })).toEqual({
      CommonPrefixes: [{ Prefix: 'payroll/' }, { Prefix: 'site/' }],
    });
    expect(
      stage.do('admin', 's3:ListObjectsV2', { Bucket: 'assets', Prefix: 'site/', Delimiter: '/' }),
    ).toMatchObject({ Contents: [{ Key: 'site/index.html', Size: 5 }, { Key: 'site/new.txt' }] });
    stage.do('admin', 's3:DeleteObject', file);
    expect(stage.do('admin', 's3:DeleteObject', file)).toBeNull();
    expect(stage.error('admin', 's3:GetObject', file)).toBe(
      'failed: NoSuchKey: The specified key does not exist.',
    );
  });

  it('are deleted several at once, each by its own permission', () => {
    const stage = new Stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        joe: { inline: { own: policy(allow('s3:DeleteObject', 'arn:aws:s3:::assets/site/*')) } },
      },
    });
    const ask = (...keys: string[]) => ({
      Bucket: 'assets',
      Delete: { Objects: keys.map((Key) => ({ Key })) },
    });
    expect(
      stage.do('joe', 's3:DeleteObjects', ask('site/index.html', 'payroll/march.csv', 'site/nothing')),
    ).toEqual({
      Deleted: [{ Key: 'site/index.html' }, { Key: 'site/nothing' }],
      Errors: [
        {
          Key: 'payroll/march.csv',
          Code: 'AccessDenied',
          Message: `User: arn:aws:iam::${ACCOUNT}:user/joe is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::assets/payroll/march.csv" because no identity-based policy allows the s3:DeleteObject action`,
        },
      ],
    });
    expect(Object.keys(stage.account.buckets.assets?.objects ?? {})).toEqual(['payroll/march.csv']);
    expect(stage.world.trail.at(-1)?.checks.map(({ decision }) => decision)).toEqual([
      'allowed',
      'implicit-deny',
      'allowed',
    ]);
    const quiet = { Objects: [{ Key: 'payroll/march.csv' }], Quiet: true };
    expect(stage.do('admin', 's3:DeleteObjects', { Bucket: 'assets', Delete: quiet })).toEqual({});
    expect(stage.error('admin', 's3:DeleteObjects', ask())).toMatch(/^failed: MalformedXML/);
    expect(stage.error('admin', 's3:DeleteObjects', { ...ask('a'), Bucket: 'none' })).toMatch(/NoSuchBucket/);
  });

  it('need their own ARN to be read, and the bucket’s to be listed', () => {
    const stage = only(allow('s3:*', 'arn:aws:s3:::assets/site/*'));
    expect(stage.ask('reader', 's3:GetObject', INDEX).kind).toBe('done');
    expect(stage.ask('reader', 's3:GetObject', { ...INDEX, Key: 'payroll/march.csv' }).kind).toBe('denied');
    expect(stage.error('reader', 's3:ListObjectsV2', { Bucket: 'assets' })).toMatch(
      /not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::assets" because no identity-based policy allows/,
    );
    expect(stage.ask('reader', 's3:ListBuckets').kind).toBe('denied');
  });

  it('that are missing are 404 for those who may list, and 403 for others', () => {
    const missing = { Bucket: 'assets', Key: 'site/none' };
    const one = only(allow('s3:GetObject'));
    expect(one.error('reader', 's3:GetObject', missing)).toMatch(
      /^denied: AccessDenied: .*s3:ListBucket on resource: "arn:aws:s3:::assets"/,
    );
    expect(one.error('reader', 's3:HeadObject', missing)).toBe('denied: 403: Forbidden');
    const both = only(allow('s3:GetObject'), allow('s3:ListBucket'));
    expect(both.error('reader', 's3:GetObject', missing)).toMatch(/^failed: NoSuchKey/);
    expect(both.error('reader', 's3:HeadObject', missing)).toBe('failed: 404: Not Found');
    expect(both.error('reader', 's3:PutObject', { ...missing, Body: 'x' })).toMatch(/^denied: AccessDenied/);
    expect(both.error('reader', 's3:DeleteObject', missing)).toMatch(/^denied: AccessDenied/);
  });

  it('can be listed under a prefix only', () => {
    const stage = only({
      ...allow('s3:ListBucket', 'arn:aws:s3:::assets'),
      Condition: { StringLike: { 's3:prefix': 'site/*' } },
    });
    const list = (rest: object) =>
      stage.ask('reader', 's3:ListObjectsV2', { Bucket: 'assets', ...rest }).kind;
    expect(list({ Prefix: 'site/' })).toBe('done');
    expect(list({ Prefix: 'payroll/' })).toBe('denied');
    expect(list({})).toBe('denied');
  });

  it('may have keys that every JavaScript object knows', () => {
    const stage = new Stage();
    const odd = { Bucket: 'assets', Key: 'constructor' };
    expect(stage.error('admin', 's3:GetObject', odd)).toMatch(/NoSuchKey/);
    stage.do('admin', 's3:PutObject', { ...odd, Body: 'x' });
    expect(stage.do('admin', 's3:GetObject', odd)).toMatchObject({ Body: 'x' });
    expect(stage.error('admin', 's3:GetObject', { Bucket: 'constructor', Key: 'x' })).toBe(NO_BUCKET);
    expect(stage.ask('admin', 's3:PutObject', { ...odd, Key: '__proto__' }).kind).toBe('unsupported');
    expect(stage.error('admin', 's3:PutObject', { ...odd, Key: 'x'.repeat(1025) })).toBe(
      'failed: KeyTooLongError: Your key is too long',
    );
  });
});

describe('buckets', () => {
  it('have names that all accounts share', () => {
    const stage = new Stage({}, { [OTHER]: { name: 'other', buckets: { taken: {} } } });
    expect(stage.do('admin', 's3:CreateBucket', { Bucket: 'fresh' })).toEqual({ Location: '/fresh' });
    expect(stage.do('admin', 's3:CreateBucket', { Bucket: 'fresh' })).toEqual({ Location: '/fresh' });
    expect(stage.error('admin', 's3:CreateBucket', { Bucket: 'taken' })).toMatch(
      /^failed: BucketAlreadyExists/,
    );
    expect(stage.error('admin', 's3:CreateBucket', { Bucket: 'No' })).toBe(
      'failed: InvalidBucketName: The specified bucket is not valid.',
    );
    expect(stage.do('admin', 's3:ListBuckets')).toMatchObject({
      Buckets: [{ Name: 'assets' }, { Name: 'fresh' }],
    });
    expect(stage.do('admin', 's3:HeadBucket', { Bucket: 'fresh' })).toMatchObject({
      BucketRegion: 'us-east-1',
    });
    expect(stage.error('nobody', 's3:HeadBucket', { Bucket: 'fresh' })).toBe('denied: 403: Forbidden');
    stage.do('admin', 's3:DeleteBucket', { Bucket: 'fresh' });
    expect(stage.error('admin', 's3:HeadBucket', { Bucket: 'fresh' })).toBe('failed: 404: Not Found');
    expect(stage.error('admin', 's3:DeleteBucket', { Bucket: 'fresh' })).toBe(NO_BUCKET);
    expect(stage.error('admin', 's3:DeleteBucket', { Bucket: 'assets' })).toBe(
      'failed: BucketNotEmpty: The bucket you tried to delete is not empty',
    );
    for (const operation of ['CreateBucket', 'DeleteBucket', 'GetBucketPolicy', 'DeleteBucketPolicy']) {
      expect(stage.ask('nobody', `s3:${operation}`, { Bucket: 'assets' }).kind).toBe('denied');
    }
  });

  it.each([
    ['s3:GetObject', { Key: 'x' }],
    ['s3:PutObject', { Key: 'x' }],
    ['s3:DeleteObject', { Key: 'x' }],
    ['s3:ListObjectsV2', {}],
    ['s3:GetBucketPolicy', {}],
    ['s3:PutBucketPolicy', { Policy: '{}' }],
    ['s3:DeleteBucketPolicy', {}],
  ])('that are missing: %s', (operation, rest) => {
    expect(new Stage().error('admin', operation, { Bucket: 'nowhere', ...rest })).toBe(NO_BUCKET);
  });
});

describe('a bucket policy', () => {
  const grant = (principal: string) =>
    policy({
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::assets/site/*',
    });

  it('can grant a role what the role itself does not', () => {
    const stage = new Stage({
      roles: { Web: { trust: trust(EC2) } },
      instanceProfiles: { web: 'Web' },
      instances: { 'web-1': { profile: 'web' } },
    });
    expect(stage.ask('web-1', 's3:GetObject', INDEX).kind).toBe('denied');
    const text = JSON.stringify(grant(`arn:aws:iam::${ACCOUNT}:role/Web`));
    stage.do('admin', 's3:PutBucketPolicy', { Bucket: 'assets', Policy: text });
    const answer = stage.ask('web-1', 's3:GetObject', INDEX);
    expect(answer).toMatchObject({
      kind: 'done',
      checks: [{ decidedBy: 'resource', policy: 'bucket policy of assets' }],
    });
    expect(stage.do('admin', 's3:GetBucketPolicy', { Bucket: 'assets' })).toEqual({ Policy: text });
    stage.do('admin', 's3:DeleteBucketPolicy', { Bucket: 'assets' });
    expect(stage.error('admin', 's3:GetBucketPolicy', { Bucket: 'assets' })).toBe(
      'failed: NoSuchBucketPolicy: The bucket policy does not exist',
    );
  });

  it('is needed beside the caller’s own policies from another account', () => {
    const stage = new Stage(
      {
        buckets: {
          assets: { ...COMPANY.buckets?.assets, policy: grant(`arn:aws:iam::${OTHER}:user/guest`) },
        },
      },
      {
        [OTHER]: {
          name: 'other',
          users: {
            guest: { policies: ['AmazonS3ReadOnlyAccess'] },
            stranger: { policies: ['AdministratorAccess'] },
          },
        },
      },
    );
    expect(stage.ask('guest', 's3:GetObject', INDEX).kind).toBe('done');
    expect(stage.ask('stranger', 's3:GetObject', INDEX).kind).toBe('denied');
  });

  it('is refused as S3 refuses it', () => {
    const stage = new Stage();
    const put = (document: unknown) =>
      stage.error('admin', 's3:PutBucketPolicy', {
        Bucket: 'assets',
        Policy: typeof document === 'string' ? document : JSON.stringify(document),
      });
    const fine = grant(`arn:aws:iam::${ACCOUNT}:user/nobody`);
    expect(put('site/*')).toBe(
      "failed: MalformedPolicy: Policies must be valid JSON and the first byte must be '{'",
    );
    expect(put(policy(allow('s3:GetObject')))).toBe(
      'failed: MalformedPolicy: Missing required field Principal',
    );
    expect(put(grant(`arn:aws:iam::${ACCOUNT}:role/ghost`))).toBe(
      'failed: MalformedPolicy: Invalid principal in policy',
    );
    expect(put(grant('nobody'))).toBe('failed: MalformedPolicy: Invalid principal in policy');
    for (const Action of ['s3:GetObjct', 'iam:GetUser', ['s3:Get*', 's3:HeadObject']]) {
      expect(put(policy({ ...fine.Statement[0], Action }))).toBe(
        'failed: MalformedPolicy: Policy has invalid action',
      );
    }
    expect(put(policy({ ...fine.Statement[0], Resource: 'arn:aws:s3:::other/*' }))).toBe(
      'failed: MalformedPolicy: Policy has invalid resource',
    );
    expect(put(policy({ ...fine.Statement[0], Resource: undefined }))).toBe(
      'failed: MalformedPolicy: Missing required field Resource',
    );
    const idle = 'failed: MalformedPolicy: Action does not apply to any resource(s) in statement';
    expect(put(policy({ ...fine.Statement[0], Resource: 'arn:aws:s3:::assets' }))).toBe(idle);
    expect(put(policy({ ...fine.Statement[0], Action: ['s3:GetObject', 's3:ListBucket'] }))).toBe(idle);
    expect(put({ ...fine, Id: 'x'.repeat(20_480) })).toMatch(/^failed: PolicyTooLarge/);
    expect(stage.ask('nobody', 's3:PutBucketPolicy', { Bucket: 'assets', Policy: '{}' }).kind).toBe('denied');
  });
});
