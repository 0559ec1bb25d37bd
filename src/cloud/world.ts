import type { AccountRecords, WorldRecords } from './services/index.ts';
import type { TrailEvent } from './trail.ts';

/** Milliseconds since 1970-01-01T00:00:00Z, on the simulated clock. */
export type Instant = number;

/** Twelve digits. */
export type AccountId = string;

/** Such as `AKIA…` for a user's access key, `ASIA…` for temporary credentials. */
export type AccessKeyId = string;

export type Tags = Readonly<Record<string, string>>;

/**
 * Everything there is at one moment: plain JSON, nested by account, never changed in place. Records are keyed
 * by the name people use (user name, role name, bucket name), instances by their id. What the services keep for
 * all accounts together, such as the owners of bucket names, is in their records.
 */
export interface World extends WorldRecords {
  readonly clock: Instant;
  /** State of the generator that ids and key material come from. */
  readonly seed: number;
  readonly accounts: Readonly<Record<AccountId, Account>>;
  /** Which account issued a key, for long-term and temporary ones: what a request's signature leads to. */
  readonly keyAccounts: Readonly<Record<AccessKeyId, AccountId>>;
  /** Every request that reached AWS, oldest first. */
  readonly trail: readonly TrailEvent[];
}

/** An account: the records of every service side by side, as each service's `records.ts` has them. */
export interface Account extends AccountRecords {
  readonly id: AccountId;
  readonly name: string;
}

export type * from './outside/records.ts';
export type * from './services/accessanalyzer/records.ts';
export type * from './services/ce/records.ts';
export type * from './services/cloudtrail/records.ts';
export type * from './services/ec2/records.ts';
export type * from './services/eks/records.ts';
export type * from './services/iam/records.ts';
export type * from './services/iam/reports/records.ts';
export type * from './services/identity-center/records.ts';
export type * from './services/kms/records.ts';
export type * from './services/lambda/records.ts';
export type * from './services/organizations/records.ts';
export type * from './services/rolesanywhere/records.ts';
export type * from './services/s3/records.ts';
export type * from './services/secretsmanager/records.ts';
export type * from './services/sns/records.ts';
export type * from './services/sqs/records.ts';
export type * from './services/sts/records.ts';
