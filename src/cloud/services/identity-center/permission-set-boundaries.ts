import { awsManagedPolicies } from '../../managed-policies.ts';
import { define, done } from '../define.ts';
import { invalid, notFound, onCenter, permissionSetOf, withFound, withSet } from './instance.ts';
import { arnsIn, reference, SET } from './permission-set-policies.ts';

const putPermissionsBoundary = define({
  id: 'sso-admin:PutPermissionsBoundaryToPermissionSet',
  summary: 'set the boundary of the roles of a permission set',
  input: {
    ...SET,
    PermissionsBoundary: {
      type: 'nested',
      required: true,
      help: 'ManagedPolicyArn, or CustomerManagedPolicyReference with Name and Path',
      of: {
        structure: {
          ManagedPolicyArn: 'string',
          CustomerManagedPolicyReference: { structure: { Name: 'string', Path: 'string' } },
        },
      },
    },
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:PutPermissionsBoundaryToPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) => {
      const { ManagedPolicyArn: arn, CustomerManagedPolicyReference: given } = input.PermissionsBoundary;
      const customer = given && reference({ Name: given.Name ?? '', Path: given.Path ?? '/' });
      if ((arn === undefined) === (customer === undefined) || customer === null) {
        return invalid(
          'A permissions boundary is either a ManagedPolicyArn or a CustomerManagedPolicyReference.',
        );
      }
      if (arn !== undefined && !Object.hasOwn(awsManagedPolicies, arn)) {
        return notFound(`Policy ${arn} does not exist or is not attachable.`);
      }
      return done(withSet(world, found.center, { ...found.set, boundary: arn ?? customer ?? null }));
    }),
});

const getPermissionsBoundary = define({
  id: 'sso-admin:GetPermissionsBoundaryForPermissionSet',
  summary: 'show the boundary of the roles of a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:GetPermissionsBoundaryForPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) => {
      const { boundary, name } = found.set;
      if (boundary === null) {
        return notFound(`${name} has no permissions boundary.`);
      }
      return done(world, {
        PermissionsBoundary:
          typeof boundary === 'string'
            ? { ManagedPolicyArn: boundary }
            : { CustomerManagedPolicyReference: { Name: boundary.name, Path: boundary.path } },
      });
    }),
});

const deletePermissionsBoundary = define({
  id: 'sso-admin:DeletePermissionsBoundaryFromPermissionSet',
  summary: 'remove the boundary of the roles of a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DeletePermissionsBoundaryFromPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) =>
      done(withSet(world, found.center, { ...found.set, boundary: null })),
    ),
});

/** The boundary of a permission set's roles. They change when the set is provisioned again, and not before. */
export const permissionSetBoundaryOperations = [
  putPermissionsBoundary,
  getPermissionsBoundary,
  deletePermissionsBoundary,
];
