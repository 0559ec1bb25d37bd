import { bucketArn, objectArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { StoredObject, Tags, World } from '../../world.ts';
import { failed } from '../define.ts';
import { keyInUseProblem } from '../kms/cryptography.ts';
import { onKey } from '../kms/find-key.ts';
import type { TagList } from '../tags.ts';
import { bucketNamed, inBucket } from './buckets.ts';
import { keyGiven } from './encryption.ts';

export const KEY = { type: 'string', required: true, help: "the object's key" } as const;
/** How a request asks for encryption. */
export const ENCRYPTION = {
  ServerSideEncryption: { type: 'string', help: 'AES256 or aws:kms; as the bucket says unless given' },
  SSEKMSKeyId: { type: 'string', help: 'id, ARN or alias of the KMS key' },
} as const;

/** How a request says who owns the object it writes. */
export const ACL = {
  ACL: { type: 'string', help: 'only bucket-owner-full-control: ACLs are off in buckets here' },
} as const;

/**
 * What S3 has against an ACL: the owner of a bucket owns all that is in it (Object Ownership, bucket owner enforced).
 * Source: S3 User Guide, object-ownership-error-responses.html.
 */
export function aclProblem(acl: string | undefined): { readonly error: ApiError } | null {
  return acl === undefined || acl === 'bucket-owner-full-control'
    ? null
    : failed(
        'AccessControlListNotSupported',
        'The bucket does not allow ACLs',
        'Who may do what with objects is said in the bucket policy.',
      );
}

export interface EncryptionAsked {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
}

/** An object that is there; undefined when it or its bucket is not. */
export function objectAt(world: World, bucket: string, key: string): StoredObject | undefined {
  const found = bucketNamed(world, bucket);
  return 'error' in found ? undefined : own(found.bucket.objects, key);
}

/** Conditions on the tags an object has. */
export function existingTags(tags: Tags = {}): NonNullable<PermissionNeeded['context']> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]),
  );
}

/** Conditions on the tags a request gives an object. */
export function requestedTags(tags: TagList): NonNullable<PermissionNeeded['context']> {
  return tags.length === 0
    ? {}
    : {
        's3:RequestObjectTagKeys': tags.map(({ Key = '' }) => Key),
        ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`s3:RequestObjectTag/${Key}`, Value])),
      };
}

/**
 * Permission to do something with an object that is there. Whether a key is missing is told only to those who may list
 * the bucket, so for a key that is not there that permission is needed too.
 * Source: S3 API Reference, API_GetObject.html, Permissions.
 */
export function onObject(
  world: World,
  caller: Caller,
  bucket: string,
  key: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): readonly PermissionNeeded[] {
  const object = objectAt(world, bucket, key);
  const missing = object === undefined && 'bucket' in bucketNamed(world, bucket);
  return [
    inBucket(world, caller, bucket, action, objectArn(bucket, key), {
      ...existingTags(object?.tags),
      ...context,
    }),
    ...(missing ? [inBucket(world, caller, bucket, 'ListBucket', bucketArn(bucket))] : []),
  ];
}

/**
 * Conditions on how a request is signed, for one that was signed beforehand.
 * Source: S3 API Reference, bucket-policy-s3-sigv4-conditions.html.
 */
function howSigned({ clock }: World, { presigned }: Caller): NonNullable<PermissionNeeded['context']> {
  return presigned === undefined
    ? {}
    : {
        's3:authType': 'REST-QUERY-STRING',
        's3:signatureversion': 'AWS4-HMAC-SHA256',
        's3:signatureAge': clock - presigned,
      };
}

/** Reading an object; one that is encrypted with a KMS key takes its decryption too, which S3 asks for. */
export function reading(
  world: World,
  caller: Caller,
  bucket: string,
  key: string,
): readonly PermissionNeeded[] {
  const used = objectAt(world, bucket, key)?.kmsKey;
  return [
    ...onObject(world, caller, bucket, key, 'GetObject', howSigned(world, caller)),
    ...(used === undefined ? [] : [onObjectKey(world, caller, used, bucket, key, 'Decrypt')]),
  ];
}

/**
 * Writing an object: with its tags, and with the key it is to be encrypted with.
 * Source: S3 User Guide, UsingKMSEncryption.html, and API Reference, API_PutObject.html.
 */
export function writing(
  world: World,
  caller: Caller,
  bucket: string,
  key: string,
  asked: EncryptionAsked & { readonly ACL?: string | undefined },
  tags: TagList,
  context: PermissionNeeded['context'] = {},
): readonly PermissionNeeded[] {
  const used = keyFor(world, caller, bucket, asked);
  const arn = objectArn(bucket, key);
  const { ServerSideEncryption: algorithm } = asked;
  const conditions = {
    ...requestedTags(tags),
    ...(asked.ACL === undefined ? {} : { 's3:x-amz-acl': asked.ACL }),
    ...(algorithm === undefined ? {} : { 's3:x-amz-server-side-encryption': algorithm }),
    ...(asked.SSEKMSKeyId === undefined || used === null
      ? {}
      : { 's3:x-amz-server-side-encryption-aws-kms-key-id': used }),
    ...context,
  };
  return [
    inBucket(world, caller, bucket, 'PutObject', arn, conditions),
    ...(asked.ACL === undefined
      ? []
      : [inBucket(world, caller, bucket, 'PutObjectAcl', arn, { 's3:x-amz-acl': asked.ACL })]),
    ...(tags.length === 0
      ? []
      : [inBucket(world, caller, bucket, 'PutObjectTagging', arn, requestedTags(tags))]),
    ...(used === null ? [] : [onObjectKey(world, caller, used, bucket, key, 'GenerateDataKey')]),
  ];
}

function onObjectKey(
  world: World,
  caller: Caller,
  used: string,
  bucket: string,
  key: string,
  action: string,
): PermissionNeeded {
  const context = { 'kms:EncryptionContext:aws:s3:arn': objectArn(bucket, key) };
  return onKey(world, caller, used, action, context, 's3');
}

/** ARN of the KMS key that a new object is encrypted with: as the request says, or as its bucket does; null for none. */
export function keyFor(
  world: World,
  caller: Caller,
  bucket: string,
  { ServerSideEncryption: algorithm, SSEKMSKeyId: given }: EncryptionAsked,
): string | null {
  const found = bucketNamed(world, bucket);
  if ('error' in found || algorithm === 'AES256') {
    return null;
  }
  if (algorithm !== undefined || given !== undefined) {
    return keyGiven(world, caller.account, found.owner, given);
  }
  const { encryption } = found.bucket;
  return encryption.algorithm === 'aws:kms' ? encryption.key : null;
}

/** What S3 has against the encryption that a request asks for; null when it can be done. */
export function encryptionProblem(
  world: World,
  caller: Caller,
  bucket: string,
  asked: EncryptionAsked,
): { readonly error: ApiError } | null {
  const { ServerSideEncryption: algorithm } = asked;
  if (algorithm !== undefined && algorithm !== 'AES256' && algorithm !== 'aws:kms') {
    return failed('InvalidEncryptionAlgorithmError', 'The encryption request you specified is not valid.');
  }
  if (asked.SSEKMSKeyId !== undefined && algorithm !== 'aws:kms') {
    return failed(
      'InvalidArgument',
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
    );
  }
  return kmsProblem(world, caller, keyFor(world, caller, bucket, asked));
}

/** KMS's error as S3 passes it on, or S3's own to a request that is not signed; null when the key can be used, or there is none. */
export function kmsProblem(
  world: World,
  caller: Caller,
  key: string | null | undefined,
): { readonly error: ApiError } | null {
  if (key != null && caller.account === '') {
    return failed(
      'InvalidArgument',
      'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
    );
  }
  const problem = key == null ? null : keyInUseProblem(world, caller, key);
  return problem === null ? null : failed(`KMS.${problem.error.code}`, problem.error.message);
}

/** Tags as `PutObject` takes them: `team=red&stage=prod`. */
export function readTagging(tagging: string | undefined): TagList {
  return [...new URLSearchParams(tagging ?? '')].map(([Key, Value]) => ({ Key, Value }));
}
