import type { Actor } from './actor.ts';
import { iamArn, sessionArn } from './arn.ts';
import type { Caller } from './caller.ts';
import { own } from './own.ts';
import { validity } from './temporary-credentials.ts';
import type { AccessKeyId, Instance, World } from './world.ts';

/** Why an actor's credentials prove nobody. */
export type NoCaller =
  /** There are none, so the AWS CLI sends nothing; `message` is its sentence. */
  | { readonly kind: 'not-sent'; readonly message: string }
  /** AWS does not accept them: no key of that id that is active, or temporary ones past their expiry. */
  | { readonly kind: 'rejected'; readonly reason: 'invalid' | 'expired'; readonly accessKey: AccessKeyId };

/** What the AWS CLI says when its credential chain ends without finding any. */
const NO_CREDENTIALS =
  'Unable to locate credentials. You can configure credentials by running "aws configure".';

/** Whom an actor's credentials prove at this moment, or why nobody. */
export function callerOf(world: World, actor: Actor): Caller | NoCaller {
  const key = keyOf(world, actor);
  return key === null ? { kind: 'not-sent', message: NO_CREDENTIALS } : holderOf(world, key);
}

/** The key that an actor's next request is signed with; null when there is none. */
function keyOf(world: World, actor: Actor): AccessKeyId | null {
  return actor.kind === 'user' ? userKey(world, actor) : instanceKey(world, actor);
}

/** A person uses the first key that works. Whose keys are all deleted still has the last one in a file. */
function userKey(world: World, actor: Extract<Actor, { kind: 'user' }>): AccessKeyId | null {
  const keys = Object.values(own(world.accounts, actor.account)?.accessKeys ?? {}).filter(
    ({ user }) => user === actor.user,
  );
  const usable = keys.find(({ status }) => status === 'Active') ?? keys[0];
  if (usable !== undefined) {
    return usable.id;
  }
  const used = world.trail.findLast(
    (event) =>
      event.actor.kind === 'user' && event.actor.account === actor.account && event.actor.user === actor.user,
  );
  return used?.accessKey ?? null;
}

/** A shell on an instance asks the metadata service, and so does a process, unless it copied a key before. */
function instanceKey(world: World, actor: Extract<Actor, { kind: 'instance' }>): AccessKeyId | null {
  const instance = instanceOf(world, actor);
  const process = instance && actor.process !== null ? own(instance.processes, actor.process) : undefined;
  if (process?.kind === 'copies' && process.held !== null) {
    return process.held;
  }
  return instance?.credentials.state === 'served' ? instance.credentials.key : null;
}

/** The instance an actor sits on; undefined when it is not there. */
export function instanceOf(world: World, actor: Extract<Actor, { kind: 'instance' }>): Instance | undefined {
  const account = own(world.accounts, actor.account);
  return account && own(account.instances, actor.instance);
}

/** Who holds a key, as AWS finds out from the request's signature. */
function holderOf(world: World, accessKey: AccessKeyId): Caller | NoCaller {
  const invalid: NoCaller = { kind: 'rejected', reason: 'invalid', accessKey };
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  if (account === undefined) {
    return invalid;
  }
  const longTerm = own(account.accessKeys, accessKey);
  if (longTerm !== undefined) {
    const user = own(account.users, longTerm.user);
    return user === undefined || longTerm.status === 'Inactive'
      ? invalid
      : { kind: 'user', account: account.id, accessKey, user: user.name, arn: user.arn, userId: user.id };
  }
  const temporary = own(account.sessions, accessKey);
  if (temporary === undefined) {
    return invalid;
  }
  if (validity(temporary, world.clock) === 'expired') {
    return { kind: 'rejected', reason: 'expired', accessKey };
  }
  const { role: name, roleId, sessionName } = temporary.holder;
  const role = own(account.roles, name);
  return role?.id !== roleId
    ? invalid
    : {
        kind: 'assumed-role',
        account: account.id,
        accessKey,
        role: name,
        roleArn: iamArn(account.id, 'role', name, role.path),
        arn: sessionArn(account.id, name, sessionName),
        userId: `${roleId}:${sessionName}`,
      };
}
