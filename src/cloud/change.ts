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

/** The fields of an account that hold things by name. */
type RecordName = {
  [K in keyof Account]-?: Account[K] extends Readonly<Record<string, infer _>> ? K : never;
}[keyof Account];

type EntryOf<K extends RecordName> = Account[K] extends Readonly<Record<string, infer Entry>> ? Entry : never;

/** The world with one entry of one of an account's records put or replaced. */
export function put<K extends RecordName>(
  world: World,
  id: AccountId,
  record: K,
  key: string,
  value: EntryOf<K>,
): World {
  const account = accountOf(world, id);
  return withAccount(world, { ...account, [record]: { ...account[record], [key]: value } });
}

/** The world without one entry of one of an account's records. */
export function drop(world: World, id: AccountId, record: RecordName, key: string): World {
  const account = accountOf(world, id);
  return withAccount(world, { ...account, [record]: without<unknown>(account[record], key) });
}

/** The world with some fields of an account replaced. */
export function change(world: World, id: AccountId, fields: Partial<Account>): World {
  return withAccount(world, { ...accountOf(world, id), ...fields });
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
