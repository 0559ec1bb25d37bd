import { type AccessMap, isAllowedAt } from './access-map.ts';
import type { Universe } from './universe.ts';

/** What a change did: requests, as places in the universe of both maps. */
export interface MapDiff {
  readonly universe: Universe;
  /** Denied before, allowed after. Denied is also whoever was not there. */
  readonly opened: readonly number[];
  /** Allowed before, denied after. */
  readonly closed: readonly number[];
}

/** What is allowed in one map and not in the other, of the same universe. Throws when they are of two. */
export function diffMaps(before: AccessMap, after: AccessMap): MapDiff {
  const { universe } = before;
  if (universe !== after.universe) {
    throw new Error('Two maps can be compared only when they are of the same universe.');
  }
  const opened: number[] = [];
  const closed: number[] = [];
  for (let index = 0; index < before.codes.length; index += 1) {
    if (before.codes[index] === after.codes[index]) {
      continue;
    }
    const was = isAllowedAt(before, index);
    if (was !== isAllowedAt(after, index)) {
      (was ? closed : opened).push(index);
    }
  }
  return { universe, opened, closed };
}
