import { type Card, createEmptyCard, fsrs, type Grade, Rating, State } from 'ts-fsrs';
import type { Recall } from '../course/review.ts';
import type { CardRecord } from './card.ts';
import { nextDay } from './due.ts';

/**
 * In whole days, for somebody who comes back another day: no steps of minutes. Nothing random, and never longer than
 * half a year away.
 */
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false, maximum_interval: 180 });

/** A guess that came true is as good as a thing remembered with effort. */
const GRADES: Readonly<Record<Recall, Grade>> = {
  wrong: Rating.Again,
  guessed: Rating.Hard,
  right: Rating.Good,
  sure: Rating.Easy,
};

/** The question that was answered, as it is now. */
export interface AnsweredQuestion {
  readonly version: string;
  readonly misconceptions: readonly string[];
}

/**
 * The card of a question after it was answered: it comes back the next day at the earliest. A question that changed
 * since, and one that was never answered, is taken as new.
 */
export function answeredCard(
  before: CardRecord | undefined,
  { version, misconceptions }: AnsweredQuestion,
  recall: Recall,
  now: Date,
): CardRecord {
  const known = before?.content === version ? before : undefined;
  // A machine's clock may have been set back since.
  const at = before === undefined || before.updated < now.toISOString() ? now : new Date(before.updated);
  const { card } = scheduler.next(
    known === undefined ? createEmptyCard(at) : cardOf(known),
    at,
    GRADES[recall],
  );
  return {
    content: version,
    misconceptions,
    due: new Date(Math.max(card.due.getTime(), nextDay(at).getTime())).toISOString(),
    memory: {
      stability: card.stability,
      difficulty: card.difficulty,
      reps: card.reps,
      lapses: card.lapses,
      scheduledDays: card.scheduled_days,
      lastReview: at.toISOString(),
    },
    updated: at.toISOString(),
  };
}

function cardOf({ due, memory }: CardRecord): Card {
  return {
    due: new Date(due),
    stability: memory.stability,
    difficulty: memory.difficulty,
    elapsed_days: 0,
    scheduled_days: memory.scheduledDays,
    learning_steps: 0,
    reps: memory.reps,
    lapses: memory.lapses,
    state: State.Review,
    last_review: new Date(memory.lastReview),
  };
}
