import { type Draft, produce } from 'immer';
import type { Caller } from '../caller.ts';
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

/** The world with one account changed. The recipe gets the world too, to draw ids from its generator. */
export function changed(
  world: World,
  id: AccountId,
  recipe: (account: Draft<Account>, world: Draft<World>) => void,
): World {
  return produce(world, (draft) => {
    const account = draft.accounts[id];
    if (account === undefined) {
      throw new Error(`There is no account ${id}.`);
    }
    recipe(account, draft);
  });
}

/** A time as the AWS CLI prints it: `2026-03-02T09:00:00+00:00`. */
export function isoTime(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
}
