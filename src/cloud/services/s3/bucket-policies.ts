import { bucketArn } from '../../arn.ts';
import { put } from '../../change.ts';
import { readDocument, sizeOf } from '../../documents.ts';
import { LIMITS } from '../../limits.ts';
import { define, done, failed } from '../define.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';
import { isPublic } from './is-public.ts';

const getBucketPolicy = define({
  id: 's3:GetBucketPolicy',
  summary: 'show the policy of a bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketPolicy', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    return found.bucket.policy === null
      ? failed('NoSuchBucketPolicy', 'The bucket policy does not exist')
      : done(world, { Policy: JSON.stringify(found.bucket.policy) });
  },
});

const putBucketPolicy = define({
  id: 's3:PutBucketPolicy',
  summary: 'set the policy of a bucket',
  input: {
    Bucket: BUCKET,
    Policy: { type: 'document', required: true, help: 'the policy: who may do what with the bucket' },
  },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketPolicy', bucketArn(input.Bucket)),
  ],
  effect(input, caller, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { bucket, owner } = found;
    const read = readDocument(world, input.Policy, { kind: 'bucket', bucket: bucket.name });
    if ('error' in read) {
      return read;
    }
    if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublic(read.document)) {
      return failed(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
      );
    }
    return sizeOf(read.document) > LIMITS.bucketPolicySize
      ? failed('PolicyTooLarge', 'The policy exceeds the maximum allowed document size.')
      : done(put(world, owner, 'buckets', bucket.name, { ...bucket, policy: read.document }));
  },
});

const deleteBucketPolicy = define({
  id: 's3:DeleteBucketPolicy',
  summary: 'remove the policy of a bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'DeleteBucketPolicy', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found
      ? found
      : done(put(world, found.owner, 'buckets', found.bucket.name, { ...found.bucket, policy: null }));
  },
});

const getBucketPolicyStatus = define({
  id: 's3:GetBucketPolicyStatus',
  summary: 'show whether the policy of a bucket is public',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketPolicyStatus', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    return found.bucket.policy === null
      ? failed('NoSuchBucketPolicy', 'The bucket policy does not exist')
      : done(world, { PolicyStatus: { IsPublic: isPublic(found.bucket.policy) } });
  },
});

export const bucketPolicyOperations = [
  getBucketPolicy,
  putBucketPolicy,
  deleteBucketPolicy,
  getBucketPolicyStatus,
];
