import { layerName } from '../iam/index.ts';
import { printable } from '../shell/printable.ts';
import { calibrationText } from './calibration.ts';
import { withoutClaims } from './claims.ts';
import type { PredictStep, Question, QuestionStep, Step, TaskStep } from './content.ts';
import { observationText } from './observe.ts';
import { oneLine } from './one-line.ts';
import { type PlayerSnapshot, progressOf } from './player.ts';
import {
  hintsLeft,
  type PlayerContext,
  preparedLines,
  questionOf,
  stepOf,
  timely,
} from './player-context.ts';
import { CONFIDENCES, OUTCOMES, predictableLayers } from './prediction.ts';
import type { Ask, GoalView, ObservedPrediction, Passage, StepView } from './view.ts';

/**
 * What a surface shows of a player. `earlier` are predictions made in other lessons, for what is said of confidence.
 * Every text is safe to write to a terminal.
 */
export function viewOf(snapshot: PlayerSnapshot, earlier: readonly ObservedPrediction[] = []): StepView {
  const { context } = snapshot;
  const { lesson, scenario } = context;
  const view: StepView = {
    lesson: { id: lesson?.id ?? scenario.id, title: lesson?.title ?? scenario.title },
    part: partOf(snapshot),
    step: placeOf(snapshot),
    passages: passagesOf(snapshot, earlier),
    goals: stepOf(context)?.kind === 'task' ? goalsOf(context) : [],
    ask: askOf(snapshot),
    hasEarlier: progressOf(snapshot).done > 0,
    hidesWhy: scenario.hidesWhy,
    session: snapshot.matches('scenario') ? context.session : null,
  };
  return safe(view);
}

function safe(view: StepView): StepView {
  const { ask } = view;
  return {
    ...view,
    lesson: { ...view.lesson, title: printable(view.lesson.title) },
    step: { ...view.step, title: printable(view.step.title) },
    passages: view.passages.map((passage) => ({ ...passage, markdown: printable(passage.markdown) })),
    goals: view.goals.map((goal) => ({
      ...goal,
      text: printable(goal.text),
      feedback: goal.feedback === null ? null : printable(goal.feedback),
    })),
    ask:
      ask.kind === 'choose'
        ? { ...ask, question: printable(ask.question), options: ask.options.map(printable) }
        : ask.kind === 'run'
          ? { ...ask, as: printable(ask.as), line: printable(ask.line) }
          : ask,
  };
}

/**
 * Goals with feedback once something was tried, and then under one: the first that was broken on the way, else the
 * first open one. One thing at a time.
 */
function goalsOf({ goals, session }: PlayerContext): readonly GoalView[] {
  const tried = session.log.length > session.mark;
  const open = tried ? goals.filter(({ state }) => state !== 'met') : [];
  const first = open.find(({ broken }) => broken) ?? open[0];
  return goals.map((goal) => {
    const feedback = goal === first ? goal.feedback : null;
    return { ...goal, feedback: goal.broken ? `${HELD_BEFORE} ${feedback ?? ''}`.trimEnd() : feedback };
  });
}

const HELD_BEFORE = 'This held before.';

function partOf(snapshot: PlayerSnapshot): Exclude<StepView['part'], 'review' | 'sandbox'> {
  if (snapshot.matches('concept')) return 'concept';
  if (snapshot.matches('scenario')) return 'scenario';
  return snapshot.matches('quiz') ? 'quiz' : 'closing';
}

function placeOf(snapshot: PlayerSnapshot): StepView['step'] {
  const { lesson, scenario, page, step, question } = snapshot.context;
  switch (partOf(snapshot)) {
    case 'concept': {
      const pages = lesson?.pages ?? [];
      return { id: `page-${page + 1}`, title: pages[page]?.title ?? '', number: page + 1, of: pages.length };
    }
    case 'scenario': {
      const { id = '', title = '' } = scenario.steps[step] ?? {};
      return { id, title, number: step + 1, of: scenario.steps.length };
    }
    case 'quiz': {
      const id = scenario.quiz[question]?.id ?? '';
      return { id, title: `Question ${question + 1}`, number: question + 1, of: scenario.quiz.length };
    }
    case 'closing':
      return { id: 'closing', title: 'Done', number: 1, of: 1 };
  }
}

function passagesOf(snapshot: PlayerSnapshot, earlier: readonly ObservedPrediction[]): readonly Passage[] {
  const { context } = snapshot;
  switch (partOf(snapshot)) {
    case 'concept':
      return [{ kind: 'text', markdown: context.lesson?.pages[context.page]?.markdown ?? '' }];
    case 'closing':
      return [{ kind: 'text', markdown: closing(snapshot, earlier) }];
    case 'quiz': {
      const question = questionOf(context);
      return question === undefined
        ? []
        : [{ kind: 'text', markdown: question.text }, ...replies(context, question)];
    }
    case 'scenario': {
      const step = stepOf(context);
      return step === undefined ? [] : ofStep(snapshot, step, earlier);
    }
  }
}

function ofStep(
  snapshot: PlayerSnapshot,
  step: Step,
  earlier: readonly ObservedPrediction[],
): readonly Passage[] {
  const { context } = snapshot;
  const lines = preparedLines(context);
  const isAskedLater = step.kind === 'predict' && lines.length > 0;
  const { before, question } = isAskedLater
    ? splitQuestion(step.text)
    : { before: step.text, question: null };
  const text: readonly Passage[] = [
    { kind: 'text', markdown: withoutClaims(before) },
    ...(context.differs.text === null ? [] : [otherWorld(context.differs.text)]),
    ...notes(context),
    ...(question === null || context.linesRun < lines.length
      ? []
      : [{ kind: 'text' as const, markdown: withoutClaims(question) }]),
  ];
  switch (step.kind) {
    case 'say':
      return text;
    case 'question':
      return [...text, ...replies(context, step)];
    case 'task':
      return [...text, ...ofTask(context, step, snapshot.matches({ scenario: { task: 'done' } }))];
    case 'predict': {
      const revealed = snapshot.matches({ scenario: { predict: 'revealed' } });
      const prediction = context.predictions[step.id];
      return revealed && prediction !== undefined
        ? [...text, ...revealing(context, step, prediction, earlier)]
        : text;
    }
  }
}

/** A text and the question that ends it, which is asked when the lines before it were run. */
function splitQuestion(text: string): { readonly before: string; readonly question: string | null } {
  const whole = text.trimEnd();
  const at = whole.lastIndexOf('\n\n');
  if (at < 0 || !whole.endsWith('?')) return { before: text, question: null };
  return { before: whole.slice(0, at), question: whole.slice(at).trim() };
}

/** Notes of the prepared lines that have been run: many tell what came of theirs. */
function notes(context: PlayerContext): readonly Passage[] {
  return preparedLines(context)
    .slice(0, context.linesRun)
    .flatMap(({ note }) => (note === null ? [] : [{ kind: 'demo' as const, markdown: note }]));
}

function ofTask(context: PlayerContext, step: TaskStep, done: boolean): readonly Passage[] {
  const hints = (context.hints[step.id] ?? []).flatMap((index): readonly Passage[] => {
    const hint = step.hints[index];
    return hint === undefined ? [] : [{ kind: 'hint', markdown: hint.text }];
  });
  const praise: readonly Passage[] = done ? [{ kind: 'praise', markdown: 'Done: every goal holds.' }] : [];
  const advice: readonly Passage[] =
    context.advice === null ? [] : [{ kind: 'advice', markdown: context.advice }];
  return [...hints, ...praise, ...advice];
}

function revealing(
  context: PlayerContext,
  step: PredictStep,
  seen: ObservedPrediction,
  earlier: readonly ObservedPrediction[],
): readonly Passage[] {
  const { prediction, observed, right } = seen;
  const sure = CONFIDENCES.find(({ confidence }) => confidence === prediction.confidence)?.said ?? '';
  const layer = prediction.layer === null ? '' : `, by the ${layerName(prediction.layer)}`;
  const said = prediction.outcome === 'not-sent' ? 'never sent' : `${prediction.outcome}${layer}`;
  const calibration = calibrated(context, earlier);
  const markdown = `You said: ${said} (${sure}). What happened: ${observationText(observed)}.`;
  return [
    { kind: right ? 'reply-right' : 'reply-wrong', markdown },
    context.differs.reveal === null
      ? { kind: 'reveal', markdown: withoutClaims(step.reveal) }
      : otherWorld(context.differs.reveal),
    ...(calibration === null ? [] : [{ kind: 'calibration' as const, markdown: calibration }]),
  ];
}

function otherWorld(explanation: string): Passage {
  return { kind: 'reveal', markdown: `Your world differs from the lesson's here. ${explanation}` };
}

/** What came of the options chosen so far. */
function replies(context: PlayerContext, question: Question | QuestionStep): readonly Passage[] {
  return (context.answers[question.id] ?? []).flatMap((index): readonly Passage[] => {
    const option = question.options[index];
    if (option === undefined) return [];
    const kind = option.right ? 'reply-right' : 'reply-wrong';
    return [{ kind, markdown: option.reply, option: index + 1 }];
  });
}

function askOf(snapshot: PlayerSnapshot): Ask {
  const { context } = snapshot;
  const step = stepOf(context);
  const next = preparedLines(context)[context.linesRun];
  const request = step?.kind === 'predict' ? timely(context, step.request) : null;
  const choose = (question: string, options: readonly { readonly words: string }[]): Ask => ({
    kind: 'choose',
    question,
    options: options.map(({ words }) => words),
    request,
  });
  if (snapshot.matches('closing')) return { kind: 'end', next: null };
  if (snapshot.matches({ scenario: { predict: 'outcome' } }))
    return choose('What will come of this request?', OUTCOMES);
  if (snapshot.matches({ scenario: { predict: 'layer' } }))
    return choose('What denies it?', predictableLayers(context.scenario));
  if (snapshot.matches({ scenario: { predict: 'confidence' } }))
    return choose('How sure are you?', CONFIDENCES);
  if (snapshot.matches({ scenario: { task: 'working' } }))
    return {
      kind: 'task',
      hints: hintsLeft(context).length,
      hintsInAll: step?.kind === 'task' ? step.hints.length : 0,
    };
  if (snapshot.matches({ scenario: { question: 'asking' } }) || snapshot.matches({ quiz: 'asking' })) {
    const options = questionOf(context)?.options ?? [];
    return choose(
      'Which is right?',
      options.map(({ text }) => ({ words: text })),
    );
  }
  return snapshot.matches('scenario') && next !== undefined
    ? { kind: 'run', as: next.as, line: next.run }
    : { kind: 'continue' };
}

function calibrated(context: PlayerContext, earlier: readonly ObservedPrediction[]): string | null {
  return calibrationText([...earlier, ...Object.values(context.predictions)]);
}

/** The score, how good the learner's confidence was, what was missed, and where to read again. */
function closing(snapshot: PlayerSnapshot, earlier: readonly ObservedPrediction[]): string {
  const { lesson, scenario, answers } = snapshot.context;
  const { quiz, predictions, hints } = progressOf(snapshot);
  const missed = scenario.quiz.filter(({ id, options }) => options[answers[id]?.[0] ?? -1]?.right !== true);
  const calibration = calibrated(snapshot.context, earlier);
  const score = [
    ...(quiz.of > 0 ? [`- Quiz: ${quiz.right} of ${quiz.of} right at once`] : []),
    ...(predictions.of > 0 ? [`- Predictions: ${predictions.right} of ${predictions.of} came true`] : []),
    `- Hints taken: ${hints}`,
  ];
  const again = missed.map(({ text, reread }) => {
    const step = scenario.steps.find(({ id }) => id === reread);
    return `- ${oneLine(text)}${step === undefined ? '' : ` Read again: *${step.title}*.`}`;
  });
  return [
    `You have finished **${lesson?.title ?? scenario.title}**.`,
    score.join('\n'),
    ...(calibration === null ? [] : [calibration]),
    ...(scenario.closing === null ? [] : [scenario.closing.trim()]),
    ...(again.length > 0 ? [`Worth another look:\n\n${again.join('\n')}`] : []),
    ...(lesson?.readNext ? [`Read next: ${lesson.readNext}`] : []),
  ].join('\n\n');
}
