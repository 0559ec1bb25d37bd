import { describe, expect, test } from 'vitest';
import { ACCOUNT, allow, policy, Stage } from '../stage.ts';

const OBJECTS = { 'a/1': 'x', 'a/2': 'xx', 'b/1': 'xxx', c: 'xxxx' };

function stage(...statements: readonly Record<string, unknown>[]): Stage {
  return new Stage({
    users: { admin: { policies: ['AdministratorAccess'] }, reader: { inline: { p: policy(...statements) } } },
    buckets: { assets: { objects: OBJECTS } },
  });
}

describe.each(['s3:ListObjects', 's3:ListObjectsV2'])('%s', (operation) => {
  test('needs s3:ListBucket of the bucket, with its conditions', () => {
    const may = allow('s3:ListBucket', 'arn:aws:s3:::assets');
    const ask = (input: Record<string, unknown>, ...statements: Record<string, unknown>[]) =>
      stage(...statements).ask('reader', operation, { Bucket: 'assets', ...input }).kind;
    expect(ask({}, may)).toBe('done');
    expect(ask({}, allow(['s3:ListObjects', 's3:ListObjectsV2', 's3:GetObject']))).toBe('denied');
    const inA = { ...may, Condition: { StringEquals: { 's3:prefix': 'a/' } } };
    expect([ask({}, inA), ask({ Prefix: 'a/' }, inA)]).toEqual(['denied', 'done']);
    const few = { ...may, Condition: { NumericLessThanEquals: { 's3:max-keys': '10' } } };
    expect([ask({}, few), ask({ MaxKeys: 11 }, few), ask({ MaxKeys: 10 }, few)]).toEqual([
      ...['denied', 'denied', 'done'],
    ]);
  });

  test('stops where it is told to, and goes on from there', () => {
    const names = (input: Record<string, unknown>) => {
      const list = stage().do('admin', operation, { Bucket: 'assets', ...input }) as {
        Contents?: readonly { Key: string }[];
        CommonPrefixes?: readonly { Prefix: string }[];
        IsTruncated?: boolean;
      };
      const keys = (list.Contents ?? []).map(({ Key }) => Key);
      const prefixes = (list.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);
      return [...prefixes, ...keys, ...(list.IsTruncated ? ['…'] : [])].join(' ');
    };
    const after = operation === 's3:ListObjects' ? 'Marker' : 'StartAfter';
    expect(names({})).toBe('a/1 a/2 b/1 c');
    expect(names({ MaxKeys: 2 })).toBe('a/1 a/2 …');
    expect(names({ MaxKeys: 2, [after]: 'a/2' })).toBe('b/1 c');
    expect(names({ Delimiter: '/', MaxKeys: 1 })).toBe('a/ …');
    expect(names({ Delimiter: '/', [after]: 'a/' })).toBe('b/ c');
    expect(names({ MaxKeys: 0 })).toBe('…');
  });

  test('says that there is no such bucket', () => {
    expect(stage().error('admin', operation, { Bucket: 'none' })).toBe(
      'failed: NoSuchBucket: The specified bucket does not exist',
    );
  });
});

test('the older list tells who owns an object, and where a grouped list goes on', () => {
  const list = stage().do('admin', 's3:ListObjects', { Bucket: 'assets', Delimiter: '/', MaxKeys: 1 });
  expect(list).toEqual({ CommonPrefixes: [{ Prefix: 'a/' }], IsTruncated: true, NextMarker: 'a/' });
  expect(stage().do('admin', 's3:ListObjects', { Bucket: 'assets', MaxKeys: 1 })).toMatchObject({
    Contents: [{ Key: 'a/1', Size: 1, StorageClass: 'STANDARD', Owner: { ID: ACCOUNT } }],
    IsTruncated: true,
  });
});

describe('an ACL', () => {
  const object = { Bucket: 'assets', Key: 'c' };
  const copy = { ...object, Key: 'd', CopySource: 'assets/c' };

  test.each([
    ['s3:PutObject', object],
    ['s3:CopyObject', copy],
  ])('of %s is refused, but for the one that changes nothing', (operation, input) => {
    expect(stage().error('admin', operation, { ...input, ACL: 'public-read' })).toBe(
      'failed: AccessControlListNotSupported: The bucket does not allow ACLs',
    );
    expect(stage().ask('admin', operation, { ...input, ACL: 'bucket-owner-full-control' }).kind).toBe('done');
  });

  test('needs s3:PutObjectAcl, and conditions see it', () => {
    const ask = (ACL: string | undefined, ...statements: Record<string, unknown>[]) =>
      stage(...statements).ask('reader', 's3:PutObject', { ...object, ...(ACL ? { ACL } : {}) }).kind;
    const owner = 'bucket-owner-full-control';
    expect([ask(undefined, allow('s3:PutObject')), ask(owner, allow('s3:PutObject'))]).toEqual([
      'done',
      'denied',
    ]);
    const both = allow(['s3:PutObject', 's3:PutObjectAcl']);
    expect(ask(owner, both)).toBe('done');
    const handedOver = { ...both, Condition: { StringEquals: { 's3:x-amz-acl': owner } } };
    expect([ask(undefined, handedOver), ask(owner, handedOver)]).toEqual(['denied', 'done']);
  });
});
