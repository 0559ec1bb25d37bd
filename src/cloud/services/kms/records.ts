import type { PolicyDocument } from '../../../iam/request.ts';
import type { Instant, Tags } from '../../world.ts';

/** What KMS keeps in an account. */
export interface KmsRecords {
  /** Customer managed keys by id. One whose waiting period is over is gone, though its record stays. */
  readonly kmsKeys: Readonly<Record<string, KmsKey>>;
  /** `alias/payroll` to the id of its key. */
  readonly kmsAliases: Readonly<Record<string, string>>;
  /** By id: permissions to use a key that are in no policy. */
  readonly kmsGrants: Readonly<Record<string, KmsGrant>>;
}

export const NO_KMS_RECORDS: KmsRecords = { kmsKeys: {}, kmsAliases: {}, kmsGrants: {} };

export interface KmsKey {
  /** A UUID. */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
  readonly description: string;
  readonly policy: PolicyDocument;
  readonly state: KeyState;
  /** AWS manages the keys that its services use when a customer names none. */
  readonly manager: 'CUSTOMER' | 'AWS';
  /** What seals texts: made up, it opens nothing outside this world. */
  readonly material: string;
  readonly tags: Tags;
}

export interface KmsGrant {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly token: string;
  /** Id of the key. */
  readonly key: string;
  readonly name: string | null;
  /** ARN of who may use the key, of any account, or the name of an AWS service. */
  readonly grantee: string;
  /** ARN of who may give the grant up, or the name of an AWS service. */
  readonly retiring: string | null;
  /** Such as `Decrypt`. */
  readonly operations: readonly string[];
  /** What the encryption context of requests must be, or have in it. */
  readonly constraints: {
    readonly equals?: Readonly<Record<string, string>>;
    readonly subset?: Readonly<Record<string, string>>;
    /** The resource that requests must be made for. */
    readonly sourceArn?: string;
  };
  /** ARN of the account that made it. */
  readonly issuer: string;
  readonly created: Instant;
}

export type KeyState =
  | { readonly name: 'Enabled' }
  | { readonly name: 'Disabled' }
  /** Until `deletion` the deletion can be cancelled; then the key is gone. */
  | { readonly name: 'PendingDeletion'; readonly deletion: Instant };
