import type { Draft } from 'immer';
import { isBucketName, isObjectKey } from '../../names.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account, StoredObject } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { keyOfSpec } from '../kms/spec.ts';
import { NEW_BUCKET } from './records.ts';

/** What an author says of S3 in an account. */
export interface S3Spec {
  readonly buckets?: Readonly<Record<string, BucketSpec>>;
}

export interface BucketSpec {
  readonly policy?: DocumentSpec;
  /** Key to content. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Key to the tags of that object. */
  readonly objectTags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether Block Public Access is on, as it is unless said. */
  readonly blockPublicAccess?: boolean;
  /** The KMS key that its objects are encrypted with: its name in `kmsKeys`, or its ARN. */
  readonly kmsKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its buckets and their objects. */
export function readS3(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: S3Spec): void {
  for (const [name, bucket] of entries(spec.buckets)) {
    addBucket(reader, [...at, 'buckets', name], account, name, bucket);
  }
}

function addBucket(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: BucketSpec,
): void {
  const { world } = reader;
  if (!isBucketName(name) || Object.hasOwn(world.bucketOwners, name)) {
    reader.problem(
      path,
      `${name} cannot be a bucket's name: 3 to 63 small letters, digits, dots and hyphens, and nobody else's in any account.`,
    );
    return;
  }
  const objects = entries(spec.objects).filter(([key]) => {
    const fine = isObjectKey(key) && key !== '__proto__';
    if (!fine) {
      reader.problem([...path, 'objects', key], 'An object needs a key of 1 to 1,024 bytes.');
    }
    return fine;
  });
  world.bucketOwners[name] = account.id;
  const kmsKey =
    spec.kmsKey === undefined ? null : keyOfSpec(reader, [...path, 'kmsKey'], account, spec.kmsKey);
  for (const [tagged] of entries(spec.objectTags)) {
    reader.refersTo([...path, 'objectTags', tagged], 'object', tagged, spec.objects ?? {});
  }
  account.buckets[name] = {
    ...structuredClone(NEW_BUCKET),
    ...(spec.blockPublicAccess === false ? { publicAccessBlock: null } : {}),
    encryption: kmsKey === null ? { algorithm: 'AES256' } : { algorithm: 'aws:kms', key: kmsKey },
    tags: { ...spec.tags },
    name,
    created: world.clock,
    policy:
      spec.policy === undefined
        ? null
        : reader.document([...path, 'policy'], spec.policy, { kind: 'bucket', bucket: name }),
    objects: Object.fromEntries(
      objects.map(([key, body]) => {
        const tags = spec.objectTags?.[key];
        const object: Draft<StoredObject> = {
          body,
          modified: world.clock,
          ...(tags === undefined ? {} : { tags: { ...tags } }),
          ...(kmsKey === null ? {} : { kmsKey }),
        };
        return [key, object];
      }),
    ),
  };
}
