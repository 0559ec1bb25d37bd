import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import type { World } from '../../world.ts';
import { failed } from '../define.ts';
import { controlPolicy } from './aws-policies.ts';
import type { ControlPolicyType, Organization } from './records.ts';
import { POLICY_TYPES } from './records.ts';
import { policyArn, targetArn } from './tree.ts';

type Error = { readonly error: ApiError };

/** The organization that the caller's account is in, or Organizations' error. */
export function joined(world: World, caller: Caller): { readonly organization: Organization } | Error {
  const { organization } = world;
  return organization && Object.hasOwn(organization.members, caller.account)
    ? { organization }
    : failed('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

/**
 * The organization, when the caller's account is the one that manages it, or Organizations' error. Delegated
 * administrators are not simulated.
 * Source: Organizations API Reference, on every operation but a few.
 */
export function managed(world: World, caller: Caller): { readonly organization: Organization } | Error {
  const found = joined(world, caller);
  return 'error' in found || found.organization.managementAccount === caller.account
    ? found
    : failed(
        'AccessDeniedException',
        "You don't have permissions to access this resource.",
        `Only the management account, ${found.organization.managementAccount}, may ask this.`,
      );
}

/** Permission for an action of Organizations; its rules are those of the account that calls. */
export function permission(
  caller: Caller,
  action: string,
  resource = '*',
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  return { action: `organizations:${action}`, resource, resourceAccount: caller.account, context };
}

/** Permission on a root, OU or account, with the type of policy where one is meant. */
export function onTarget(
  world: World,
  caller: Caller,
  action: string,
  target: string,
  type?: string,
): PermissionNeeded {
  const resource = world.organization && isId(target) ? targetArn(world.organization, target) : '*';
  return permission(caller, action, resource, typeContext(type));
}

/** Permission on an SCP or RCP. */
export function onPolicy(world: World, caller: Caller, action: string, id: string): PermissionNeeded {
  const { organization } = world;
  const policy = organization && controlPolicy(organization, id);
  if (organization === null || !isPolicyId(id)) {
    return permission(caller, action);
  }
  const type = policy?.type ?? 'SERVICE_CONTROL_POLICY';
  const arn = policy?.arn ?? policyArn(organization, type, id);
  return permission(caller, action, arn, policy ? typeContext(type) : {});
}

/** `organizations:PolicyType`, where a request names one. */
export function typeContext(type: string | undefined): NonNullable<PermissionNeeded['context']> {
  return type === undefined ? {} : { 'organizations:PolicyType': type };
}

/** A policy type by its name in a request, or Organizations' error. */
export function readType(name: string): { readonly type: ControlPolicyType } | Error {
  const type = POLICY_TYPES.find((each) => each === name);
  return type === undefined
    ? failed(
        'InvalidInputException',
        "You specified a policy type string that isn't valid.",
        `One of ${POLICY_TYPES.join(', ')} here.`,
      )
    : { type };
}

/** The error for an id that has not the form of one, or null. */
export function idProblem(...ids: readonly string[]): Error | null {
  return ids.every((id) => isId(id) || isPolicyId(id)) ? null : wrongPattern();
}

/** The error for a value that has not the form that is asked for. */
export function wrongPattern(): Error {
  return failed('InvalidInputException', "You provided a value that doesn't match the required pattern.");
}

function isId(id: string): boolean {
  return /^(\d{12}|r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/.test(id);
}

function isPolicyId(id: string): boolean {
  return /^p-\w{8,128}$/.test(id);
}

/** A limit of Organizations that a request would break. `reason` is AWS's word for which. */
export function constraint(reason: string, message: string): Error {
  return failed('ConstraintViolationException', message, reason);
}

/** The world with parts of its organization replaced. */
export function withOrganization(
  world: World,
  organization: Organization,
  parts: Partial<Organization>,
): World {
  return { ...world, organization: { ...organization, ...parts } };
}
