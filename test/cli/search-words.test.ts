import { expect, test } from 'vitest';
import { contentsOf } from '../../src/cli/contents.ts';
import { searchWords } from '../../src/cli/search-words.ts';
import { foundCards } from '../../src/tui/home-search.ts';
import { ownCourse } from '../course/own-course.ts';

const cards = contentsOf(ownCourse).map((entry) => ({
  ...entry,
  due: 0,
  isFinished: false,
  progress: { state: 'new' } as const,
}));

test('words are kept once, in lower case, without addresses; a part of another is left out', () => {
  const words = searchWords([
    'A **trust policy** and `iam:PassRole`.',
    'Trust [a role](https://example.com/x)',
  ]);
  expect(words.split(' ').sort()).toEqual(['and', 'iam:passrole', 'policy', 'trust']);
});

test.each([
  ['trust policy', 'trust-and-passing'],
  ['passing iam:PassRole', 'trust-and-passing'],
  ['metadata', 'three-instances'],
  ['implicit deny', null],
  ['KMS', null],
  ['MFA', null],
])('our lessons are found by %s', (words, lesson) => {
  const found = foundCards({ cards, search: { words, isTyped: true, from: 0 } }).map((at) => cards[at]?.id);
  expect(found.length).toBeGreaterThan(0);
  if (lesson !== null) expect(found).toContain(lesson);
});

test('the list of lessons stays short, since every start reads it', () => {
  for (const { id, words } of cards) {
    expect(words?.length, id).toBeGreaterThan(100);
    expect(words?.length, id).toBeLessThan(2048);
  }
});
