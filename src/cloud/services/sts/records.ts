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
}

export type SessionHolder = {
  readonly kind: 'assumed-role';
  readonly role: string;
  /** The role's unique id when it was assumed: a role made again under the same name is another principal. */
  readonly roleId: string;
  readonly sessionName: string;
};
