import { actorName, buildWorld, findActor } from '../cloud/index.ts';
import { loadFile, mark, openSession, runLine, writeFile } from '../shell/index.ts';
import type { Moment, Session, Turn } from '../shell/session.ts';
import { untrueClaims } from './claim-truth.ts';
import { splitCommands } from './commands.ts';
import type {
  CompiledLesson,
  CompiledScenario,
  DemoLine,
  Hint,
  Question,
  QuestionStep,
  Step,
} from './content.ts';
import { evaluateGoals } from './evaluate.ts';
import { momentTaken, turnSaying, turnTaken } from './last-turn.ts';
import { NO_WHY } from './no-why.ts';
import { type Observation, observe, runAs } from './observe.ts';
import { filledIn } from './placeholders.ts';
import { CONFIDENCES, OUTCOMES, predictableLayers } from './prediction.ts';
import type { GoalView, LastTurn, ObservedPrediction, Prediction, RequestLine } from './view.ts';

/** What is played. Arrives with the machine's input and is never saved. */
export interface Played {
  /** Null when a scenario is played by itself. */
  readonly lesson: CompiledLesson | null;
  readonly scenario: CompiledScenario;
}

/** Where this learner's world makes a step's text or reveal untrue: what happens in it instead; null for nowhere. */
interface Differences {
  readonly text: string | null;
  readonly reveal: string | null;
}

/** Everything the player remembers. Plain JSON. */
export interface PlayerContext extends Played {
  /** Which concept page, step and quiz question we are at, each from 0. */
  readonly page: number;
  readonly step: number;
  readonly question: number;
  /** How many of the step's prepared lines have been run. */
  readonly linesRun: number;
  /** A prediction while it is being made. */
  readonly draft: Pick<Prediction, 'outcome' | 'layer'> | null;
  readonly session: Session;
  /** What came of the last line; not saved. */
  readonly turn: LastTurn | null;
  /** How the goals of the present task stand. */
  readonly goals: readonly GoalView[];
  /** What the learner's change grants too much, once it was searched for; not saved. */
  readonly advice: string | null;
  /** Where this learner's world makes a text untrue: what happens here instead, in the engine's words. */
  readonly differs: Differences;
  /** The same of steps that are done, by step id; only of those where there was something. */
  readonly differed: Readonly<Record<string, Differences>>;
  /** By step id. */
  readonly predictions: Readonly<Record<string, ObservedPrediction>>;
  /** By id of a question: the options chosen, in order. The first is what counts. */
  readonly answers: Readonly<Record<string, readonly number[]>>;
  /** By step id: which hints were revealed, in order. */
  readonly hints: Readonly<Record<string, readonly number[]>>;
}

/** What an action changes. */
export type Change = Partial<PlayerContext>;

/** The moment a scenario starts with. Its file was proven to build, so a world that does not is a bug. */
export function startMoment(scenario: CompiledScenario): Moment {
  const built = buildWorld(scenario.world);
  if (!('world' in built)) throw new Error(`${scenario.id}: ${built.problems[0]?.message}`);
  const actor = findActor(built.world, scenario.start);
  if (actor === undefined) throw new Error(`${scenario.id}: nobody is called ${scenario.start}`);
  return { world: built.world, actor, files: scenario.files };
}

/** The player before its first page. */
export function begin(played: Played): PlayerContext {
  return {
    ...played,
    page: 0,
    step: 0,
    question: 0,
    linesRun: 0,
    draft: null,
    session: openSession(startMoment(played.scenario)),
    turn: null,
    goals: [],
    advice: null,
    differs: { text: null, reveal: null },
    differed: {},
    predictions: {},
    answers: {},
    hints: {},
  };
}

/** The present step; undefined when all are done. */
export function stepOf({ scenario, step }: PlayerContext): Step | undefined {
  return scenario.steps[step];
}

/** Lines the author has prepared in the present step, which Enter runs. */
export function preparedLines(context: PlayerContext): readonly DemoLine[] {
  const step = stepOf(context);
  const lines = step?.kind === 'say' ? step.demo : step?.kind === 'predict' ? step.first : [];
  return singleCommands(lines).map((line) => timely(context, line));
}

/** A line as it would be sent now. */
export function timely<Line extends RequestLine>({ session }: PlayerContext, line: Line): Line {
  return { ...line, run: filledIn(line.run, session.now.world) };
}

/** The question that is asked now, in a step or in the quiz. */
export function questionOf(context: PlayerContext): Question | QuestionStep | undefined {
  const step = stepOf(context);
  return step?.kind === 'question'
    ? step
    : step === undefined
      ? context.scenario.quiz[context.question]
      : undefined;
}

/** Comes to a step: nothing before it can be undone, whoever the task is for sits down, the goals are tried. */
export function arrive(context: PlayerContext): Change {
  const step = stepOf(context);
  if (step === undefined) return { turn: null };
  const session = mark(step.kind === 'task' ? seat(context.session, step.as) : context.session);
  return {
    session,
    linesRun: 0,
    draft: null,
    turn: null,
    goals: step.kind === 'task' ? evaluateGoals(session, step.goals, context.scenario.hidesWhy) : [],
    advice: null,
    differs: { text: untrue(session, step, step.text, null), reveal: null },
  };
}

/** Leaves a step for the next one. */
export function leave({ scenario, step, differs, differed }: PlayerContext): Change {
  const id = scenario.steps[step]?.id;
  const isSame = id === undefined || (differs.text === null && differs.reveal === null);
  return { step: step + 1, differed: isSame ? differed : { ...differed, [id]: differs } };
}

/** Runs a line the learner typed. */
export function enterLine(context: PlayerContext, line: string): Change {
  return took(context, runLine(context.session, line), line, context.session.now);
}

/** Takes a file the learner edited. */
export function saveFile(context: PlayerContext, name: string, content: string): Change {
  return withSession(context, writeFile(context.session, name, content));
}

/** Goes where a log file of the learner's own folder leads. */
export function loadLog(context: PlayerContext, name: string, content: string): Change {
  const { session } = context;
  return took(context, loadFile(session, name, content), `load ${name}`, session.now);
}

/** Goes on from an earlier moment of the session. */
export function chooseMoment(context: PlayerContext, index: number, keepAs: string | null): Change {
  const taken = momentTaken(context.session, index, keepAs);
  return taken === null ? {} : { ...withSession(context, taken.session), turn: taken.turn };
}

/** Runs the next line that the author prepared; what it did is not undone by the learner's `undo`. */
export function runPrepared(context: PlayerContext): Change {
  const line = preparedLines(context)[context.linesRun];
  if (line === undefined) return {};
  const { change } = runAuthors(context, line);
  return { ...change, linesRun: context.linesRun + 1 };
}

/** Sends the request of a prediction and holds the prediction beside what happened. */
export function observePrediction(context: PlayerContext, confidenceIndex: number): Change {
  const step = stepOf(context);
  const confidence = CONFIDENCES[confidenceIndex]?.confidence;
  if (step?.kind !== 'predict' || context.draft === null || confidence === undefined) return {};
  const { change, turn } = runAuthors(context, timely(context, step.request));
  const observed: Observation = turn === null ? { outcome: 'error', layers: [], code: null } : observe(turn);
  const prediction: Prediction = { ...context.draft, confidence };
  const session = change.session ?? context.session;
  return {
    ...change,
    predictions: {
      ...context.predictions,
      [step.id]: { step: step.id, prediction, observed, right: isRight(prediction, observed) },
    },
    differs: { ...context.differs, reveal: untrue(session, step, step.reveal, turn) },
  };
}

/** Takes the first half of a prediction. */
export function draftOutcome(index: number): Change {
  const outcome = OUTCOMES[index]?.outcome;
  return outcome === undefined ? {} : { draft: { outcome, layer: null } };
}

/** Takes the layer of a predicted denial. */
export function draftLayer({ scenario }: PlayerContext, index: number): Change {
  return { draft: { outcome: 'denied', layer: predictableLayers(scenario)[index]?.layer ?? null } };
}

/** Notes an option that was chosen. */
export function answer(context: PlayerContext, index: number): Change {
  const question = questionOf(context);
  if (question === undefined) return {};
  const before = context.answers[question.id] ?? [];
  return before.includes(index) ? {} : { answers: { ...context.answers, [question.id]: [...before, index] } };
}

/** Hints of the present task not yet revealed and fitting the state of the world, by index. */
export function hintsLeft(context: PlayerContext): readonly number[] {
  const step = stepOf(context);
  if (step?.kind !== 'task') return [];
  const revealed = context.hints[step.id] ?? [];
  const fits = (hint: Hint): boolean =>
    hint.when === null || context.goals.some((goal) => goal.id === hint.when && goal.state !== 'met');
  return step.hints.flatMap((hint, index) => (!revealed.includes(index) && fits(hint) ? [index] : []));
}

/** Reveals the next hint that fits. */
export function revealHint(context: PlayerContext): Change {
  const step = stepOf(context);
  const [next] = hintsLeft(context);
  if (step === undefined || next === undefined) return {};
  return { hints: { ...context.hints, [step.id]: [...(context.hints[step.id] ?? []), next] } };
}

/** A demonstration that holds several commands in one line, as one line each; its note is about them all. */
function singleCommands(lines: readonly DemoLine[]): readonly DemoLine[] {
  return lines.flatMap(({ as, run, note }) =>
    splitCommands(run).map((command, index, { length }) => ({
      as,
      run: command,
      note: index === length - 1 ? note : null,
    })),
  );
}

function runAuthors(
  context: PlayerContext,
  line: RequestLine,
): { readonly change: Change; readonly turn: Turn | null } {
  const turn = runAs(context.session, line);
  if (turn === null) {
    const output = `Nobody called ${line.as} is there any more.`;
    return {
      change: {
        turn: turnSaying(line.run, line.as, output),
      },
      turn: null,
    };
  }
  const change = took(context, turn, line.run, context.session.now, line.as);
  // Nothing that an author has prepared touches the learner's own folder, or asks the learner.
  const taken = change.turn ? { ...change.turn, folder: null, asks: null } : null;
  return { change: { ...change, session: mark(turn.session), turn: taken }, turn };
}

function took(context: PlayerContext, turn: Turn, line: string, before: Moment, as?: string): Change {
  const taken = turnTaken(turn, line, as ?? actorName(before.world, before.actor));
  const output = turn.effect.kind === 'show-decision' ? NO_WHY : taken.output;
  const withoutWhy = { output, attempts: [], showDecision: null };
  return {
    ...withSession(context, turn.session),
    turn: context.scenario.hidesWhy ? { ...taken, ...withoutWhy } : taken,
  };
}

/** Goals are tried again when the world or a file has changed; reading and asking change neither. */
function withSession(context: PlayerContext, session: Session): Change {
  const step = stepOf(context);
  const { world, files } = context.session.now;
  const same = session.now.world === world && session.now.files === files;
  return step?.kind !== 'task' || same
    ? { session }
    : {
        session,
        goals: evaluateGoals(session, step.goals, context.scenario.hidesWhy).map((goal, index) =>
          withWhatHeld(goal, context.goals[index]),
        ),
        advice: null,
      };
}

function withWhatHeld(goal: GoalView, before: GoalView | undefined): GoalView {
  const held = before?.state === 'met' || before?.broken === true;
  return held && goal.state !== 'met' ? { ...goal, broken: true } : goal;
}

function seat(session: Session, as: string): Session {
  const { world, actor } = session.now;
  if (actorName(world, actor) === as || findActor(world, as) === undefined) return session;
  return runLine(session, `as ${as}`).session;
}

/** What really happens where a text's claims are untrue in this world; null when all are true. */
function untrue(session: Session, step: Step, text: string, own: Turn | null): string | null {
  return untrueClaims(session, step, text, own)[0]?.happened ?? null;
}

function isRight(prediction: Prediction, observed: Observation): boolean {
  if (prediction.outcome !== observed.outcome) return false;
  return (
    prediction.outcome !== 'denied' || observed.layers.some((layer) => sameOption(layer, prediction.layer))
  );
}

/** A trust policy is its role's resource policy: one option stands for both. */
function sameOption(layer: Observation['layers'][number], chosen: Prediction['layer']): boolean {
  return layer === chosen || (layer === 'trust' && chosen === 'resource');
}
