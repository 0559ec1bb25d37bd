import type { Draft } from 'immer';
import { isBucketName, isObjectKey } from '../../names.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';

/** What an author says of S3 in an account. */
export interface S3Spec {
  readonly buckets?: Readonly<Record<string, BucketSpec>>;
}

export interface BucketSpec {
  readonly policy?: DocumentSpec;
  /** Key to content. */
  readonly objects?: Readonly<Record<string, string>>;
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
  account.buckets[name] = {
    name,
    created: world.clock,
    policy:
      spec.policy === undefined
        ? null
        : reader.document([...path, 'policy'], spec.policy, { kind: 'bucket', bucket: name }),
    objects: Object.fromEntries(objects.map(([key, body]) => [key, { body, modified: world.clock }])),
  };
}
