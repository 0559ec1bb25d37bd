import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newScenario } from '../../src/course/authoring.ts';
import { Terminal, temporaryHome } from './terminal.ts';

let home: ReturnType<typeof temporaryHome>;
let terminal: Terminal | undefined;

beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => {
  terminal?.close();
  home.remove();
});

test('a preview shows what is saved, at the same step, and what is wrong with it', {
  timeout: 60_000,
}, async () => {
  const file = join(home.path, 'night-school.yaml');
  const { scenario } = newScenario('night-school', null);
  writeFileSync(file, scenario);
  terminal = Terminal.open({ columns: 110, rows: 34, args: ['preview', file] });
  await terminal.waitFor('The reading room');
  terminal.type('\r');
  await terminal.waitFor('public/hours.txt');
  terminal.type('\r');
  await terminal.waitFor('Bob asks');

  writeFileSync(file, scenario.replace('title: Bob asks', 'title: Bob wants to know'));
  await terminal.waitFor('Bob wants to know');
  writeFileSync(file, scenario.replace('start: ann', 'start: nan'));
  await terminal.waitFor('There is no actor called `nan`');
  expect(await terminal.settled()).toContain('Bob wants to know');
  writeFileSync(file, scenario);
  await terminal.waitFor('Bob asks');
  expect(readFileSync(file, 'utf8')).toBe(scenario);
});
