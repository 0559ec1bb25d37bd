import type { World } from '../world.ts';
import { circumstancesOf } from './circumstances.ts';
import { permissionsOf } from './permissions.ts';
import { principalKey, principalsOf } from './principal.ts';
import { AS_IT_IS, type Universe } from './universe.ts';

/** The most requests of a derived universe: what can be decided in a moment. */
const MOST_REQUESTS = 100_000;
const MOST_PRINCIPALS = 2_000;

/** A universe made from worlds, and whether all of them is in it. */
export interface DerivedUniverse extends Universe {
  /** True when the worlds have more principals, permissions or circumstances than can be looked at. */
  readonly isPartial: boolean;
}

/**
 * Everything worth asking in some worlds: their principals, what the operations need, what conditions ask for. With
 * the worlds before and after a change, what was made or deleted is in it too. Circumstances give way first, then
 * permissions.
 */
export function deriveUniverse(...worlds: readonly World[]): DerivedUniverse {
  const all = {
    principals: distinct(worlds.flatMap(principalsOf), principalKey),
    permissions: distinct(worlds.flatMap(permissionsOf), (each) => JSON.stringify(each)),
    circumstances: distinct([AS_IT_IS, ...worlds.flatMap(circumstancesOf)], ({ label }) => label),
  };
  const principals = all.principals.slice(0, MOST_PRINCIPALS);
  const permissions = all.permissions.slice(0, Math.floor(MOST_REQUESTS / Math.max(1, principals.length)));
  const room = Math.floor(MOST_REQUESTS / Math.max(1, principals.length * permissions.length));
  const circumstances = all.circumstances.slice(0, Math.max(1, room));
  const isPartial =
    principals.length < all.principals.length ||
    permissions.length < all.permissions.length ||
    circumstances.length < all.circumstances.length;
  return { principals, permissions, circumstances, isPartial };
}

function distinct<T>(list: readonly T[], keyOf: (each: T) => string): readonly T[] {
  return [...new Map(list.map((each) => [keyOf(each), each])).values()];
}
