import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import { own } from '../../own.ts';
import type { StoredObject, Tags, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { tagList, tagsByKey } from '../tags.ts';
import { TAGGING, tagProblem } from './bucket-tags.ts';
import { BUCKET, bucketNamed } from './buckets.ts';
import { KEY, onObject, requestedTags } from './object-access.ts';

function objectNamed(
  world: World,
  bucket: string,
  key: string,
): { readonly object: StoredObject } | { readonly error: ApiError } {
  const found = bucketNamed(world, bucket);
  if ('error' in found) {
    return found;
  }
  const object = own(found.bucket.objects, key);
  return object ? { object } : failed('NoSuchKey', 'The specified key does not exist.');
}

/** The world with an object's tags replaced, or S3's error. */
function retagged(world: World, name: string, key: string, tags: Tags) {
  const found = bucketNamed(world, name);
  if ('error' in found) {
    return found;
  }
  const { bucket, owner } = found;
  const object = own(bucket.objects, key);
  if (object === undefined) {
    return failed('NoSuchKey', 'The specified key does not exist.');
  }
  const objects = { ...bucket.objects, [key]: { ...object, tags } };
  return done(put(world, owner, 'buckets', bucket.name, { ...bucket, objects }));
}

const putObjectTagging = define({
  id: 's3:PutObjectTagging',
  summary: 'set the tags of an object',
  input: { Bucket: BUCKET, Key: KEY, Tagging: TAGGING },
  needs: (input, caller: Caller, world) =>
    onObject(
      world,
      caller,
      input.Bucket,
      input.Key,
      'PutObjectTagging',
      requestedTags(input.Tagging.TagSet ?? []),
    ),
  effect(input, _, world) {
    const given = input.Tagging.TagSet ?? [];
    return tagProblem(given, 10) ?? retagged(world, input.Bucket, input.Key, tagsByKey(given));
  },
});

const getObjectTagging = define({
  id: 's3:GetObjectTagging',
  summary: 'show the tags of an object',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => onObject(world, caller, input.Bucket, input.Key, 'GetObjectTagging'),
  effect(input, _, world) {
    const found = objectNamed(world, input.Bucket, input.Key);
    return 'error' in found ? found : done(world, { TagSet: tagList(found.object.tags ?? {}) });
  },
});

const deleteObjectTagging = define({
  id: 's3:DeleteObjectTagging',
  summary: 'take all tags off an object',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => onObject(world, caller, input.Bucket, input.Key, 'DeleteObjectTagging'),
  effect: (input, _, world) => retagged(world, input.Bucket, input.Key, {}),
});

/** Policies ask for an object's tags with `s3:ExistingObjectTag`. Source: S3 User Guide, object-tagging.html. */
export const objectTagOperations = [putObjectTagging, getObjectTagging, deleteObjectTagging];
