import type { Draft } from 'immer';
import type { SpecPath, SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import { USAGES, type UsageName } from './prices.ts';

/** What an author says of an account's usage. */
export interface CeSpec {
  /** How much the account uses in a month, every month the same. */
  readonly usage?: Readonly<Partial<Record<UsageName, number>>>;
}

/** Fills an account with what is metered of it. */
export function readUsage(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: CeSpec): void {
  for (const name of USAGES) {
    const quantity = spec.usage?.[name];
    if (quantity !== undefined && !(quantity >= 0 && quantity <= 1e15)) {
      reader.problem([...at, 'usage', name], 'Usage is a number, not below zero.');
    } else if (quantity !== undefined) {
      account.usage[name] = quantity;
    }
  }
}
