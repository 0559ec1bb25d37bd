import { put } from '../../change.ts';
import type { Effect } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Role, User, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import {
  attachable,
  boundaryContext,
  boundaryOf,
  entityArn,
  noSuch,
  notAttachable,
  POLICY_ARN,
  permission,
  recordOf,
  unmodifiable,
} from './entities.ts';

type Bounded = 'user' | 'role';

function setBoundary(world: World, home: Account, kind: Bounded, name: string, boundary: string): Effect {
  const entity = own<User | Role>(home[recordOf(kind)], name);
  if (entity === undefined) {
    return noSuch(kind, name);
  }
  const problem = unmodifiable(entity);
  if (problem !== null) {
    return problem;
  }
  return attachable(world, home, boundary) === undefined
    ? notAttachable(boundary)
    : done(put(world, home.id, recordOf(kind), name, { ...entity, boundary }));
}

function removeBoundary(world: World, home: Account, kind: Bounded, name: string): Effect {
  const entity = own<User | Role>(home[recordOf(kind)], name);
  if (entity === undefined) {
    return noSuch(kind, name);
  }
  const problem = unmodifiable(entity);
  if (problem !== null) {
    return problem;
  }
  return entity.boundary === null
    ? failed('NoSuchEntity', `The ${kind} with name ${name} does not have a permissions boundary.`)
    : done(put(world, home.id, recordOf(kind), name, { ...entity, boundary: null }));
}

const putUserPermissionsBoundary = define({
  id: 'iam:PutUserPermissionsBoundary',
  summary: 'set the permissions boundary of a user',
  input: {
    UserName: { type: 'string', required: true, help: 'name of the user' },
    PermissionsBoundary: POLICY_ARN,
  },
  /** The condition key tells of the boundary that is asked for. */
  needs: (input, caller, world) => [
    permission(
      'PutUserPermissionsBoundary',
      caller,
      entityArn(homeOf(world, caller), 'user', input.UserName),
      boundaryContext(input.PermissionsBoundary),
    ),
  ],
  effect: (input, caller, world) =>
    setBoundary(world, homeOf(world, caller), 'user', input.UserName, input.PermissionsBoundary),
});

const deleteUserPermissionsBoundary = define({
  id: 'iam:DeleteUserPermissionsBoundary',
  summary: 'remove the permissions boundary of a user',
  input: { UserName: { type: 'string', required: true, help: 'name of the user' } },
  /** The condition key tells of the boundary that is there. */
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [
      permission(
        'DeleteUserPermissionsBoundary',
        caller,
        entityArn(home, 'user', input.UserName),
        boundaryContext(boundaryOf(home, 'user', input.UserName)),
      ),
    ];
  },
  effect: (input, caller, world) => removeBoundary(world, homeOf(world, caller), 'user', input.UserName),
});

const putRolePermissionsBoundary = define({
  id: 'iam:PutRolePermissionsBoundary',
  summary: 'set the permissions boundary of a role',
  input: {
    RoleName: { type: 'string', required: true, help: 'name of the role' },
    PermissionsBoundary: POLICY_ARN,
  },
  needs: (input, caller, world) => [
    permission(
      'PutRolePermissionsBoundary',
      caller,
      entityArn(homeOf(world, caller), 'role', input.RoleName),
      boundaryContext(input.PermissionsBoundary),
    ),
  ],
  effect: (input, caller, world) =>
    setBoundary(world, homeOf(world, caller), 'role', input.RoleName, input.PermissionsBoundary),
});

const deleteRolePermissionsBoundary = define({
  id: 'iam:DeleteRolePermissionsBoundary',
  summary: 'remove the permissions boundary of a role',
  input: { RoleName: { type: 'string', required: true, help: 'name of the role' } },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [
      permission(
        'DeleteRolePermissionsBoundary',
        caller,
        entityArn(home, 'role', input.RoleName),
        boundaryContext(boundaryOf(home, 'role', input.RoleName)),
      ),
    ];
  },
  effect: (input, caller, world) => removeBoundary(world, homeOf(world, caller), 'role', input.RoleName),
});

/**
 * A boundary is a managed policy, set with its ARN.
 * Source: IAM User Guide, access_policies_boundaries.html.
 */
export const permissionsBoundaryOperations = [
  putUserPermissionsBoundary,
  deleteUserPermissionsBoundary,
  putRolePermissionsBoundary,
  deleteRolePermissionsBoundary,
];
