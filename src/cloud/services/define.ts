import type { PolicyDocument } from '../../iam/request.ts';
import type { Caller } from '../caller.ts';
import { accountOf } from '../change.ts';
import type { ApiError, Effect, Json, Operation, Shape } from '../operation.ts';
import type { Account, Instant, World } from '../world.ts';

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

/** What AWS says of a member that breaks a constraint of its type: it must, and `rule` goes on. */
export function breaksConstraint(
  code: 'ValidationError' | 'ValidationException',
  member: string,
  value: string | number,
  rule: string,
): { readonly error: ApiError } {
  return failed(
    code,
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** The caller's own account. */
export function homeOf(world: World, caller: Pick<Caller, 'account'>): Account {
  return accountOf(world, caller.account);
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
