import {
  type AccessMap,
  accessMapInParts,
  type Counterexample,
  circumstancesOf,
  counterexampleBesideInParts,
  isAllowedAt,
  isNoticed,
  type MapRequest,
  NOT_THERE,
  requestAt,
  updateMapInParts,
} from '../cloud/access-map/index.ts';
import type { InParts } from '../cloud/in-parts.ts';
import type { World } from '../cloud/world.ts';
import { openSession } from '../shell/index.ts';
import type { Moment, Session } from '../shell/session.ts';
import { doInSession } from './author-run.ts';
import type { TaskStep } from './content.ts';
import { evaluateGoal } from './evaluate.ts';
import { type GoalRequest, goalRequests, placesOf, withGoalRequests } from './goal-requests.ts';
import { universeInParts } from './map-universe.ts';
import type { PlayerSnapshot } from './player.ts';
import { stepOf } from './player-context.ts';
import { requestText } from './request-text.ts';

/**
 * What the learner's change of the present task grants too much, in a few sentences of Markdown with a request that
 * it should not allow: one that neither the author's solution nor an alternative allows. Null when nothing was
 * found, when there is other work to do first, and when it was said already.
 *
 * A search, done in parts: tens of milliseconds in all, some hundreds the first time in a task.
 */
export function* overGrantAdvice({ context }: PlayerSnapshot): InParts<string | null> {
  const step = stepOf(context);
  const { session, goals, advice } = context;
  if (step?.kind !== 'task' || advice !== null || session.log.length <= session.mark) return null;
  const open = goals.find(({ state }) => state !== 'met');
  const isTooMuch = step.goals.some(({ id, expect }) => id === open?.id && expect.outcome === 'denied');
  if (open !== undefined && !isTooMuch) return null;
  const start = session.moments[session.mark];
  const found = start === undefined ? null : yield* search(session, start, step, open === undefined);
  return found === null ? null : adviceText(found, open === undefined);
}

/** A request that is allowed and need not be, and whether it was so before the task began. */
interface OverGrant extends Counterexample {
  readonly isOld: boolean;
}

function adviceText({ request, beside, isOld }: OverGrant, isDone: boolean): string {
  const besideText =
    beside === null
      ? ''
      : ` It differs in one thing, the ${beside.factor}, from what is needed: ${requestText(beside.request)}.`;
  const end = isDone
    ? 'You may go on, or grant less first.'
    : 'Find the statement that grants it, and grant less.';
  const what = isOld ? 'This is still allowed, and need not be' : 'Your change allows more than it has to';
  return `${what}: ${requestText(request)}.${besideText} ${end}`;
}

/** What a task's solution and its alternatives come to in the learner's own world. */
interface Reference {
  readonly task: TaskStep;
  readonly ways: readonly Session[];
  /** What any of them allows. */
  readonly map: AccessMap;
  /** What was allowed when the task began. */
  readonly before: AccessMap;
  readonly asked: readonly GoalRequest[];
  /** Where the map has what the goals want to be allowed, in the order of the goals. */
  readonly needed: readonly number[];
}

/** By the moment a task began with: a learner who tries again is held against the same. */
const references = new WeakMap<Moment, Reference>();

/**
 * What the learner's own change has opened comes first. What stood open before is told once there is nothing else to
 * do: the work of a task that is not done yet, and whoever has it before them finds it there.
 */
function* search(
  { now: { world } }: Session,
  start: Moment,
  task: TaskStep,
  isDone: boolean,
): InParts<OverGrant | null> {
  const reference = yield* referenceFor(start, task, world);
  if (reference === null) return null;
  const learners = yield* updateMapInParts(reference.map, world);
  for (const isOld of isDone ? [false, true] : [false]) {
    const found = yield* nearest(learners, reference, isOld);
    if (found !== null) return { ...found, isOld };
  }
  return null;
}

/** Preferred is one beside a request that a goal asks for, about something that is there. */
function* nearest(
  learners: AccessMap,
  { map, before, needed, asked }: Reference,
  isOld: boolean,
): InParts<Counterexample | null> {
  const { universe } = learners;
  const isWrong = (index: number): boolean =>
    isAllowedAt(learners, index) &&
    !isAllowedAt(map, index) &&
    isAllowedAt(before, index) === isOld &&
    teaches(requestAt(universe, index), asked);
  const isThere = (index: number): boolean => !namesNothing(requestAt(universe, index));
  for (const isSought of [(index: number) => isWrong(index) && isThere(index), isWrong]) {
    const beside = yield* counterexampleBesideInParts(universe, needed, isSought);
    if (beside !== null) return beside;
    for (let index = 0; index < learners.codes.length; index += 1) {
      if (index % 1000 === 0) yield;
      if (isSought(index)) return { index, request: requestAt(universe, index), beside: null };
    }
  }
  return null;
}

/** Operations that make the very thing they name: where it is there already, that somebody may teaches nothing. */
const MAKES = /:Create(Bucket|Function|Group|InstanceProfile|Policy|Queue|Role|Secret|Topic|Trail|User)$/;

/**
 * Whether a request is worth telling of: it is ever sent, and it is not about making what is there. What a goal asks
 * for is worth a try; the other names of a universe are of what is there, or of nothing.
 */
function teaches(request: MapRequest, asked: readonly GoalRequest[]): boolean {
  const { action, resource } = request.permission;
  const isAsked = asked.some(({ needed }) => needed.action === action && needed.resource === resource);
  return isAsked || (isNoticed(request) && (!MAKES.test(action) || namesNothing(request)));
}

function namesNothing({ permission: { resource } }: MapRequest): boolean {
  return resource.includes(NOT_THERE);
}

function* referenceFor(start: Moment, task: TaskStep, learners: World): InParts<Reference | null> {
  const known = references.get(start);
  if (known !== undefined && known.task === task && covers(known.map, learners)) return known;
  const ways = known?.task === task ? known.ways : yield* waysOf(start, task);
  const [solution, ...alternatives] = ways;
  if (solution === undefined) return null;
  const solved = solution.now.world;
  const others = alternatives.map(({ now }) => now.world);
  const asked = yield* requestsOf(solution, task);
  const universe = withGoalRequests(yield* universeInParts(solved, ...others, learners), asked, solved);
  const first = yield* accessMapInParts(solved, universe);
  const maps: AccessMap[] = [];
  for (const world of others) maps.push(yield* updateMapInParts(first, world));
  const codes = first.codes.map((code, at) => {
    const other = isAllowedAt(first, at) ? undefined : maps.find((map) => isAllowedAt(map, at));
    return other?.codes[at] ?? code;
  });
  const before = yield* updateMapInParts(first, start.world);
  const map = { ...first, codes };
  const needed = asked
    .filter(({ goal, needed: { action } }) => goal.expect.outcome === 'allowed' && action !== EVERYBODYS)
    .flatMap((request) => placesOf(universe, request))
    .filter((index) => isAllowedAt(map, index));
  const reference = { task, ways, map, before, asked, needed };
  references.set(start, reference);
  return reference;
}

function covers({ universe }: AccessMap, world: World): boolean {
  const known = new Set(universe.circumstances.map(({ label }) => label));
  return circumstancesOf(world).every(({ label }) => known.has(label));
}

/** What is always allowed to whoever has credentials. */
const EVERYBODYS = 'sts:GetCallerIdentity';

function* requestsOf(solution: Session, { goals }: TaskStep): InParts<readonly GoalRequest[]> {
  const requests: GoalRequest[] = [];
  for (const goal of goals) {
    yield;
    requests.push(...goalRequests(solution, goal));
  }
  return requests;
}

/** The author's ways, done in the learner's world; none when the solution does not lead to the goals from there. */
function* waysOf(start: Moment, { solution, alternatives, goals }: TaskStep): InParts<readonly Session[]> {
  const ways: Session[] = [];
  for (const lines of [solution, ...alternatives.map(({ run }) => run)]) {
    let session = openSession(start);
    for (const line of lines) {
      yield;
      session = doInSession(session, [line]);
    }
    const isSolved = yield* meets(session, goals);
    // The first is the solution itself: nothing is known where it does not lead to the goals.
    if (!isSolved && ways.length === 0) return [];
    if (isSolved) ways.push(session);
  }
  return ways;
}

function* meets(session: Session, goals: TaskStep['goals']): InParts<boolean> {
  for (const goal of goals) {
    yield;
    if (evaluateGoal(session, goal).state !== 'met') return false;
  }
  return true;
}
