import type { AccountId } from './world.ts';

/**
 * Who sits at the prompt. Not a principal: an actor has credentials, or has none, and AWS sees only what the
 * credentials prove.
 */
export type Actor =
  /** A person with the access key of this IAM user. */
  | { readonly kind: 'user'; readonly account: AccountId; readonly user: string }
  /** A shell on an EC2 instance, or one process on it; both find what the metadata service serves. */
  | {
      readonly kind: 'instance';
      readonly account: AccountId;
      readonly instance: string;
      readonly process: string | null;
    };
