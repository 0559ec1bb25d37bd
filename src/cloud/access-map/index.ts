/**
 * The access map: what every request that matters comes to in a world, in one sweep. Comparing two maps says what a
 * change opened and closed; searching one finds the request that is allowed and must not be.
 */
export {
  type AccessMap,
  accessMap,
  accessMapInParts,
  decisionAt,
  explainAt,
  isAllowedAt,
  type MapDecision,
  updateMap,
  updateMapInParts,
} from './access-map.ts';
export { circumstancesOf } from './circumstances.ts';
export { compareWorlds } from './compare-worlds.ts';
export {
  type Counterexample,
  counterexample,
  counterexampleBesideInParts,
  counterexampleInParts,
  type Factor,
  type Forbidden,
} from './counterexample.ts';
export { type DerivedUniverse, deriveUniverse, deriveUniverseInParts } from './derive.ts';
export { diffMaps, type MapDiff } from './diff.ts';
export { type AccessChange, changeText, diffInWords, type Told } from './diff-text.ts';
export { groupRequests, type RequestGroup, type When } from './groups.ts';
export { NOT_THERE, permissionsIn } from './permissions.ts';
export { isSamePrincipal, type MapPrincipal, principalName, principalsOf } from './principal.ts';
export { shortResource } from './resource-name.ts';
export { isNoticed } from './service-requests.ts';
export { isSettable } from './settable.ts';
export {
  AS_IT_IS,
  type Circumstances,
  indexOf,
  type MapRequest,
  permissionOn,
  positionsOf,
  requestAt,
  sizeOf,
  type Universe,
  universeOf,
} from './universe.ts';
export { type Permitted, type WhoCan, whoCan } from './who-can.ts';
