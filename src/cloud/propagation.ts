import type { Account, AccountId, Instant, World } from './world.ts';

/** What of an account takes its time to reach every place that decides. */
const SLOW = ['users', 'groups', 'roles', 'policies', 'instanceProfiles'] as const;

type SlowRecords = Pick<Account, (typeof SLOW)[number]>;

/** A change of IAM that is made and does not count yet: what counts until then. */
export interface Settling {
  readonly until: Instant;
  readonly account: AccountId;
  readonly before: SlowRecords;
}

/** What IAM keeps for all accounts together. */
export interface Propagation {
  /** Milliseconds until a change of IAM counts everywhere; 0: at once. */
  readonly propagation: number;
  /** Changes that do not count yet, the oldest first. */
  readonly settling: readonly Settling[];
}

export const NO_PROPAGATION: Propagation = { propagation: 0, settling: [] };

/**
 * The world after a change, where what was there before goes on to count for a while. IAM is eventually consistent:
 * a new policy is stored at once, and decides only when it has reached the place that decides.
 * Source: IAM User Guide, troubleshoot_general.html (changes are not always immediately visible).
 */
export function withChangesSettling(before: World, after: World): World {
  if (after.propagation === 0 || before.accounts === after.accounts) {
    return after;
  }
  const changed = Object.values(before.accounts).filter((account) => {
    const now = after.accounts[account.id];
    return now !== undefined && SLOW.some((record) => now[record] !== account[record]);
  });
  const until = after.clock + after.propagation;
  const added = changed.map(
    ({ id: account, users, groups, roles, policies, instanceProfiles }): Settling => ({
      until,
      account,
      before: { users, groups, roles, policies, instanceProfiles },
    }),
  );
  return { ...after, settling: [...after.settling.filter((each) => each.until > after.clock), ...added] };
}

const views = new WeakMap<World, World>();

/** The world as those who decide see it now: changes of IAM that have not reached them are left out. */
export function inEffect(world: World): World {
  const pending = world.settling.filter(({ until }) => until > world.clock);
  if (pending.length === 0) {
    return world;
  }
  const known = views.get(world);
  if (known !== undefined) {
    return known;
  }
  const accounts: Record<AccountId, Account> = { ...world.accounts };
  // The oldest change that is still pending says what counts, so it is applied last.
  for (const { account, before } of pending.toReversed()) {
    const now = accounts[account];
    if (now !== undefined) {
      accounts[account] = { ...now, ...before };
    }
  }
  const view = { ...world, accounts };
  views.set(world, view);
  return view;
}
