import { playStepAsAuthor, send } from './author-run.ts';
import { pageProblems, readingProblems } from './check-reading.ts';
import { checkTask } from './check-task.ts';
import { waitingProblems } from './check-waiting.ts';
import { untrueClaims } from './claim-truth.ts';
import { claimsIn } from './claims.ts';
import { splitCommands } from './commands.ts';
import { type ContentFile, orphans, readCourse } from './compile.ts';
import type { CompiledLesson, CompiledScenario, Option, PredictStep } from './content.ts';
import { drawnIds } from './drawn-ids.ts';
import { inOrder, locate, type ReadScenario } from './load.ts';
import { observationText, runAs } from './observe.ts';
import { nobodyThere, type PathProblem } from './path-problem.ts';
import { type PlayerSnapshot, startPlayer } from './player.ts';
import { type PlayerContext, preparedLines, stepOf } from './player-context.ts';
import { predictableLayers } from './prediction.ts';
import type { ContentPath, ContentProblem } from './problem.ts';
import { linesOf } from './references.ts';
import { unknownActions } from './unknown-actions.ts';
import { looseOutcomes, untiedReveals } from './untied-claims.ts';
import { unusedParts } from './unused.ts';
import type { ObservedPrediction } from './view.ts';

/** What a check found, and how much it looked at. */
export interface CheckReport {
  /** In the order of the file's lines; empty when everything is sound. */
  readonly problems: readonly ContentProblem[];
  /** What is sound, and may be meant otherwise. */
  readonly warnings: readonly ContentProblem[];
  readonly counts: CheckCounts;
}

export interface CheckCounts {
  readonly goals: number;
  readonly predictions: number;
  readonly nearMisses: number;
  readonly alternatives: number;
  readonly claims: number;
}

const FEWEST_QUESTIONS = 4;

/** Checks lessons and scenarios together: each file by itself, the references between them, and each proof. */
export function checkCourse(files: readonly ContentFile[]): CheckReport {
  const read = readCourse(files);
  const { lessons, scenarios } = read;
  // A lesson given without any scenario is read by itself.
  const problems = read.problems.length > 0 || scenarios.length === 0 ? read.problems : orphans(read);
  const reports = scenarios.map((read) => {
    const lesson = lessons.find((one) => one.lesson.scenario === read.scenario.id);
    return checkScenario(read, lesson?.lesson ?? null);
  });
  return {
    problems: [
      ...problems,
      ...lessons.flatMap(pageProblems),
      ...reports.flatMap((report) => report.problems),
    ],
    warnings: reports.flatMap((report) => report.warnings),
    counts: reports.reduce((sum, { counts }) => added(sum, counts), NOTHING),
  };
}

/**
 * Proves a scenario by playing it as its author meant it, with the real player: at each task the start fails, the
 * solution and every alternative pass, every near miss fails the goal it names; every claim is true; every
 * prediction can be decided.
 */
export function checkScenario(
  { scenario, source }: ReadScenario,
  lesson: CompiledLesson | null = null,
): CheckReport {
  const unproven = playThrough(scenario, lesson);
  const problems = [
    ...unproven,
    // What does not pass at all does not pass late either.
    ...(unproven.length > 0 ? [] : waitingProblems(scenario)),
    ...goalKinds(scenario),
    ...challengeSteps(scenario),
    ...hiddenWhys(scenario),
    ...questionProblems(scenario, lesson),
    ...readingProblems(scenario),
    ...untiedReveals(scenario),
    ...drawnIds(scenario, source.value),
  ];
  return {
    problems: inOrder(problems.map((problem) => locate(source, problem))).problems,
    // What a world inherits may be there for another scenario.
    warnings: inOrder(
      [...unusedParts(scenario), ...unknownActions(scenario), ...looseOutcomes(scenario)].map((problem) =>
        locate(source, problem),
      ),
    ).problems.filter(({ file }) => file === source.file),
    counts: count(scenario),
  };
}

function playThrough(scenario: CompiledScenario, lesson: CompiledLesson | null): readonly PathProblem[] {
  const problems: PathProblem[] = [];
  let snapshot = startPlayer(lesson, scenario);
  for (let page = 0; page < (lesson?.pages.length ?? 0); page++)
    snapshot = send(snapshot, { type: 'continued' });
  for (const [index, step] of scenario.steps.entries()) {
    const path: ContentPath = ['steps', index];
    problems.push(
      ...claimProblems(untrueClaims(snapshot.context.session, step, step.text, null), [...path, 'text']),
    );
    if (step.kind === 'say') problems.push(...preparedProblems(snapshot, [...path, 'demo']));
    if (step.kind === 'predict') problems.push(...checkPrediction(snapshot, step, path));
    const played = playStepAsAuthor(snapshot);
    if (step.kind === 'task') problems.push(...checkTask(snapshot, played, step, path));
    snapshot = played;
    // Past a step that cannot be passed there is nothing to prove; why it cannot has been said.
    if (stepOf(snapshot.context) === step) return problems;
  }
  return [...problems, ...outcomeKinds(scenario, Object.values(snapshot.context.predictions))];
}

/** Exit codes of a prompt that did not understand a line: bad quotes, no such command, no such words of `aws`. */
const UNREADABLE: readonly number[] = [2, 127, 252];

/** A line of a demonstration that the prompt cannot read, or whose actor is not there. */
function preparedProblems({ context }: PlayerSnapshot, path: ContentPath): readonly PathProblem[] {
  const step = stepOf(context);
  const lines = step?.kind === 'say' ? step.demo : step?.kind === 'predict' ? step.first : [];
  const problems: PathProblem[] = [];
  let session = context.session;
  for (const [index, line] of lines.entries()) {
    const turn = runAs(session, line);
    const at: ContentPath = [...path, index, 'run'];
    if (turn === null) problems.push(nobodyThere(at, line.as));
    else if (UNREADABLE.includes(turn.exit))
      problems.push({ path: at, what: 'The prompt cannot read this line.', mend: turn.output });
    session = turn?.session ?? session;
  }
  return problems;
}

/** A prediction has to come to an outcome and a layer that can be chosen, and its reveal has to be true. */
function checkPrediction(
  start: PlayerSnapshot,
  step: PredictStep,
  path: ContentPath,
): readonly PathProblem[] {
  const problems = preparedProblems(start, [...path, 'first']);
  const asked = send(start, ...preparedLines(start.context).map(() => ({ type: 'continued' as const })));
  const turn = runAs(asked.context.session, step.request);
  if (turn === null) {
    return [...problems, nobodyThere([...path, 'request', 'as'], step.request.as)];
  }
  return [
    ...problems,
    ...undecidable(send(asked, CHOSE_FIRST, CHOSE_FIRST).context, step.id, turn.output, path),
    ...claimProblems(untrueClaims(turn.session, step, step.reveal, turn), [...path, 'reveal']),
  ];
}

const CHOSE_FIRST = { type: 'chosen', index: 0 } as const;

function undecidable(
  { scenario, predictions }: PlayerContext,
  step: string,
  output: string,
  path: ContentPath,
): readonly PathProblem[] {
  const seen = predictions[step];
  const at: ContentPath = [...path, 'request', 'run'];
  if (seen === undefined || seen.observed.outcome === 'error') {
    const what =
      'This prediction cannot be decided: its request is neither allowed, denied, rejected nor kept from being sent.';
    return [{ path: at, what, mend: output.trim() }];
  }
  const { outcome, layers } = seen.observed;
  const offered = layers.some(
    (layer) => layer === 'trust' || predictableLayers(scenario).some((one) => one.layer === layer),
  );
  if (outcome !== 'denied' || offered) return [];
  return [
    {
      path: at,
      what: `No layer that can be chosen is right: it is ${observationText(seen.observed)}.`,
      mend: '',
    },
  ];
}

/** Somebody who always says the same must be wrong once. */
function outcomeKinds(
  { steps }: CompiledScenario,
  seen: readonly ObservedPrediction[],
): readonly PathProblem[] {
  const outcomes = new Set(
    seen.map(({ observed }) => (observed.outcome === 'allowed' ? 'allowed' : 'refused')),
  );
  if (seen.length < 2 || outcomes.size > 1) return [];
  const last = steps.findLastIndex(({ kind }) => kind === 'predict');
  const mend = 'Ask for one that ends the other way as well.';
  return [
    { path: ['steps', last, 'predict'], what: `Every prediction ends the same way: ${[...outcomes]}.`, mend },
  ];
}

/** A challenge has goals and nothing else; a guided scenario explains. */
function challengeSteps({ challenge, steps }: CompiledScenario): readonly PathProblem[] {
  const guiding = challenge ? steps.findIndex(({ kind }) => kind !== 'task') : -1;
  if (guiding < 0) return [];
  const mend = 'Make it a task, or delete it.';
  return [{ path: ['steps', guiding], what: 'A challenge has tasks alone.', mend }];
}

/** Lines that ask `why` where the scenario hides it: the answer would be that there is none. */
function hiddenWhys(scenario: CompiledScenario): readonly PathProblem[] {
  if (!scenario.hidesWhy) return [];
  return linesOf(scenario)
    .filter(({ line }) => splitCommands(line.run).some((command) => /^why\b/.test(command)))
    .map(({ path }) => ({
      path: [...path, 'run'],
      what: 'This line asks `why`, which is hidden here.',
      mend: 'Delete the line, or `hide: [why]`.',
    }));
}

/** Goals that all want to be allowed are met by allowing everything. */
function goalKinds({ steps }: CompiledScenario): readonly PathProblem[] {
  const goals = steps.flatMap((step) => (step.kind === 'task' ? step.goals : []));
  const refused = goals.some(({ expect }) => expect.outcome !== 'allowed');
  if (goals.length === 0 || refused) return [];
  const path: ContentPath = ['steps', steps.findIndex(({ kind }) => kind === 'task'), 'goals'];
  const mend = 'Add a request that differs from an allowed one in one thing, and must be denied.';
  return [{ path, what: 'Whoever allows everything meets every goal.', mend }];
}

/** A lesson ends with a quiz. A scenario by itself may do without one. */
function questionProblems(
  { steps, quiz }: CompiledScenario,
  lesson: CompiledLesson | null,
): readonly PathProblem[] {
  const few: readonly PathProblem[] =
    quiz.length >= FEWEST_QUESTIONS || (quiz.length === 0 && lesson === null)
      ? []
      : [
          {
            path: ['quiz'],
            what: `A quiz has at least ${FEWEST_QUESTIONS} questions, this one has ${quiz.length}.`,
            mend: 'Ask about the mistakes that the steps correct.',
          },
        ];
  const places = new Set(quiz.map(({ options }) => options.findIndex(({ right }) => right)));
  const same: readonly PathProblem[] =
    quiz.length >= FEWEST_QUESTIONS && places.size === 1
      ? [
          {
            path: ['quiz'],
            what: 'The right option stands in the same place every time.',
            mend: 'Mix the options.',
          },
        ]
      : [];
  return [
    ...few,
    ...same,
    ...quiz.flatMap(({ options }, index) => untagged(options, ['quiz', index])),
    ...steps.flatMap((step, index) =>
      step.kind === 'question' ? untagged(step.options, ['steps', index]) : [],
    ),
  ];
}

/** A wrong option stands for a wrong idea, which review comes back to by its name. */
function untagged(options: readonly Option[], path: ContentPath): readonly PathProblem[] {
  return options.flatMap(({ right, misconception }, at) => {
    const here: ContentPath = [...path, 'options', at];
    if (right && misconception !== null) {
      const mend = 'Delete the line, or mark another option as right.';
      return [{ path: [...here, 'misconception'], what: 'The right option shows no misconception.', mend }];
    }
    if (right || misconception !== null) return [];
    const mend = 'Add `misconception:` with a name for it, such as trust-grants.';
    return [{ path: here, what: 'This wrong option does not name the misconception it shows.', mend }];
  });
}

function claimProblems(untrue: ReturnType<typeof untrueClaims>, path: ContentPath): readonly PathProblem[] {
  return untrue.map(({ address, happened, instead }) => ({
    path,
    text: address,
    what: `\`${address}\` is not true here.`,
    mend: `What happens: ${happened}${instead === null ? '' : `\nWrite \`${instead}\`, if that is meant.`}`,
  }));
}

const NOTHING: CheckCounts = { goals: 0, predictions: 0, nearMisses: 0, alternatives: 0, claims: 0 };

function count({ steps }: CompiledScenario): CheckCounts {
  return steps.reduce((sum, step): CheckCounts => {
    const claims = claimsIn(step.text).length + (step.kind === 'predict' ? claimsIn(step.reveal).length : 0);
    const task = step.kind === 'task' ? step : null;
    return added(sum, {
      goals: task?.goals.length ?? 0,
      predictions: step.kind === 'predict' ? 1 : 0,
      nearMisses: task?.nearMisses.length ?? 0,
      alternatives: task?.alternatives.length ?? 0,
      claims,
    });
  }, NOTHING);
}

function added(a: CheckCounts, b: CheckCounts): CheckCounts {
  return {
    goals: a.goals + b.goals,
    predictions: a.predictions + b.predictions,
    nearMisses: a.nearMisses + b.nearMisses,
    alternatives: a.alternatives + b.alternatives,
    claims: a.claims + b.claims,
  };
}
