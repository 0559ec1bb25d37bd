import type { Decision, Layer, Outcome, Refusal } from '../../iam/decision.ts';
import { authorize, isRefusal, LAYERS } from '../../iam/index.ts';
import { contextOf, joined } from '../authorization.ts';
import type { CallerSide } from '../caller-side.ts';
import { atOnce, type InParts } from '../in-parts.ts';
import type { PermissionNeeded } from '../operation.ts';
import { type ResourceSide, resourceSide } from '../resource-side.ts';
import type { World } from '../world.ts';
import { type MapCaller, mapCaller, sideFor } from './principal.ts';
import { isSame } from './same.ts';
import { indexOf, positionsOf, sizeOf, type Universe, under } from './universe.ts';

/** What every request of a universe comes to in one world. Made by `accessMap`, and never changed. */
export interface AccessMap {
  readonly world: World;
  readonly universe: Universe;
  /** One byte a request, in the universe's order: what `decisionAt` reads. */
  readonly codes: Uint8Array;
  /** How many requests were decided to make this map; those that nothing changed for are taken over. */
  readonly decided: number;
  /** What principals and permissions brought to their requests: `updateMap` compares these. */
  readonly sides: Sides;
}

interface Sides {
  /** By principal; null for one that is not in the world. */
  readonly callers: readonly (MapCaller | null)[];
  /** By permission. */
  readonly resources: readonly ResourceSide[];
}

/** What a map says of a request. */
export type MapDecision =
  | { readonly kind: 'decided'; readonly decision: Outcome; readonly decidedBy: Layer }
  /** The principal is not in this world. */
  | { readonly kind: 'absent' }
  /** Outside what the engine decides. */
  | { readonly kind: 'unsupported' };

const OUTCOMES = ['allowed', 'implicit-deny', 'explicit-deny'] as const satisfies readonly Outcome[];

const READINGS: readonly MapDecision[] = [
  { kind: 'absent' },
  { kind: 'unsupported' },
  ...OUTCOMES.flatMap((decision) =>
    LAYERS.map((decidedBy): MapDecision => ({ kind: 'decided', decision, decidedBy })),
  ),
];
const ABSENT = 0;
const UNSUPPORTED = 1;
const FIRST_ALLOWED = 2;
const FIRST_DENIED = FIRST_ALLOWED + LAYERS.length;

const CODES: Readonly<Record<Outcome, ReadonlyMap<Layer, number>>> = {
  allowed: codesFrom(FIRST_ALLOWED),
  'implicit-deny': codesFrom(FIRST_DENIED),
  'explicit-deny': codesFrom(FIRST_DENIED + LAYERS.length),
};

function codesFrom(first: number): ReadonlyMap<Layer, number> {
  return new Map(LAYERS.map((layer, index) => [layer, first + index]));
}

/** About how many requests are decided between two yields. */
const PART = 100;

/** Decides every request of a universe, in one sweep. */
export function accessMap(world: World, universe: Universe): AccessMap {
  return atOnce(accessMapInParts(world, universe));
}

/** The same, some hundred requests at a time. */
export function* accessMapInParts(world: World, universe: Universe): InParts<AccessMap> {
  const sides = {
    callers: universe.principals.map((principal) => mapCaller(world, principal)),
    resources: yield* resourcesOf(world, universe),
  };
  const codes = new Uint8Array(sizeOf(universe));
  const sweep = new Sweep(universe, sides, codes);
  const all = [...universe.permissions.keys()];
  for (const who of universe.principals.keys()) {
    yield* sweep.decide(who, all);
  }
  return { world, universe, codes, decided: codes.length, sides };
}

/**
 * The map of the same universe in a later world. Only requests are decided again whose principal or resource has
 * other policies, tags or circumstances than before. The clock is one of them: once it moves, all are.
 */
export function updateMap(before: AccessMap, world: World): AccessMap {
  return atOnce(updateMapInParts(before, world));
}

/** The same, some hundred requests at a time. */
export function* updateMapInParts(before: AccessMap, world: World): InParts<AccessMap> {
  const { universe } = before;
  const sides = {
    callers: callersAfter(before, world),
    resources: yield* resourcesOf(world, universe),
  };
  const all = [...universe.permissions.keys()];
  const changed = all.filter((what) => !isSame(sides.resources[what], before.sides.resources[what]));
  const codes = before.codes.slice();
  const sweep = new Sweep(universe, sides, codes);
  let decided = 0;
  for (const who of universe.principals.keys()) {
    const again = isSame(sides.callers[who], before.sides.callers[who]) ? changed : all;
    if (again.length > 0) {
      yield* sweep.decide(who, again);
      decided += again.length * universe.circumstances.length;
    }
  }
  return { world, universe, codes, decided, sides };
}

/** What a map says of the request at a place of its universe. Throws when there is none. */
export function decisionAt({ universe, codes }: AccessMap, index: number): MapDecision {
  const reading = READINGS[codes[index] ?? -1];
  if (reading === undefined) {
    throw new RangeError(`There is no request ${index} among ${sizeOf(universe)}.`);
  }
  return reading;
}

/** True when the request at a place is allowed. */
export function isAllowedAt({ codes }: AccessMap, index: number): boolean {
  const code = codes[index] ?? ABSENT;
  return code >= FIRST_ALLOWED && code < FIRST_DENIED;
}

/** The whole decision behind one place of a map, decided anew; null when the principal is not in the world. */
export function explainAt({ universe, sides }: AccessMap, index: number): Decision | Refusal | null {
  const [who, what, given] = positionsOf(universe, index);
  const caller = sides.callers[who];
  const resource = sides.resources[what];
  const permission = universe.permissions[what];
  const circumstances = universe.circumstances[given];
  if (caller === undefined || !resource || !permission || !circumstances) {
    throw new RangeError(`There is no request ${index} among ${sizeOf(universe)}.`);
  }
  const needed = under(permission, circumstances);
  const asked = caller && atHome(caller, needed, resource);
  return caller && asked && authorize(joined(sideFor(caller, permission), asked.resource, asked.needed));
}

function* resourcesOf(world: World, { permissions }: Universe): InParts<Sides['resources']> {
  const resources: ResourceSide[] = [];
  for (const permission of permissions) {
    if (resources.length % PART === 0) yield;
    resources.push(resourceSide(world, permission));
  }
  return resources;
}

/** Callers' sides in a later world: taken over where neither the account nor what all accounts share has changed. */
function callersAfter({ world: before, universe, sides }: AccessMap, world: World): Sides['callers'] {
  const isShared = isSame(sharedBy(before), sharedBy(world));
  return universe.principals.map((principal, who) => {
    const known = sides.callers[who];
    const account = 'account' in principal ? principal.account : null;
    const isKnown =
      isShared &&
      account !== null &&
      before.accounts[account] === world.accounts[account] &&
      known !== undefined;
    return isKnown ? known : mapCaller(world, principal);
  });
}

/** What a caller's side depends on beside the caller's own account. */
function sharedBy({ accounts, trail, seed, keyAccounts, ...shared }: World): object {
  return shared;
}

type Context = ReturnType<typeof contextOf>;

/** Decides requests. What many of them share is made once: putting a context together takes as long as deciding. */
class Sweep {
  readonly #universe: Universe;
  readonly #sides: Sides;
  readonly #codes: Uint8Array;
  /** By permission, then by circumstances. */
  readonly #needed: readonly (readonly PermissionNeeded[])[];
  /** By what the caller brings, then by place among the requests of one caller. */
  readonly #contexts = new Map<string, Context[]>();

  /** Requests until the next yield. */
  #left = PART;

  constructor(universe: Universe, sides: Sides, codes: Uint8Array) {
    this.#universe = universe;
    this.#sides = sides;
    this.#codes = codes;
    this.#needed = universe.permissions.map((permission) =>
      universe.circumstances.map((circumstances) => under(permission, circumstances)),
    );
  }

  /** Decides what a principal may do of these permissions. */
  *decide(who: number, permissions: Iterable<number>): InParts<void> {
    const caller = this.#sides.callers[who];
    const contexts = caller ? this.#contextsOf(caller.side) : [];
    for (const what of permissions) {
      const permission = this.#universe.permissions[what];
      this.#left -= this.#universe.circumstances.length;
      if (this.#left < 0) {
        this.#left = PART;
        yield;
      }
      const resource = this.#sides.resources[what];
      const side = caller && permission ? sideFor(caller, permission) : null;
      const known = side === null || side === caller?.side ? contexts : this.#contextsOf(side);
      const first = indexOf(this.#universe, 0, what, 0);
      const start = indexOf(this.#universe, who, what, 0);
      for (const [given, needed] of (this.#needed[what] ?? []).entries()) {
        const asked = caller && resource ? atHome(caller, needed, resource) : null;
        this.#codes[start + given] =
          side && asked ? codeOf(side, asked.resource, asked.needed, known, first + given) : ABSENT;
      }
    }
  }

  #contextsOf({ context }: CallerSide): Context[] {
    const key = JSON.stringify(context);
    const known = this.#contexts.get(key) ?? [];
    this.#contexts.set(key, known);
    return known;
  }
}

/**
 * What a caller asks for, and what it is asked of: without an ARN, something of the caller's own account. Null where
 * the service does not take the caller's requests.
 */
function atHome(
  { home, services }: MapCaller,
  needed: PermissionNeeded,
  resource: ResourceSide,
): { readonly needed: PermissionNeeded; readonly resource: ResourceSide } | null {
  if (services !== null && !services.some((name) => needed.action.startsWith(`${name}:`))) {
    return null;
  }
  return home === null || needed.resource !== '*' || needed.resourceAccount === home.account
    ? { needed, resource }
    : { needed: { ...needed, resourceAccount: home.account }, resource: home.side };
}

function codeOf(
  caller: CallerSide,
  resource: ResourceSide,
  needed: PermissionNeeded,
  contexts: Context[],
  place: number,
): number {
  const context = contexts[place] ?? contextOf(caller, resource, needed);
  contexts[place] = context;
  const answer = authorize(joined(caller, resource, needed, context));
  return isRefusal(answer) ? UNSUPPORTED : (CODES[answer.decision].get(answer.decidedBy) ?? UNSUPPORTED);
}
