import { readDocument, sizeOf } from '../../documents.ts';
import { awsManagedPolicies } from '../../managed-policies.ts';
import type { ApiError } from '../../operation.ts';
import type { CustomerPolicyReference } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import {
  conflict,
  INSTANCE_ARN,
  invalid,
  notFound,
  onCenter,
  PERMISSION_SET_ARN,
  permissionSetOf,
  withFound,
  withSet,
} from './instance.ts';

/** What says which permission set is meant. */
export const SET = { InstanceArn: INSTANCE_ARN, PermissionSetArn: PERMISSION_SET_ARN } as const;
const MANAGED = { type: 'string', required: true, help: 'ARN of an AWS managed policy' } as const;
const CUSTOMER = {
  type: 'structure',
  members: ['Name', 'Path'],
  required: true,
  help: 'a policy that each account has already',
} as const;

/** Most characters of an inline policy. Source: singlesignon User Guide, limits.html. */
const INLINE_SIZE = 32_768;

/** Most managed policies of a set, AWS's and customers' together, as a role has. */
const MOST_POLICIES = 20;

type Given = { readonly InstanceArn: string; readonly PermissionSetArn: string };

/** The ARNs of the instance and the permission set in an input. */
export function arnsIn(input: Given): readonly string[] {
  return [input.InstanceArn, input.PermissionSetArn];
}

/** A customer managed policy as a permission set refers to it; null when it has no name that IAM takes. */
export function reference(given: {
  readonly Name?: string;
  readonly Path?: string;
}): CustomerPolicyReference | null {
  const { Name: name = '', Path: path = '/' } = given;
  return /^[\w+=,.@-]{1,128}$/.test(name) ? { name, path } : null;
}

function tooMany(): { readonly error: ApiError } {
  return failed(
    'ServiceQuotaExceededException',
    `You have exceeded AWS SSO limits: ${MOST_POLICIES} managed policies in a permission set.`,
  );
}

const attachManagedPolicy = define({
  id: 'sso-admin:AttachManagedPolicyToPermissionSet',
  summary: 'add an AWS managed policy to a permission set',
  input: { ...SET, ManagedPolicyArn: MANAGED },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:AttachManagedPolicyToPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const { ManagedPolicyArn: arn } = input;
      if (!Object.hasOwn(awsManagedPolicies, arn)) {
        return notFound(`Policy ${arn} does not exist or is not attachable.`);
      }
      if (set.managed.includes(arn)) {
        return conflict(`Permission set already has ${arn} attached.`);
      }
      return set.managed.length + set.customer.length >= MOST_POLICIES
        ? tooMany()
        : done(withSet(world, center, { ...set, managed: [...set.managed, arn] }));
    }),
});

const detachManagedPolicy = define({
  id: 'sso-admin:DetachManagedPolicyFromPermissionSet',
  summary: 'take an AWS managed policy out of a permission set',
  input: { ...SET, ManagedPolicyArn: MANAGED },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DetachManagedPolicyFromPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const managed = set.managed.filter((arn) => arn !== input.ManagedPolicyArn);
      return managed.length === set.managed.length
        ? notFound(`Policy ${input.ManagedPolicyArn} is not attached to the permission set.`)
        : done(withSet(world, center, { ...set, managed }));
    }),
});

const listManagedPolicies = define({
  id: 'sso-admin:ListManagedPoliciesInPermissionSet',
  summary: 'list the AWS managed policies of a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:ListManagedPoliciesInPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) =>
      done(world, {
        AttachedManagedPolicies: found.set.managed.map((arn) => ({
          Name: arn.slice(arn.lastIndexOf('/') + 1),
          Arn: arn,
        })),
      }),
    ),
});

const attachCustomerPolicy = define({
  id: 'sso-admin:AttachCustomerManagedPolicyReferenceToPermissionSet',
  summary: 'add a policy that each account has already to a permission set',
  input: { ...SET, CustomerManagedPolicyReference: CUSTOMER },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:AttachCustomerManagedPolicyReferenceToPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const policy = reference(input.CustomerManagedPolicyReference);
      if (policy === null) {
        return invalid('The name of a customer managed policy has 1 to 128 characters.');
      }
      if (set.customer.some((each) => isSame(each, policy))) {
        return conflict(`Permission set already has ${policy.path}${policy.name} attached.`);
      }
      return set.managed.length + set.customer.length >= MOST_POLICIES
        ? tooMany()
        : done(withSet(world, center, { ...set, customer: [...set.customer, policy] }));
    }),
});

const detachCustomerPolicy = define({
  id: 'sso-admin:DetachCustomerManagedPolicyReferenceFromPermissionSet',
  summary: 'take a policy of each account out of a permission set',
  input: { ...SET, CustomerManagedPolicyReference: CUSTOMER },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const policy = reference(input.CustomerManagedPolicyReference);
      const customer = set.customer.filter((each) => policy === null || !isSame(each, policy));
      return customer.length === set.customer.length
        ? notFound('The customer managed policy is not attached to the permission set.')
        : done(withSet(world, center, { ...set, customer }));
    }),
});

const listCustomerPolicies = define({
  id: 'sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet',
  summary: 'list the policies of each account in a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:ListCustomerManagedPolicyReferencesInPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) =>
      done(world, {
        CustomerManagedPolicyReferences: found.set.customer.map(({ name, path }) => ({
          Name: name,
          Path: path,
        })),
      }),
    ),
});

function isSame(a: CustomerPolicyReference, b: CustomerPolicyReference): boolean {
  return a.name === b.name && a.path === b.path;
}

const putInlinePolicy = define({
  id: 'sso-admin:PutInlinePolicyToPermissionSet',
  summary: 'set the inline policy of a permission set',
  input: { ...SET, InlinePolicy: { type: 'document', required: true, help: 'the policy' } },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:PutInlinePolicyToPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) => {
      const read = readDocument(world, input.InlinePolicy, { kind: 'identity' });
      if ('error' in read) {
        return failed('ValidationException', read.error.message, read.error.advice);
      }
      return sizeOf(read.document) > INLINE_SIZE
        ? failed(
            'ServiceQuotaExceededException',
            `You have exceeded AWS SSO limits: an inline policy has ${INLINE_SIZE} characters at most.`,
          )
        : done(withSet(world, found.center, { ...found.set, inline: read.document }));
    }),
});

const getInlinePolicy = define({
  id: 'sso-admin:GetInlinePolicyForPermissionSet',
  summary: 'show the inline policy of a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:GetInlinePolicyForPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) => {
      const { inline } = found.set;
      return done(world, { InlinePolicy: inline === null ? '' : JSON.stringify(inline) });
    }),
});

const deleteInlinePolicy = define({
  id: 'sso-admin:DeleteInlinePolicyFromPermissionSet',
  summary: 'remove the inline policy of a permission set',
  input: SET,
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DeleteInlinePolicyFromPermissionSet', arnsIn(input)),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) =>
      done(withSet(world, found.center, { ...found.set, inline: null })),
    ),
});

/** What a permission set holds. Roles made from it change when it is provisioned again, and not before. */
export const permissionSetPolicyOperations = [
  attachManagedPolicy,
  detachManagedPolicy,
  listManagedPolicies,
  attachCustomerPolicy,
  detachCustomerPolicy,
  listCustomerPolicies,
  putInlinePolicy,
  getInlinePolicy,
  deleteInlinePolicy,
];
