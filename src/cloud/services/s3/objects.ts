import { createHash } from 'node:crypto';
import { bucketArn, objectArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { put, without } from '../../change.ts';
import { isObjectKey } from '../../names.ts';
import type { Effect, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { StoredObject, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';

const KEY = { type: 'string', required: true, help: "the object's key" } as const;

function etag(body: string): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function sizeOf(body: string): number {
  return new TextEncoder().encode(body).length;
}

/**
 * Reading an object. Whether a key is missing is told only to those who may list the bucket, so for a key that is
 * not there that permission is needed too.
 * Source: S3 API Reference, API_GetObject.html, Permissions.
 */
function reading(world: World, caller: Caller, bucket: string, key: string): readonly PermissionNeeded[] {
  const found = bucketNamed(world, bucket);
  const missing = 'bucket' in found && !Object.hasOwn(found.bucket.objects, key);
  return [
    inBucket(world, caller, bucket, 'GetObject', objectArn(bucket, key)),
    ...(missing ? [inBucket(world, caller, bucket, 'ListBucket', bucketArn(bucket))] : []),
  ];
}

function read(world: World, bucket: string, key: string, output: (object: StoredObject) => Json): Effect {
  const found = bucketNamed(world, bucket);
  if ('error' in found) {
    return found;
  }
  const object = own(found.bucket.objects, key);
  return object ? done(world, output(object)) : failed('NoSuchKey', 'The specified key does not exist.');
}

function metadata({ body, modified }: StoredObject): { readonly [key: string]: Json } {
  return {
    AcceptRanges: 'bytes',
    LastModified: isoTime(modified),
    ContentLength: sizeOf(body),
    ETag: etag(body),
    ContentType: 'binary/octet-stream',
    Metadata: {},
  };
}

const headObject = define({
  id: 's3:HeadObject',
  summary: "show an object's metadata",
  head: true,
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => reading(world, caller, input.Bucket, input.Key),
  effect: (input, _, world) => read(world, input.Bucket, input.Key, metadata),
});

const getObject = define({
  id: 's3:GetObject',
  summary: 'read an object',
  outfile: 'Body',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => reading(world, caller, input.Bucket, input.Key),
  effect: (input, _, world) =>
    read(world, input.Bucket, input.Key, (object) => ({ ...metadata(object), Body: object.body })),
});

const putObject = define({
  id: 's3:PutObject',
  summary: 'write an object',
  input: { Bucket: BUCKET, Key: KEY, Body: { type: 'body', help: 'its content; empty unless given' } },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutObject', objectArn(input.Bucket, input.Key)),
  ],
  effect(input, _, world) {
    const { Key: key, Body: body = '' } = input;
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    if (!isObjectKey(key)) {
      return failed('KeyTooLongError', 'Your key is too long');
    }
    const { bucket, owner } = found;
    const objects = { ...bucket.objects, [key]: { body, modified: world.clock } };
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }), { ETag: etag(body) });
  },
});

const deleteObject = define({
  id: 's3:DeleteObject',
  summary: 'delete an object; one that is not there is no error',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'DeleteObject', objectArn(input.Bucket, input.Key)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { bucket, owner } = found;
    const objects = without(bucket.objects, input.Key);
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }));
  },
});

const listObjectsV2 = define({
  id: 's3:ListObjectsV2',
  summary: 'list the objects of a bucket',
  input: {
    Bucket: BUCKET,
    Prefix: { type: 'string', help: 'only keys that begin with this' },
    Delimiter: { type: 'string', help: 'group keys up to this, such as /' },
  },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'ListBucket', bucketArn(input.Bucket), {
      ...(input.Prefix === undefined ? {} : { 's3:prefix': input.Prefix }),
      ...(input.Delimiter === undefined ? {} : { 's3:delimiter': input.Delimiter }),
    }),
  ],
  effect(input, _, world) {
    const { Prefix: prefix = '', Delimiter: delimiter = '' } = input;
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { objects } = found.bucket;
    const keys = Object.keys(objects)
      .filter((key) => key.startsWith(prefix))
      .sort();
    const grouped = keys.map((key) => groupOf(key, prefix, delimiter));
    const prefixes = [...new Set(grouped.filter((each) => each !== null))];
    const contents = keys.flatMap((key, index) => {
      const object = own(objects, key);
      return grouped[index] === null && object ? [listing(key, object)] : [];
    });
    return done(world, {
      ...(contents.length > 0 ? { Contents: contents } : {}),
      ...(prefixes.length > 0 ? { CommonPrefixes: prefixes.map((Prefix) => ({ Prefix })) } : {}),
    });
  },
});

/** The common prefix that stands for a key in a list with a delimiter; null when the key stands for itself. */
function groupOf(key: string, prefix: string, delimiter: string): string | null {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end === -1 ? null : key.slice(0, end + delimiter.length);
}

function listing(key: string, { body, modified }: StoredObject): Json {
  return {
    Key: key,
    LastModified: isoTime(modified),
    ETag: etag(body),
    Size: sizeOf(body),
    StorageClass: 'STANDARD',
  };
}

/** Reading and writing need the object's ARN; listing needs the bucket's own. */
export const objectOperations = [headObject, getObject, putObject, deleteObject, listObjectsV2];
