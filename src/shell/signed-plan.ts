import type { Actor } from '../cloud/actor.ts';
import { readied } from '../cloud/credentials.ts';
import type { Json } from '../cloud/operation.ts';
import { own } from '../cloud/own.ts';
import type { Instant, World } from '../cloud/world.ts';
import { exported } from './aws/export-credentials.ts';
import { failure, inputProblem } from './aws/request.ts';
import { NO_CREDENTIALS, USAGE } from './aws/usage.ts';
import { type Signing, signingFor } from './credential-chain.ts';
import { member, textOf } from './json.ts';
import { type AssumedCredentials, type Machine, machineOf } from './machine.ts';
import type { Ending, PlannedRequest } from './plan.ts';
import { type AskingPlan, asked, type Question, type Reply, sent } from './question.ts';
import { signedUrl } from './s3/presign.ts';
import type { Moment } from './session.ts';
import { signingKey } from './signing-key.ts';

/** A request and whose credentials sign it. */
export interface SignedRequest {
  readonly actor: Actor;
  readonly request: PlannedRequest;
}

/** A plan whose requests are signed, and which may ask whoever typed the line. */
export type SignedPlan = Generator<SignedRequest | Question, Ending, Reply>;

/** The CLI gives up cached credentials this long before they expire, in milliseconds. */
const EXPIRY_WINDOW = 15 * 60_000;

/**
 * A plan with credentials found for it, once it has something to send or to sign: a profile with a role assumes it first, and
 * the machine remembers the role's credentials until they are about to expire.
 */
export function* signedPlan(
  plan: AskingPlan,
  moment: Moment,
  actor: Actor,
  profile: string | null,
): SignedPlan {
  let step = plan.next();
  if (step.done === true && !needsCredentials(step.value)) return step.value;
  const obtained = yield* obtain(signingFor(moment, actor, profile), moment, actor, machineOf(moment, actor));
  if (obtained.kind === 'ending') return obtained.ending;
  while (step.done !== true) {
    step = plan.next(yield* answered(step.value, obtained.actor));
  }
  const ending = withCredentials(step.value, moment.world, obtained);
  return obtained.machine === machineOf(moment, actor) ? ending : { ...ending, machine: obtained.machine };
}

/** What a plan is handed for a question, or for a request with somebody's credentials. */
function* answered(
  step: PlannedRequest | Question,
  actor: Actor,
): Generator<SignedRequest | Question, Reply, Reply> {
  return 'question' in step ? yield* asked(step) : yield* sent({ actor, request: step });
}

function needsCredentials({ toSign, toExport }: Ending): boolean {
  return toSign !== undefined || toExport !== undefined;
}

/** An ending with what it asks of the credentials that were found. */
function withCredentials(
  ending: Ending,
  world: World,
  { actor, machine }: Extract<Obtained, { kind: 'credentials' }>,
): Ending {
  const { toSign, toExport } = ending;
  if (toSign !== undefined) return signedUrl(world, actor, toSign);
  if (toExport === undefined) return ending;
  const fetched = readied(world, actor);
  const key = signingKey(fetched, actor);
  if ('output' in key) return key.exit === NO_CREDENTIALS ? exported(toExport, null) : key;
  const assumed = Object.values(machine.assumed).find(({ accessKey }) => accessKey === key.accessKey);
  const expires = assumed?.expires ?? expiryOf(fetched, key.accessKey);
  const printed = exported(toExport, { ...key, expires });
  return fetched === world ? printed : { ...printed, world: fetched };
}

/** When a temporary key expires; null for a long-term one. */
function expiryOf(world: World, accessKey: string): Instant | null {
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  return (account && own(account.sessions, accessKey)?.expires) ?? null;
}

/** Whoever sits there, without credentials. */
export function anonymous(seat: Actor): Actor {
  return seated({ kind: 'anonymous', account: '' }, seat);
}

/** A plan whose requests nobody signs. */
export function* unsignedPlan(plan: AskingPlan, seat: Actor): SignedPlan {
  const actor = anonymous(seat);
  let step = plan.next();
  while (step.done !== true) {
    step = plan.next(yield* answered(step.value, actor));
  }
  return needsCredentials(step.value)
    ? { output: 'There are no credentials then. Leave --no-sign-request out.', exit: USAGE }
    : step.value;
}

type Obtained =
  | { readonly kind: 'credentials'; readonly actor: Actor; readonly machine: Machine }
  | { readonly kind: 'ending'; readonly ending: Ending };

function* obtain(
  signing: Signing,
  moment: Moment,
  seat: Actor,
  machine: Machine,
): Generator<SignedRequest | Question, Obtained, Reply> {
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
  const { operation, mfaSerial } = signing;
  // The AWS CLI asks before it looks for the credentials that the request is signed with.
  const mfa =
    mfaSerial === null ? {} : { SerialNumber: mfaSerial, TokenCode: yield* asked(mfaQuestion(mfaSerial)) };
  const input = { ...signing.input, ...mfa };
  const problem = inputProblem(operation, input);
  if (problem !== null) return { kind: 'ending', ending: problem };
  const by = yield* obtain(signing.by, moment, seat, machine);
  if (by.kind === 'ending') return by;
  const answer = yield* sent({ actor: by.actor, request: { operation, input } });
  if (answer.kind !== 'done') return { kind: 'ending', ending: failure(operation, answer) };
  const credentials = credentialsIn(answer.output);
  const assumed = { ...by.machine.assumed, [cacheKey]: credentials };
  return {
    kind: 'credentials',
    actor: seated(roleActor(account, credentials), seat),
    machine: { ...by.machine, assumed },
  };
}

/**
 * What the AWS CLI asks where a profile names an MFA device.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-role.html#cli-configure-role-mfa
 */
function mfaQuestion(serial: string): Question {
  return {
    question: `Enter MFA code for ${serial}: `,
    advice: '`mfa` shows the code.',
    isHidden: true,
  };
}

/** What was asked for, but for a session name that only tells when, and for a code, which changes. */
function cacheKeyOf({
  profile,
  mfaSerial,
  input: { RoleSessionName, ...input },
}: Extract<Signing, { kind: 'role' }>): string {
  const name = String(RoleSessionName).startsWith('botocore-session-') ? {} : { RoleSessionName };
  const serial = mfaSerial === null ? {} : { SerialNumber: mfaSerial };
  return JSON.stringify({ profile, ...input, ...serial, ...name });
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

/** Credentials, or none, in the hands of whoever uses them: on an instance, requests start in its network. */
export function seated(actor: Actor, seat: Actor): Actor {
  return (actor.kind === 'key' || actor.kind === 'anonymous') &&
    (seat.kind === 'instance' || seat.kind === 'attacker')
    ? { ...actor, seat }
    : actor;
}
