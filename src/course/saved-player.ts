import { actorName } from '../cloud/index.ts';
import { isObject } from '../iam/problem.ts';
import type { SavedSession } from '../shell/index.ts';
import { restore, save } from '../shell/index.ts';
import { playStepAsAuthor, send } from './author-run.ts';
import type { CompiledLesson, CompiledScenario } from './content.ts';
import { type PlayerSnapshot, startPlayer } from './player.ts';
import { type PlayerContext, startMoment, stepOf } from './player-context.ts';
import { playerMachine } from './player-machine.ts';
import type { ObservedPrediction, PlayerEvent } from './view.ts';

/** The form that is written; another one is read as if the scenario had changed. */
const FORMAT = 1;

/** A player as plain JSON. What was earned is by ids, so that it outlives a change of the file. */
export interface SavedPlayer {
  readonly format: number;
  /** Version of the scenario. */
  readonly version: string;
  readonly part: 'concept' | 'scenario' | 'quiz' | 'closing';
  /** Id of the step or question the player was at; null elsewhere. */
  readonly at: string | null;
  readonly value: PlayerSnapshot['value'];
  /** `differed` is left out by versions of the program in which no step could be read again. */
  readonly context: Omit<PlayerContext, 'lesson' | 'scenario' | 'session' | 'turn' | 'advice' | 'differed'> &
    Partial<Pick<PlayerContext, 'differed'>>;
  readonly session: SavedSession;
}

/** A player as it is written. */
export function savePlayer(snapshot: PlayerSnapshot): SavedPlayer {
  const { lesson: _lesson, scenario, session, turn: _turn, advice: _advice, ...context } = snapshot.context;
  const inQuiz = snapshot.matches('quiz');
  return {
    format: FORMAT,
    version: scenario.version,
    part: snapshot.matches('concept')
      ? 'concept'
      : snapshot.matches('closing')
        ? 'closing'
        : inQuiz
          ? 'quiz'
          : 'scenario',
    at: (inQuiz ? scenario.quiz[context.question]?.id : stepOf(snapshot.context)?.id) ?? null,
    value: snapshot.value,
    context,
    session: save(session),
  };
}

/** The predictions in something saved; none when it is no saved player. */
export function predictionsIn(saved: unknown): readonly ObservedPrediction[] {
  return isSavedPlayer(saved) ? Object.values(saved.context.predictions) : [];
}

/** A player as it was read again; `changed` when the scenario is another one than it was saved with. */
export interface RestoredPlayer {
  readonly snapshot: PlayerSnapshot;
  readonly changed: boolean;
}

/**
 * A saved player, playing on. When the scenario's file has changed since, the step is kept and its world starts
 * anew, as the author's own run of the earlier steps leaves it; what was done at a task is done again there;
 * predictions, answers and hints are kept by their ids. Something that is no saved player starts from the beginning.
 */
export function restorePlayer(
  saved: unknown,
  lesson: CompiledLesson | null,
  scenario: CompiledScenario,
): RestoredPlayer {
  if (!isSavedPlayer(saved)) return { snapshot: startPlayer(lesson, scenario), changed: true };
  if (saved.version !== scenario.version || saved.format !== FORMAT) {
    return { snapshot: resume(saved, lesson, scenario), changed: true };
  }
  const pages = lesson?.pages.length ?? 0;
  const context: PlayerContext = {
    ...saved.context,
    page: Math.max(0, Math.min(saved.context.page, pages - 1)),
    differed: saved.context.differed ?? {},
    lesson,
    scenario,
    session: restore(saved.session, startMoment(scenario)),
    turn: null,
    advice: null,
  };
  const value: PlayerSnapshot['value'] =
    saved.part === 'concept' && pages === 0 ? { scenario: 'arriving' } : saved.value;
  const snapshot = resolve(value, context);
  if (snapshot === null) return { snapshot: resume(saved, lesson, scenario), changed: true };
  return { snapshot, changed: false };
}

/** The player in this state; null when the machine has no such state, as after an edit by hand. */
function resolve(value: PlayerSnapshot['value'], context: PlayerContext): PlayerSnapshot | null {
  try {
    return playerMachine.resolveState({ value, context });
  } catch {
    return null;
  }
}

/** Goes to the saved place in another version of the scenario, playing the way there as its author would. */
function resume(
  saved: SavedPlayer,
  lesson: CompiledLesson | null,
  scenario: CompiledScenario,
): PlayerSnapshot {
  const { part, at, context } = saved;
  let snapshot = startPlayer(lesson, scenario);
  const pages = lesson?.pages.length ?? 0;
  const turns = part === 'concept' ? Math.min(context.page, pages - 1) : pages;
  for (let page = 0; page < turns; page++) snapshot = send(snapshot, { type: 'continued' });
  if (part !== 'concept') {
    const steps = part === 'scenario' ? indexIn(scenario.steps, at, context.step) : scenario.steps.length;
    for (let step = 0; step < steps; step++) snapshot = playStepAsAuthor(snapshot);
    const quiz = scenario.quiz;
    const questions =
      part === 'scenario' ? 0 : part === 'quiz' ? indexIn(quiz, at, context.question) : quiz.length;
    for (let question = 0; question < questions; question++) snapshot = playStepAsAuthor(snapshot);
  }
  if (stepOf(snapshot.context)?.id === at) snapshot = doAgain(snapshot, saved.session);
  return playerMachine.resolveState({
    value: snapshot.value,
    context: { ...snapshot.context, ...earned(context, scenario), turn: null },
  });
}

/** What a learner had done at the present task, done again in its new world; elsewhere nothing is. */
function doAgain(snapshot: PlayerSnapshot, { log, mark }: SavedSession): PlayerSnapshot {
  if (!snapshot.matches({ scenario: 'task' })) return snapshot;
  return log.slice(mark).reduce((before, entry) => {
    if (entry.kind === 'file') return send(before, { ...entry, type: 'file.saved' });
    const { world, actor } = before.context.session.now;
    const as = actorName(world, entry.actor);
    const seated = actorName(world, actor) === as ? before : send(before, typed(`as ${as}`));
    return send(seated, typed(entry.line));
  }, snapshot);
}

function typed(line: string): PlayerEvent {
  return { type: 'line.entered', line };
}

function indexIn(items: readonly { readonly id: string }[], id: string | null, index: number): number {
  const same = items.findIndex((item) => item.id === id);
  return same >= 0 ? same : Math.max(0, Math.min(index, items.length - 1));
}

/** What was earned and still has its place: an option or hint that is no longer there is forgotten. */
function earned(
  { predictions, answers, hints }: SavedPlayer['context'],
  { steps, quiz }: CompiledScenario,
): Pick<PlayerContext, 'predictions' | 'answers' | 'hints'> {
  const step = new Map(steps.map((one) => [one.id, one]));
  const options = new Map(
    [...steps, ...quiz].flatMap((one) => ('options' in one ? [[one.id, one.options.length]] : [])),
  );
  const hintsOf = (id: string): number => {
    const one = step.get(id);
    return one?.kind === 'task' ? one.hints.length : 0;
  };
  return {
    predictions: Object.fromEntries(
      Object.entries(predictions).filter(([id]) => step.get(id)?.kind === 'predict'),
    ),
    answers: Object.fromEntries(
      Object.entries(answers).filter(([id, chosen]) =>
        chosen.every((index) => index < (options.get(id) ?? 0)),
      ),
    ),
    hints: Object.fromEntries(
      Object.entries(hints).filter(([id, shown]) => shown.every((index) => index < hintsOf(id))),
    ),
  };
}

/** Whether this has the outline of a saved player: what holds it together, not every value in it. */
function isSavedPlayer(value: unknown): value is SavedPlayer {
  if (!isObject(value) || !isObject(value.context) || !isObject(value.session)) return false;
  const { page, step, question, linesRun, goals, differs, predictions, answers, hints } = value.context;
  return (
    typeof value.format === 'number' &&
    typeof value.version === 'string' &&
    ['concept', 'scenario', 'quiz', 'closing'].includes(String(value.part)) &&
    (value.at === null || typeof value.at === 'string') &&
    (typeof value.value === 'string' || isObject(value.value)) &&
    [page, step, question, linesRun].every(Number.isInteger) &&
    Array.isArray(goals) &&
    isObject(differs) &&
    isObject(predictions) &&
    isObject(answers) &&
    Object.values(answers).every(Array.isArray) &&
    isObject(hints) &&
    Object.values(hints).every(Array.isArray)
  );
}
