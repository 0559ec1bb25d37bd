import { wildcardMatch } from '../../iam/index.ts';
import { atOnce, type InParts } from '../in-parts.ts';
import { type AccessMap, isAllowedAt } from './access-map.ts';
import { principalKey } from './principal.ts';
import { indexOf, type MapRequest, positionsOf, requestAt, type Universe } from './universe.ts';

/** Requests that must not be allowed, as patterns with `*` and `?`. What is left out may be anything. */
export interface Forbidden {
  /** Against names such as `111122223333:joanne`, `111122223333:role/web`. */
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
}

/** The one thing in which two requests differ. */
export type Factor = 'principal' | 'action' | 'resource' | 'circumstances';

/** A request that is allowed and must not be. */
export interface Counterexample {
  readonly index: number;
  readonly request: MapRequest;
  /** A request that is rightly allowed and differs from it in one factor; null when there is none. */
  readonly beside: { readonly index: number; readonly request: MapRequest; readonly factor: Factor } | null;
}

/**
 * A request that a world allows and must not: one that another world does not allow (a map of the same universe), or
 * one that is forbidden. Preferred is one that differs in a single factor from a request that is rightly allowed,
 * for that shows where the line runs. Null when there is none.
 */
export function counterexample(
  found: AccessMap,
  wanted: AccessMap | readonly Forbidden[],
): Counterexample | null {
  return atOnce(counterexampleInParts(found, wanted));
}

/** The same, one wrong request at a time. */
export function* counterexampleInParts(
  found: AccessMap,
  wanted: AccessMap | readonly Forbidden[],
): InParts<Counterexample | null> {
  const { universe, codes } = found;
  const isWrong = wrongness(found, wanted);
  const isTaken = (index: number) => isAllowedAt(found, index) && isWrong(index);
  const isRight = (index: number) => isAllowedAt(found, index) && !isWrong(index);
  let first: number | null = null;
  for (let index = 0; index < codes.length; index += 1) {
    if (!isTaken(index)) {
      continue;
    }
    yield;
    const beside = neighbour(universe, index, isRight);
    if (beside !== null) {
      return { index, request: requestAt(universe, index), beside };
    }
    first ??= index;
  }
  return first === null ? null : { index: first, request: requestAt(universe, first), beside: null };
}

/**
 * A wrong request that differs in a single factor from one of those at `places`, the first of them first. Null when
 * none of them has such a neighbour.
 */
export function* counterexampleBesideInParts(
  universe: Universe,
  places: readonly number[],
  isWrong: (index: number) => boolean,
): InParts<Counterexample | null> {
  for (const place of places) {
    yield;
    const found = neighbour(universe, place, isWrong);
    if (found !== null) {
      const { index, request, factor } = found;
      return { index, request, beside: { index: place, request: requestAt(universe, place), factor } };
    }
  }
  return null;
}

function wrongness(
  { universe }: AccessMap,
  wanted: AccessMap | readonly Forbidden[],
): (index: number) => boolean {
  if ('codes' in wanted) {
    if (wanted.universe !== universe) {
      throw new Error('Two maps can be compared only when they are of the same universe.');
    }
    return (index) => !isAllowedAt(wanted, index);
  }
  return (index) => {
    const { principal, permission } = requestAt(universe, index);
    return wanted.some(
      (pattern) =>
        fits(pattern.principal, principalKey(principal)) &&
        fits(pattern.action?.toLowerCase(), permission.action.toLowerCase()) &&
        fits(pattern.resource, permission.resource),
    );
  };
}

function fits(pattern: string | undefined, value: string): boolean {
  return pattern === undefined || wildcardMatch(pattern, value);
}

/** A request with all but one factor the same, of those that are looked for. Resources come first: they teach most. */
function neighbour(
  universe: Universe,
  index: number,
  isSought: (index: number) => boolean,
): Counterexample['beside'] {
  const [who, what, given] = positionsOf(universe, index);
  const { permission } = requestAt(universe, index);
  const permissions = [...universe.permissions.entries()];
  const others: readonly (readonly [Factor, readonly number[]])[] = [
    ['resource', placed(permissions.filter(([, other]) => other.action === permission.action))],
    ['circumstances', universe.circumstances.map((_, at) => indexOf(universe, who, what, at))],
    ['principal', universe.principals.map((_, at) => indexOf(universe, at, what, given))],
    ['action', placed(permissions.filter(([, other]) => other.resource === permission.resource))],
  ];
  for (const [factor, places] of others) {
    const place = places.find(isSought);
    if (place !== undefined) {
      return { index: place, request: requestAt(universe, place), factor };
    }
  }
  return null;

  function placed(list: typeof permissions): readonly number[] {
    return list.map(([at]) => indexOf(universe, who, at, given));
  }
}
