import type { PolicyDocument } from '../../iam/request.ts';
import type { Caller } from '../caller.ts';
import type { Generator } from '../identifiers.ts';
import type { ApiError, Effect, Json, Operation, Shape } from '../operation.ts';
import type { Account, AccountId, Instant, World } from '../world.ts';

/** An operation whose input has the types of its shape. */
export function define<const S extends Shape>(operation: Operation<S>): Operation {
  return operation;
}

/** The operation succeeded. Most that change something answer nothing. */
export function done(world: World, output: Json = null): Effect {
  return { world, output };
}

/** The operation was authorized and failed, with AWS's code and sentence, and advice of ours where it helps. */
export function failed(code: string, message: string, advice?: string): { readonly error: ApiError } {
  return { error: advice === undefined ? { code, message } : { code, message, advice } };
}

/** The caller's own account. */
export function homeOf(world: World, caller: Pick<Caller, 'account'>): Account {
  return accountOf(world, caller.account);
}

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

/** A time as the AWS CLI prints it: `2026-03-02T09:00:00+00:00`. */
export function isoTime(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
}

/** A policy document as part of an answer. */
export function json(document: PolicyDocument): Json {
  return jsonValue(document);
}

function jsonValue(value: unknown): Json {
  if (Array.isArray(value)) {
    return value.map(jsonValue);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, jsonValue(each)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
