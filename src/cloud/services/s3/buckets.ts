import { bucketArn, REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { accountOf, drop, put, without } from '../../change.ts';
import { isBucketName } from '../../names.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { listed, own } from '../../own.ts';
import type { AccountId, Bucket, World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { NEW_BUCKET } from './records.ts';

export const BUCKET = { type: 'string', required: true, help: 'name of the bucket' } as const;

/** A bucket, in whichever account it is, or S3's error. */
export function bucketNamed(
  world: World,
  name: string,
): { readonly bucket: Bucket; readonly owner: AccountId } | { readonly error: ApiError } {
  const owner = own(world.bucketOwners, name);
  const bucket = owner === undefined ? undefined : own(accountOf(world, owner).buckets, name);
  return bucket && owner !== undefined
    ? { bucket, owner }
    : failed('NoSuchBucket', 'The specified bucket does not exist');
}

/** Permission for an S3 action on a bucket or an object of it. */
export function inBucket(
  world: World,
  caller: Caller,
  bucket: string,
  action: string,
  resource: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const owner = own(world.bucketOwners, bucket) ?? caller.account;
  return {
    action: `s3:${action}`,
    resource,
    resourceAccount: owner,
    context: { 's3:ResourceAccount': owner, ...context },
  };
}

const listBuckets = define({
  id: 's3:ListBuckets',
  summary: "list the account's buckets",
  input: {},
  needs: (_, caller) => [{ action: 's3:ListAllMyBuckets', resource: '*', resourceAccount: caller.account }],
  effect: (_, caller, world) =>
    done(world, {
      Buckets: listed(homeOf(world, caller).buckets).map(({ name, created }) => ({
        Name: name,
        CreationDate: isoTime(created),
      })),
      Owner: { ID: caller.account },
    }),
});

/** What new buckets have: all in a bucket is its owner's. */
const ENFORCED = 'BucketOwnerEnforced';

function nameAdvice(name: string): string {
  return name.startsWith('amzn-s3-demo-')
    ? "amzn-s3-demo- begins the names in AWS's examples: choose one of your own."
    : '3 to 63 small letters, digits, hyphens and dots, with a letter or digit at both ends.';
}

const createBucket = define({
  id: 's3:CreateBucket',
  summary: 'make a bucket',
  input: {
    Bucket: BUCKET,
    CreateBucketConfiguration: {
      type: 'structure',
      members: ['LocationConstraint'],
      help: 'LocationConstraint=<region> of a bucket elsewhere; none for us-east-1',
    },
    ACL: { type: 'string', help: 'private and no other: ACLs are off in new buckets' },
    ObjectOwnership: { type: 'string', help: 'BucketOwnerEnforced, which new buckets have' },
  },
  notSimulated({ CreateBucketConfiguration: configuration, ObjectOwnership: ownership = ENFORCED }) {
    const { LocationConstraint: region = REGION } = configuration ?? {};
    if (region !== REGION) {
      return `Everything here stands in ${REGION}: leave the location constraint ${region} out.`;
    }
    return ownership === ENFORCED ? null : `Of Object Ownership only ${ENFORCED} is simulated here.`;
  },
  needs: (input, caller) => {
    const on = { resource: bucketArn(input.Bucket), resourceAccount: caller.account };
    const context = {
      ...(input.ACL === undefined ? {} : { 's3:x-amz-acl': input.ACL }),
      ...(input.ObjectOwnership === undefined ? {} : { 's3:x-amz-object-ownership': input.ObjectOwnership }),
    };
    return [
      { ...on, action: 's3:CreateBucket', context },
      ...(input.ACL === undefined ? [] : [{ ...on, action: 's3:PutBucketAcl', context }]),
      ...(input.ObjectOwnership === undefined
        ? []
        : [{ ...on, action: 's3:PutBucketOwnershipControls', context }]),
    ];
  },
  effect(input, caller, world) {
    const { Bucket: name } = input;
    const home = homeOf(world, caller);
    const owner = own(world.bucketOwners, name);
    if (!isBucketName(name)) {
      return failed('InvalidBucketName', 'The specified bucket is not valid.', nameAdvice(name));
    }
    if (input.CreateBucketConfiguration?.LocationConstraint === REGION) {
      return failed(
        'InvalidLocationConstraint',
        'The specified location-constraint is not valid',
        `For ${REGION}, leave the location constraint out.`,
      );
    }
    if (input.ACL !== undefined && input.ACL !== 'private') {
      return failed(
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      );
    }
    if (owner !== undefined && owner !== home.id) {
      return failed(
        'BucketAlreadyExists',
        'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      );
    }
    const answer = { Location: `/${name}` };
    if (owner === home.id) {
      return done(world, answer);
    }
    const bucketOwners = { ...world.bucketOwners, [name]: home.id };
    const bucket: Bucket = { ...NEW_BUCKET, name, created: world.clock };
    return done(put({ ...world, bucketOwners }, home.id, 'buckets', name, bucket), answer);
  },
});

const deleteBucket = define({
  id: 's3:DeleteBucket',
  summary: 'delete an empty bucket',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'DeleteBucket', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    if (Object.keys(found.bucket.objects).length > 0) {
      return failed('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    }
    const { bucketOwners, ...rest } = drop(world, found.owner, 'buckets', found.bucket.name);
    return done({ ...rest, bucketOwners: without(bucketOwners, found.bucket.name) });
  },
});

const headBucket = define({
  id: 's3:HeadBucket',
  summary: 'find out whether a bucket is there and may be listed',
  head: true,
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'ListBucket', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found ? found : done(world, { BucketRegion: REGION, AccessPointAlias: false });
  },
});

const getBucketLocation = define({
  id: 's3:GetBucketLocation',
  summary: 'show the region of a bucket; us-east-1 is shown as null',
  input: { Bucket: BUCKET },
  needs: (input, caller, world) => [
    inBucket(world, caller, input.Bucket, 'GetBucketLocation', bucketArn(input.Bucket)),
  ],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    return 'error' in found ? found : done(world, { LocationConstraint: null });
  },
});

/** Bucket names are shared by all of AWS. Making one's own bucket again is no error in us-east-1. */
export const bucketOperations = [listBuckets, createBucket, headBucket, deleteBucket, getBucketLocation];
