import type { AccessKeyId, AccountId, Instant } from './world.ts';

/** A place that policies can tell from others. */
export type Seat = Extract<Actor, { readonly kind: 'instance' | 'attacker' }>;

/**
 * Who sits at the prompt. Not a principal: an actor has credentials, or has none, and AWS sees only what the
 * credentials prove.
 */
export type Actor =
  /** A person with the access key of this IAM user. */
  | { readonly kind: 'user'; readonly account: AccountId; readonly user: string }
  /** The owner of an account, signed in to the console with its email address: no access key is needed. */
  | { readonly kind: 'root'; readonly account: AccountId }
  /** A shell on an EC2 instance, or one process on it; both find what the metadata service serves. */
  | {
      readonly kind: 'instance';
      readonly account: AccountId;
      readonly instance: string;
      readonly process: string | null;
    }
  /** Whoever holds these credentials: from the environment, a profile, or the answer of an operation of STS. */
  | {
      readonly kind: 'key';
      /** The account that issued the key; empty when nobody knows such a key. */
      readonly account: AccountId;
      readonly accessKey: AccessKeyId;
      readonly secret: string;
      /** The session token of temporary credentials; null for a long-term key. */
      readonly token: string | null;
      /** Where they sit, when it is not the usual place: requests start there, whatever key signs them. */
      readonly seat?: Seat;
      /** When the request was signed beforehand, and until when S3 accepts it; left out for one that is signed now. */
      readonly presigned?: { readonly signed: Instant; readonly expires: Instant };
    }
  /** A program outside AWS: a CI job, a pod, a server with a certificate. It has no AWS credentials to start with. */
  | { readonly kind: 'workload'; readonly account: AccountId; readonly workload: string }
  /**
   * A user of Identity Center's directory, at the role of a permission set in an account: null before one is chosen.
   * The AWS CLI fetches the role's credentials as long as they are signed in to the access portal.
   */
  | {
      readonly kind: 'workforce';
      readonly account: AccountId;
      readonly user: string;
      readonly permissionSet: string | null;
    }
  /** A service of AWS that acts by itself, because of a resource: `source` is the resource's ARN. */
  | {
      readonly kind: 'service';
      readonly account: AccountId;
      /** Such as `sns.amazonaws.com`. */
      readonly service: string;
      readonly source: string;
    }
  /** Anybody at all: no credentials sign the requests. `seat`: as of a key. */
  | { readonly kind: 'anonymous'; readonly account: ''; readonly seat?: Seat }
  /** A stranger who found this key where everybody can read it. */
  | { readonly kind: 'attacker'; readonly account: AccountId; readonly accessKey: AccessKeyId };
