import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  checkCourse,
  checkMutants,
  formatProblem,
  newScenario,
  readScenario,
} from '../../src/course/authoring.ts';

const names = ['reading-room.yaml', 'reading-room.md'] as const;
const files = names.map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }));
const [scenario, lesson] = files;

/** The text of every block of code of a language in a page of Markdown. */
function blocks(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?\n)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
}

test('the worked example is sound, and no mutant goes unnoticed', () => {
  expect(checkCourse(files).problems.map(formatProblem)).toEqual([]);
  expect(checkMutants(files).problems.map(formatProblem)).toEqual([]);
});

test('the pages for instructors show the files as they are', () => {
  expect(blocks(readFileSync('scenarios/README.md', 'utf8'), 'yaml')[0]).toBe(scenario?.text);
  expect(blocks(readFileSync('lessons/README.md', 'utf8'), 'markdown')[0]).toBe(lesson?.text);
});

test('it is what `walkthrough new reading-room` writes', () => {
  expect(newScenario('reading-room', null)).toEqual({ scenario: scenario?.text, lesson: lesson?.text });
});

test('the challenge of the page is sound, and no mutant goes unnoticed', () => {
  const [text = ''] = blocks(readFileSync('lessons/README.md', 'utf8'), 'yaml');
  const course = [...files, { name: 'night-shift.yaml', text }];
  expect(checkCourse(course).problems.map(formatProblem)).toEqual([]);
  expect(checkMutants(course).problems.map(formatProblem)).toEqual([]);
});

test('the world with an organization can be built', () => {
  const [, world = ''] = blocks(readFileSync('scenarios/README.md', 'utf8'), 'yaml');
  expect(world).toContain('organization:');
  const text = `format: 1\nid: a\ntitle: A\nminutes: 5\nsummary: A.\n${world}start: ann\nsteps:\n  - {say: a-step, title: A, text: A.}\n`;
  expect(readScenario('a.yaml', text)).toHaveProperty('scenario');
});
