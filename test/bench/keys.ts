import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';

/**
 * What a key costs, in a pseudo-terminal of 120×40, in the largest world of the lessons: milliseconds until its effect
 * begins to be written, bytes written for a typed character, and memory over the keys of an hour.
 */
const PROGRAM = resolve('dist/walkthrough.js');
const LESSON = largestLesson();
const TYPED = 400;
/** Two keys a second for an hour. */
const KEYS_OF_AN_HOUR = 7200;
const AT_MOST = { median: 16, last: 50, bytes: 500, megabytes: 180 };
/** How much more the heap may hold after collection at the end than at the middle: the log keeps every line. */
const GROWTH = 1.15;

const home = mkdtempSync(join(tmpdir(), 'walkthrough-bench-'));
const heapFile = join(home, 'heap');
// At a signal the program collects its garbage and writes down what is left.
const tellHeap = `import{renameSync,writeFileSync}from'node:fs';process.on('SIGUSR2',()=>{gc();writeFileSync('${heapFile}.new',String(process.memoryUsage().heapUsed));renameSync('${heapFile}.new','${heapFile}')})`;
const preload = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(tellHeap)}`];
const pty = spawn(process.execPath, [...preload, PROGRAM, 'sandbox', LESSON], {
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

/** Milliseconds until something is written after this key; a second when nothing is. */
async function press(key: string): Promise<number> {
  const from = performance.now();
  const answered = new Promise<void>((done) => {
    wake = done;
    setTimeout(done, 1000);
  });
  pty.write(key);
  await answered;
  return performance.now() - from;
}

async function quiet(milliseconds: number): Promise<void> {
  for (;;) {
    const length = written.length;
    await new Promise((done) => setTimeout(done, milliseconds));
    if (written.length === length) return;
  }
}

/** Waits until this was written, and then until nothing is any more. */
async function until(text: string): Promise<void> {
  while (!written.includes(text)) await new Promise((done) => setTimeout(done, 20));
  await quiet(400);
}

async function runLine(line: string): Promise<void> {
  for (const char of line) await press(char);
  pty.write('\r');
  await quiet(60);
}

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${pty.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** What the heap holds after collection, in megabytes. */
async function heapMegabytes(): Promise<number> {
  rmSync(heapFile, { force: true });
  pty.kill('SIGUSR2');
  for (;;) {
    await new Promise((done) => setTimeout(done, 20));
    if (existsSync(heapFile)) return Number(readFileSync(heapFile, 'utf8')) / 2 ** 20;
  }
}

/** Id of the lesson whose scenario has the largest world. */
function largestLesson(): string {
  const folder = resolve('dist/course');
  const sizes = readdirSync(folder).flatMap((file) => {
    const { scenario } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return scenario === undefined ? [] : [[file.replace('.json', ''), JSON.stringify(scenario.world).length]];
  });
  return String(sizes.toSorted(([, a], [, b]) => Number(b) - Number(a))[0]?.[0]);
}

await until('your turn');
await runLine('aws iam create-user --user-name sam');
// What it opens is found out after the frame.
await quiet(1500);

const times: number[] = [];
const bytes: number[] = [];
for (let count = 0; count < TYPED; count++) {
  written = '';
  times.push(await press('abcdefghij'.charAt(count % 10)));
  await quiet(4);
  bytes.push(Buffer.byteLength(written));
  if (count % 60 === 59) await press('\u0015');
}
await press('\u0015');

let keys = 0;
let round = 0;
const memory: number[] = [];
const heap: number[] = [];
while (keys < KEYS_OF_AN_HOUR) {
  const line = round % 2 === 0 ? 'aws iam list-users' : 'aws s3 ls';
  await runLine(line);
  // The decision, the timeline and back: what people do between two lines.
  for (const key of ['\u0019', 'j', ' ', '\u0012', 'k']) {
    pty.write(key);
    await quiet(3);
  }
  // Alone, and not the beginning of a sequence: longer than the program waits for the rest of one.
  pty.write('\u001b');
  await quiet(150);
  keys += line.length + 7;
  round += 1;
  written = '';
  if (round % 40 === 0) {
    memory.push(residentMegabytes());
    heap.push(await heapMegabytes());
  }
}
memory.push(residentMegabytes());
heap.push(await heapMegabytes());
pty.kill();
rmSync(home, { recursive: true, force: true });

const sorted = times.toSorted((a, b) => a - b);
const median = sorted[sorted.length >> 1] ?? 0;
const last = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
const most = Math.max(...bytes);
const megabytes = Math.max(...memory);
console.log(`Keys, ${TYPED} characters typed in ${LESSON} at 120×40:`);
console.log(`  effect begins, median        ${median.toFixed(1)} ms (at most ${AT_MOST.median})`);
console.log(`  effect begins, 99th percent  ${last.toFixed(1)} ms (at most ${AT_MOST.last})`);
console.log(`  bytes for a character        ${most} at most (under ${AT_MOST.bytes})`);
console.log(
  `  memory over ${keys} keys      ${memory.map((each) => each.toFixed(0)).join(', ')} MB (under ${AT_MOST.megabytes})`,
);
const middle = heap[heap.length >> 1] ?? 0;
const isFlat = (heap.at(-1) ?? 0) <= middle * GROWTH;
console.log(`  heap after collection        ${heap.map((each) => each.toFixed(1)).join(', ')} MB`);
if (most >= AT_MOST.bytes || megabytes >= AT_MOST.megabytes || !isFlat) process.exitCode = 1;
