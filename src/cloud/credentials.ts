import type { Actor } from './actor.ts';
import { rootArn } from './arn.ts';
import type { Caller } from './caller.ts';
import { holderOf, type Rejected } from './key-holder.ts';
import { own } from './own.ts';
import { fetched } from './services/identity-center/portal.ts';
import { sourceContext } from './services/organizations/control.ts';
import type { AccessKeyId, AccountId, Instance, World } from './world.ts';

/** Why an actor's credentials prove nobody. */
export type NoCaller =
  /** There are none, so the AWS CLI sends nothing; `message` is its sentence. */
  { readonly kind: 'not-sent'; readonly message: string } | Rejected;

/** What the AWS CLI says when its credential chain ends without finding any. */
export const NO_CREDENTIALS =
  'Unable to locate credentials. You can configure credentials by running "aws configure".';

/** Whom an actor's credentials prove at this moment, or why nobody. */
export function callerOf(world: World, actor: Actor): Caller | NoCaller {
  if (actor.kind === 'root') {
    return rootOf(actor.account);
  }
  if (actor.kind === 'service') {
    return serviceCaller(world, actor);
  }
  const where = seatOf(actor);
  const on = where.kind === 'instance' ? instanceOf(world, where) : undefined;
  if (on?.state === 'stopped') {
    return { kind: 'not-sent', message: `${on.name} is stopped: nothing runs on it.` };
  }
  if (actor.kind === 'workforce') {
    const found = fetched(world, actor);
    return 'key' in found ? holderOf(found.world, found.key) : { kind: 'not-sent', message: found.message };
  }
  if (actor.kind === 'anonymous') {
    return { ...ANONYMOUS, ...startOf(where, on) };
  }
  const key = keyOf(world, actor);
  if (key === null) {
    return { kind: 'not-sent', message: NO_CREDENTIALS };
  }
  const holder =
    (actor.kind === 'key' && (lateness(world, actor) ?? signatureProblem(world, actor))) ||
    holderOf(world, key);
  if (holder.kind === 'rejected') {
    return holder;
  }
  return { ...holder, ...presigned(actor), ...startOf(where, on) };
}

/** Where a request starts, when it is not the usual place. */
function startOf(where: Actor, on: Instance | undefined): Pick<Caller, 'sourceIp' | 'place'> {
  if (where.kind === 'attacker') {
    return { sourceIp: sourceIpOf(where) };
  }
  const network = on?.network;
  return network ? { place: { account: where.account, vpc: network.vpc, privateIp: network.privateIp } } : {};
}

function presigned(actor: Actor): Pick<Caller, 'presigned'> {
  return actor.kind === 'key' && actor.presigned ? { presigned: actor.presigned.signed } : {};
}

/** The world in which an actor has what the next request is signed with, as far as it can be fetched. */
export function readied(world: World, actor: Actor): World {
  return actor.kind === 'workforce' ? fetched(world, actor).world : world;
}

/**
 * The root user at the console. What it signs in with is not kept in the world; its requests carry a made-up key of
 * the console session.
 */
function rootOf(account: AccountId): Caller {
  return {
    kind: 'root',
    account,
    accessKey: `ASIAROOT${account}`,
    arn: rootArn(account),
    userId: account,
  };
}

/**
 * A service that calls for a resource. It tells which one, so that policies can tell its owner from others.
 * Source: IAM User Guide, confused-deputy.html.
 */
function serviceCaller(
  world: World,
  { account, service, source }: Extract<Actor, { kind: 'service' }>,
): Caller {
  return {
    kind: 'outside',
    account,
    accessKey: '',
    arn: service,
    userId: service,
    principal: { service },
    context: { ...sourceContext(world, account, source), 'aws:SourceIp': [] },
  };
}

/**
 * Whoever sends a request that nobody signed.
 * Source: IAM User Guide, reference_policies_variables.html, principal key values of anonymous callers.
 */
export const ANONYMOUS: Caller = {
  kind: 'outside',
  account: '',
  accessKey: '',
  arn: 'anonymous',
  userId: 'anonymous',
  principal: 'anonymous',
};

/** Who sits where an actor's requests start. */
function seatOf(actor: Actor): Actor {
  return actor.kind === 'key' || actor.kind === 'anonymous' ? (actor.seat ?? actor) : actor;
}

/** Where an actor's requests come from: addresses set aside for documentation (RFC 5737). */
export function sourceIpOf(actor: Actor): string {
  if (actor.kind === 'service') {
    return actor.service;
  }
  return seatOf(actor).kind === 'attacker' ? '198.51.100.77' : '203.0.113.10';
}

/** The key that an actor's next request is signed with; null when there is none. */
function keyOf(
  world: World,
  actor: Exclude<Actor, { kind: 'root' | 'service' | 'workforce' | 'anonymous' }>,
): AccessKeyId | null {
  switch (actor.kind) {
    case 'user':
      return userKey(world, actor);
    case 'instance':
      return instanceKey(world, actor);
    case 'key':
    case 'attacker':
      return actor.accessKey;
    case 'workload':
      return null;
  }
}

/** A URL that was signed beforehand and whose time is over: S3 User Guide, using-presigned-url.html. */
function lateness(
  { clock }: World,
  { accessKey, presigned }: Extract<Actor, { kind: 'key' }>,
): Rejected | null {
  return presigned !== undefined && clock >= presigned.expires
    ? { kind: 'rejected', reason: 'late', accessKey }
    : null;
}

/** What is wrong with the secret or token that somebody gave beside a key; null when they belong to it. */
function signatureProblem(world: World, actor: Extract<Actor, { kind: 'key' }>): Rejected | null {
  const { accessKey, secret, token } = actor;
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  const known = account && (own(account.accessKeys, accessKey) ?? own(account.sessions, accessKey));
  if (known === undefined) {
    return null;
  }
  const expected = 'token' in known ? known.token : null;
  if (token !== expected) {
    return { kind: 'rejected', reason: 'invalid', accessKey };
  }
  return secret === known.secret ? null : { kind: 'rejected', reason: 'signature', accessKey };
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
