import { bucketOfArn } from '../../arn.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { World } from '../../world.ts';
import type { Resource, Service } from '../service.ts';
import { aclOperations } from './acls.ts';
import { forAnybody } from './anybody.ts';
import { bucketPolicyOperations } from './bucket-policies.ts';
import { bucketTagOperations } from './bucket-tags.ts';
import { bucketOperations } from './buckets.ts';
import { copyOperations } from './copy.ts';
import { encryptionOperations } from './encryption.ts';
import { isPublic } from './is-public.ts';
import { objectListOperations } from './object-lists.ts';
import { objectTagOperations } from './object-tags.ts';
import { objectOperations } from './objects.ts';
import { publicAccessBlockOperations } from './public-access-blocks.ts';
import { NO_S3_RECORDS, NO_S3_WORLD, type S3Records, type S3World } from './records.ts';
import { readS3, type S3Spec } from './spec.ts';

/** The bucket an ARN is about, by itself or by an object of it. */
function bucket(world: World, arn: string): Resource | null {
  const name = bucketOfArn(arn) ?? '';
  const owner = own(world.bucketOwners, name);
  const found = owner === undefined ? undefined : own(own(world.accounts, owner)?.buckets ?? {}, name);
  if (owner === undefined || found === undefined) {
    return null;
  }
  const policy = found.policy && resourcePolicy(`bucket policy of ${name}`, found.policy);
  const restricted =
    found.publicAccessBlock?.RestrictPublicBuckets === true &&
    found.policy !== null &&
    isPublic(found.policy);
  // Tags of a bucket bear on access only where its owner switched that on, which is not simulated.
  return { owner, policy, tags: {}, restricted };
}

/** Amazon Simple Storage Service. Errors: S3 API Reference, ErrorResponses.html. */
export const s3: Service<S3Records, S3Spec, S3World> = {
  name: 's3',
  operations: [
    ...bucketOperations,
    ...bucketPolicyOperations,
    ...publicAccessBlockOperations,
    ...encryptionOperations,
    ...bucketTagOperations,
    ...aclOperations,
    ...objectOperations,
    ...objectListOperations,
    ...objectTagOperations,
    ...copyOperations,
  ].map(forAnybody),
  servesAnybody: true,
  inAccount: NO_S3_RECORDS,
  inWorld: NO_S3_WORLD,
  resource: bucket,
  readAccount: readS3,
  wording: {
    expired: { code: 'ExpiredToken', message: 'The provided token has expired.' },
    invalid: {
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
    // Source: S3 User Guide, troubleshoot-403-errors.html: the reason is told within an account or organization only.
    denied: { code: 'AccessDenied', before: '', toStrangers: 'Access Denied' },
  },
};
