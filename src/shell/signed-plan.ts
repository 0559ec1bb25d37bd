import type { Actor } from '../cloud/actor.ts';
import type { Answer, ApiRequest } from '../cloud/answer.ts';
import type { Json } from '../cloud/operation.ts';
import { own } from '../cloud/own.ts';
import type { Instant } from '../cloud/world.ts';
import { failure } from './aws/request.ts';
import { type Signing, signingFor } from './credential-chain.ts';
import { member, textOf } from './json.ts';
import { type AssumedCredentials, type Machine, machineOf } from './machine.ts';
import type { Ending, Plan } from './plan.ts';
import { signedUrl } from './s3/presign.ts';
import type { Moment } from './session.ts';

/** A request and whose credentials sign it. */
export interface SignedRequest {
  readonly actor: Actor;
  readonly request: ApiRequest;
}

/** A plan whose requests are signed. */
export type SignedPlan = Generator<SignedRequest, Ending, Answer>;

/** The CLI gives up cached credentials this long before they expire, in milliseconds. */
const EXPIRY_WINDOW = 15 * 60_000;

/**
 * A plan with credentials found for it, once it has something to send or to sign: a profile with a role assumes it first, and
 * the machine remembers the role's credentials until they are about to expire.
 */
export function* signedPlan(plan: Plan, moment: Moment, actor: Actor, profile: string | null): SignedPlan {
  let step = plan.next();
  if (step.done === true && step.value.toSign === undefined) return step.value;
  const obtained = yield* obtain(signingFor(moment, actor, profile), moment, actor, machineOf(moment, actor));
  if (obtained.kind === 'ending') return obtained.ending;
  while (step.done !== true) {
    const answer = yield { actor: obtained.actor, request: step.value };
    step = plan.next(answer);
  }
  const { toSign } = step.value;
  const ending = toSign === undefined ? step.value : signedUrl(moment.world, obtained.actor, toSign);
  return obtained.machine === machineOf(moment, actor) ? ending : { ...ending, machine: obtained.machine };
}

type Obtained =
  | { readonly kind: 'credentials'; readonly actor: Actor; readonly machine: Machine }
  | { readonly kind: 'ending'; readonly ending: Ending };

function* obtain(
  signing: Signing,
  moment: Moment,
  seat: Actor,
  machine: Machine,
): Generator<SignedRequest, Obtained, Answer> {
  if (signing.kind === 'problem') return { kind: 'ending', ending: signing };
  if (signing.kind === 'credentials') {
    return { kind: 'credentials', actor: seated(signing.actor, seat), machine };
  }
  const cacheKey = cacheKeyOf(signing);
  const account = String(signing.input.RoleArn).split(':')[4] ?? '';
  const cached = own(machine.assumed, cacheKey);
  if (cached !== undefined && cached.expires - moment.world.clock > EXPIRY_WINDOW) {
    return { kind: 'credentials', actor: seated(roleActor(account, cached), seat), machine };
  }
  const by = yield* obtain(signing.by, moment, seat, machine);
  if (by.kind === 'ending') return by;
  const request = { operation: signing.operation, input: signing.input };
  const answer = yield { actor: by.actor, request };
  if (answer.kind !== 'done') return { kind: 'ending', ending: failure(signing.operation, answer) };
  const credentials = credentialsIn(answer.output);
  const assumed = { ...by.machine.assumed, [cacheKey]: credentials };
  return {
    kind: 'credentials',
    actor: seated(roleActor(account, credentials), seat),
    machine: { ...by.machine, assumed },
  };
}

/** What was asked for, but for a session name that only tells when. */
function cacheKeyOf({
  profile,
  input: { RoleSessionName, ...input },
}: Extract<Signing, { kind: 'role' }>): string {
  const name = String(RoleSessionName).startsWith('botocore-session-') ? {} : { RoleSessionName };
  return JSON.stringify({ profile, ...input, ...name });
}

function credentialsIn(output: Json): AssumedCredentials {
  const credentials = member(output, 'Credentials');
  const expires: Instant = Date.parse(textOf(credentials, 'Expiration'));
  return {
    accessKey: textOf(credentials, 'AccessKeyId'),
    secret: textOf(credentials, 'SecretAccessKey'),
    token: textOf(credentials, 'SessionToken'),
    expires,
  };
}

function roleActor(account: string, { accessKey, secret, token }: AssumedCredentials): Actor {
  return { kind: 'key', account, accessKey, secret, token };
}

/** Credentials in the hands of whoever uses them: on an instance, requests start in its network. */
export function seated(actor: Actor, seat: Actor): Actor {
  return actor.kind === 'key' && (seat.kind === 'instance' || seat.kind === 'attacker')
    ? { ...actor, seat }
    : actor;
}
