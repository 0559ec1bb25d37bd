import {
  circumstancesOf,
  indexOf,
  isSamePrincipal,
  type MapPrincipal,
  type Universe,
} from '../cloud/access-map/index.ts';
import type { Caller } from '../cloud/caller.ts';
import type { PermissionNeeded } from '../cloud/operation.ts';
import type { World } from '../cloud/world.ts';
import { eventInspection } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import type { Goal } from './content.ts';
import { runAs } from './observe.ts';

/** A permission that a goal's request asks for, and who asks. */
export interface GoalRequest {
  readonly goal: Goal;
  /** The same principal in every way that a map knows it: what runs on an instance, and its role. */
  readonly principals: readonly MapPrincipal[];
  readonly needed: PermissionNeeded;
}

/** What the requests of a goal ask for in a session's world. Empty when none is sent or nothing known proves who asks. */
export function goalRequests(session: Session, goal: Goal): readonly GoalRequest[] {
  const prepared = goal.given.reduce((before, line) => runAs(before, line)?.session ?? before, session);
  const turn = runAs(prepared, goal.request);
  return (turn?.attempts ?? []).flatMap(({ actor, answer }) => {
    const examined =
      turn !== null && 'event' in answer ? eventInspection(turn.session, answer.event) : undefined;
    if (examined?.kind !== 'examined') return [];
    const { account } = examined.caller;
    const seats: readonly MapPrincipal[] =
      actor.kind === 'instance'
        ? [{ kind: 'instance', account, instance: actor.instance, name: actor.instance }]
        : [];
    const principals = [...seats, ...principalOf(examined.caller)];
    return examined.checks.map(({ needed }) => ({ goal, principals, needed }));
  });
}

function principalOf(caller: Caller): readonly MapPrincipal[] {
  const { account } = caller;
  switch (caller.kind) {
    case 'user':
      return [{ kind: 'user', account, user: caller.user }];
    case 'assumed-role':
      return [{ kind: 'role', account, role: caller.role }];
    case 'root':
      return [{ kind: 'root', account }];
    default:
      return [];
  }
}

/**
 * A universe with who and what the goals name in front, also what is not in it yet, such as a user that nobody has
 * made. What the circumstances are to vary is left out of each; what hangs on others, of which the universe has no room
 * for, is not added, since its words would not say so. Services come last: they are nobody's neighbours.
 */
export function withGoalRequests(
  universe: Universe,
  requests: readonly GoalRequest[],
  world: World,
): Universe {
  const varied = keysOf(universe.circumstances);
  const others = new Set([...keysOf(circumstancesOf(world))].filter((key) => !varied.has(key)));
  const known = new Set(universe.permissions.map(thingOf));
  const added = requests
    .filter(
      ({ needed }) =>
        !known.has(thingOf(needed)) && !Object.keys(needed.context ?? {}).some((key) => others.has(key)),
    )
    .map(({ needed }): readonly [string, PermissionNeeded] => {
      const context = Object.entries(needed.context ?? {}).filter(([key]) => !varied.has(key));
      return [thingOf(needed), { ...needed, context: Object.fromEntries(context) }];
    });
  const things = requests.map(({ needed }) => thingOf(needed));
  return {
    principals: inFront(
      universe.principals.toSorted((a, b) => Number(a.kind === 'service') - Number(b.kind === 'service')),
      (each) => requests.findIndex(({ principals }) => principals.some((one) => isSamePrincipal(one, each))),
    ),
    permissions: inFront([...new Map(added).values(), ...universe.permissions], (each) =>
      things.indexOf(thingOf(each)),
    ),
    circumstances: universe.circumstances,
  };
}

function keysOf(circumstances: Universe['circumstances']): ReadonlySet<string> {
  return new Set(circumstances.flatMap(({ context }) => Object.keys(context)));
}

/** A list with those that have a place first, in the order of their places; -1 is none. */
function inFront<T>(list: readonly T[], placeOf: (each: T) => number): readonly T[] {
  const placed = list.map((each) => ({ each, place: placeOf(each) }));
  const first = placed.filter(({ place }) => place >= 0).sort((a, b) => a.place - b.place);
  return [...first, ...placed.filter(({ place }) => place < 0)].map(({ each }) => each);
}

/** Where in a universe a goal's request stands, under each of the circumstances that it comes with. */
export function placesOf(universe: Universe, { principals, needed }: GoalRequest): readonly number[] {
  const given = { ...needed.context };
  const at = <T>(list: readonly T[], fits: (each: T) => boolean): readonly number[] =>
    list.flatMap((each, index) => (fits(each) ? [index] : []));
  const who = at(universe.principals, (one) => principals.some((other) => isSamePrincipal(one, other)));
  const what = at(universe.permissions, (one) => isSameThing(one, needed));
  const under = at(universe.circumstances, ({ context }) =>
    Object.entries(context).every(([key, value]) => String(given[key]) === String(value)),
  );
  return who.flatMap((principal) =>
    what.flatMap((permission) =>
      under.map((circumstances) => indexOf(universe, principal, permission, circumstances)),
    ),
  );
}

function isSameThing(one: PermissionNeeded, other: PermissionNeeded): boolean {
  return thingOf(one) === thingOf(other);
}

/** What is asked of what, and by which service in the caller's name. */
function thingOf({ action, resource, via = '' }: PermissionNeeded): string {
  return `${action} ${resource} ${via}`;
}
