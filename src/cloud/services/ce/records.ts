import type { UsageName } from './prices.ts';

/** What is metered of an account. */
export interface CeRecords {
  /** How much it uses in a month, every month the same. */
  readonly usage: Readonly<Partial<Record<UsageName, number>>>;
}

export const NO_USAGE: CeRecords = { usage: {} };
