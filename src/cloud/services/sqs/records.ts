import type { PolicyDocument } from '../../../iam/request.ts';
import type { Instant, Tags } from '../../world.ts';

/** What SQS keeps in an account. */
export interface SqsRecords {
  /** By name. */
  readonly queues: Readonly<Record<string, Queue>>;
}

export const NO_SQS_RECORDS: SqsRecords = { queues: {} };

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly created: Instant;
  readonly policy: PolicyDocument | null;
  /** Seconds for which a received message is hidden from others. */
  readonly visibilityTimeout: number;
  /** Oldest first. */
  readonly messages: readonly QueueMessage[];
  readonly tags: Tags;
}

export interface QueueMessage {
  /** A UUID. */
  readonly id: string;
  readonly body: string;
  readonly sent: Instant;
  /** Unique id of who sent it, such as `AIDA…` or `AROA…:session`. */
  readonly sender: string;
  /** Whoever received it last; it is hidden until then, if not deleted before. */
  readonly receipt: { readonly handle: string; readonly hiddenUntil: Instant } | null;
}
