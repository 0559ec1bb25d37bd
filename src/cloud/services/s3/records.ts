import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccountId, Instant, Tags } from '../../world.ts';

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
  /** Null once it was deleted: then nothing is blocked. */
  readonly publicAccessBlock: PublicAccessBlock | null;
  /** How objects are encrypted that say nothing else. */
  readonly encryption: Encryption;
  readonly tags: Tags;
  readonly objects: Readonly<Record<string, StoredObject>>;
}

/** The four settings of Block Public Access. Those on ACLs are kept and have nothing to block: no ACL is simulated. */
export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** `key`: ARN of a KMS key. */
export type Encryption =
  | { readonly algorithm: 'AES256' }
  | { readonly algorithm: 'aws:kms'; readonly key: string };

/** What a new bucket has. Source: S3 User Guide, access-control-block-public-access.html, UsingServerSideEncryption.html. */
export const NEW_BUCKET: Omit<Bucket, 'name' | 'created'> = {
  policy: null,
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  encryption: { algorithm: 'AES256' },
  tags: {},
  objects: {},
};

export interface StoredObject {
  readonly body: string;
  readonly modified: Instant;
  readonly tags?: Tags;
  /** ARN of the KMS key it is encrypted with; S3 encrypts with a key of its own without. */
  readonly kmsKey?: string;
}
