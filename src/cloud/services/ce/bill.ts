import { own } from '../../own.ts';
import type { AccountId, World } from '../../world.ts';
import { METERS, tieredCost, USAGES, type UsageName } from './prices.ts';

/** What one account used of one thing in a whole month, and what it costs. */
export interface BillLine {
  readonly account: AccountId;
  readonly usage: UsageName;
  readonly quantity: number;
  /** US dollars. */
  readonly cost: number;
}

/**
 * The bill of a month as one account sees it: the management account pays for all accounts and sees them all, a member
 * sees its own lines. Usage of the organization is pooled, so that its tiers are reached together, and each account
 * carries its share of what that costs. Reservations are not simulated.
 * Source: AWS Billing User Guide, con-bill-blended-rates.html.
 */
export function billOf(world: World, viewer: AccountId): readonly BillLine[] {
  const payers = accountsPaidTogether(world, viewer);
  const seesAll = world.organization?.managementAccount === viewer;
  const lines = USAGES.flatMap((usage) => linesOf(world, payers, usage));
  return lines.filter(({ account }) => seesAll || account === viewer);
}

function accountsPaidTogether({ organization }: World, account: AccountId): readonly AccountId[] {
  return organization && Object.hasOwn(organization.members, account)
    ? Object.keys(organization.members)
    : [account];
}

function linesOf(world: World, accounts: readonly AccountId[], usage: UsageName): readonly BillLine[] {
  const quantities = accounts.map((account) => ({
    account,
    quantity: own(world.accounts, account)?.usage[usage] ?? 0,
  }));
  const pooled = quantities.reduce((sum, { quantity }) => sum + quantity, 0);
  const cost = tieredCost(METERS[usage].tiers, pooled);
  return quantities
    .filter(({ quantity }) => quantity > 0)
    .map(({ account, quantity }) => ({ account, usage, quantity, cost: (cost * quantity) / pooled }));
}
