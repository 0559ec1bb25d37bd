import type { Generator } from './identifiers.ts';
import type { Account, AccountId, World } from './world.ts';

/** An account of the world. That it is there is for the one who asks to know. */
export function accountOf(world: World, id: AccountId): Account {
  const account = world.accounts[id];
  if (account === undefined) {
    throw new Error(`There is no account ${id}.`);
  }
  return account;
}

/** The records of an account, by the names of its fields. */
type RecordName = Exclude<keyof Account, 'id' | 'name'>;

/** The world with one entry of one of an account's records put or replaced. */
export function put<K extends RecordName>(
  world: World,
  id: AccountId,
  record: K,
  key: string,
  value: Account[K][string],
): World {
  const account = accountOf(world, id);
  return withAccount(world, { ...account, [record]: { ...account[record], [key]: value } });
}

/** The world without one entry of one of an account's records. */
export function drop(world: World, id: AccountId, record: RecordName, key: string): World {
  const account = accountOf(world, id);
  return withAccount(world, { ...account, [record]: without<unknown>(account[record], key) });
}

/** A record without one of its entries. */
export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
}

function withAccount(world: World, account: Account): World {
  return { ...world, accounts: { ...world.accounts, [account.id]: account } };
}

/** A value made with the world's generator, and the world with its generator moved on. */
export function generated<T>(world: World, make: (generator: Generator) => T): [value: T, world: World] {
  const generator = { seed: world.seed };
  const value = make(generator);
  return [value, { ...world, seed: generator.seed }];
}
