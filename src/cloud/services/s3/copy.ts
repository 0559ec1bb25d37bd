import { put } from '../../change.ts';
import { isObjectKey } from '../../names.ts';
import { own } from '../../own.ts';
import type { StoredObject, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { type TagList, tagList, tagsByKey } from '../tags.ts';
import { tagProblem } from './bucket-tags.ts';
import { BUCKET, bucketNamed } from './buckets.ts';
import {
  ACL,
  aclProblem,
  ENCRYPTION,
  encryptionProblem,
  KEY,
  keyFor,
  kmsProblem,
  objectAt,
  onObject,
  reading,
  readTagging,
  writing,
} from './object-access.ts';
import { etag } from './objects.ts';

interface Source {
  readonly bucket: string;
  readonly key: string;
}

/** Reads `bucket/key`; null for anything else. */
function readSource(text: string): Source | null {
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(text) ?? [];
  return bucket === undefined || key === undefined ? null : { bucket, key };
}

/** The tags a copy has: those of the original, unless the request replaces them. */
function tagsFor(
  world: World,
  source: Source,
  {
    TaggingDirective: directive,
    Tagging: tagging,
  }: { TaggingDirective?: string | undefined; Tagging?: string | undefined },
): TagList {
  return directive === 'REPLACE'
    ? readTagging(tagging)
    : tagList(objectAt(world, source.bucket, source.key)?.tags ?? {});
}

const copyObject = define({
  id: 's3:CopyObject',
  summary: 'copy an object: read the one, write the other',
  input: {
    Bucket: { ...BUCKET, help: 'bucket of the copy' },
    Key: { ...KEY, help: 'key of the copy' },
    CopySource: { type: 'string', required: true, help: 'bucket/key of the original' },
    TaggingDirective: { type: 'string', help: 'COPY or REPLACE the tags; COPY unless given' },
    Tagging: { type: 'string', help: 'tags in place of the others: team=red&stage=prod' },
    ...ENCRYPTION,
    ...ACL,
  },
  needs: (input, caller, world) => {
    const { Bucket: bucket, Key: key } = input;
    const source = readSource(input.CopySource);
    if (source === null) {
      return writing(world, caller, bucket, key, input, []);
    }
    const tags = tagsFor(world, source, input);
    const takesTags = tags.length > 0 && input.TaggingDirective !== 'REPLACE';
    return [
      ...reading(world, caller, source.bucket, source.key),
      ...(takesTags ? onObject(world, caller, source.bucket, source.key, 'GetObjectTagging') : []),
      ...writing(world, caller, bucket, key, input, tags, {
        's3:x-amz-copy-source': `${source.bucket}/${source.key}`,
      }),
    ];
  },
  effect(input, caller, world) {
    const source = readSource(input.CopySource);
    if (source === null) {
      return failed('InvalidArgument', 'Invalid copy source object key');
    }
    const from = bucketNamed(world, source.bucket);
    const to = bucketNamed(world, input.Bucket);
    if ('error' in from) {
      return from;
    }
    if ('error' in to) {
      return to;
    }
    const original = own(from.bucket.objects, source.key);
    if (original === undefined) {
      return failed('NoSuchKey', 'The specified key does not exist.');
    }
    if (!isObjectKey(input.Key)) {
      return failed('KeyTooLongError', 'Your key is too long');
    }
    const isSame = source.bucket === input.Bucket && source.key === input.Key;
    if (isSame && input.ServerSideEncryption === undefined) {
      return failed(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    const tags = tagsFor(world, source, input);
    const problem =
      tagProblem(tags, 10) ??
      aclProblem(input.ACL) ??
      kmsProblem(world, caller, original.kmsKey) ??
      encryptionProblem(world, caller, input.Bucket, input);
    if (problem !== null) {
      return problem;
    }
    const { bucket, owner } = to;
    const key = keyFor(world, caller, input.Bucket, input);
    const copy: StoredObject = {
      body: original.body,
      modified: world.clock,
      ...(tags.length === 0 ? {} : { tags: tagsByKey(tags) }),
      ...(key === null ? {} : { kmsKey: key }),
    };
    const objects = { ...bucket.objects, [input.Key]: copy };
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }), {
      CopyObjectResult: { ETag: etag(copy.body), LastModified: isoTime(copy.modified) },
    });
  },
});

/** Source: S3 API Reference, API_CopyObject.html, Permissions. */
export const copyOperations = [copyObject];
