import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recall } from '../../src/course/review.ts';
import { type CardRecord, isCardRecord, laterCard } from '../../src/progress/card.ts';
import { Deck } from '../../src/progress/deck.ts';
import { daysText, daysUntil, dayWords, isDue } from '../../src/progress/index.ts';

const noon = new Date(2026, 2, 2, 12);
const later = (days: number, from: Date = noon): Date => new Date(from.getTime() + days * 86_400_000);

const recall = fc.constantFrom<Recall>('wrong', 'guessed', 'right', 'sure');
/** Answers to one question, each with the days since the one before; a clock may also be set back. */
const answers = fc.array(fc.tuple(recall, fc.double({ min: -5, max: 400, noNaN: true })), {
  minLength: 1,
  maxLength: 20,
});

const question = { version: 'v1', misconceptions: ['silence-allows'] };

describe('a question', () => {
  test('never comes back before the next day, and what is kept of it can be read again', () => {
    fc.assert(
      fc.property(answers, (all) => {
        let now = noon;
        let deck = new Deck(
          () => new Map(),
          () => now,
        );
        for (const [how, days] of all) {
          now = later(days, now);
          deck = deck.answered('a', question, how);
          const card = deck.card('a');
          expect(isCardRecord(card)).toBe(true);
          if (card === undefined) continue;
          expect(Date.parse(card.due)).toBeGreaterThan(now.getTime());
          expect(isDue(card, now)).toBe(false);
          expect(JSON.parse(JSON.stringify(card))).toEqual(card);
        }
      }),
    );
  });

  test('comes back later the better it was remembered', () => {
    fc.assert(
      fc.property(answers, fc.double({ min: 0, max: 400, noNaN: true }), (all, days) => {
        let now = noon;
        let deck = new Deck(
          () => new Map(),
          () => now,
        );
        for (const [how, wait] of all) {
          now = later(Math.max(0, wait), now);
          deck = deck.answered('a', question, how);
        }
        now = later(days, now);
        const dues = (['wrong', 'guessed', 'right', 'sure'] as const).map(
          (how) => deck.answered('a', question, how).card('a')?.due ?? '',
        );
        expect([...dues].sort()).toEqual(dues);
      }),
    );
  });

  test('that has changed is taken as new', () => {
    const deck = new Deck(
      () => new Map(),
      () => noon,
    );
    const known = deck.answered('a', question, 'sure').answered('a', question, 'sure');
    const anew = known.answered('a', { ...question, version: 'v2' }, 'right').card('a');
    expect(anew).toEqual(deck.answered('a', { ...question, version: 'v2' }, 'right').card('a'));
  });
});

test('a wrong idea brings every other question that can show it back the next day, and no other, and never today', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.subarray(['x', 'y', 'z'])), fc.boolean(), (carried, isKept) => {
      let now = noon;
      let deck = new Deck(
        () => new Map(),
        () => now,
      );
      for (const [key, misconceptions] of Object.entries(carried))
        deck = deck.answered(key, { version: 'v', misconceptions }, 'sure');
      const before = deck.changed;
      const start = isKept
        ? new Deck(
            () => before,
            () => now,
          )
        : deck;
      now = later(0.1);
      const [first] = Object.keys(carried);
      const after = start.misled('x', first ?? null);
      for (const [key, misconceptions] of Object.entries(carried)) {
        const card = after.card(key);
        if (key === first || !misconceptions.includes('x')) expect(card).toEqual(before.get(key));
        else {
          expect(card && isDue(card, now)).toBe(false);
          expect(card && isDue(card, later(1, now))).toBe(true);
        }
      }
    }),
  );
});

test('what is due today or tomorrow stays as it is after a wrong idea', () => {
  let now = noon;
  const kept = new Deck(
    () => new Map(),
    () => now,
  ).answered('a', question, 'wrong').changed;
  for (const days of [0, 1, 3]) {
    now = later(days);
    const deck = new Deck(
      () => kept,
      () => now,
    );
    expect(deck.misled('silence-allows', null).changed.size).toBe(0);
  }
});

test('what was kept meanwhile is not undone by a play that was opened before', () => {
  let now = noon;
  let kept: ReadonlyMap<string, CardRecord> = new Map();
  const stale = new Deck(
    () => kept,
    () => now,
  ).answered('a', question, 'wrong');
  now = later(1);
  const review = new Deck(
    () => stale.changed,
    () => now,
  ).answered('a', question, 'sure');
  kept = review.changed;
  expect(stale.card('a')).toEqual(review.card('a'));
  const [card] = stale.changed.values();
  expect(card && laterCard(kept.get('a'), card)).toEqual(review.card('a'));
});

describe('days', () => {
  test('are those of the calendar: what is due tomorrow is due in the morning', () => {
    const evening = new Date(2026, 2, 2, 23, 30);
    const due = later(1, evening);
    expect(daysUntil(due, evening)).toBe(1);
    expect(isDue({ due: due.toISOString() }, evening)).toBe(false);
    expect(isDue({ due: due.toISOString() }, new Date(2026, 2, 3, 7))).toBe(true);
    // Whatever the clock does on a day between.
    for (let day = 0; day < 365; day++) {
      const from = new Date(2026, 0, day, 12);
      expect(daysUntil(new Date(2026, 0, day + 9, 1), from)).toBe(9);
    }
  });

  test('are said as people do', () => {
    const words = [-3, 0, 1, 4, 13, 14, 30, 59, 60, 180].map(dayWords);
    expect(words.slice(0, 5)).toEqual(['today', 'today', 'tomorrow', 'in 4 days', 'in 13 days']);
    expect(words.slice(5)).toEqual(['in 2 weeks', 'in 4 weeks', 'in 8 weeks', 'in 2 months', 'in 6 months']);
    const dues = [3, 1, 3].map((days) => later(days).toISOString());
    expect(daysText(dues, noon)).toBe('1 tomorrow, 2 in 3 days');
    expect(daysText([], noon)).toBe('');
  });
});
