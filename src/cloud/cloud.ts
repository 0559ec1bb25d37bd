import { assign, setup, transition } from 'xstate';
import type { Actor } from './actor.ts';
import type { Answer, ApiRequest } from './answer.ts';
import {
  type Attempt,
  attempted,
  carryOut,
  deny,
  isAuthorized,
  leaveUnsent,
  reject,
  sayUnsupported,
} from './attempt.ts';
import { passTime } from './pass-time.ts';
import { signedIn, signedOut } from './services/identity-center/portal.ts';
import { emptyWorld } from './services/index.ts';
import type { World } from './world.ts';

/** The whole state: plain JSON. */
export interface CloudState {
  readonly world: World;
  /** What became of the last request; null before the first. */
  readonly answer: Answer | null;
}

type RequestSent = { readonly type: 'request.sent'; readonly actor: Actor; readonly request: ApiRequest };
/** A user of Identity Center's directory signs in to the access portal, or out. */
type PortalEntered = { readonly type: 'portal.entered'; readonly user: string };
type PortalLeft = { readonly type: 'portal.left'; readonly user: string };
/** `by`: milliseconds; a clock that would stand still or go back does not move. */
type ClockAdvanced = { readonly type: 'clock.advanced'; readonly by: number };

type CloudEvent = RequestSent | ClockAdvanced | PortalEntered | PortalLeft;

/** A request held against the world: what guards look at and actions act on. */
const sent = ({ context, event }: { context: CloudState; event: RequestSent }): Attempt =>
  attempted(context.world, event.actor, event.request);

/**
 * The simulated cloud: a request is turned away, denied or carried out; and the clock moves when it is told to.
 * Stepped with `transition` only, so the same world and the same events always give the same snapshot.
 */
export const cloudMachine = setup({
  types: {
    context: {} as CloudState,
    events: {} as CloudEvent,
  },
  guards: {
    isUnsupported: (_, { examination }: Attempt) => examination.kind === 'unsupported',
    isNeverSent: (_, { examination }: Attempt) => examination.kind === 'not-sent',
    isRejected: (_, { examination }: Attempt) => examination.kind === 'rejected',
    isDenied: (_, { examination }: Attempt) => examination.kind === 'examined' && !isAuthorized(examination),
    goesForward: (_, { by }: ClockAdvanced) => Number.isSafeInteger(by) && by > 0,
  },
  actions: {
    sayUnsupported: assign((_, attempt: Attempt) => sayUnsupported(attempt)),
    leaveUnsent: assign((_, attempt: Attempt) => leaveUnsent(attempt)),
    reject: assign(({ context }, attempt: Attempt) => reject(context.world, attempt)),
    deny: assign(({ context }, attempt: Attempt) => deny(context.world, attempt)),
    carryOut: assign(({ context }, attempt: Attempt) => carryOut(context.world, attempt)),
    moveClock: assign(({ context }, { by }: ClockAdvanced) => ({
      world: passTime(context.world, by),
    })),
    signIn: assign(({ context }, { user }: PortalEntered) => ({ world: signedIn(context.world, user) })),
    signOut: assign(({ context }, { user }: PortalLeft) => ({ world: signedOut(context.world, user) })),
  },
}).createMachine({
  id: 'cloud',
  // Every step brings its own world; XState makes one more snapshot of the machine for each, which nobody sees.
  context: { world: emptyWorld(0, 0), answer: null },
  on: {
    'request.sent': [
      { guard: { type: 'isUnsupported', params: sent }, actions: { type: 'sayUnsupported', params: sent } },
      { guard: { type: 'isNeverSent', params: sent }, actions: { type: 'leaveUnsent', params: sent } },
      { guard: { type: 'isRejected', params: sent }, actions: { type: 'reject', params: sent } },
      { guard: { type: 'isDenied', params: sent }, actions: { type: 'deny', params: sent } },
      { actions: { type: 'carryOut', params: sent } },
    ],
    'clock.advanced': {
      guard: { type: 'goesForward', params: ({ event }) => event },
      actions: { type: 'moveClock', params: ({ event }) => event },
    },
    'portal.entered': { actions: { type: 'signIn', params: ({ event }) => event } },
    'portal.left': { actions: { type: 'signOut', params: ({ event }) => event } },
  },
});

/** Sends a request: one step of the machine. */
export function send(world: World, actor: Actor, request: ApiRequest): { world: World; answer: Answer } {
  const after = step(world, { type: 'request.sent', actor, request });
  if (after.answer === null) {
    throw new Error('A request was sent and not answered.');
  }
  return { world: after.world, answer: after.answer };
}

/** Moves the clock forward by milliseconds: one step of the machine. */
export function advance(world: World, milliseconds: number): World {
  return step(world, { type: 'clock.advanced', by: milliseconds }).world;
}

/** Signs a user of Identity Center's directory in to the access portal: one step of the machine. */
export function signIn(world: World, user: string): World {
  return step(world, { type: 'portal.entered', user }).world;
}

/** Signs a user of the directory out again: one step of the machine. */
export function signOut(world: World, user: string): World {
  return step(world, { type: 'portal.left', user }).world;
}

function step(world: World, event: CloudEvent): CloudState {
  const before = cloudMachine.resolveState({ value: {}, context: { world, answer: null } });
  const [after] = transition(cloudMachine, before, event);
  return after.context;
}
