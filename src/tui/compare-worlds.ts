import {
  absentNote,
  accessMapInParts,
  type DerivedUniverse,
  deriveUniverseInParts,
  diffMaps,
  groupRequests,
  groupText,
  indexOf,
  positionsOf,
  updateMapInParts,
} from '../cloud/access-map/index.ts';
import type { InParts } from '../cloud/in-parts.ts';
import type { World } from '../cloud/world.ts';

/** What is different between two worlds, in words. */
export interface AccessChange {
  readonly opened: Told;
  readonly closed: Told;
  /** Sentences for whoever reads the groups. */
  readonly notes: readonly string[];
}

/** Some requests: how many, and the groups they fall into. */
export interface Told {
  readonly count: number;
  readonly groups: readonly string[];
}

/** About how many requests are in memory at once. */
const PART = 1500;

// Going back and forth through the timeline asks for the same pairs again.
const known = new WeakMap<World, WeakMap<World, AccessChange>>();

/** Compares who may do what in two worlds, a small part at a time: it yields wherever keys may come between. */
export function* compareWorlds(before: World, after: World): InParts<AccessChange> {
  const found = known.get(before)?.get(after);
  if (found !== undefined) return found;
  const universe = yield* deriveUniverseInParts(before, after);
  const { principals, permissions, circumstances } = universe;
  const size = Math.max(1, Math.floor(PART / Math.max(1, principals.length * circumstances.length)));
  const opened: number[] = [];
  const closed: number[] = [];
  for (let start = 0; start < permissions.length; start += size) {
    const part = { principals, permissions: permissions.slice(start, start + size), circumstances };
    const map = yield* accessMapInParts(before, part);
    const diff = diffMaps(map, yield* updateMapInParts(map, after));
    const placed = (index: number): number => {
      const [who, what, given] = positionsOf(part, index);
      return indexOf(universe, who, start + what, given);
    };
    opened.push(...diff.opened.map(placed));
    closed.push(...diff.closed.map(placed));
  }
  yield;
  const change = yield* toldOf(universe, inOrder(opened), inOrder(closed));
  const others = known.get(before) ?? new WeakMap<World, AccessChange>();
  known.set(before, others.set(after, change));
  return change;
}

/** In words at once: the requests themselves would be kept as long as the worlds are. */
function* toldOf(
  universe: DerivedUniverse,
  opened: readonly number[],
  closed: readonly number[],
): InParts<AccessChange> {
  const told = (requests: readonly number[]): Told => ({
    count: requests.length,
    groups: groupRequests(universe, requests).map((group) => groupText(universe, group)),
  });
  const more = told(opened);
  yield;
  const fewer = told(closed);
  const absent = absentNote([...more.groups, ...fewer.groups]);
  const partial = universe.isPartial
    ? ['There is more in this world than can be looked at: some requests were left out.']
    : [];
  return { opened: more, closed: fewer, notes: [...(absent === null ? [] : [absent]), ...partial] };
}

function inOrder(places: readonly number[]): readonly number[] {
  return places.toSorted((a, b) => a - b);
}
