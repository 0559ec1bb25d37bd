import { describe, expect, it } from 'vitest';
import { isPublic } from '../../../src/cloud/services/s3/is-public.ts';
import { ACCOUNT, allow, COMPANY, OTHER, policy, Stage } from '../stage.ts';

const KEY_ID = '11111111-2222-3333-4444-555555555555';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`;
const INDEX = { Bucket: 'assets', Key: 'site/index.html' };
const OBJECTS = 'arn:aws:s3:::assets/*';
const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS };
const NO_BUCKET = 'failed: NoSuchBucket: The specified bucket does not exist';

function stage(statements: readonly Record<string, unknown>[] = [], bucket: Record<string, unknown> = {}) {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        nobody: {},
        joanne: { inline: { p: policy(...statements) } },
      },
      kmsKeys: { vault: { id: KEY_ID } },
      buckets: { assets: { ...COMPANY.buckets?.assets, ...bucket }, backup: {} },
    },
    { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] } } } },
  );
}

describe('a policy is public', () => {
  const when = (Condition: unknown) => isPublic(policy({ ...EVERYBODY, Condition }));
  it.each<[string, unknown, boolean]>([
    ['without a condition', undefined, true],
    ['with a source address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, false],
    ['with nearly all addresses', { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, true],
    ['with many addresses of IPv6', { IpAddress: { 'aws:SourceIp': '2001::/16' } }, true],
    ['with an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, false],
    ['with any endpoint', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }, true],
    ['with an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, false],
    [
      'with an organization, if there is one',
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
      true,
    ],
    ['with all but one endpoint', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, true],
    ['with a variable', { StringEquals: { 'aws:SourceAccount': '$' + '{aws:PrincipalAccount}' } }, true],
    ['with a key that fixes nothing', { StringEquals: { 'aws:Referer': 'x' } }, true],
    ['with a role’s sessions', { StringLike: { 'aws:userid': 'AROAEXAMPLE:*' } }, true],
    ['with topics of one account', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${ACCOUNT}:*` } }, false],
    ['with topics of any account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:news' } }, true],
  ])('%s: %s', (_, condition, expected) => {
    expect(when(condition)).toBe(expected);
  });

  it('only for everybody, and only when it allows', () => {
    expect(isPublic(policy({ ...EVERYBODY, Principal: { AWS: ['*'] } }))).toBe(true);
    expect(isPublic(policy({ ...EVERYBODY, Principal: { AWS: ACCOUNT } }))).toBe(false);
    expect(isPublic(policy({ ...EVERYBODY, Principal: { Service: 'x.amazonaws.com' } }))).toBe(false);
    expect(isPublic(policy({ ...EVERYBODY, Effect: 'Deny' }))).toBe(false);
    expect(
      isPublic({ Statement: { ...EVERYBODY, Principal: undefined, NotPrincipal: { AWS: ACCOUNT } } }),
    ).toBe(true);
  });
});

describe('Block Public Access', () => {
  const put = (at: Stage) =>
    at.error('admin', 's3:PutBucketPolicy', { Bucket: 'assets', Policy: JSON.stringify(policy(EVERYBODY)) });

  it('is on for new buckets and refuses public policies, whoever puts them', () => {
    const at = stage();
    at.do('admin', 's3:CreateBucket', { Bucket: 'fresh-one' });
    expect(at.do('admin', 's3:GetPublicAccessBlock', { Bucket: 'fresh-one' })).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(put(at)).toBe(
      `failed: AccessDenied: User: arn:aws:iam::${ACCOUNT}:user/admin is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::assets" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
    );
  });

  it('can be set, shown and taken off', () => {
    const at = stage();
    at.do('admin', 's3:PutPublicAccessBlock', {
      Bucket: 'assets',
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    });
    expect(at.do('admin', 's3:GetPublicAccessBlock', { Bucket: 'assets' })).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: true },
    });
    expect(put(at)).toBe('done');
    expect(at.do('admin', 's3:GetBucketPolicyStatus', { Bucket: 'assets' })).toEqual({
      PolicyStatus: { IsPublic: true },
    });
    expect(at.error('guest', 's3:GetObject', INDEX)).toBe('denied: AccessDenied: Access Denied');
    expect(at.ask('guest', 's3:GetObject', INDEX)).toMatchObject({ checks: [{ decidedBy: 'service' }] });
    expect(at.ask('nobody', 's3:GetObject', INDEX).kind).toBe('done');
    at.do('admin', 's3:DeletePublicAccessBlock', { Bucket: 'assets' });
    expect(at.ask('guest', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.error('admin', 's3:GetPublicAccessBlock', { Bucket: 'assets' })).toBe(
      'failed: NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found',
    );
  });

  it('can be off from the start', () => {
    const at = stage([], { blockPublicAccess: false, policy: policy(EVERYBODY) });
    expect(at.ask('guest', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.error('admin', 's3:GetBucketPolicyStatus', { Bucket: 'backup' })).toMatch(
      /^failed: NoSuchBucketPolicy/,
    );
  });
});

describe('encryption with a KMS key', () => {
  const via = (...actions: string[]) => ({
    ...allow(actions, KEY),
    Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  });

  it('takes decryption to read and a data key to write, in the caller’s name', () => {
    const file = { ...INDEX, Key: 'site/new' };
    const plain = stage([allow('s3:*')], { kmsKey: 'vault' });
    expect(plain.error('joanne', 's3:GetObject', INDEX)).toMatch(
      /^denied: AccessDenied: .*not authorized to perform: kms:Decrypt on resource: arn:aws:kms/,
    );
    expect(plain.ask('joanne', 's3:HeadObject', INDEX).kind).toBe('done');
    expect(plain.error('joanne', 's3:PutObject', file)).toMatch(/kms:GenerateDataKey/);
    const keyed = stage([allow('s3:*'), via('kms:Decrypt', 'kms:GenerateDataKey')], { kmsKey: 'vault' });
    expect(keyed.do('joanne', 's3:GetObject', INDEX)).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: KEY,
    });
    expect(keyed.do('joanne', 's3:PutObject', file)).toMatchObject({ SSEKMSKeyId: KEY });
    expect(keyed.ask('joanne', 'kms:GenerateDataKey', { KeyId: KEY, KeySpec: 'AES_256' }).kind).toBe(
      'denied',
    );
    expect(keyed.ask('joanne', 's3:PutObject', { ...file, ServerSideEncryption: 'AES256' })).toMatchObject({
      kind: 'done',
      checks: [{ action: 's3:PutObject' }],
    });
  });

  it('is asked for by the bucket or by the request', () => {
    const at = stage();
    const rules = (given: object) => ({
      Bucket: 'assets',
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: given }] },
    });
    at.do(
      'admin',
      's3:PutBucketEncryption',
      rules({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/vault' }),
    );
    expect(at.do('admin', 's3:GetBucketEncryption', { Bucket: 'assets' })).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }],
      },
    });
    expect(at.do('admin', 's3:GetObject', INDEX)).toMatchObject({ ServerSideEncryption: 'AES256' });
    at.do('admin', 's3:DeleteBucketEncryption', { Bucket: 'assets' });
    expect(at.do('admin', 's3:PutObject', INDEX)).toMatchObject({ ServerSideEncryption: 'AES256' });
    expect(
      at.do('admin', 's3:PutObject', { ...INDEX, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ID }),
    ).toMatchObject({ SSEKMSKeyId: KEY });
    expect(at.error('admin', 's3:PutBucketEncryption', rules({ SSEAlgorithm: 'DES' }))).toMatch(
      /^failed: MalformedXML/,
    );
    expect(
      at.error('admin', 's3:PutBucketEncryption', rules({ SSEAlgorithm: 'AES256', KMSMasterKeyID: KEY })),
    ).toMatch(/^failed: InvalidArgument/);
    expect(at.error('admin', 's3:PutObject', { ...INDEX, ServerSideEncryption: 'DES' })).toMatch(
      /^failed: InvalidEncryptionAlgorithmError/,
    );
    expect(
      at.error('admin', 's3:PutObject', { ...INDEX, ServerSideEncryption: 'AES256', SSEKMSKeyId: KEY }),
    ).toMatch(/^failed: InvalidArgument/);
  });

  it('may be demanded by a policy', () => {
    const at = stage([
      allow(['s3:PutObject', 'kms:GenerateDataKey']),
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Resource: '*',
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      },
    ]);
    expect(at.ask('joanne', 's3:PutObject', INDEX).kind).toBe('denied');
    expect(
      at.ask('joanne', 's3:PutObject', { ...INDEX, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY }).kind,
    ).toBe('done');
  });

  it('with the key that AWS manages needs no grant at home and shuts other accounts out', () => {
    const open = policy({
      Effect: 'Allow',
      Principal: { AWS: OTHER },
      Action: 's3:GetObject',
      Resource: OBJECTS,
    });
    const at = stage([allow('s3:*')], { policy: open });
    expect(
      at.ask('joanne', 's3:PutObject', { ...INDEX, Body: 'x', ServerSideEncryption: 'aws:kms' }).kind,
    ).toBe('done');
    expect(at.ask('joanne', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.error('guest', 's3:GetObject', INDEX)).toMatch(/kms:Decrypt/);
  });

  it('fails with a key that is not fit for use', () => {
    const at = stage([], { kmsKey: 'vault' });
    at.do('admin', 'kms:DisableKey', { KeyId: KEY_ID });
    const disabled = `failed: KMS.DisabledException: ${KEY} is disabled.`;
    expect(at.error('admin', 's3:GetObject', INDEX)).toBe(disabled);
    expect(at.error('admin', 's3:PutObject', INDEX)).toBe(disabled);
    expect(
      at.error('admin', 's3:CopyObject', {
        Bucket: 'backup',
        Key: 'a',
        CopySource: 'assets/site/index.html',
      }),
    ).toBe(disabled);
    expect(
      at.error('admin', 's3:PutObject', {
        ...INDEX,
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: 'alias/none',
      }),
    ).toMatch(/^failed: KMS.NotFoundException/);
  });
});

describe('tags', () => {
  it('of an object are asked for by policies, there and in requests', () => {
    const at = stage(
      [
        { ...allow('s3:GetObject'), Condition: { StringEquals: { 's3:ExistingObjectTag/class': 'open' } } },
        {
          ...allow(['s3:PutObject', 's3:PutObjectTagging']),
          Condition: { StringEquals: { 's3:RequestObjectTag/class': 'open' } },
        },
      ],
      { objectTags: { 'site/index.html': { class: 'open' } } },
    );
    expect(at.ask('joanne', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.ask('joanne', 's3:GetObject', { ...INDEX, Key: 'payroll/march.csv' }).kind).toBe('denied');
    expect(at.ask('joanne', 's3:PutObject', INDEX).kind).toBe('denied');
    expect(at.ask('joanne', 's3:PutObject', { ...INDEX, Tagging: 'class=open&team=red' }).kind).toBe('done');
    expect(at.do('admin', 's3:GetObjectTagging', INDEX)).toEqual({
      TagSet: [
        { Key: 'class', Value: 'open' },
        { Key: 'team', Value: 'red' },
      ],
    });
    at.do('admin', 's3:PutObjectTagging', {
      ...INDEX,
      Tagging: { TagSet: [{ Key: 'class', Value: 'secret' }] },
    });
    expect(at.ask('joanne', 's3:GetObject', INDEX).kind).toBe('denied');
    at.do('admin', 's3:DeleteObjectTagging', INDEX);
    expect(at.do('admin', 's3:GetObjectTagging', INDEX)).toEqual({ TagSet: [] });
    expect(at.error('admin', 's3:GetObjectTagging', { ...INDEX, Key: 'none' })).toMatch(/^failed: NoSuchKey/);
    expect(at.error('admin', 's3:DeleteObjectTagging', { ...INDEX, Key: 'none' })).toMatch(
      /^failed: NoSuchKey/,
    );
  });

  it('are refused as S3 refuses them', () => {
    const at = stage();
    const tag = (TagSet: object[]) =>
      at.error('admin', 's3:PutObjectTagging', { ...INDEX, Tagging: { TagSet } });
    expect(tag([{ Key: 'aws:x', Value: '' }])).toBe(
      'failed: InvalidTag: The TagKey you have provided is invalid',
    );
    expect(
      tag([
        { Key: 'a', Value: '1' },
        { Key: 'a', Value: '2' },
      ]),
    ).toBe('failed: InvalidTag: Cannot provide multiple Tags with the same key');
    expect(tag(Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: '' })))).toBe(
      'failed: BadRequest: Object tags cannot be greater than 10',
    );
    expect(at.error('admin', 's3:PutObject', { ...INDEX, Tagging: 'aws:x=1' })).toMatch(
      /^failed: InvalidTag/,
    );
  });

  it('of a bucket are set, shown and removed', () => {
    const at = stage([], { tags: { team: 'red' } });
    expect(at.do('admin', 's3:GetBucketTagging', { Bucket: 'assets' })).toEqual({
      TagSet: [{ Key: 'team', Value: 'red' }],
    });
    at.do('admin', 's3:PutBucketTagging', {
      Bucket: 'assets',
      Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] },
    });
    expect(at.account.buckets.assets?.tags).toEqual({ a: 'b' });
    expect(
      at.error('admin', 's3:PutBucketTagging', { Bucket: 'assets', Tagging: { TagSet: [{ Key: '' }] } }),
    ).toMatch(/^failed: InvalidTag/);
    at.do('admin', 's3:DeleteBucketTagging', { Bucket: 'assets' });
    expect(at.error('admin', 's3:GetBucketTagging', { Bucket: 'assets' })).toBe(
      'failed: NoSuchTagSet: The TagSet does not exist',
    );
  });
});

describe('a copy', () => {
  const copy = { Bucket: 'backup', Key: 'copy', CopySource: 'assets/site/index.html' };

  it('reads the original and writes the other, tags and all', () => {
    const at = stage([], { objectTags: { 'site/index.html': { class: 'open' } } });
    expect(at.do('admin', 's3:CopyObject', copy)).toMatchObject({
      CopyObjectResult: { ETag: expect.any(String) },
    });
    expect(at.do('admin', 's3:GetObject', { Bucket: 'backup', Key: 'copy' })).toMatchObject({
      Body: 'hello',
      TagCount: 1,
    });
    at.do('admin', 's3:CopyObject', { ...copy, TaggingDirective: 'REPLACE', Tagging: 'a=b&c=d' });
    expect(at.do('admin', 's3:GetObjectTagging', { Bucket: 'backup', Key: 'copy' })).toMatchObject({
      TagSet: [{ Key: 'a' }, { Key: 'c' }],
    });
    const half = stage([allow('s3:GetObject')]);
    expect(half.error('joanne', 's3:CopyObject', copy)).toMatch(
      /s3:PutObject on resource: "arn:aws:s3:::backup\/copy"/,
    );
    expect(stage([allow('s3:PutObject')]).error('joanne', 's3:CopyObject', copy)).toMatch(
      /s3:GetObject on resource: "arn:aws:s3:::assets/,
    );
    expect(stage([allow(['s3:PutObject', 's3:GetObject'])]).ask('joanne', 's3:CopyObject', copy).kind).toBe(
      'done',
    );
  });

  it('is refused as S3 refuses it', () => {
    const at = stage();
    const error = (rest: object) => at.error('admin', 's3:CopyObject', { ...copy, ...rest });
    expect(error({ CopySource: 'assets' })).toBe('failed: InvalidArgument: Invalid copy source object key');
    expect(error({ CopySource: 'assets/none' })).toMatch(/^failed: NoSuchKey/);
    expect(error({ CopySource: 'nowhere/a' })).toBe(NO_BUCKET);
    expect(error({ Bucket: 'nowhere' })).toBe(NO_BUCKET);
    expect(error({ Key: 'x'.repeat(1025) })).toMatch(/^failed: KeyTooLongError/);
    const self = { Bucket: 'assets', Key: 'site/index.html' };
    expect(error(self)).toMatch(/^failed: InvalidRequest: This copy request is illegal/);
    expect(error({ ...self, ServerSideEncryption: 'aws:kms' })).toBe('done');
    expect(error({ ServerSideEncryption: 'DES' })).toMatch(/^failed: InvalidEncryptionAlgorithmError/);
  });
});

describe('what the region and others say of a bucket', () => {
  it('is null for us-east-1', () => {
    expect(stage().do('admin', 's3:GetBucketLocation', { Bucket: 'assets' })).toEqual({
      LocationConstraint: null,
    });
  });

  it.each([
    ['GetBucketLocation', {}],
    ['GetBucketPolicyStatus', {}],
    ['PutPublicAccessBlock', { PublicAccessBlockConfiguration: {} }],
    ['GetPublicAccessBlock', {}],
    ['DeletePublicAccessBlock', {}],
    ['PutBucketEncryption', { ServerSideEncryptionConfiguration: {} }],
    ['GetBucketEncryption', {}],
    ['DeleteBucketEncryption', {}],
    ['PutBucketTagging', { Tagging: {} }],
    ['GetBucketTagging', {}],
    ['DeleteBucketTagging', {}],
    ['PutObjectTagging', { Key: 'a', Tagging: {} }],
    ['GetObjectTagging', { Key: 'a' }],
    ['DeleteObjectTagging', { Key: 'a' }],
  ])('that is missing, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `s3:${operation}`, { ...rest, Bucket: 'nowhere' })).toBe(NO_BUCKET);
    expect(at.ask('nobody', `s3:${operation}`, { ...rest, Bucket: 'assets' }).kind).toBe('denied');
  });
});
