import { authorSession } from './author-run.ts';
import type { CompiledScenario, Option, PredictStep, Question } from './content.ts';
import { fingerprint } from './hash.ts';
import { oneLine } from './one-line.ts';
import type { PlayerSnapshot } from './player.ts';
import { arrive, begin, type PlayerContext, preparedLines } from './player-context.ts';
import { playerMachine } from './player-machine.ts';

/** How well something was remembered: right with confidence, right, right by a guess, or wrong at first. */
export type Recall = 'sure' | 'right' | 'guessed' | 'wrong';

/** A question of a quiz, or a prediction: what comes back after a lesson. */
export interface ReviewItem {
  /** Unique within its scenario. */
  readonly id: string;
  readonly kind: 'question' | 'prediction';
  /** Changes with what is asked, not with what is replied. */
  readonly version: string;
  /** Ids of the wrong ideas that answering it can show. */
  readonly misconceptions: readonly string[];
  /** The question in one line, or the title of the prediction. */
  readonly text: string;
  /** Title of the step to read again; null when none is named. */
  readonly reread: string | null;
}

/** Everything of a scenario that comes back, in its order. */
export function reviewItems({ steps, quiz }: CompiledScenario): readonly ReviewItem[] {
  const titleOf = (id: string | null): string | null => steps.find((step) => step.id === id)?.title ?? null;
  return [
    ...steps.flatMap((step) => (step.kind === 'predict' ? [predictionItem(step)] : [])),
    ...quiz.map((question) => questionItem(question, titleOf(question.reread))),
  ];
}

function predictionItem({ id, title, text, first, request, misconception }: PredictStep): ReviewItem {
  return {
    id,
    kind: 'prediction',
    version: fingerprint(JSON.stringify([text, first.map(({ as, run }) => [as, run]), request])),
    misconceptions: misconception === null ? [] : [misconception],
    text: title,
    reread: null,
  };
}

function questionItem({ id, text, options }: Question, reread: string | null): ReviewItem {
  return {
    id,
    kind: 'question',
    version: fingerprint(JSON.stringify([text, options.map(({ text, right }) => [text, right])])),
    misconceptions: misconceptionsOf(options),
    text: oneLine(text),
    reread,
  };
}

function misconceptionsOf(options: readonly Option[]): readonly string[] {
  return [...new Set(options.flatMap(({ misconception }) => misconception ?? []))];
}

/**
 * The player at this item, as if nothing had been answered: a prediction in the world that the author's own run has
 * made until there. Throws when the scenario has no such item.
 */
export function placeAt(scenario: CompiledScenario, item: string): PlayerSnapshot {
  const step = scenario.steps.findIndex(({ id }) => id === item);
  if (step >= 0) {
    const before = { ...begin({ lesson: null, scenario }), step, session: authorSession(scenario, step) };
    const context = { ...before, ...arrive(before) };
    const predict = preparedLines(context).length > 0 ? 'before' : 'outcome';
    return playerMachine.resolveState({ value: { scenario: { predict } }, context });
  }
  const question = scenario.quiz.findIndex(({ id }) => id === item);
  if (question < 0) throw new Error(`${scenario.id} has nothing called ${item} to ask.`);
  const context = { ...begin({ lesson: null, scenario }), step: scenario.steps.length, question };
  return playerMachine.resolveState({ value: { quiz: 'asking' }, context });
}

/** True once a question was answered right, or a prediction's outcome is shown. */
export function isAnswered(snapshot: PlayerSnapshot): boolean {
  return snapshot.matches({ quiz: 'answered' }) || snapshot.matches({ scenario: { predict: 'revealed' } });
}

/** An answer just given. */
export interface Answered {
  /** What was answered, when it comes back and this was its first answer; else null. */
  readonly item: string | null;
  readonly recall: Recall;
  /** Id of the wrong idea it shows; null when it shows none. */
  readonly misconception: string | null;
}

/** What was answered between two moments of a player that are one event apart; null when nothing was. */
export function answeredBetween(before: PlayerContext, after: PlayerContext): Answered | null {
  const { steps, quiz } = after.scenario;
  for (const step of steps) {
    const made = after.predictions[step.id];
    if (step.kind !== 'predict' || made === undefined || made === before.predictions[step.id]) continue;
    const recall = made.right ? recallOf(made.prediction.confidence) : 'wrong';
    return { item: step.id, recall, misconception: made.right ? null : step.misconception };
  }
  const asked = [...steps, ...quiz].find(({ id }) => after.answers[id] !== before.answers[id]);
  if (asked === undefined || !('options' in asked)) return null;
  const chosen = after.answers[asked.id] ?? [];
  const option = asked.options[chosen.at(-1) ?? -1];
  if (option === undefined) return null;
  return {
    item: chosen.length === 1 && !('kind' in asked) ? asked.id : null,
    recall: option.right ? 'right' : 'wrong',
    misconception: option.misconception,
  };
}

function recallOf(confidence: 'guess' | 'think' | 'sure'): Recall {
  if (confidence === 'sure') return 'sure';
  return confidence === 'think' ? 'right' : 'guessed';
}
