import { shortResource } from './resource-name.ts';
import { positionsOf, type Universe } from './universe.ts';

/** Requests that a person can take in at once: some principals, a family of actions, some resources. */
export interface RequestGroup {
  /** Positions of the principals in the universe. */
  readonly principals: readonly number[];
  /** Such as `iam write`. */
  readonly family: string;
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** A short name that fits these resources and no other of the universe, such as `user/team/*`; null without one. */
  readonly pattern: string | null;
  readonly when: When;
  /** How many requests. */
  readonly size: number;
}

/** Under which circumstances of the universe, by their labels. */
export type When =
  | { readonly kind: 'always' }
  /** As the world has it, and under others too, but not under these. */
  | { readonly kind: 'except'; readonly labels: readonly string[] }
  | { readonly kind: 'only'; readonly labels: readonly string[] };

/**
 * Groups requests by principal, then by family of actions, kind of resource and circumstances. A group says which
 * actions and resources are in it, not that each action is about each resource. Principals with the same groups are
 * told together.
 */
export function groupRequests(universe: Universe, requests: readonly number[]): readonly RequestGroup[] {
  const byPrincipal = groupBy(requests, (request) => positionsOf(universe, request)[0]);
  const told = [...byPrincipal].map(([who, own]) => ({ who, groups: groupsOf(universe, own) }));
  const alike = groupBy(told, ({ groups }) => JSON.stringify(groups));
  return [...alike.values()].flatMap((same) => {
    const principals = same.map(({ who }) => who);
    const groups = same[0]?.groups ?? [];
    return groups.map((group) => ({ ...group, principals, size: group.size * principals.length }));
  });
}

type Group = Omit<RequestGroup, 'principals'>;

/** A permission that a principal has under some of the circumstances. */
interface Held {
  readonly action: string;
  readonly resource: string;
  readonly family: string;
  /** Positions of the circumstances. */
  readonly given: readonly number[];
}

/** The groups of one principal's requests. */
function groupsOf(universe: Universe, requests: readonly number[]): readonly Group[] {
  const byPermission = groupBy(requests, (request) => positionsOf(universe, request)[1]);
  const held = [...byPermission].flatMap(([what, own]): readonly Held[] => {
    const permission = universe.permissions[what];
    const given = own.map((request) => positionsOf(universe, request)[2]);
    return permission ? [{ ...permission, family: familyOf(permission.action), given }] : [];
  });
  const alike = groupBy(held, ({ family, resource, given }) => `${kindOf(resource)} ${family} ${given}`);
  return [...alike.values()].map((group) => groupOf(universe, group));
}

/** What resources are told together: what their short names begin with, such as `user`, or a bucket's name. */
function kindOf(resource: string): string {
  return shortResource(resource).split(/[/:]/, 1).join();
}

function groupOf(universe: Universe, held: readonly Held[]): Group {
  const { family = '', given = [] } = held[0] ?? {};
  const resources = [...new Set(held.map(({ resource }) => resource))];
  return {
    family,
    actions: [...new Set(held.map(({ action }) => action))].sort(),
    resources,
    pattern: patternOf(universe, family, resources),
    when: whenOf(universe, given),
    size: held.length * given.length,
  };
}

function whenOf({ circumstances }: Universe, given: readonly number[]): When {
  if (given.length === circumstances.length) {
    return { kind: 'always' };
  }
  const asItIs = given.some((at) => circumstances[at]?.label === '');
  const told = circumstances.filter((_, at) => given.includes(at) !== asItIs);
  return { kind: asItIs ? 'except' : 'only', labels: told.map(({ label }) => label) };
}

/** How API names begin that only look: AWS's access levels Read and List. */
const LOOKING = /^(get|list|describe|head|lookup|simulate|generate|validate|search)/i;

/** A family of actions: the service, and whether they look or change something; taking on a role stands by itself. */
function familyOf(action: string): string {
  const colon = action.indexOf(':');
  const name = action.slice(colon + 1);
  if (/^assumerole/i.test(name)) {
    return 'sts assume-role';
  }
  return `${action.slice(0, colon)} ${LOOKING.test(name) ? 'read' : 'write'}`;
}

/**
 * One pattern for several resources: the beginning they share, cut at a slash or colon, or one that all others are in.
 * Null when another resource that the family's actions are about begins so.
 */
function patternOf(universe: Universe, family: string, resources: readonly string[]): string | null {
  const [first = '', ...rest] = resources;
  if (rest.length === 0) {
    return shortResource(first);
  }
  const holder = resources.find((each) =>
    resources.every((other) => other === each || other.startsWith(`${each}/`)),
  );
  const prefix = holder === undefined ? sharedBeginning(first, rest) : `${holder}/`;
  const others = universe.permissions.some(
    ({ action, resource }) =>
      resource.startsWith(prefix) && familyOf(action) === family && !resources.includes(resource),
  );
  if (others) {
    return null;
  }
  const inside = shortResource(`${prefix}*`);
  return holder === undefined ? inside : `${shortResource(holder)} and ${inside}`;
}

function sharedBeginning(first: string, rest: readonly string[]): string {
  const differs = [...first].findIndex((character, at) => rest.some((each) => each[at] !== character));
  const shared = differs === -1 ? first : first.slice(0, differs);
  return shared.slice(0, Math.max(shared.lastIndexOf('/'), shared.lastIndexOf(':')) + 1);
}

function groupBy<T, K>(list: readonly T[], keyOf: (each: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const each of list) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [each]);
    } else {
      group.push(each);
    }
  }
  return groups;
}
