import type { Actor } from './actor.ts';
import { own } from './own.ts';
import { portalRoles } from './services/identity-center/portal.ts';
import { validity } from './temporary-credentials.ts';
import type { AccessKeyId, Account, TemporaryCredentials, World } from './world.ts';

interface Named {
  readonly name: string;
  readonly actor: Actor;
}

/**
 * The actor of this name: `joanne`, `root@111122223333` for the root user of an account, `web-1` for a shell on an instance, `web-1/worker` for a process on it, `build`
 * for a workload, `anonymous` for anybody at all, `attacker` for who found a key, `Deploy/ci` for whoever holds the last session of that name, and
 * `AKIA…` or `ASIA…` for whoever holds that key. With its account before it, `111122223333:joanne`, where a name
 * alone would be ambiguous. Undefined when there is none, or more than one.
 */
export function findActor(world: World, name: string): Actor | undefined {
  const all = name.includes('/') ? everybody(world) : seated(world);
  const qualified = name.includes(':')
    ? all.find((each) => `${placeOf(each.actor)}:${each.name}` === name)
    : undefined;
  const [first, second] = all.filter((each) => each.name === name);
  return (
    (qualified ?? (second === undefined ? first : undefined))?.actor ??
    rootUser(world, name) ??
    (name === 'anonymous' ? ANYBODY : undefined) ??
    keyHolder(world, name)
  );
}

/** Whoever holds the last session of this name, `Deploy/ci`, though it has run out; undefined when there was none. */
export function formerActor(world: World, name: string): Actor | undefined {
  return Object.values(world.accounts)
    .map((account) => {
      const session = lastSession(account, name);
      return session && withKey(account, session);
    })
    .find((actor) => actor !== undefined);
}

/** What stands before a name that is not enough: the account, or the portal for users of the directory. */
function placeOf(actor: Actor): string {
  return actor.kind === 'workforce' ? 'portal' : actor.account;
}

/** The name by which `findActor` finds an actor: the shortest that is not ambiguous. */
export function actorName(world: World, actor: Actor): string {
  const name = shortName(world, actor);
  const namesakes = everybody(world).filter((each) => each.name === name);
  return namesakes.length > 1 ? `${placeOf(actor)}:${name}` : name;
}

const ANYBODY: Actor = { kind: 'anonymous', account: '' };

/** The root user is nobody's daily seat, so it is found by its name and offered nowhere. */
function rootUser(world: World, name: string): Actor | undefined {
  const account = /^root@(\d{12})$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(world.accounts, account) ? { kind: 'root', account } : undefined;
}

/** The names of everybody who can sit at the prompt, but for root users. */
export function actorNames(world: World): readonly string[] {
  const all = everybody(world);
  return all.map(({ name, actor }) =>
    all.some((each) => each.name === name && each.actor !== actor) ? `${placeOf(actor)}:${name}` : name,
  );
}

function shortName(world: World, actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.user;
    case 'root':
      return `root@${actor.account}`;
    case 'workload':
      return actor.workload;
    case 'attacker':
    case 'anonymous':
      return actor.kind;
    case 'service':
      return actor.service;
    case 'workforce':
      return workforceName(world, actor);
    case 'key': {
      const account = own(world.accounts, actor.account);
      const session = account && own(account.sessions, actor.accessKey);
      const name = session && sessionName(session);
      return account && name && lastSession(account, name)?.id === actor.accessKey ? name : actor.accessKey;
    }
    case 'instance': {
      const name = world.accounts[actor.account]?.instances[actor.instance]?.name ?? actor.instance;
      return actor.process === null ? name : `${name}/${actor.process}`;
    }
  }
}

function everybody(world: World): readonly Named[] {
  return [
    ...seated(world),
    ...Object.values(world.accounts).flatMap((account) => sessions(world, account)),
    ...choices(world),
  ];
}

/** Everybody but sessions and what the portal offers: whose names have a slash in them. */
function seated(world: World): readonly Named[] {
  const inAccounts = Object.values(world.accounts).flatMap((account) => [
    ...users(account),
    ...onInstances(account),
    ...workloads(account),
    ...attackers(account),
  ]);
  return [...inAccounts, ...workforce(world)];
}

/** `maria` for a user of Identity Center's directory. */
function workforce({ identityCenter: center }: World): readonly Named[] {
  return Object.values(center?.people ?? {}).map(({ name }) => ({
    name,
    actor: { kind: 'workforce', user: name, account: center?.account ?? '', permissionSet: null },
  }));
}

/** `maria/ReadOnly@prod` for what a user of the directory can choose in the portal. */
function choices(world: World): readonly Named[] {
  const center = world.identityCenter;
  return Object.values(center?.people ?? {}).flatMap((person) =>
    (center ? portalRoles(world, center, person) : []).map(({ account, set }): Named => {
      const chosen = { account: account.id, permissionSet: set.name };
      const actor = { kind: 'workforce', user: person.name, ...chosen } as const;
      return { name: workforceName(world, actor), actor };
    }),
  );
}

function workforceName(
  { accounts }: World,
  { account, user, permissionSet }: Extract<Actor, { kind: 'workforce' }>,
): string {
  return permissionSet === null
    ? user
    : `${user}/${permissionSet}@${own(accounts, account)?.name ?? account}`;
}

function users({ id: account, users }: Account): readonly Named[] {
  return Object.keys(users).map((user) => ({ name: user, actor: { kind: 'user', account, user } }));
}

function onInstances({ id: account, instances }: Account): readonly Named[] {
  return Object.values(instances).flatMap(({ id: instance, name, processes }) =>
    [null, ...Object.keys(processes)].map(
      (process): Named => ({
        name: process === null ? name : `${name}/${process}`,
        actor: { kind: 'instance', account, instance, process },
      }),
    ),
  );
}

function workloads({ id: account, workloads }: Account): readonly Named[] {
  return Object.keys(workloads).map((workload) => ({
    name: workload,
    actor: { kind: 'workload', account, workload },
  }));
}

/** Somebody found a key: the first one that was exposed is theirs. */
function attackers({ id: account, accessKeys }: Account): readonly Named[] {
  const found = Object.values(accessKeys).find(({ exposed }) => exposed !== null);
  return found ? [{ name: 'attacker', actor: { kind: 'attacker', account, accessKey: found.id } }] : [];
}

/** Sessions that somebody asked for and that are still good, by the name of the last one. */
function sessions(world: World, account: Account): readonly Named[] {
  const names = Object.values(account.sessions)
    .filter((session) => validity(session, world.clock) === 'valid' && !isOfInstance(account, session))
    .flatMap((session) => sessionName(session) ?? []);
  return [...new Set(names)].flatMap((name) => {
    const session = lastSession(account, name);
    return session ? [{ name, actor: withKey(account, session) }] : [];
  });
}

function isOfInstance(account: Account, { holder }: TemporaryCredentials): boolean {
  return holder.kind === 'assumed-role' && Object.hasOwn(account.instances, holder.sessionName);
}

/** `Deploy/ci` for a role's session, `federated-user/bob` for a federated one; a user's own session has none. */
function sessionName({ holder }: TemporaryCredentials): string | null {
  switch (holder.kind) {
    case 'assumed-role':
      return `${holder.role}/${holder.sessionName}`;
    case 'federated-user':
      return `federated-user/${holder.name}`;
    default:
      return null;
  }
}

function lastSession(account: Account, name: string): TemporaryCredentials | undefined {
  return Object.values(account.sessions).findLast((session) => sessionName(session) === name);
}

function keyHolder(world: World, accessKey: AccessKeyId): Actor | undefined {
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  const known = account && (own(account.sessions, accessKey) ?? own(account.accessKeys, accessKey));
  return account && known && withKey(account, known);
}

function withKey(
  { id: account }: Account,
  key: { readonly id: AccessKeyId; readonly secret: string; readonly token?: string },
): Actor {
  return { kind: 'key', account, accessKey: key.id, secret: key.secret, token: key.token ?? null };
}
