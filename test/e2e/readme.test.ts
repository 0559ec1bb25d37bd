import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROGRAM, temporaryHome } from './terminal.ts';

const README = readFileSync('README.md', 'utf8');
let home: ReturnType<typeof temporaryHome>;
beforeEach(() => {
  home = temporaryHome();
  writeFileSync(join(home.path, 'first.yaml'), /```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? '');
});
afterEach(() => home.remove());

function walkthrough(args: readonly string[], input = '') {
  return spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: home.path,
    env: { PATH: process.env.PATH, WALKTHROUGH_HOME: home.path },
    input,
    encoding: 'utf8',
  });
}

test('the first scenario in the README is sound', () => {
  const { status, stderr, stdout } = walkthrough(['check', 'first.yaml']);
  expect(stderr).toBe('');
  expect(stdout).toContain('near misses: 1');
  expect(status).toBe(0);
});

test('the first scenario in the README can be played', () => {
  const { status, stdout } = walkthrough(['--plain', 'play', 'first.yaml'], '2\n1\n3\n\nquit\n');
  expect(stdout).toContain('Allow the menu');
  expect(status).toBe(0);
});

test('every command in the README is there', () => {
  const named = [...README.matchAll(/^ {4}walkthrough (\w+)/gm)].map(([, name]) => name ?? '');
  const { stdout } = walkthrough(['--help']);
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(stdout).toContain(`  ${name} `);
});
