import { bucketArn, objectArn } from '../../arn.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';
import { aclProblem, KEY, onObject } from './object-access.ts';

const CANNED = {
  type: 'string',
  required: true,
  help: 'such as private; ACLs are off in buckets here',
} as const;

/** All that an ACL says where ACLs are off: its owner is the bucket's, and may do everything. */
function ownersAcl(owner: AccountId): Json {
  return {
    Owner: { ID: owner },
    Grants: [{ Grantee: { ID: owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
  };
}

const getBucketAcl = define({
  id: 's3:GetBucketAcl',
  summary: 'show the ACL of a bucket, which gives all to its owner',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketAcl', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found ? found : done(world, ownersAcl(found.owner));
  },
});

const putBucketAcl = define({
  id: 's3:PutBucketAcl',
  summary: 'set the ACL of a bucket, which S3 refuses: ACLs are off',
  input: { Bucket: BUCKET, ACL: CANNED },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketAcl', bucketArn(input.Bucket), {
      's3:x-amz-acl': input.ACL,
    }),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found ? found : (aclProblem(input.ACL) ?? done(world));
  },
});

const getObjectAcl = define({
  id: 's3:GetObjectAcl',
  summary: 'show the ACL of an object, which gives all to the owner of the bucket',
  input: { Bucket: BUCKET, Key: KEY },
  needs: (input, caller, world) => onObject(world, caller, input.Bucket, input.Key, 'GetObjectAcl'),
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    return own(found.bucket.objects, input.Key) === undefined
      ? failed('NoSuchKey', 'The specified key does not exist.')
      : done(world, ownersAcl(found.owner));
  },
});

const putObjectAcl = define({
  id: 's3:PutObjectAcl',
  summary: 'set the ACL of an object, which S3 refuses: ACLs are off',
  input: { Bucket: BUCKET, Key: KEY, ACL: CANNED },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutObjectAcl', objectArn(input.Bucket, input.Key), {
      's3:x-amz-acl': input.ACL,
    }),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    return own(found.bucket.objects, input.Key) === undefined
      ? failed('NoSuchKey', 'The specified key does not exist.')
      : (aclProblem(input.ACL) ?? done(world));
  },
});

const getBucketOwnershipControls = define({
  id: 's3:GetBucketOwnershipControls',
  summary: 'show who owns the objects of a bucket: its owner, so that ACLs are off',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketOwnershipControls', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found
      ? found
      : done(world, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
  },
});

/**
 * ACLs can be read and not be set: every bucket here has what new buckets have, bucket owner enforced.
 * Source: S3 User Guide, about-object-ownership.html and object-ownership-error-responses.html.
 */
export const aclOperations = [
  getBucketAcl,
  putBucketAcl,
  getObjectAcl,
  putObjectAcl,
  getBucketOwnershipControls,
];
