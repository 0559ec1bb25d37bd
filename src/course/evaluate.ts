import { layerName } from '../iam/index.ts';
import type { Session, Turn } from '../shell/session.ts';
import type { Goal } from './content.ts';
import {
  explain,
  type Failure,
  failureOf,
  type Observation,
  observationText,
  observe,
  runAs,
} from './observe.ts';
import { oneLine } from './one-line.ts';
import type { GoalView } from './view.ts';

/** How every goal of a task stands, each tried on a copy of the session: nothing that is tried leaves a mark. */
export function evaluateGoals(
  session: Session,
  goals: readonly Goal[],
  hidesWhy: boolean,
): readonly GoalView[] {
  return goals.map((goal) => evaluateGoal(session, goal, hidesWhy));
}

/**
 * Tries one goal: what is given first, then its request. Where `why` is hidden, an unmet goal does not say how its
 * request was decided, only what its author replies.
 */
export function evaluateGoal(session: Session, goal: Goal, hidesWhy = false): GoalView {
  const view = (state: GoalView['state'], feedback: string | null): GoalView => ({
    id: goal.id,
    text: goal.text,
    state,
    feedback,
  });
  let prepared = session;
  for (const given of goal.given) {
    const turn = runAs(prepared, given);
    const refused = turn === null ? nobody(given.as) : refusal(turn);
    if (turn === null || refused !== null) {
      return view(
        'unchecked',
        `This could not be tried: \`${given.run}\` comes first, as \`${given.as}\`. ${refused}`,
      );
    }
    prepared = turn.session;
  }
  const asked = runAs(prepared, goal.request);
  const late = goal.expect.outcome === 'denied' && hasRunOut(asked);
  const turn = late ? runAs(withSessionsAlive(prepared), goal.request) : asked;
  if (turn === null) return view('unmet', `${nobody(goal.request.as)} ${oneLine(goal.reply)}`);
  if (turn.attempts.some(({ answer }) => answer.kind === 'unsupported'))
    return view('unchecked', explain(turn));
  const observed = observe(turn);
  if (isMet(goal, observed)) return view('met', null);
  const failed = failureOf(turn);
  if (failed !== null) return view('unmet', failureFeedback(goal, failed, session));
  if (hidesWhy) return view('unmet', oneLine(goal.reply));
  return view('unmet', `${feedback(goal, observed, turn)}${late ? AS_IF_ALIVE : ''}`);
}

function isMet({ expect, because }: Goal, observed: Observation): boolean {
  if (expect.outcome === 'error') return observed.code === expect.code;
  if (observed.outcome !== expect.outcome) return false;
  return because.length === 0 || because.some((layer) => observed.layers.includes(layer));
}

const AS_IF_ALIVE =
  ' (These credentials have run out by now. This is what they could do as long as they were good.)';

/** Whoever should ask is not there any more, or what they sign with has run out. */
function hasRunOut(turn: Turn | null): boolean {
  return turn === null || /^ExpiredToken/.test(observe(turn).code ?? '');
}

/**
 * The session as if no temporary credentials had run out. What a stolen session may do is up to policies, and whoever
 * waits until it has ended has not changed one.
 */
function withSessionsAlive(session: Session): Session {
  const { world } = session.now;
  const accounts = Object.entries(world.accounts).map(([id, account]) => {
    const sessions = Object.entries(account.sessions).map(([key, credentials]) => {
      const expires = Math.max(credentials.expires, world.clock + HOUR);
      return [key, { ...credentials, expires }] as const;
    });
    return [id, { ...account, sessions: Object.fromEntries(sessions) }] as const;
  });
  return {
    ...session,
    now: { ...session.now, world: { ...world, accounts: Object.fromEntries(accounts) } },
  };
}

const HOUR = 3_600_000;

/**
 * What the author replies, then what happened. An author's reply to a goal that wants a denial is about a request
 * that went through: where it did not, the reply would be untrue.
 */
function feedback({ expect, because, reply }: Goal, observed: Observation, turn: Turn): string {
  if (expect.outcome !== 'denied' || observed.outcome === 'allowed')
    return `${oneLine(reply)} ${explain(turn)}`;
  if (observed.outcome !== 'denied') return `AWS must have the chance to deny this. ${explain(turn)}`;
  const wanted = because.map(layerName).join(' or the ');
  return `It is ${observationText(observed)}; it should be the ${wanted}. ${explain(turn)}`;
}

/** What the author replies is about a decision; here AWS said yes, and what it should have done it on was in the way. */
function failureFeedback({ expect, reply }: Goal, { operation, text }: Failure, session: Session): string {
  const lead = expect.outcome === 'denied' ? 'AWS must have the chance to deny this.' : oneLine(reply);
  return `${lead} ${text}${wasDone(session, operation) ? ' `undo` takes back what you tried.' : ''}`;
}

/** True when somebody has already done the same in this task, for real. */
function wasDone({ now, moments, mark }: Session, operation: string): boolean {
  const before = moments[mark]?.world.trail.length ?? now.world.trail.length;
  return now.world.trail
    .slice(before)
    .some((event) => event.operation === operation && event.outcome.kind === 'done');
}

function nobody(name: string): string {
  return `Nobody called \`${name}\` is there.`;
}

/** Why a line that only prepares did not do its work; null when it did, or when what it makes is there already. */
function refusal(turn: Turn): string | null {
  const observed = observe(turn);
  const made = observed.outcome === 'allowed' || turn.attempts.at(-1)?.answer.kind === 'failed';
  return made || (turn.attempts.length === 0 && turn.exit === 0) ? null : explain(turn);
}
