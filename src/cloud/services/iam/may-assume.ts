import { authorize, isRefusal } from '../../../iam/index.ts';
import { serviceSide } from '../../caller-side.ts';
import type { AccountId, Role, World } from '../../world.ts';
import { trustPolicy } from './resource.ts';

/** True when a service, such as `lambda.amazonaws.com`, may assume a role: the role's trust policy decides. */
export function mayAssume(world: World, service: string, account: AccountId, role: Role): boolean {
  const { request, context } = serviceSide(world, service);
  const decision = authorize({
    request: { ...request, context, action: 'sts:AssumeRole', resource: role.arn, resourceAccount: account },
    policies: { resource: trustPolicy(role) },
  });
  return !isRefusal(decision) && decision.decision === 'allowed';
}
