import { authorize, isRefusal } from '../iam/index.ts';
import type { ContextValue } from '../iam/request.ts';
import { joined } from './authorization.ts';
import { serviceSide } from './caller-side.ts';
import { trustPolicy } from './services/iam/resource.ts';
import { resourceControl } from './services/organizations/control.ts';
import type { Account, Role, World } from './world.ts';

/**
 * True when a role's trust policy lets an AWS service do all of these, such as `sts:AssumeRole` and `sts:TagSession`,
 * and no RCP of the role's account denies it.
 */
export function serviceMayAssume(
  world: World,
  account: Account,
  role: Role,
  service: string,
  actions: readonly string[],
  context: Readonly<Record<string, ContextValue>>,
): boolean {
  const control = resourceControl(world, account.id);
  const policies = { ...control.policies, resource: trustPolicy(role) };
  const trust = { context: control.context, policies, facts: control.facts };
  return actions.every((action) => {
    const needed = { action, resource: role.arn, resourceAccount: account.id, context };
    const decision = authorize(joined(serviceSide(world, service), trust, needed));
    return !isRefusal(decision) && decision.decision === 'allowed';
  });
}
