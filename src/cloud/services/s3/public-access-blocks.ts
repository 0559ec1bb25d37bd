import { bucketArn } from '../../arn.ts';
import { put } from '../../change.ts';
import { define, done, failed } from '../define.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';

const CONFIGURATION = {
  type: 'nested',
  of: {
    structure: {
      BlockPublicAcls: 'boolean',
      IgnorePublicAcls: 'boolean',
      BlockPublicPolicy: 'boolean',
      RestrictPublicBuckets: 'boolean',
    },
  },
  required: true,
  help: 'the four settings; one that is left out is off',
} as const;

const putPublicAccessBlock = define({
  id: 's3:PutPublicAccessBlock',
  summary: 'set Block Public Access of a bucket',
  input: { Bucket: BUCKET, PublicAccessBlockConfiguration: CONFIGURATION },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketPublicAccessBlock', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { bucket, owner } = found;
    const given = input.PublicAccessBlockConfiguration;
    const publicAccessBlock = {
      BlockPublicAcls: given.BlockPublicAcls ?? false,
      IgnorePublicAcls: given.IgnorePublicAcls ?? false,
      BlockPublicPolicy: given.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    };
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, publicAccessBlock }));
  },
});

const getPublicAccessBlock = define({
  id: 's3:GetPublicAccessBlock',
  summary: 'show Block Public Access of a bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketPublicAccessBlock', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { publicAccessBlock } = found.bucket;
    return publicAccessBlock === null
      ? failed('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found')
      : done(world, { PublicAccessBlockConfiguration: { ...publicAccessBlock } });
  },
});

const deletePublicAccessBlock = define({
  id: 's3:DeletePublicAccessBlock',
  summary: 'take Block Public Access off a bucket; nothing is blocked then',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutBucketPublicAccessBlock', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found
      ? found
      : done(
          put(world, found.owner, 'buckets', found.bucket.name, { ...found.bucket, publicAccessBlock: null }),
        );
  },
});

/** Source: S3 User Guide, access-control-block-public-access.html. */
export const publicAccessBlockOperations = [
  putPublicAccessBlock,
  getPublicAccessBlock,
  deletePublicAccessBlock,
];
