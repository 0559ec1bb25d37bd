import type { Layer, Outcome } from '../iam/decision.ts';
import type { Actor } from './actor.ts';
import type { Json } from './operation.ts';
import type { AccessKeyId, AccountId, Instant } from './world.ts';

/** One permission that was checked, and what came of it. One API call may need several. */
export interface CheckedPermission {
  readonly action: string;
  readonly resource: string;
  readonly decision: Outcome;
  readonly decidedBy: Layer;
  readonly policy: string | null;
  readonly statement: string | number | null;
}

/** One request that reached AWS, in the terms of a CloudTrail event. */
export interface TrailEvent {
  /** 1, 2, 3, … in the order of arrival: what `why 3` means. */
  readonly number: number;
  readonly time: Instant;
  readonly actor: Actor;
  /** ARN of the principal; null when the credentials proved nobody. */
  readonly principal: string | null;
  /** Such as `AIDA…` or `AROA…:session`; null when the credentials proved nobody. */
  readonly principalId: string | null;
  /** The caller's account, if any, and then those of the resources; none when the credentials proved nobody. */
  readonly accounts: readonly AccountId[];
  /** Empty when the request was not signed. */
  readonly accessKey: AccessKeyId;
  readonly sourceIp: string;
  /** Operation id, such as `iam:CreateUser`. */
  readonly operation: string;
  /** The request's parameters, without contents and secrets. */
  readonly input: Json;
  /** What a request that changed something answered, without secrets; null for every other. */
  readonly response: Json;
  /** ARNs of what it was about. */
  readonly resources: readonly string[];
  readonly outcome: TrailOutcome;
  readonly checks: readonly CheckedPermission[];
}

export type TrailOutcome =
  | { readonly kind: 'done' }
  /** Authorization said no. `code` is AWS's error code, such as `AccessDenied`. */
  | { readonly kind: 'denied'; readonly code: string; readonly message: string }
  /** Authorized, and failed for another reason, such as `NoSuchEntity`. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** The credentials were not accepted, such as `ExpiredToken`: nobody was authorized or denied. */
  | { readonly kind: 'rejected'; readonly code: string };
