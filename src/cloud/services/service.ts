import type { Draft } from 'immer';
import type { NamedPolicy } from '../../iam/request.ts';
import type { ApiError, Operation } from '../operation.ts';
import type { SpecPath, SpecReader } from '../read-spec.ts';
import type { TrailEvent } from '../trail.ts';
import type { Account, AccountId, KmsGrant, Tags, World } from '../world.ts';

/**
 * One service of AWS: everything about it is in its folder, and this is what the rest asks it for. A part that a
 * service has not is `object` here: nothing.
 */
export interface Service<
  Records extends object = object,
  Spec extends object = object,
  WideRecords extends object = object,
  WideSpec extends object = object,
> {
  /** As in operation ids, ARNs and `aws <name> …`. */
  readonly name: string;
  readonly operations: readonly Operation[];
  /** What a new account has of it. */
  readonly inAccount: Records;
  /** What a new world has of it, for all accounts together. */
  readonly inWorld: WideRecords;
  /** The resource an ARN of this service leads to, for one action; null when there is none. */
  resource?(world: World, arn: string, action: string): Resource | null;
  /** Fills an account with what its author says of this service. */
  readAccount?(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: Spec): void;
  /** Fills the world with what its author says of this service, once all accounts are there. */
  readWorld?(reader: SpecReader, spec: WideSpec): void;
  /** What follows in it from a request by anybody that reached AWS: the world it leads to. */
  recorded?(world: World, event: TrailEvent): World;
  /** A request that nobody signed is decided: a resource policy may allow everybody. */
  readonly servesAnybody?: true;
  /** How it words what it says of credentials and permissions; IAM's way unless said. */
  readonly wording?: Wording;
}

/** What authorization asks about a resource. */
export interface Resource {
  readonly owner: AccountId;
  /** The resource policy: of a role, its trust policy, for the actions that assume it. */
  readonly policy: NamedPolicy | null;
  /** Become `aws:ResourceTag/…`. */
  readonly tags: Tags;
  /** A bucket with a public policy, whose Block Public Access keeps other accounts out. */
  readonly restricted?: boolean;
  /** Of a KMS key: what lets principals use it beside policies. */
  readonly grants?: readonly KmsGrant[];
}

/** How one service words what it says of credentials and permissions. */
export interface Wording {
  readonly expired: ApiError;
  readonly invalid: ApiError;
  /** A known key with another secret; in the way of most services unless said. */
  readonly signature?: ApiError;
  readonly denied: {
    readonly code: string;
    readonly before: string;
    /** All it says when KMS denies the use of a key; KMS's own sentence unless said. */
    readonly ofKey?: string;
    /** All it says to callers of an account that is not of the resource's organization; the usual sentence unless said. */
    readonly toStrangers?: string;
    /** How it spells actions in its sentence; as policies do unless said. */
    readonly spelled?: (action: string) => string;
  };
}

/** All of `Parts` at once: from the union of what each service adds to what they add together. */
export type Together<Parts> = (Parts extends unknown ? (part: Parts) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
