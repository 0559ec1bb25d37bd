import type { Refusal } from '../iam/decision.ts';
import type { ApiError, Json } from './operation.ts';
import type { CheckedPermission } from './trail.ts';

/** A request as an actor makes it: an operation of the registry and its input. */
export interface ApiRequest {
  /** Such as `iam:CreateUser`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What became of a request. */
export type Answer =
  /** Outside what is simulated: nothing was sent and nothing decided. */
  | { readonly kind: 'unsupported'; readonly refusal: Refusal }
  /** The machine of the caller found no credentials, so there was no request: nothing in the trail. */
  | { readonly kind: 'not-sent'; readonly message: string }
  /** AWS did not accept the credentials: `ExpiredToken`, `InvalidClientTokenId`. */
  | { readonly kind: 'rejected'; readonly error: ApiError; readonly event: number }
  | {
      readonly kind: 'denied';
      readonly error: ApiError;
      readonly checks: readonly CheckedPermission[];
      readonly event: number;
    }
  | {
      readonly kind: 'failed';
      readonly error: ApiError;
      readonly checks: readonly CheckedPermission[];
      readonly event: number;
    }
  | {
      readonly kind: 'done';
      readonly output: Json;
      readonly checks: readonly CheckedPermission[];
      readonly event: number;
    };
