import { federatedUserArn, iamArn, rootArn, sessionArn } from './arn.ts';
import type { Caller } from './caller.ts';
import { own } from './own.ts';
import { validity } from './temporary-credentials.ts';
import type { AccessKey, AccessKeyId, Account, TemporaryCredentials, World } from './world.ts';

/**
 * AWS does not accept a key: nobody active has it, it is expired, the secret or token beside it is wrong, or the time
 * of what it signed beforehand is over.
 */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: 'invalid' | 'expired' | 'signature' | 'late';
  readonly accessKey: AccessKeyId;
}

/** Who holds a key at this moment, as AWS finds out from the request's signature. */
export function holderOf(world: World, accessKey: AccessKeyId): Caller | Rejected {
  const invalid: Rejected = { kind: 'rejected', reason: 'invalid', accessKey };
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  if (account === undefined) {
    return invalid;
  }
  const longTerm = own(account.accessKeys, accessKey);
  if (longTerm !== undefined) {
    return longTerm.status === 'Inactive' ? invalid : (ownerOf(account, longTerm, accessKey) ?? invalid);
  }
  const temporary = own(account.sessions, accessKey);
  if (temporary === undefined) {
    return invalid;
  }
  return validity(temporary, world.clock) === 'expired'
    ? { kind: 'rejected', reason: 'expired', accessKey }
    : (sessionHolder(account, temporary) ?? invalid);
}

function ownerOf(account: Account, { user }: AccessKey, accessKey: AccessKeyId): Caller | null {
  return user === null ? rootOf(account, accessKey) : userOf(account, user, accessKey);
}

function rootOf({ id }: Account, accessKey: AccessKeyId): Caller {
  return { kind: 'root', account: id, accessKey, arn: rootArn(id), userId: id };
}

function userOf(account: Account, name: string, accessKey: AccessKeyId): Caller | null {
  const user = own(account.users, name);
  return user
    ? { kind: 'user', account: account.id, accessKey, user: user.name, arn: user.arn, userId: user.id }
    : null;
}

/** Whom a session speaks for; null when the role or user behind it is gone, or another of the same name. */
function sessionHolder(account: Account, { id: accessKey, holder }: TemporaryCredentials): Caller | null {
  const base = { account: account.id, accessKey };
  switch (holder.kind) {
    case 'assumed-role': {
      const { role: name, roleId, sessionName } = holder;
      const role = own(account.roles, name);
      return role?.id === roleId
        ? {
            ...base,
            kind: 'assumed-role',
            role: name,
            roleArn: iamArn(account.id, 'role', name, role.path),
            arn: sessionArn(account.id, name, sessionName),
            userId: `${roleId}:${sessionName}`,
          }
        : null;
    }
    case 'user': {
      const caller = userOf(account, holder.user, accessKey);
      return caller?.userId === holder.userId ? caller : null;
    }
    case 'root':
      return rootOf(account, accessKey);
    case 'federated-user': {
      const { name, user } = holder;
      const isThere = user === null || own(account.users, user)?.id === holder.userId;
      return isThere
        ? {
            ...base,
            kind: 'federated-user',
            user,
            arn: federatedUserArn(account.id, name),
            userId: `${account.id}:${name}`,
          }
        : null;
    }
  }
}
