import { bucketArn } from '../../arn.ts';
import { put } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import { define, done, failed } from '../define.ts';
import { isTagKey, type TagList, tagList, tagsByKey } from '../tags.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';

export const TAGGING = {
  type: 'nested',
  of: { structure: { TagSet: { list: { structure: { Key: 'string', Value: 'string' } } } } },
  required: true,
  help: 'all its tags from now on: TagSet=[{Key=team,Value=red}]',
} as const;

/** What S3 has against tags; null when it takes them. */
export function tagProblem(tags: TagList, most: number): { readonly error: ApiError } | null {
  if (!tags.every(({ Key = '' }) => isTagKey(Key))) {
    return failed('InvalidTag', 'The TagKey you have provided is invalid');
  }
  if (Object.keys(tagsByKey(tags)).length < tags.length) {
    return failed('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  if (tags.length <= most) {
    return null;
  }
  return failed('BadRequest', `${most === 10 ? 'Object' : 'Bucket'} tags cannot be greater than ${most}`);
}

const putBucketTagging = define({
  id: 's3:PutBucketTagging',
  summary: 'set the tags of a bucket',
  input: { Bucket: BUCKET, Tagging: TAGGING },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketTagging', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { bucket, owner } = found;
    const given = input.Tagging.TagSet ?? [];
    return (
      tagProblem(given, 50) ??
      done(put(world, owner, 'buckets', bucket.name, { ...bucket, tags: tagsByKey(given) }))
    );
  },
});

const getBucketTagging = define({
  id: 's3:GetBucketTagging',
  summary: 'show the tags of a bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketTagging', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    return Object.keys(found.bucket.tags).length === 0
      ? failed('NoSuchTagSet', 'The TagSet does not exist')
      : done(world, { TagSet: tagList(found.bucket.tags) });
  },
});

const deleteBucketTagging = define({
  id: 's3:DeleteBucketTagging',
  summary: 'take all tags off a bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketTagging', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found
      ? found
      : done(put(world, found.owner, 'buckets', found.bucket.name, { ...found.bucket, tags: {} }));
  },
});

/** Source: S3 API Reference, API_PutBucketTagging.html. */
export const bucketTagOperations = [putBucketTagging, getBucketTagging, deleteBucketTagging];
