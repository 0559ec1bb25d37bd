import type { ContextValue } from '../../iam/request.ts';
import type { PermissionNeeded } from '../operation.ts';
import { resourceOf } from '../services/index.ts';
import type { World } from '../world.ts';
import type { MapPrincipal } from './principal.ts';
import { isSettable } from './settable.ts';

/** Circumstances of a request, as condition keys. No keys: as the world has it. */
export interface Circumstances {
  /** Such as `aws:MultiFactorAuthPresent is true`; empty when there are none. */
  readonly label: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** As the world has it: nothing more is said. */
export const AS_IT_IS: Circumstances = { label: '', context: {} };

/** Every request that is looked at: each principal with each permission under each of the circumstances. */
export interface Universe {
  readonly principals: readonly MapPrincipal[];
  /** An action on a resource. */
  readonly permissions: readonly PermissionNeeded[];
  readonly circumstances: readonly Circumstances[];
}

/** One request of a universe. */
export interface MapRequest {
  readonly principal: MapPrincipal;
  readonly permission: PermissionNeeded;
  readonly circumstances: Circumstances;
}

/** How many requests a universe has. */
export function sizeOf({ principals, permissions, circumstances }: Universe): number {
  return principals.length * permissions.length * circumstances.length;
}

/** A universe with every action on every resource. Resources are ARNs, or `*`; who owns one is looked up in the world. */
export function universeOf(
  world: World,
  principals: readonly MapPrincipal[],
  actions: readonly string[],
  resources: readonly string[],
  circumstances: readonly Circumstances[] = [AS_IT_IS],
): Universe {
  const permissions = resources.flatMap((resource) =>
    actions.map((action) => permissionOn(world, action, resource)),
  );
  return { principals, permissions, circumstances };
}

/** An action on a resource, whose account is its owner's, the one its ARN names, or else the world's first. */
export function permissionOn(world: World, action: string, resource: string): PermissionNeeded {
  const named = resource.split(':')[4] ?? '';
  const [first = ''] = Object.keys(world.accounts);
  const owner = resourceOf(world, resource, action)?.owner;
  return { action, resource, resourceAccount: owner ?? (/^\d{12}$/.test(named) ? named : first) };
}

/** The request at a place of a universe's order. Throws when there is none. */
export function requestAt(universe: Universe, index: number): MapRequest {
  const { permissions, circumstances } = universe;
  const [at, under] = divided(index, circumstances.length);
  const [who, what] = divided(at, permissions.length);
  const principal = universe.principals[who];
  const permission = permissions[what];
  const given = circumstances[under];
  if (principal === undefined || permission === undefined || given === undefined) {
    throw new RangeError(`There is no request ${index} among ${sizeOf(universe)}.`);
  }
  return { principal, permission, circumstances: given };
}

/** The place of a request, by the positions of its parts. */
export function indexOf(
  { permissions, circumstances }: Universe,
  principal: number,
  permission: number,
  under: number,
): number {
  return (principal * permissions.length + permission) * circumstances.length + under;
}

/** Positions of a request's parts: principal, permission, circumstances. */
export function positionsOf(
  { permissions, circumstances }: Universe,
  index: number,
): readonly [principal: number, permission: number, under: number] {
  const [at, under] = divided(index, circumstances.length);
  return [...divided(at, permissions.length), under];
}

function divided(index: number, by: number): readonly [quotient: number, rest: number] {
  return [Math.floor(index / by), index % by];
}

/**
 * A permission with what the circumstances add; what the request itself says stays. Keys that requests for its action
 * never have are left out.
 */
export function under(permission: PermissionNeeded, { context }: Circumstances): PermissionNeeded {
  const supposed = Object.entries(context).filter(([key]) => isSettable(key, permission.action));
  return { ...permission, context: { ...Object.fromEntries(supposed), ...permission.context } };
}
