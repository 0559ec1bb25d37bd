import type { Instant } from '../../world.ts';

/** What IAM Access Analyzer keeps in an account. Findings need no record: they follow from the policies. */
export interface AccessAnalyzerRecords {
  /** By name. */
  readonly analyzers: Readonly<Record<string, Analyzer>>;
}

export const NO_ACCESS_ANALYZER_RECORDS: AccessAnalyzerRecords = { analyzers: {} };

export const ANALYZER_TYPES = ['ACCOUNT', 'ORGANIZATION'] as const;

/** Looks for access from outside its zone of trust: the account, or the organization. */
export interface Analyzer {
  readonly name: string;
  readonly arn: string;
  readonly type: (typeof ANALYZER_TYPES)[number];
  readonly created: Instant;
}
