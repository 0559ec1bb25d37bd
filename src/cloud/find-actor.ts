import type { Actor } from './actor.ts';
import type { Account, World } from './world.ts';

interface Named {
  readonly name: string;
  readonly actor: Actor;
}

/**
 * The actor of this name: `joanne`, `web-1` for a shell on an instance, `web-1/worker` for a process on it.
 * With its account before it, `111122223333:joanne`, where a name alone would be ambiguous. Undefined when
 * there is none, or more than one.
 */
export function findActor(world: World, name: string): Actor | undefined {
  const all = everybody(world);
  const qualified = all.find((each) => `${each.actor.account}:${each.name}` === name);
  const [first, second] = all.filter((each) => each.name === name);
  return qualified?.actor ?? (second === undefined ? first?.actor : undefined);
}

/** The name by which `findActor` finds an actor: the shortest that is not ambiguous. */
export function actorName(world: World, actor: Actor): string {
  const name = shortName(world, actor);
  const namesakes = everybody(world).filter((each) => each.name === name);
  return namesakes.length > 1 ? `${actor.account}:${name}` : name;
}

/** The names of everybody who can sit at the prompt. */
export function actorNames(world: World): readonly string[] {
  const all = everybody(world);
  return all.map(({ name, actor }) =>
    all.some((each) => each.name === name && each.actor !== actor) ? `${actor.account}:${name}` : name,
  );
}

function shortName(world: World, actor: Actor): string {
  if (actor.kind === 'user') {
    return actor.user;
  }
  const name = world.accounts[actor.account]?.instances[actor.instance]?.name ?? actor.instance;
  return actor.process === null ? name : `${name}/${actor.process}`;
}

function everybody(world: World): readonly Named[] {
  return Object.values(world.accounts).flatMap((account) => [...users(account), ...onInstances(account)]);
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
