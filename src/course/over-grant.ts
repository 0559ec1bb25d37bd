import {
  type AccessMap,
  accessMapInParts,
  type Counterexample,
  circumstancesOf,
  counterexampleInParts,
  isAllowedAt,
  updateMapInParts,
} from '../cloud/access-map/index.ts';
import type { InParts } from '../cloud/in-parts.ts';
import type { World } from '../cloud/world.ts';
import { openSession } from '../shell/index.ts';
import type { Moment, Session } from '../shell/session.ts';
import { doInSession } from './author-run.ts';
import type { TaskStep } from './content.ts';
import { evaluateGoal } from './evaluate.ts';
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
  const found = start === undefined ? null : yield* search(session, start, step);
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
  readonly worlds: readonly World[];
  /** What any of them allows. */
  readonly map: AccessMap;
  /** What was allowed when the task began. */
  readonly before: AccessMap;
}

/** By the moment a task began with: a learner who tries again is held against the same. */
const references = new WeakMap<Moment, Reference>();

function* search({ now: { world } }: Session, start: Moment, task: TaskStep): InParts<OverGrant | null> {
  const reference = yield* referenceFor(start, task, world);
  if (reference === null) return null;
  const found = yield* nearest(yield* updateMapInParts(reference.map, world), reference.map);
  return found === null ? null : { ...found, isOld: isAllowedAt(reference.before, found.index) };
}

/** Preferred is one beside a request of the same principal: that an administrator may do it as well teaches nothing. */
function* nearest(learners: AccessMap, wanted: AccessMap): InParts<Counterexample | null> {
  for (const who of learners.universe.principals.keys()) {
    const [own, right] = ofPrincipal(who, learners, wanted);
    const found = yield* counterexampleInParts(own, right);
    if (found?.beside) return { ...found, index: found.index + who * sizeOfOne(learners) };
  }
  return yield* counterexampleInParts(learners, wanted);
}

/** How many requests of a map are one principal's. */
function sizeOfOne({ universe: { permissions, circumstances } }: AccessMap): number {
  return permissions.length * circumstances.length;
}

/** Two maps of one universe, cut down to one of its principals. */
function ofPrincipal(who: number, one: AccessMap, other: AccessMap): [AccessMap, AccessMap] {
  const { principals, permissions, circumstances } = one.universe;
  const size = sizeOfOne(one);
  const universe = { principals: principals.slice(who, who + 1), permissions, circumstances };
  const cut = (map: AccessMap): AccessMap => ({
    ...map,
    universe,
    codes: map.codes.subarray(who * size, (who + 1) * size),
  });
  return [cut(one), cut(other)];
}

function* referenceFor(start: Moment, task: TaskStep, learners: World): InParts<Reference | null> {
  const known = references.get(start);
  if (known !== undefined && known.task === task && covers(known.map, learners)) return known;
  const worlds = known?.task === task ? known.worlds : yield* worldsOf(start, task);
  const [solved, ...others] = worlds;
  if (solved === undefined) return null;
  const universe = yield* universeInParts(solved, ...others, learners);
  const first = yield* accessMapInParts(solved, universe);
  const maps: AccessMap[] = [];
  for (const world of others) maps.push(yield* updateMapInParts(first, world));
  const codes = first.codes.map((code, at) => {
    const other = isAllowedAt(first, at) ? undefined : maps.find((map) => isAllowedAt(map, at));
    return other?.codes[at] ?? code;
  });
  const before = yield* updateMapInParts(first, start.world);
  const reference = { task, worlds, map: { ...first, codes }, before };
  references.set(start, reference);
  return reference;
}

function covers({ universe }: AccessMap, world: World): boolean {
  const known = new Set(universe.circumstances.map(({ label }) => label));
  return circumstancesOf(world).every(({ label }) => known.has(label));
}

/** The author's ways, done in the learner's world; none when the solution does not lead to the goals from there. */
function* worldsOf(start: Moment, { solution, alternatives, goals }: TaskStep): InParts<readonly World[]> {
  const worlds: World[] = [];
  for (const lines of [solution, ...alternatives.map(({ run }) => run)]) {
    let session = openSession(start);
    for (const line of lines) {
      yield;
      session = doInSession(session, [line]);
    }
    const isSolved = yield* meets(session, goals);
    // The first is the solution itself: nothing is known where it does not lead to the goals.
    if (!isSolved && worlds.length === 0) return [];
    if (isSolved) worlds.push(session.now.world);
  }
  return worlds;
}

function* meets(session: Session, goals: TaskStep['goals']): InParts<boolean> {
  for (const goal of goals) {
    yield;
    if (evaluateGoal(session, goal).state !== 'met') return false;
  }
  return true;
}
