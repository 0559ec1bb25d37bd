import type { NamedPolicy } from '../../../iam/request.ts';
import { accountOfArn } from '../../arn.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { Role, World } from '../../world.ts';
import type { Resource } from '../service.ts';

/** Actions that a role's trust policy decides on. */
const ASSUMES = /^sts:(AssumeRole|TagSession$|SetSourceIdentity$)/;

/** The user, role or customer managed policy an ARN names, in whichever account; null for anything else of IAM. */
export function iamResource(world: World, arn: string, action: string): Resource | null {
  const account = own(world.accounts, accountOfArn(world, arn) ?? '');
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const role = account && own(account.roles, name);
  if (account && role?.arn === arn) {
    return { owner: account.id, policy: ASSUMES.test(action) ? trustPolicy(role) : null, tags: role.tags };
  }
  const user = account && own(account.users, name);
  const tags = user?.arn === arn ? user.tags : account && own(account.policies, arn)?.tags;
  return account && tags ? { owner: account.id, policy: null, tags } : null;
}

/** A role's trust policy as the engine takes it. */
export function trustPolicy(role: Role): NamedPolicy {
  return resourcePolicy(`trust policy of ${role.name}`, role.trust);
}
