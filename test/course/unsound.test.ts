import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCourse, checkMutants, formatProblem } from '../../src/course/authoring.ts';

const folder = new URL('./unsound/', import.meta.url);
/** What the others lean on: a world to extend, and a scenario without fault. */
const SOUND = ['world.yaml', 'sound.yaml'];

/** Each file begins with a comment that says where its fault is and how the message begins: `# 12:5 There is no…`. */
const EXPECTED = /^(?:---\n)?# (\d+:\d+) ([^\n]+)\n/;

function read(name: string) {
  return { name, text: readFileSync(new URL(name, folder), 'utf8') };
}

describe('a file that reads well and proves nothing is rejected at its line and column', () => {
  test('what they lean on is sound', () => {
    const files = SOUND.map(read);
    expect(checkCourse(files).problems).toEqual([]);
    expect(checkMutants(files).problems).toEqual([]);
  });

  const unsound = readdirSync(folder).filter((name) => !SOUND.includes(name));
  test.each(unsound)('%s', (name) => {
    const file = read(name);
    const files = [...SOUND.map(read), file];
    const { problems } = checkCourse(files);
    const found = problems.length > 0 ? problems : checkMutants(files).problems;
    const [, place, words] = EXPECTED.exec(file.text) ?? [];
    const said = found.map((problem) => formatProblem(problem).split('\n')[0]);
    expect(said).toContain(`${name}:${place}: ${words}`);
  });
});
