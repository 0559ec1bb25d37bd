import type { Caller } from '../../caller.ts';
import type { Account, Instant, TerminatedInstance, World } from '../../world.ts';
import { homeOf } from '../define.ts';

/** Milliseconds for which a terminated instance can be seen: AWS says about an hour. */
const SEEN = 3_600_000;

/** The instances that were terminated and can still be seen: whether one can follows from the clock. */
export function terminatedInstances(account: Account, clock: Instant): readonly TerminatedInstance[] {
  return Object.values(account.terminatedInstances ?? {}).filter(
    ({ terminated }) => clock < terminated + SEEN,
  );
}

/** A terminated instance that can still be seen. */
export function terminatedInstance(
  account: Account,
  clock: Instant,
  id: string,
): TerminatedInstance | undefined {
  return terminatedInstances(account, clock).find((each) => each.id === id);
}

/** What EC2 says to most requests about a terminated instance is not known here; null when none is about one. */
export function aboutTerminated(ids: readonly string[], signer: Caller | null, world: World): string | null {
  const home = signer === null ? null : homeOf(world, signer);
  const gone = ids.find((id) => home !== null && terminatedInstance(home, world.clock, id) !== undefined);
  return gone === undefined
    ? null
    : `${gone} is terminated. What EC2 answers about that is simulated for describe-instances and terminate-instances only.`;
}
