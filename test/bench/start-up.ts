import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';

/**
 * How long a learner waits: from start until the home screen is drawn and has answered a key, in a pseudo-terminal,
 * over the time that bare `node -e 0` takes there. The two are run by turns, so that a busy machine slows both.
 */
const ROUNDS = 31;
const PROGRAM = resolve('dist/walkthrough.js');
/** On the last row of the home screen. */
const DRAWN = 'quit';

const home = mkdtempSync(join(tmpdir(), 'walkthrough-bench-'));

function start(args: readonly string[]) {
  return spawn(process.execPath, [...args], {
    cols: 100,
    rows: 30,
    env: { ...process.env, WALKTHROUGH_HOME: home },
  });
}

/** Milliseconds until bare node has ended. */
function bareNode(): Promise<number> {
  const from = performance.now();
  const pty = start(['-e', '0']);
  return new Promise((done) => pty.onExit(() => done(performance.now() - from)));
}

/** Milliseconds until the home screen was drawn, and until it had answered its first key. */
function homeScreen(): Promise<{ readonly drawn: number; readonly answered: number }> {
  const from = performance.now();
  const pty = start([PROGRAM]);
  let output = '';
  let drawn = 0;
  let answered = 0;
  pty.onData((data) => {
    output += data;
    if (drawn === 0 && output.includes(DRAWN)) {
      drawn = performance.now() - from;
      pty.write('j');
    } else if (drawn > 0 && answered === 0) {
      answered = performance.now() - from;
      pty.write('q');
    }
  });
  return new Promise((done) => pty.onExit(() => done({ drawn, answered })));
}

const bare: number[] = [];
const drawn: number[] = [];
const answered: number[] = [];
await bareNode();
await homeScreen();
for (let round = 0; round < ROUNDS; round++) {
  bare.push(await bareNode());
  const times = await homeScreen();
  drawn.push(times.drawn);
  answered.push(times.answered);
}
rmSync(home, { recursive: true });

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
const ratio = (times: readonly number[]) => (median(times) / median(bare)).toFixed(2);
console.log(
  `Start-up, median of ${ROUNDS} runs by turns, over bare node -e 0 (${median(bare).toFixed(0)} ms):`,
);
console.log(`  home screen drawn     ${ratio(drawn)} times`);
console.log(`  first key answered    ${ratio(answered)} times (at most 3)`);
