import { authorize, isRefusal } from '../iam/index.ts';
import type { AuthorizationInput } from '../iam/request.ts';
import type { Caller } from './caller.ts';
import { type CallerSide, callerSide, serviceSide } from './caller-side.ts';
import type { PermissionNeeded } from './operation.ts';
import { type ResourceSide, resourceSide } from './resource-side.ts';
import { trustPolicy } from './services/iam/resource.ts';
import type { Account, Role, World } from './world.ts';

/** Everything the engine has to know to decide on one permission for a caller. */
export function authorizationInput(
  world: World,
  caller: Caller,
  needed: PermissionNeeded,
): AuthorizationInput {
  return joined(callerSide(world, caller), resourceSide(world, needed), needed);
}

/** The two sides of a question as one. What the request itself says goes before what either side says. */
export function joined(
  caller: CallerSide,
  resource: ResourceSide,
  needed: PermissionNeeded,
): AuthorizationInput {
  return {
    request: {
      ...caller.request,
      action: needed.action,
      resource: needed.resource,
      resourceAccount: needed.resourceAccount,
      context: { ...caller.context, ...resource.context, ...needed.context },
    },
    policies: { ...caller.policies, ...resource.policies },
    facts: { ...caller.facts, ...resource.facts },
  };
}

/** True when EC2 may assume a role for its instances: the role's trust policy decides. */
export function ec2MayAssume(world: World, account: Account, role: Role): boolean {
  const needed = { action: 'sts:AssumeRole', resource: role.arn, resourceAccount: account.id };
  const trust = { context: {}, policies: { resource: trustPolicy(role) }, facts: {} };
  const decision = authorize(joined(serviceSide(world, 'ec2.amazonaws.com'), trust, needed));
  return !isRefusal(decision) && decision.decision === 'allowed';
}
