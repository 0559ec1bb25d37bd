import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentsOf } from '../../src/cli/contents.ts';
import { searchWords } from '../../src/cli/search-words.ts';
import { compileCourse } from '../../src/course/authoring.ts';
import { foundCards } from '../../src/tui/home-search.ts';

const files = ['lessons', 'scenarios'].flatMap((folder) =>
  readdirSync(folder).map((name) => ({
    name: `${folder}/${name}`,
    text: readFileSync(`${folder}/${name}`, 'utf8'),
  })),
);
const compiled = compileCourse(files);
if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));
const cards = contentsOf(compiled.course).map((entry) => ({
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
