import { bucketArn } from '../../arn.ts';
import { put } from '../../change.ts';
import type { Json } from '../../operation.ts';
import { define, done, failed } from '../define.ts';
import { awsManagedKey, findKey } from '../kms/find-key.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';
import type { Encryption } from './records.ts';

const CONFIGURATION = {
  type: 'nested',
  of: {
    structure: {
      Rules: {
        list: {
          structure: {
            ApplyServerSideEncryptionByDefault: {
              structure: { SSEAlgorithm: 'string', KMSMasterKeyID: 'string' },
            },
            BucketKeyEnabled: 'boolean',
          },
        },
      },
    },
  },
  required: true,
  help: 'AES256, or aws:kms and a key, as JSON',
} as const;

const putBucketEncryption = define({
  id: 's3:PutBucketEncryption',
  summary: 'set how new objects of a bucket are encrypted',
  input: { Bucket: BUCKET, ServerSideEncryptionConfiguration: CONFIGURATION },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutEncryptionConfiguration', bucketArn(input.Bucket)),
  ],
  effect(input, caller, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const { bucket, owner } = found;
    const [rule] = input.ServerSideEncryptionConfiguration.Rules ?? [];
    const { SSEAlgorithm: algorithm, KMSMasterKeyID: given } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    if (algorithm !== 'AES256' && algorithm !== 'aws:kms') {
      return failed(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      );
    }
    if (algorithm === 'AES256' && given !== undefined) {
      return failed(
        'InvalidArgument',
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms',
      );
    }
    const encryption: Encryption =
      algorithm === 'AES256'
        ? { algorithm }
        : { algorithm, key: keyGiven(world, caller.account, owner, given) };
    return done(put(world, owner, 'buckets', bucket.name, { ...bucket, encryption }));
  },
});

/** ARN of the key that a request names, in the caller's account; the one AWS manages for the bucket's without a name. */
export function keyGiven(
  world: Parameters<typeof findKey>[0],
  caller: string,
  owner: string,
  given: string | undefined,
): string {
  return given === undefined
    ? awsManagedKey(owner, 's3').arn
    : (findKey(world, { account: caller }, given)?.key.arn ?? given);
}

function described(encryption: Encryption): Json {
  return {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: encryption.algorithm,
          ...(encryption.algorithm === 'aws:kms' ? { KMSMasterKeyID: encryption.key } : {}),
        },
        BucketKeyEnabled: false,
      },
    ],
  };
}

const getBucketEncryption = define({
  id: 's3:GetBucketEncryption',
  summary: 'show how new objects of a bucket are encrypted',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetEncryptionConfiguration', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found
      ? found
      : done(world, { ServerSideEncryptionConfiguration: described(found.bucket.encryption) });
  },
});

const deleteBucketEncryption = define({
  id: 's3:DeleteBucketEncryption',
  summary: 'go back to encryption with a key of S3',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'PutEncryptionConfiguration', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const encryption: Encryption = { algorithm: 'AES256' };
    return done(put(world, found.owner, 'buckets', found.bucket.name, { ...found.bucket, encryption }));
  },
});

/** Source: S3 User Guide, bucket-encryption.html. */
export const encryptionOperations = [putBucketEncryption, getBucketEncryption, deleteBucketEncryption];
