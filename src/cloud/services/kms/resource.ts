import { accountOf } from '../../change.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { World } from '../../world.ts';
import type { Resource } from '../service.ts';
import { aliasesOf, findKey, readReference } from './find-key.ts';
import { defaultKeyPolicy } from './key-policy.ts';

/**
 * The key an ARN names. For one that is not there the account's identity policies decide who is told so. Aliases have
 * no policy: the key they lead to is asked for its own.
 */
export function kmsResource(world: World, arn: string): Resource | null {
  const { account, id } = readReference({ account: '' }, arn);
  if (own(world.accounts, account) === undefined || id.startsWith('alias/')) {
    return null;
  }
  const found = findKey(world, { account }, arn);
  if (found === null) {
    return { owner: account, policy: noKeyPolicy(account), tags: {} };
  }
  const name = aliasesOf(world, found)[0] ?? found.key.id;
  const { kmsGrants } = accountOf(world, account);
  const grants = Object.values(kmsGrants).filter(({ key }) => key === found.key.id);
  return {
    owner: account,
    policy: resourcePolicy(`key policy of ${name}`, found.key.policy),
    tags: found.key.tags,
    ...(grants.length === 0 ? {} : { grants }),
  };
}

const noKeys = new Map<string, Resource['policy']>();

function noKeyPolicy(account: string): Resource['policy'] {
  const known = noKeys.get(account);
  if (known !== undefined) {
    return known;
  }
  const policy = resourcePolicy('default key policy (there is no such key)', defaultKeyPolicy(account));
  noKeys.set(account, policy);
  return policy;
}
