import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Role, World } from '../../world.ts';
import { breaksConstraint, failed } from '../define.ts';
import { mayAssume } from '../iam/may-assume.ts';
import { passRole } from '../iam/pass-role.ts';
import { functionArn } from './function.ts';

export const LAMBDA = 'lambda.amazonaws.com';
const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** Permission to hand a role to a function. */
export function handover(caller: Caller, role: string, name: string): PermissionNeeded {
  const receiver = functionArn(caller.account, name);
  return passRole(caller, ROLE_ARN.test(role) ? role : '*', receiver, LAMBDA);
}

/** A role that Lambda may assume, in the function's account, or Lambda's error. */
export function executionRole(
  world: World,
  account: string,
  arn: string,
): { readonly role: Role } | { readonly error: ApiError } {
  const owner = ROLE_ARN.exec(arn)?.[1];
  if (owner === undefined) {
    return breaksConstraint(
      'ValidationException',
      'role',
      arn,
      'satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
    );
  }
  if (owner !== account) {
    return failed('AccessDeniedException', 'Cross-account pass role is not allowed.');
  }
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const role = own(own(world.accounts, account)?.roles ?? {}, name);
  return role?.arn === arn && mayAssume(world, LAMBDA, account, role)
    ? { role }
    : failed(
        'InvalidParameterValueException',
        'The role defined for the function cannot be assumed by Lambda.',
        'The role must be there, and its trust policy must let lambda.amazonaws.com assume it.',
      );
}
