import { atOnce, type InParts } from '../in-parts.ts';
import type { PermissionNeeded } from '../operation.ts';
import { operations } from '../services/index.ts';
import type { AccountId, World } from '../world.ts';
import { circumstancesOf } from './circumstances.ts';
import { permissionsInParts } from './permissions.ts';
import { type MapPrincipal, principalKey, principalsOf } from './principal.ts';
import { AS_IT_IS, type Circumstances, type Universe } from './universe.ts';

/** The most requests of a derived universe: what can be decided in a moment. */
const MOST_REQUESTS = 100_000;
const MOST_PRINCIPALS = 250;
/** At least so many inputs of an operation are tried: something that is there, and something that is not. */
const FEWEST_INPUTS = 4;

/** A universe made from worlds, and whether all of them is in it. */
export interface DerivedUniverse extends Universe {
  /** True when the worlds have more principals, permissions or circumstances than can be looked at. */
  readonly isPartial: boolean;
}

/**
 * Everything worth asking in some worlds: their principals, what the operations need, what conditions ask for. With
 * the worlds before and after a change, what was made or deleted is in it too. Where there is too much, the accounts
 * that differ between the worlds come first, and circumstances give way before permissions.
 */
export function deriveUniverse(...worlds: readonly World[]): DerivedUniverse {
  return atOnce(deriveUniverseInParts(...worlds));
}

/** The same, an operation and a world at a time. */
export function* deriveUniverseInParts(...worlds: readonly World[]): InParts<DerivedUniverse> {
  const accounts = changedFirst(worlds);
  const everybody = sorted(distinct(worlds.flatMap(principalsOf), principalKey), accounts);
  const principals = everybody.slice(0, MOST_PRINCIPALS);
  const room = Math.floor(MOST_REQUESTS / Math.max(1, principals.length));
  yield;
  const permissions = yield* permissionsWithin(worlds, accounts, room);
  const asked: Circumstances[] = [AS_IT_IS];
  for (const world of worlds) {
    yield;
    asked.push(...circumstancesOf(world));
  }
  const supposed = distinct(asked, ({ label }) => label);
  const most = Math.max(1, Math.floor(room / Math.max(1, permissions.list.length)));
  const circumstances: readonly Circumstances[] = supposed.slice(0, most);
  const isPartial =
    permissions.isPartial || principals.length < everybody.length || circumstances.length < supposed.length;
  return { principals, permissions: permissions.list, circumstances, isPartial };
}

/** Account ids of some worlds, those first whose account is not the same in all of them. */
function changedFirst(worlds: readonly World[]): readonly AccountId[] {
  const all = distinct(
    worlds.flatMap(({ accounts }) => Object.keys(accounts)),
    (id) => id,
  );
  const isChanged = (id: AccountId) =>
    worlds.some(({ accounts }) => accounts[id] !== worlds[0]?.accounts[id]);
  return [...all.filter(isChanged), ...all.filter((id) => !isChanged(id))];
}

function sorted(
  principals: readonly MapPrincipal[],
  accounts: readonly AccountId[],
): readonly MapPrincipal[] {
  const places = new Map(accounts.map((id, place) => [id, place]));
  const placeOf = (principal: MapPrincipal) =>
    principal.kind === 'service' || principal.kind === 'anonymous'
      ? -1
      : (places.get(principal.account) ?? 0);
  return principals.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function* permissionsWithin(
  worlds: readonly World[],
  accounts: readonly AccountId[],
  room: number,
): InParts<{ readonly list: readonly PermissionNeeded[]; readonly isPartial: boolean }> {
  const inputs = Math.max(FEWEST_INPUTS, Math.floor(room / operations.size));
  const found = new Map<string, PermissionNeeded>();
  for (const id of accounts) {
    if (found.size > room) {
      break;
    }
    for (const world of worlds) {
      for (const needed of yield* permissionsInParts(world, id, inputs)) {
        found.set(JSON.stringify(needed), needed);
      }
    }
  }
  return { list: [...found.values()].slice(0, room), isPartial: found.size > room };
}

function distinct<T>(list: readonly T[], keyOf: (each: T) => string): readonly T[] {
  return [...new Map(list.map((each) => [keyOf(each), each])).values()];
}
