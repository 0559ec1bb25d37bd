import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';

/**
 * What the course costs: seconds to prove all of it, with and without its mutants, and milliseconds from the key on
 * the home screen until a lesson stands there, for every lesson, in a pseudo-terminal of 120×40.
 */
const PROGRAM = resolve('dist/walkthrough.js');
const AT_MOST = { check: 10, mutants: 60, opening: 50 };

function seconds(args: readonly string[]): number {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - from) / 1000;
}

const bare = seconds(['-e', '0']);
const check = seconds([PROGRAM, 'check']);
const mutants = seconds([PROGRAM, 'check', '--mutants']);

const lessons: readonly { readonly title: string }[] = JSON.parse(
  readFileSync(resolve('dist/course/course.json'), 'utf8'),
);

/** Milliseconds from Enter until the lesson at this place of the list is on the screen. */
async function opening(index: number, title: string): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'walkthrough-bench-'));
  const pty = spawn(process.execPath, [PROGRAM], {
    cols: 120,
    rows: 40,
    env: { ...process.env, WALKTHROUGH_HOME: home, TERM: 'xterm-256color', NO_MOTION: '1' },
  });
  let written = '';
  let wake: () => void = () => undefined;
  pty.onData((data) => {
    written += data;
    wake();
  });
  const until = async (has: () => boolean) => {
    while (!has()) await new Promise<void>((done) => (wake = done));
  };
  await until(() => written.includes('quit'));
  for (let at = 0; at < index; at++) {
    written = '';
    pty.write('j');
    await until(() => written !== '');
  }
  // Somebody reads what the lesson is about before it is begun.
  await new Promise((done) => setTimeout(done, 700));
  written = '';
  const from = performance.now();
  pty.write('\r');
  await until(() => written.includes(title.slice(0, 20)));
  const time = performance.now() - from;
  pty.kill();
  rmSync(home, { recursive: true, force: true });
  return time;
}

const times: number[] = [];
for (const [index, { title }] of lessons.entries()) times.push(await opening(index, title));
const sorted = times.toSorted((a, b) => a - b);
const median = sorted[sorted.length >> 1] ?? 0;
const slowest = sorted.at(-1) ?? 0;
const over = (value: number) => `${(value / bare).toFixed(0)} times bare node`;
console.log('The course:');
console.log(`  check             ${check.toFixed(1)} s, ${over(check)} (under ${AT_MOST.check} s)`);
console.log(`  check --mutants   ${mutants.toFixed(1)} s, ${over(mutants)} (under ${AT_MOST.mutants} s)`);
console.log(
  `  opening a lesson  ${median.toFixed(0)} ms median of ${lessons.length}, ${slowest.toFixed(0)} ms the slowest (under ${AT_MOST.opening})`,
);
if (check >= AT_MOST.check || mutants >= AT_MOST.mutants) process.exitCode = 1;
