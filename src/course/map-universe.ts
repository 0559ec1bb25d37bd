import {
  type Circumstances,
  circumstancesOf,
  deriveUniverseInParts,
  type Universe,
} from '../cloud/access-map/index.ts';
import { atOnce, type InParts } from '../cloud/in-parts.ts';
import type { World } from '../cloud/world.ts';

/** The most requests that are decided to compare two worlds. */
const MOST_REQUESTS = 100_000;

/**
 * The requests in which a world is compared with how it should be: about what there is as it should be, under what
 * the conditions of any of the worlds ask for. Calls that come with an identity provider's token are left out: a
 * map has no principals that could make them.
 */
export function universeFor(asItShouldBe: World, ...others: readonly World[]): Universe {
  return atOnce(universeInParts(asItShouldBe, ...others));
}

/** The same, a part at a time. */
export function* universeInParts(asItShouldBe: World, ...others: readonly World[]): InParts<Universe> {
  const { principals, permissions: all } = yield* deriveUniverseInParts(asItShouldBe);
  const permissions = all.filter(({ action }) => !/^sts:AssumeRoleWith/i.test(action));
  const supposed: Circumstances[] = [];
  for (const world of [asItShouldBe, ...others]) {
    yield;
    supposed.push(...circumstancesOf(world));
  }
  const byLabel = new Map<string, Circumstances>(supposed.map((each) => [each.label, each]));
  const most = Math.max(1, Math.floor(MOST_REQUESTS / (principals.length * Math.max(1, permissions.length))));
  return { principals, permissions, circumstances: [...byLabel.values()].slice(0, most) };
}
