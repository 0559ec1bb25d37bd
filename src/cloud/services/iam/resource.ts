import type { NamedPolicy } from '../../../iam/request.ts';
import { accountOfArn } from '../../arn.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { Account, Role, Tags, World } from '../../world.ts';
import type { Resource } from '../service.ts';

/** Actions that a role's trust policy decides on. */
const ASSUMES = /^sts:(AssumeRole|TagSession$|SetSourceIdentity$)/;

/** The user, role, managed policy or identity provider an ARN names, in whichever account; null for anything else. */
export function iamResource(world: World, arn: string, action: string): Resource | null {
  const account = own(world.accounts, accountOfArn(world, arn) ?? '');
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const role = account && own(account.roles, name);
  if (account && role?.arn === arn) {
    return { owner: account.id, policy: ASSUMES.test(action) ? trustPolicy(role) : null, tags: role.tags };
  }
  const user = account && own(account.users, name);
  const tags = user?.arn === arn ? user.tags : account && tagsByArn(account, arn);
  return account && tags ? { owner: account.id, policy: null, tags } : null;
}

function tagsByArn({ policies, oidcProviders, samlProviders }: Account, arn: string): Tags | undefined {
  return (own(policies, arn) ?? own(oidcProviders, arn) ?? own(samlProviders, arn))?.tags;
}

/** A role's trust policy as the engine takes it. */
export function trustPolicy(role: Role): NamedPolicy {
  return resourcePolicy(`trust policy of ${role.name}`, role.trust);
}
