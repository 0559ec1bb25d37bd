import type { InParts } from '../in-parts.ts';
import type { World } from '../world.ts';
import { accessMapInParts, updateMapInParts } from './access-map.ts';
import { deriveUniverseInParts } from './derive.ts';
import { diffMaps } from './diff.ts';
import { type AccessChange, diffInWords } from './diff-text.ts';
import { indexOf, positionsOf } from './universe.ts';

/** About how many requests are in memory at once. */
const PART = 1500;

// A typed `diff` asks for what the screen found out already, and stepping through the timeline for the same pairs again.
const known = new WeakMap<World, WeakMap<World, AccessChange>>();

/**
 * Compares who may do what in two worlds, a small part at a time: it yields wherever keys may come between, and not at
 * all when it was asked before.
 */
export function* compareWorlds(before: World, after: World): InParts<AccessChange> {
  const found = known.get(before)?.get(after);
  if (found !== undefined) return found;
  yield;
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
  // In words at once: the requests themselves would be kept as long as the worlds are.
  const told = yield* diffInWords({ universe, opened: inOrder(opened), closed: inOrder(closed) });
  const change = universe.isPartial ? { ...told, notes: [...told.notes, PARTIAL] } : told;
  const others = known.get(before) ?? new WeakMap<World, AccessChange>();
  known.set(before, others.set(after, change));
  return change;
}

const PARTIAL = 'There is more in this world than can be looked at: some requests were left out.';

function inOrder(places: readonly number[]): readonly number[] {
  return places.toSorted((a, b) => a - b);
}
