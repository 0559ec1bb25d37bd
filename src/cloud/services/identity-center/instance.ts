import type { Caller } from '../../caller.ts';
import type { ApiError, Effect, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { DirectoryGroup, DirectoryUser, IdentityCenter, PermissionSet, World } from '../../world.ts';
import { failed } from '../define.ts';

export const INSTANCE_ARN = {
  type: 'string',
  required: true,
  help: 'ARN of the instance, as list-instances shows it',
} as const;
export const PERMISSION_SET_ARN = {
  type: 'string',
  required: true,
  help: 'ARN of the permission set',
} as const;
export const STORE_ID = {
  type: 'string',
  required: true,
  help: 'id of the directory, d-…, as list-instances shows it',
} as const;

type Failure = { readonly error: ApiError };

/** Permission for an action of Identity Center on some of its resources: each of them must be allowed. */
export function onCenter(
  world: World,
  caller: Caller,
  action: string,
  resources: readonly string[],
): readonly PermissionNeeded[] {
  const resourceAccount = world.identityCenter?.account ?? caller.account;
  return resources.map((resource) => ({
    action,
    resource: /^arn:aws:[a-z-]+:[^:]*:\d*:./.test(resource) ? resource : '*',
    resourceAccount,
  }));
}

/** ARN of an account as Identity Center's permissions name it. */
export function targetArn(account: string): string {
  return `arn:aws:sso:::account/${account}`;
}

/** ARN of the directory, as permissions of `identitystore` name it. */
export function storeArn(world: World, store: string): string {
  return `arn:aws:identitystore::${world.identityCenter?.account ?? ''}:identitystore/${store}`;
}

/** The instance of an ARN, or the error. */
export function centerOf(world: World, arn: string): { readonly center: IdentityCenter } | Failure {
  const center = world.identityCenter;
  return center?.arn === arn ? { center } : notFound(`Instance ${arn} not found.`);
}

/** The directory of an id, or the error. */
export function directoryOf(world: World, store: string): { readonly center: IdentityCenter } | Failure {
  const center = world.identityCenter;
  return center?.store === store ? { center } : notFound('IDENTITYSTORE not found.');
}

/** A permission set of the instance, or the error. */
export function permissionSetOf(
  world: World,
  instance: string,
  arn: string,
): { readonly center: IdentityCenter; readonly set: PermissionSet } | Failure {
  const found = centerOf(world, instance);
  if ('error' in found) {
    return found;
  }
  const set = own(found.center.permissionSets, arn);
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  return set ? { center: found.center, set } : notFound(`Could not find PermissionSet with id ${id}`);
}

/** A user of the directory, or the error. */
export function personOf(center: IdentityCenter, id: string): { readonly person: DirectoryUser } | Failure {
  const person = own(center.people, id);
  return person ? { person } : notFound('USER not found.');
}

/** A group of the directory, or the error. */
export function teamOf(center: IdentityCenter, id: string): { readonly team: DirectoryGroup } | Failure {
  const team = own(center.teams, id);
  return team ? { team } : notFound('GROUP not found.');
}

/** Goes on with what was found, or answers the error. */
export function withFound<Found extends object>(
  found: Found | Failure,
  then: (found: Found) => Effect,
): Effect {
  return 'error' in found ? found : then(found);
}

export function notFound(message: string): Failure {
  return failed('ResourceNotFoundException', message);
}

export function conflict(message: string): Failure {
  return failed('ConflictException', message);
}

export function invalid(message: string): Failure {
  return failed('ValidationException', message);
}

/** The world with its Identity Center replaced. */
export function withCenter(world: World, identityCenter: IdentityCenter): World {
  return { ...world, identityCenter };
}

/** The world with one permission set put or replaced. */
export function withSet(world: World, center: IdentityCenter, set: PermissionSet): World {
  return withCenter(world, { ...center, permissionSets: { ...center.permissionSets, [set.arn]: set } });
}
