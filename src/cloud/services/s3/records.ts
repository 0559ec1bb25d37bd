import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccountId, Instant } from '../../world.ts';

/** What S3 keeps in an account. */
export interface S3Records {
  readonly buckets: Readonly<Record<string, Bucket>>;
}

export const NO_S3_RECORDS: S3Records = { buckets: {} };

/** What S3 keeps for all accounts together. */
export interface S3World {
  /** Bucket names are unique across all of AWS: name to owning account. */
  readonly bucketOwners: Readonly<Record<string, AccountId>>;
}

export const NO_S3_WORLD: S3World = { bucketOwners: {} };

export interface Bucket {
  readonly name: string;
  readonly created: Instant;
  readonly policy: PolicyDocument | null;
  readonly objects: Readonly<Record<string, StoredObject>>;
}

export interface StoredObject {
  readonly body: string;
  readonly modified: Instant;
}
