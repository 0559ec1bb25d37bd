import type { Decision, Refusal } from '../iam/decision.ts';
import { authorize, isRefusal } from '../iam/index.ts';
import type { AuthorizationInput } from '../iam/request.ts';
import type { Actor } from './actor.ts';
import type { ApiRequest } from './answer.ts';
import { authorizationInput } from './authorization.ts';
import type { Caller } from './caller.ts';
import { ANONYMOUS, callerOf, type NoCaller, readied } from './credentials.ts';
import { hasShape, holdsProto, parameterProblem } from './input.ts';
import type { ApiError, InputOf, Operation, PermissionNeeded, Shape } from './operation.ts';
import { own } from './own.ts';
import { rejection } from './service-errors.ts';
import { operations, SERVE_ANYBODY } from './services/index.ts';
import type { AccessKeyId, World } from './world.ts';

/** One permission that a request needs, what the engine was asked, and what it decided. */
export interface ExaminedCheck {
  readonly needed: PermissionNeeded;
  readonly input: AuthorizationInput;
  readonly decision: Decision;
}

/** What would become of a request up to authorization, with every decision behind it. */
export type Examination =
  /** Outside what is simulated: an operation, an operator, a name. Nothing is decided. */
  | { readonly kind: 'unsupported'; readonly refusal: Refusal }
  /** The caller's own machine stops it: a parameter missing, or no credentials. */
  | { readonly kind: 'not-sent'; readonly message: string }
  | {
      readonly kind: 'rejected';
      readonly reason: Extract<NoCaller, { kind: 'rejected' }>['reason'];
      readonly operation: Operation;
      readonly accessKey: AccessKeyId;
      readonly error: ApiError;
    }
  | {
      readonly kind: 'examined';
      readonly operation: Operation;
      readonly input: InputOf<Shape>;
      readonly caller: Caller;
      readonly checks: readonly ExaminedCheck[];
    };

/** Examines a request without sending it. Pure: nothing changes, nothing is recorded. */
export function examine(before: World, actor: Actor, { operation: id, input }: ApiRequest): Examination {
  const world = readied(before, actor);
  const operation = operations.get(id);
  if (operation === undefined) {
    return unsupported('operation', `${id} is not simulated here.`);
  }
  if (holdsProto(input)) {
    return unsupported('input', 'The name __proto__ cannot be used here. Choose another.');
  }
  if (!hasShape(operation.input, input)) {
    return { kind: 'not-sent', message: parameterProblem(operation.input, input) };
  }
  const signer = operation.unsigned ? null : callerOf(world, actor);
  switch (signer?.kind) {
    case 'not-sent':
      return signer;
    case 'rejected':
      return { ...signer, operation, error: rejection(operation, signer.reason) };
    default:
      return examineSigned(world, operation, input, signer);
  }
}

/** A request whose signature is good, or that needs none: what else it shows is looked at next. */
function examineSigned(
  world: World,
  operation: Operation,
  input: InputOf<Shape>,
  signer: Caller | null,
): Examination {
  const outside =
    unsignedElsewhere(operation, signer) ?? operation.notSimulated?.(input, signer, world) ?? null;
  if (outside !== null) {
    return unsupported('input', outside);
  }
  const rejected = { kind: 'rejected', operation, accessKey: signer?.accessKey ?? '' } as const;
  if (signer !== null && isBarred(world, signer, operation)) {
    return { ...rejected, reason: 'invalid', error: rejection(operation, 'invalid') };
  }
  const caller = operation.authenticate?.(input, world, signer) ?? signer;
  if (caller === null) {
    throw new Error(`${operation.id} is unsigned and does not say whom it proves.`);
  }
  return 'error' in caller
    ? { ...rejected, reason: 'invalid', error: caller.error }
    : examineChecks(world, operation, input, caller);
}

/** Why a request that nobody signed is not decided here; null for every other. */
function unsignedElsewhere({ id }: Operation, signer: Caller | null): string | null {
  const [service = ''] = id.split(':');
  return signer?.arn === ANONYMOUS.arn && !SERVE_ANYBODY.includes(service)
    ? `The request is not signed. That is simulated for S3 alone: ${service} does not serve callers whom nothing proves.`
    : null;
}

/**
 * A session of `GetSessionToken` calls IAM only after an MFA code.
 * Source: STS API Reference, API_GetSessionToken.html.
 */
function isBarred(world: World, caller: Caller, operation: Operation): boolean {
  const session = own(own(world.accounts, caller.account)?.sessions ?? {}, caller.accessKey);
  const isPlain = session?.holder.kind === 'user' || session?.holder.kind === 'root';
  return isPlain && session.mfa === null && operation.id.startsWith('iam:');
}

function examineChecks(
  world: World,
  operation: Operation,
  input: InputOf<Shape>,
  caller: Caller,
): Examination {
  const checks: ExaminedCheck[] = [];
  if ((operation.malformed?.(input) ?? null) !== null) {
    return { kind: 'examined', operation, input, caller, checks };
  }
  for (const needed of operation.needs(input, caller, world)) {
    const question = authorizationInput(world, caller, needed);
    const decision = authorize(question);
    if (isRefusal(decision)) {
      return { kind: 'unsupported', refusal: decision };
    }
    checks.push({ needed, input: question, decision });
  }
  return { kind: 'examined', operation, input, caller, checks };
}

function unsupported(path: string, message: string): Examination {
  return { kind: 'unsupported', refusal: { id: null, error: { kind: 'unsupported', path, message } } };
}
