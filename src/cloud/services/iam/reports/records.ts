import type { Json } from '../../../operation.ts';
import type { Instant } from '../../../world.ts';

/** What IAM keeps of its reports in an account. */
export interface ReportRecords {
  /** The last credential report; null when none was made. */
  readonly credentialReport: { readonly generated: Instant; readonly content: string } | null;
  /** Reports of what was last used, by id. */
  readonly lastAccessedJobs: Readonly<Record<string, LastAccessedJob>>;
}

export const NO_REPORTS: ReportRecords = { credentialReport: null, lastAccessedJobs: {} };

export interface LastAccessedJob {
  readonly id: string;
  readonly created: Instant;
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL';
  /** As they are shown. */
  readonly services: readonly Json[];
}
