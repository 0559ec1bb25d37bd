import { createHash } from 'node:crypto';
import { objectArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { put, without } from '../../change.ts';
import { isObjectKey } from '../../names.ts';
import type { Effect, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { StoredObject, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { tagsByKey } from '../tags.ts';
import { tagProblem } from './bucket-tags.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';
import {
  ACL,
  aclProblem,
  ENCRYPTION,
  encryptionProblem,
  KEY,
  keyFor,
  kmsProblem,
  onObject,
  reading,
  readTagging,
  writing,
} from './object-access.ts';

/** The entity tag of an object's content: its MD5 in quotes. */
export function etag(body: string): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

/** Bytes of an object's content. */
export function sizeOf(body: string): number {
  return new TextEncoder().encode(body).length;
}

function read(
  world: World,
  caller: Caller,
  bucket: string,
  key: string,
  output: (object: StoredObject) => Json,
): Effect {
  const found = bucketNamed(world, bucket);
  if ('error' in found) {
    return found;
  }
  const object = own(found.bucket.objects, key);
  if (object === undefined) {
    return failed('NoSuchKey', 'The specified key does not exist.');
  }
  return kmsProblem(world, caller, object.kmsKey) ?? done(world, output(object));
}

function metadata({ body, modified, tags, kmsKey }: StoredObject): { readonly [key: string]: Json } {
  return {
    AcceptRanges: 'bytes',
    LastModified: isoTime(modified),
    ContentLength: sizeOf(body),
    ETag: etag(body),
    ContentType: 'binary/octet-stream',
    Metadata: {},
    ServerSideEncryption: kmsKey === undefined ? 'AES256' : 'aws:kms',
    ...(kmsKey === undefined ? {} : { SSEKMSKeyId: kmsKey }),
    ...(tags === undefined || Object.keys(tags).length === 0 ? {} : { TagCount: Object.keys(tags).length }),
  };
}

const headObject = define({
  id: 's3:HeadObject',
  summary: "show an object's metadata",
  head: true,
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => onObject(world, caller, input.Bucket, input.Key, 'GetObject'),
  effect: (input, caller, world) => read(world, caller, input.Bucket, input.Key, metadata),
});

const getObject = define({
  id: 's3:GetObject',
  summary: 'read an object',
  outfile: 'Body',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => reading(world, caller, input.Bucket, input.Key),
  effect: (input, caller, world) =>
    read(world, caller, input.Bucket, input.Key, (object) => ({ ...metadata(object), Body: object.body })),
});

const putObject = define({
  id: 's3:PutObject',
  summary: 'write an object',
  input: {
    Bucket: BUCKET,
    Key: KEY,
    Body: { type: 'body', help: 'its content; empty unless given' },
    Tagging: { type: 'string', help: 'its tags: team=red&stage=prod' },
    ...ENCRYPTION,
    ...ACL,
  },
  needs: (input, caller, world) =>
    writing(world, caller, input.Bucket, input.Key, input, readTagging(input.Tagging)),
  effect(input, caller, world) {
    const { Key: key, Body: body = '' } = input;
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    if (!isObjectKey(key)) {
      return failed('KeyTooLongError', 'Your key is too long');
    }
    const { bucket, owner } = found;
    const tags = readTagging(input.Tagging);
    const problem =
      tagProblem(tags, 10) ?? aclProblem(input.ACL) ?? encryptionProblem(world, caller, bucket.name, input);
    if (problem !== null) {
      return problem;
    }
    const used = keyFor(world, caller, bucket.name, input);
    const object: StoredObject = {
      body,
      modified: world.clock,
      ...(tags.length === 0 ? {} : { tags: tagsByKey(tags) }),
      ...(used === null ? {} : { kmsKey: used }),
    };
    const objects = { ...bucket.objects, [key]: object };
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }), {
      ETag: etag(body),
      ...(used === null
        ? { ServerSideEncryption: 'AES256' }
        : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: used }),
    });
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

const MOST_DELETED = 1000;

/** Source: S3 API Reference, API_DeleteObjects.html: each key has its own outcome. */
const deleteObjects = define({
  id: 's3:DeleteObjects',
  summary: 'delete several objects; those that may not be deleted are listed as errors',
  piecewise: true,
  input: {
    Bucket: BUCKET,
    Delete: {
      type: 'nested',
      required: true,
      help: 'Objects=[{Key=a},{Key=b}], and Quiet=true to list errors only',
      of: { structure: { Objects: { list: { structure: { Key: 'string' } } }, Quiet: 'boolean' } },
    },
  },
  needs: (input, caller, world) =>
    (input.Delete.Objects?.length ? keysOf(input.Delete.Objects) : ['*']).map((key) =>
      inBucket(world, caller, input.Bucket, 'DeleteObject', objectArn(input.Bucket, key)),
    ),
  effect(input, _, world, denied) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const keys = keysOf(input.Delete.Objects);
    if (keys.length === 0 || keys.length > MOST_DELETED) {
      return failed(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
        `It takes 1 to ${MOST_DELETED} keys.`,
      );
    }
    const { bucket, owner } = found;
    const refused = new Map(denied.map(({ needed, error }) => [needed.resource, error]));
    const errorOf = (key: string) => refused.get(objectArn(bucket.name, key));
    const deleted = keys.filter((key) => errorOf(key) === undefined);
    const errors = keys.flatMap((key) => {
      const error = errorOf(key);
      return error === undefined ? [] : [{ Key: key, Code: error.code, Message: error.message }];
    });
    const objects = deleted.reduce((left, key) => without(left, key), bucket.objects);
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }), {
      ...(deleted.length > 0 && input.Delete.Quiet !== true
        ? { Deleted: deleted.map((Key) => ({ Key })) }
        : {}),
      ...(errors.length > 0 ? { Errors: errors } : {}),
    });
  },
});

function keysOf(objects: readonly { readonly Key?: string | undefined }[] = []): readonly string[] {
  return objects.map(({ Key = '' }) => Key);
}

/** Reading and writing need the object's ARN. */
export const objectOperations = [headObject, getObject, putObject, deleteObject, deleteObjects];
