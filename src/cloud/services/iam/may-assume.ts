import { authorize, isRefusal } from '../../../iam/index.ts';
import { serviceSide } from '../../caller-side.ts';
import type { AccountId, Role, World } from '../../world.ts';
import { resourceControl } from '../organizations/control.ts';
import { trustPolicy } from './resource.ts';

/**
 * True when a service, such as `lambda.amazonaws.com`, may assume a role: the role's trust policy allows it, and no
 * RCP of the role's account denies it.
 */
export function mayAssume(world: World, service: string, account: AccountId, role: Role): boolean {
  const { request, context } = serviceSide(world, service);
  const control = resourceControl(world, account);
  const decision = authorize({
    request: {
      ...request,
      context: { ...context, ...control.context },
      action: 'sts:AssumeRole',
      resource: role.arn,
      resourceAccount: account,
    },
    policies: { ...control.policies, resource: trustPolicy(role) },
    facts: control.facts,
  });
  return !isRefusal(decision) && decision.decision === 'allowed';
}
