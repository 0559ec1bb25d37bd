import { describe, expect, test } from 'vitest';
import { ACCOUNT, allow, policy, Stage } from '../stage.ts';

const OBJECT = { Bucket: 'assets', Key: 'site/index.html' };
const BUCKET = { Bucket: 'assets' };
const OWNER = { ID: ACCOUNT };
const ALL = {
  Owner: OWNER,
  Grants: [{ Grantee: { ...OWNER, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
};

function reader(...actions: readonly string[]): Stage {
  const inline = { p: policy(allow(actions)) };
  return new Stage({ users: { admin: { policies: ['AdministratorAccess'] }, reader: { inline } } });
}

describe('an ACL', () => {
  test('gives all to the owner of the bucket, and cannot be set', () => {
    const stage = new Stage();
    expect(stage.do('admin', 's3:GetBucketAcl', BUCKET)).toEqual(ALL);
    expect(stage.do('admin', 's3:GetObjectAcl', OBJECT)).toEqual(ALL);
    for (const [operation, input] of [
      ['s3:PutBucketAcl', BUCKET],
      ['s3:PutObjectAcl', OBJECT],
    ] as const) {
      expect(stage.error('admin', operation, { ...input, ACL: 'public-read' })).toBe(
        'failed: AccessControlListNotSupported: The bucket does not allow ACLs',
      );
    }
    expect(stage.do('admin', 's3:GetBucketOwnershipControls', BUCKET)).toEqual({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test.each([
    ['GetBucketAcl', BUCKET],
    ['GetObjectAcl', OBJECT],
    ['PutBucketAcl', { ...BUCKET, ACL: 'bucket-owner-full-control' }],
    ['PutObjectAcl', { ...OBJECT, ACL: 'bucket-owner-full-control' }],
    ['GetBucketOwnershipControls', BUCKET],
  ])('%s takes the permission of its name, a bucket and an object', (name, input) => {
    const operation = `s3:${name}`;
    expect(reader(operation).ask('reader', operation, input).kind).toBe('done');
    expect(reader('s3:GetObject', 's3:PutObject').ask('reader', operation, input).kind).toBe('denied');
    expect(new Stage().error('admin', operation, { ...input, Bucket: 'none' })).toMatch(
      /^failed: NoSuchBucket/,
    );
    if ('Key' in input) {
      expect(new Stage().error('admin', operation, { ...input, Key: 'none' })).toMatch(/^failed: NoSuchKey/);
    }
  });
});

describe('a new bucket', () => {
  const NEW = { Bucket: 'brand-new' };

  test.each([
    [{ Bucket: 'amzn-s3-demo-bucket' }, 'failed: InvalidBucketName: The specified bucket is not valid.'],
    [
      { ...NEW, CreateBucketConfiguration: { LocationConstraint: 'us-east-1' } },
      'failed: InvalidLocationConstraint: The specified location-constraint is not valid',
    ],
    [{ ...NEW, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }, 'unsupported'],
    [{ ...NEW, ObjectOwnership: 'ObjectWriter' }, 'unsupported'],
    [
      { ...NEW, ACL: 'public-read' },
      "failed: InvalidBucketAclWithObjectOwnership: Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    ],
    [{ ...NEW, ACL: 'private', ObjectOwnership: 'BucketOwnerEnforced' }, 'done'],
  ])('%j: %s', (input, outcome) => {
    expect(new Stage().error('admin', 's3:CreateBucket', input)).toBe(outcome);
  });

  test('with an ACL or an owner of objects takes more permissions', () => {
    const ask = (input: object, ...actions: readonly string[]) =>
      reader('s3:CreateBucket', ...actions).ask('reader', 's3:CreateBucket', { ...NEW, ...input }).kind;
    expect(ask({})).toBe('done');
    expect([ask({ ACL: 'private' }), ask({ ACL: 'private' }, 's3:PutBucketAcl')]).toEqual(['denied', 'done']);
    const owned = { ObjectOwnership: 'BucketOwnerEnforced' };
    expect([ask(owned), ask(owned, 's3:PutBucketOwnershipControls')]).toEqual(['denied', 'done']);
  });
});
