import { expect, test } from 'vitest';
import { listText } from '../../src/cli/list.ts';
import type { LessonCard } from '../../src/tui/ports.ts';

const card = { title: 'Roles', summary: '', minutes: 20, due: 2, isFinished: false } as const;
const cards: readonly LessonCard[] = [
  { ...card, id: 'roles', progress: { state: 'new' } },
  {
    ...card,
    id: 'climbing-and-containing-challenge',
    title: 'The shop with three complaints',
    challengeOf: 'roles',
    progress: { state: 'begun', done: 3, steps: 9, where: 'Scenario, step 3 of 9: Who may read the notes?' },
  },
];
const due = { count: 2, next: 'today' };

test('the list breaks at words where a terminal is narrower, below its titles', () => {
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
  const whole = listText(cards, due, null);
  expect(whole.split('\n')).toHaveLength(4);
  for (const columns of [50, 80, 100]) {
    const text = listText(cards, due, columns);
    expect(words(text)).toBe(words(whole));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  }
  expect(listText(cards, due, 80).split('\n')[2]).toMatch(/^ {37}\S/);
});
