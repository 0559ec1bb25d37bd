import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccountId, Tags } from '../../world.ts';

/** What SNS keeps in an account. */
export interface SnsRecords {
  /** By name. */
  readonly topics: Readonly<Record<string, Topic>>;
}

export const NO_SNS_RECORDS: SnsRecords = { topics: {} };

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly policy: PolicyDocument;
  /** By ARN. */
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  readonly tags: Tags;
}

/** A queue that gets what is published to a topic. */
export interface Subscription {
  readonly arn: string;
  /** ARN of the queue. */
  readonly endpoint: string;
  /** Account of whoever subscribed. */
  readonly owner: AccountId;
}
