import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkCourse, checkMutants, formatProblem, newScenario } from '../../src/course/authoring.ts';

const names = ['reading-room.yaml', 'reading-room.md'] as const;
const files = names.map((name) => ({ name, text: readFileSync(new URL(name, import.meta.url), 'utf8') }));
const [scenario, lesson] = files;

/** The text of the first block of code in a page of Markdown. */
function firstBlock(page: string, language: string): string | undefined {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?\n)\`\`\``).exec(page)?.[1];
}

test('the worked example is sound, and no mutant goes unnoticed', () => {
  expect(checkCourse(files).problems.map(formatProblem)).toEqual([]);
  expect(checkMutants(files).problems.map(formatProblem)).toEqual([]);
});

test('the pages for instructors show the files as they are', () => {
  expect(firstBlock(readFileSync('scenarios/README.md', 'utf8'), 'yaml')).toBe(scenario?.text);
  expect(firstBlock(readFileSync('lessons/README.md', 'utf8'), 'markdown')).toBe(lesson?.text);
});

test('it is what `walkthrough new reading-room` writes', () => {
  expect(newScenario('reading-room', null)).toEqual({ scenario: scenario?.text, lesson: lesson?.text });
});
