import type { Recall } from '../course/review.ts';
import { type CardRecord, type Cards, laterCard } from './card.ts';
import { daysUntil, nextDay } from './due.ts';
import { type AnsweredQuestion, answeredCard } from './schedule.ts';

/** The cards as somebody who plays changes them. Each answer gives another deck; nothing is written. */
export class Deck {
  /** Those that are otherwise than they were kept. */
  readonly changed: Cards;
  private readonly kept: () => Cards;
  private readonly now: () => Date;

  /** `kept` gives the cards as they are by now; `now` tells the time of an answer. */
  constructor(kept: () => Cards, now: () => Date, changed: Cards = new Map()) {
    this.kept = kept;
    this.now = now;
    this.changed = changed;
  }

  /** A question's card; undefined when it was never answered. */
  card(key: string): CardRecord | undefined {
    const own = this.changed.get(key);
    return own === undefined ? this.kept().get(key) : laterCard(this.kept().get(key), own);
  }

  /** The time by its clock. */
  time(): Date {
    return this.now();
  }

  /** After a question was answered: it comes back when it is about to be forgotten. */
  answered(key: string, question: AnsweredQuestion, recall: Recall): Deck {
    return this.with([[key, answeredCard(this.card(key), question, recall, this.now())]]);
  }

  /** After an answer showed a wrong idea: every other question that can show it comes back the next day at the latest. */
  misled(misconception: string, key: string | null): Deck {
    const now = this.now();
    const at = now.toISOString();
    const due = nextDay(now).toISOString();
    const sooner = [...new Set([...this.kept().keys(), ...this.changed.keys()])].flatMap((other) => {
      const card = this.card(other);
      if (other === key || card === undefined) return [];
      if (daysUntil(new Date(card.due), now) <= 1) return [];
      if (!card.misconceptions.includes(misconception)) return [];
      const updated = card.updated > at ? card.updated : at;
      return [[other, { ...card, due, updated }] as const];
    });
    return this.with(sooner);
  }

  private with(cards: Iterable<readonly [string, CardRecord]>): Deck {
    return new Deck(this.kept, this.now, new Map([...this.changed, ...cards]));
  }
}
