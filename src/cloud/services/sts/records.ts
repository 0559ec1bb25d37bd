import type { ContextValue, PolicyDocument } from '../../../iam/request.ts';
import type { AccessKeyId, Instant } from '../../world.ts';

/** What STS keeps in an account: every set of temporary credentials it issued. */
export interface StsRecords {
  readonly sessions: Readonly<Record<AccessKeyId, TemporaryCredentials>>;
}

export const NO_STS_RECORDS: StsRecords = { sessions: {} };

/** What a session holds. Whether it is expired follows from the clock and is not stored. */
export interface TemporaryCredentials {
  readonly id: AccessKeyId;
  readonly secret: string;
  readonly token: string;
  readonly issued: Instant;
  readonly expires: Instant;
  readonly holder: SessionHolder;
  /** Session policies: they only limit. Null when none was passed; then a federated user may do nothing. */
  readonly limits: SessionPolicies | null;
  /** Condition keys that every request with these credentials carries: session tags, source identity, provider, … */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Keys of the session tags that go on to the next role when roles are chained. */
  readonly transitive: readonly string[];
  /** When the holder showed an MFA code; null: never. */
  readonly mfa: Instant | null;
}

export interface SessionPolicies {
  readonly inline: PolicyDocument | null;
  /** Managed policies by ARN. */
  readonly arns: readonly string[];
}

/** Whom a session speaks for. */
export type SessionHolder =
  | {
      readonly kind: 'assumed-role';
      readonly role: string;
      /** The role's unique id when it was assumed: a role made again under the same name is another principal. */
      readonly roleId: string;
      readonly sessionName: string;
    }
  /** The user itself, by `GetSessionToken`. */
  | { readonly kind: 'user'; readonly user: string; readonly userId: string }
  /** The account's root user, by `GetSessionToken`. */
  | { readonly kind: 'root' }
  /** Somebody for whom a user, or the root user where `user` is null, asked by `GetFederationToken`. */
  | {
      readonly kind: 'federated-user';
      readonly name: string;
      readonly user: string | null;
      readonly userId: string | null;
    };
