import type { PolicyDocument } from '../../../iam/request.ts';
import type { Instant, Tags } from '../../world.ts';

/** What Secrets Manager keeps in an account. */
export interface SecretsManagerRecords {
  /** By name. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

export const NO_SECRETS_MANAGER_RECORDS: SecretsManagerRecords = { secrets: {} };

export interface Secret {
  readonly name: string;
  /** Ends with a hyphen and six characters that nobody chooses. */
  readonly arn: string;
  readonly description: string;
  readonly created: Instant;
  readonly changed: Instant;
  /** ARN of the customer's key that encrypts it; null for the key that AWS manages. */
  readonly key: string | null;
  /** Newest first; the first two are staged AWSCURRENT and AWSPREVIOUS. */
  readonly versions: readonly SecretVersion[];
  readonly policy: PolicyDocument | null;
  /** When it will be gone; null unless somebody deleted it. */
  readonly deletion: Instant | null;
  readonly tags: Tags;
}

export interface SecretVersion {
  /** A UUID. */
  readonly id: string;
  readonly text: string;
  readonly created: Instant;
}
