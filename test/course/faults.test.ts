import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatProblem, readLesson, readScenario } from '../../src/course/authoring.ts';

const folder = new URL('./faults/', import.meta.url);

/** Each file begins with a comment that says where its fault is and how the message begins: `# 12:5 There is no…`. */
const EXPECTED = /^(?:---\n)?(?:#|<!--) (\d+:\d+) ([^\n]+?)(?: -->)?\n/;

function sibling(name: string): string | null {
  const file = new URL(name, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

describe('a faulty file is rejected at its line and column', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const read = name.endsWith('.md') ? readLesson(name, text) : readScenario(name, text, sibling);
    const [, place, words] = EXPECTED.exec(text) ?? [];
    if (!('problems' in read)) throw new Error('It was not rejected.');
    const [problem] = read.problems;
    expect(problem && formatProblem(problem).split('\n')[0]).toContain(`${name}:${place}: ${words}`);
  });

  test.each(['field-one-column-left.yaml', 'tab.yaml'])('%s is said once', (name) => {
    const read = readScenario(name, readFileSync(new URL(name, folder), 'utf8'));
    expect('problems' in read && read.problems.length).toBe(1);
  });

  test.each([
    ['role-not-there.yaml', 'Declare it in the world, or mend the name.'],
    ['boundary-not-there.yaml', 'Declare it in the world, or mend the name.'],
    ['wrong-format.yaml', 'write `format: 1`'],
    ['alias-without-anchor.yaml', 'Did you mean `*trustfile`?'],
    ['colon-in-text.yaml', 'in quotes'],
    ['backtick-first.yaml', 'A text that begins with a backtick needs quotes'],
    ['backslash-in-quotes.yaml', 'In double quotes write'],
    ['kind-misspelt.yaml', 'Did you mean `predict`?'],
    ['role-as-actor.yaml', 'then write `as: courier/dan`.'],
    ['trust-in-nobody.yaml', 'Declare it in the world, or mend the name.'],
    ['format-missing.yaml', 'Add `format: 1`.'],
    ['expectation-misspelt.yaml', 'Did you mean `denied`?'],
    ['layer-by-another-name.yaml', 'Did you mean `service-control`?'],
    ['inline-without-name.yaml', 'Write the name above it'],
  ])('%s says what to do, in a few lines', (name, advice) => {
    const read = readScenario(name, readFileSync(new URL(name, folder), 'utf8'));
    const [problem] = 'problems' in read ? read.problems : [];
    const said = problem === undefined ? '' : formatProblem(problem);
    expect(said).toContain(advice);
    expect(said.length).toBeLessThan(600);
  });
});
