import type { Instant } from '../../world.ts';

/** What IAM Roles Anywhere keeps in an account, by id. */
export interface RolesAnywhereRecords {
  readonly trustAnchors: Readonly<Record<string, TrustAnchor>>;
  readonly anywhereProfiles: Readonly<Record<string, AnywhereProfile>>;
}

export const NO_ROLES_ANYWHERE_RECORDS: RolesAnywhereRecords = { trustAnchors: {}, anywhereProfiles: {} };

/** A certificate authority that the account takes certificates of. */
export interface TrustAnchor {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Name of the authority. */
  readonly authority: string;
  readonly enabled: boolean;
  readonly created: Instant;
}

/** Which roles certificates may be traded for, and for how long. */
export interface AnywhereProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly roleArns: readonly string[];
  /** Seconds, 900 to 43,200. */
  readonly durationSeconds: number;
  readonly enabled: boolean;
  readonly created: Instant;
}
