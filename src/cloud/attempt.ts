import type { Actor } from './actor.ts';
import type { Answer, ApiRequest } from './answer.ts';
import type { Caller } from './caller.ts';
import { put } from './change.ts';
import { instanceOf, readied, sourceIpOf } from './credentials.ts';
import { type Examination, type ExaminedCheck, examine } from './examine.ts';
import type { ApiError, Effect, FollowUp, Json } from './operation.ts';
import { own } from './own.ts';
import { withChangesSettling } from './propagation.ts';
import { denial, visible } from './service-errors.ts';
import { withRecorded } from './services/index.ts';
import { withCredentialsServed } from './serving.ts';
import type { CheckedPermission, TrailEvent, TrailOutcome } from './trail.ts';
import { withoutSecrets } from './without-secrets.ts';
import type { World } from './world.ts';

/** A request and what its examination came to. */
export interface Attempt {
  readonly actor: Actor;
  readonly request: ApiRequest;
  readonly examination: Examination;
}

/** What follows from an attempt: an answer, and a world where the request left a mark. */
interface Result {
  readonly world?: World;
  readonly answer: Answer;
}

type Kind = Examination['kind'];

let latest: { readonly world: World; readonly attempt: Attempt } | null = null;

/** Examines a request. The last one is remembered, for a step asks several times; more would hold on to every world. */
export function attempted(world: World, actor: Actor, request: ApiRequest): Attempt {
  const known = latest?.world === world ? latest.attempt : null;
  if (known?.actor === actor && known.request === request) {
    return known;
  }
  const attempt = { actor, request, examination: examine(world, actor, request) };
  latest = { world, attempt };
  return attempt;
}

/** Outside what is simulated: nothing happens. */
export function sayUnsupported({ examination }: Attempt): Result {
  const { refusal } = only(examination, 'unsupported');
  return { answer: { kind: 'unsupported', refusal } };
}

/** Stopped on the caller's own machine: AWS never heard of it. */
export function leaveUnsent({ examination }: Attempt): Result {
  const { message } = only(examination, 'not-sent');
  return { answer: { kind: 'not-sent', message } };
}

/** The credentials are not accepted: the trail has the attempt, and nobody as its principal. */
export function reject(before: World, attempt: Attempt): Result {
  const world = readied(before, attempt.actor);
  const { operation, accessKey, error } = only(attempt.examination, 'rejected');
  const outcome = { kind: 'rejected', code: error.code } as const;
  const after = recorded(world, attempt, {
    principal: null,
    principalId: null,
    accounts: [],
    accessKey,
    response: null,
    resources: [],
    outcome,
    checks: [],
  });
  return {
    world: after,
    answer: { kind: 'rejected', error: visible(operation, error), event: after.trail.length },
  };
}

/** A permission is missing or forbidden: the first one that is not allowed gives the sentence. */
export function deny(before: World, attempt: Attempt): Result {
  const world = readied(before, attempt.actor);
  const { operation, input, caller, checks } = only(attempt.examination, 'examined');
  const refused = checks.find(({ decision }) => decision.decision !== 'allowed');
  if (refused === undefined) {
    throw new Error(`${operation.id} was denied though all of it is allowed.`);
  }
  const error = denial(operation, input, refused, isStrange(world, caller, refused));
  const after = authorized(world, attempt, { kind: 'denied', ...sentence(error) });
  return {
    world: after,
    answer: {
      kind: 'denied',
      error: visible(operation, error),
      checks: checks.map(summary),
      event: after.trail.length,
    },
  };
}

function isStrange({ organization }: World, { account }: Caller, { needed }: ExaminedCheck): boolean {
  if (account === '') {
    return true;
  }
  const isMember = (id: string) => organization !== null && Object.hasOwn(organization.members, id);
  return account !== needed.resourceAccount && !(isMember(account) && isMember(needed.resourceAccount));
}

/** True when a request goes on: all of it is allowed, or its operation takes each thing by itself. */
export function isAuthorized({ operation, checks }: Extract<Examination, { kind: 'examined' }>): boolean {
  return operation.piecewise === true || checks.every(({ decision }) => decision.decision === 'allowed');
}

/** A request from start to end, of somebody who is not at the prompt: the world after it. */
export function conclude(world: World, actor: Actor, request: ApiRequest): World {
  const attempt = attempted(world, actor, request);
  const { examination } = attempt;
  switch (examination.kind) {
    case 'unsupported':
    case 'not-sent':
      return world;
    case 'rejected':
      return reject(world, attempt).world ?? world;
    case 'examined': {
      return (isAuthorized(examination) ? carryOut(world, attempt) : deny(world, attempt)).world ?? world;
    }
  }
}

/** Authorized: the operation does its work, or fails for a reason that is not authorization. */
export function carryOut(before: World, attempt: Attempt): Result {
  const world = readied(before, attempt.actor);
  const { operation, input, caller, checks } = only(attempt.examination, 'examined');
  const refused = checks.filter(({ decision }) => decision.decision !== 'allowed');
  const denied = refused.map((check) => ({
    needed: check.needed,
    error: denial(operation, input, check, isStrange(world, caller, check)),
  }));
  const effect = operation.malformed?.(input) ?? operation.effect(input, caller, world, denied);
  if ('error' in effect) {
    const after = authorized(world, attempt, { kind: 'failed', ...sentence(effect.error) });
    return {
      world: after,
      answer: {
        kind: 'failed',
        error: visible(operation, effect.error),
        checks: checks.map(summary),
        event: after.trail.length,
      },
    };
  }
  const changed = withCredentialsServed(world, withChangesSettling(world, effect.world));
  if ('follow' in effect) {
    const began = authorized(changed, attempt, { kind: 'done' });
    const steps = followed(began, effect);
    return {
      world: steps.at(-1)?.after ?? began,
      answer: {
        kind: 'done',
        output: effect.output(steps.map(({ answer }) => answer)),
        checks: checks.map(summary),
        event: began.trail.length,
      },
    };
  }
  const response = effect.world === world ? null : withoutSecrets(effect.output);
  const after = authorized(changed, attempt, { kind: 'done' }, response);
  return {
    world: after,
    answer: {
      kind: 'done',
      output: effect.output,
      checks: checks.map(summary),
      event: after.trail.length,
    },
  };
}

/** A request that followed from another, and the worlds around it. */
export interface Followed extends FollowUp {
  readonly before: World;
  readonly after: World;
  readonly answer: Answer;
}

/** The requests that follow when this one is carried out, in order; none for most operations. */
export function followUps(world: World, actor: Actor, request: ApiRequest): readonly Followed[] {
  const attempt = attempted(world, actor, request);
  const { examination } = attempt;
  if (examination.kind !== 'examined' || !isAuthorized(examination)) {
    return [];
  }
  const { operation, input, caller } = examination;
  const effect = operation.malformed?.(input) ?? operation.effect(input, caller, world, []);
  return 'follow' in effect
    ? followed(authorized(withCredentialsServed(world, effect.world), attempt, { kind: 'done' }), effect)
    : [];
}

type Following = Extract<Effect, { follow: readonly FollowUp[] }>;

function followed(start: World, { follow, endsAtFailure }: Following): readonly Followed[] {
  const steps: Followed[] = [];
  let before = start;
  for (const { actor, request } of follow) {
    const { world: after = before, answer } = answered(before, attempted(before, actor, request));
    steps.push({ actor, request, before, after, answer });
    if (endsAtFailure && answer.kind !== 'done') {
      break;
    }
    before = after;
  }
  return steps;
}

/** What becomes of an attempt, as the machine's guards choose. */
function answered(world: World, attempt: Attempt): Result {
  switch (attempt.examination.kind) {
    case 'unsupported':
      return sayUnsupported(attempt);
    case 'not-sent':
      return leaveUnsent(attempt);
    case 'rejected':
      return reject(world, attempt);
    case 'examined':
      return isAuthorized(attempt.examination) ? carryOut(world, attempt) : deny(world, attempt);
  }
}

/** Records a request whose credentials were good: in the trail, and as the last use of a user's key. */
function authorized(world: World, attempt: Attempt, outcome: TrailOutcome, response: Json = null): World {
  const { operation, caller, checks } = only(attempt.examination, 'examined');
  const home = own(world.accounts, caller.account);
  const key = home && own(home.accessKeys, caller.accessKey);
  const [service = ''] = (checks[0]?.needed.action ?? operation.id).split(':');
  const lastUsed = { at: world.clock, service };
  const used = key ? put(world, caller.account, 'accessKeys', key.id, { ...key, lastUsed }) : world;
  return recorded(used, attempt, {
    principal: caller.arn,
    principalId: caller.userId,
    accounts: [...new Set([caller.account, ...checks.map(({ needed }) => needed.resourceAccount)])].filter(
      (id) => id !== '',
    ),
    accessKey: caller.accessKey,
    response,
    resources: [...new Set(checks.map(({ needed }) => needed.resource))],
    outcome,
    checks: checks.map(summary),
  });
}

type Recorded = Omit<TrailEvent, 'number' | 'time' | 'actor' | 'sourceIp' | 'operation' | 'input'>;

/** Adds an event to the trail. A process that copies credentials has copied them now, at its first request. */
function recorded(world: World, { actor, request }: Attempt, facts: Recorded): World {
  const event: TrailEvent = {
    number: world.trail.length + 1,
    time: world.clock,
    actor,
    operation: request.operation,
    sourceIp: sourceIpOf(actor),
    input: withoutSecrets(request.input),
    ...facts,
  };
  const copied = withKeyCopied(world, actor, facts.accessKey);
  return withRecorded({ ...copied, trail: [...copied.trail, event] }, event);
}

function withKeyCopied(world: World, actor: Actor, accessKey: string): World {
  const instance = actor.kind === 'instance' ? instanceOf(world, actor) : undefined;
  if (actor.kind !== 'instance' || actor.process === null || instance === undefined) {
    return world;
  }
  const process = own(instance.processes, actor.process);
  if (process?.kind !== 'copies' || process.held !== null) {
    return world;
  }
  const processes = { ...instance.processes, [actor.process]: { ...process, held: accessKey } };
  return put(world, actor.account, 'instances', instance.id, { ...instance, processes });
}

function sentence({ code, message }: ApiError): { readonly code: string; readonly message: string } {
  return { code, message };
}

function summary({ needed, decision }: ExaminedCheck): CheckedPermission {
  return {
    action: needed.action,
    resource: needed.resource,
    decision: decision.decision,
    decidedBy: decision.decidedBy,
    policy: decision.policy,
    statement: decision.statement,
  };
}

/** The machine's guards see to it that an action meets its own kind of examination only. */
function only<K extends Kind>(examination: Examination, kind: K): Extract<Examination, { kind: K }> {
  if (!is(examination, kind)) {
    throw new Error(`Expected an examination of kind ${kind}, not ${examination.kind}.`);
  }
  return examination;
}

function is<K extends Kind>(
  examination: Examination,
  kind: K,
): examination is Extract<Examination, { kind: K }> {
  return examination.kind === kind;
}
