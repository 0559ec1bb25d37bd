import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtLessons } from './learner.ts';
import { PROGRAM, temporaryHome } from './terminal.ts';

const README = readFileSync('README.md', 'utf8');

test('every command in the README is there', () => {
  const named = [...README.matchAll(/^ {4}(?:npx )?walkthrough (\w+)/gm)].map(([, name]) => name ?? '');
  const home = temporaryHome();
  const { stdout } = spawnSync(process.execPath, [PROGRAM, '--help'], {
    env: { PATH: process.env.PATH, WALKTHROUGH_HOME: home.path },
    encoding: 'utf8',
  });
  home.remove();
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(stdout).toContain(`  ${name} `);
});

test('the README lists the lessons of the course, in order', () => {
  const listed = [...README.matchAll(/^\| \d+ \| (.+?) \|/gm)].map(([, title]) => title);
  const lessons = builtLessons().filter(({ challengeOf }) => challengeOf === undefined);
  expect(listed).toEqual(lessons.slice(0, listed.length).map(({ title }) => title));
  expect(listed.length).toBe(15);
});
