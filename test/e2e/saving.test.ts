import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtLessons } from './learner.ts';
import { PROGRAM, Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 120_000 };
const LESSON = builtLessons()[0]?.id ?? '';

let home: ReturnType<typeof temporaryHome>;
let folder: string;
const opened: Terminal[] = [];
beforeEach(() => {
  home = temporaryHome();
  folder = join(home.path, 'here');
  mkdirSync(folder);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  home.remove();
});

function env() {
  return { PATH: process.env.PATH ?? '', HOME: home.path, WALKTHROUGH_HOME: join(home.path, 'progress') };
}

function sandbox(): Terminal {
  const terminal = Terminal.open({ args: ['sandbox', LESSON], cwd: folder, env: env() });
  opened.push(terminal);
  return terminal;
}

function replay(name: string) {
  const args = [PROGRAM, 'replay', name];
  return spawnSync(process.execPath, args, { cwd: folder, env: env(), encoding: 'utf8' });
}

test('what is saved at the prompt is a file that `replay` plays and `load` takes', LONG, async () => {
  writeFileSync(join(folder, 'try.json'), 'mine');
  const terminal = sandbox();
  await terminal.waitFor(/\$ *│?$/m);
  terminal.type('aws sts get-caller-identity\r');
  await terminal.waitFor('"Account"');
  terminal.type('save try.json\r');
  await terminal.waitFor('try.json is taken in your folder');
  expect(terminal.screen().replaceAll(/[│\n ]/g, '')).toContain(`${folder}/try-2.json`);
  expect(readFileSync(join(folder, 'try.json'), 'utf8')).toBe('mine');
  const played = replay('try-2.json');
  expect(played.status).toBe(0);
  expect(JSON.parse(played.stdout)).toMatchObject({ entry: 1, line: 'aws sts get-caller-identity', exit: 0 });

  const other = sandbox();
  await other.waitFor(/\$ *│?$/m);
  other.type('load nothing.json\r');
  await other.waitFor('load: nothing.json: No such file');
  other.type('load try.json\r');
  await other.waitFor('try.json cannot be played');
  other.type('load try-2.json\r');
  await other.waitFor('One line of try-2.json played.');
  other.type('log\r');
  await other.waitFor(/1 +\S+ +aws sts get-caller-identity/);
});

test('the way that the timeline leaves is kept as a file where that is wanted', LONG, async () => {
  const terminal = sandbox();
  await terminal.waitFor(/\$ *│?$/m);
  terminal.type('aws sts get-caller-identity\r');
  await terminal.waitFor('"Account"');
  terminal.type('\u0012');
  await terminal.waitFor('The account now');
  terminal.type('kg');
  await terminal.waitFor('Yes, as way-1.json');
  expect(existsSync(join(folder, 'way-1.json'))).toBe(false);
  terminal.type('1');
  await terminal.waitFor('Written to');
  expect(replay('way-1.json').status).toBe(0);
});

test('in plain text it is a file too', LONG, () => {
  const args = [PROGRAM, '--plain', 'sandbox', LESSON];
  const input = 'aws sts get-caller-identity\nsave plain.json\nload plain.json\nsave .bashrc\nsave ../up\n';
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, env: env(), input, encoding: 'utf8' });
  expect(stdout).toContain(`Written to ${folder}/plain.json`);
  expect(stdout).toContain('.bashrc was not written to your folder');
  expect(existsSync(join(folder, '.bashrc'))).toBe(false);
  expect(existsSync(join(home.path, 'up'))).toBe(false);
  expect(replay('plain.json').status).toBe(0);
});
