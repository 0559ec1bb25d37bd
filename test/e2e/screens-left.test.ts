import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtLessons } from './learner.ts';
import { type OpenOptions, Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 120_000 };
const RESTORED = { alternateScreen: false, cursorShown: true, bracketedPaste: false };
const LESSON = builtLessons()[0]?.id ?? '';
const POLICY = `{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
}`;

// Stands in for a fault of the program: it is thrown inside the program when this signal comes.
const FAULT = `require('node:fs').writeFileSync(process.env.PID_FILE, String(process.pid));
process.on('SIGUSR2', () => { throw new Error('a fault'); });`;

let home: ReturnType<typeof temporaryHome>;
let terminal: Terminal | null = null;
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => {
  terminal?.close();
  home.remove();
});

function start(args: readonly string[], more: Pick<OpenOptions, 'env' | 'inShell'> = {}): Terminal {
  const env = { WALKTHROUGH_HOME: join(home.path, 'progress'), ...more.env };
  terminal = Terminal.open({ columns: 100, rows: 30, args, cwd: home.path, ...more, env });
  return terminal;
}

/** A screen: how the program is started, and the keys that lead to it, each with what is there then. */
interface Place {
  readonly args: readonly string[];
  readonly way: readonly (readonly [string, RegExp])[];
}

const READING = [['', /page 1 of/]] as const;
const EXAMPLE = [...READING, ['\r\r\r\r', /Enter runs this line/]] as const;
const PREDICTION = [...EXAMPLE, ['\r\r\r', /What will come of this request/]] as const;
const WORKED = [
  ['', /Prompt: your turn/],
  ['aws iam create-user --user-name sam\r', /"UserName": "sam"/],
] as const;
const TIMELINE = [...WORKED, ['\u0012', /The account now/]] as const;

const SCREENS: Readonly<Record<string, Place>> = {
  home: { args: [], way: [['', /Lessons/]] },
  search: {
    args: [],
    way: [
      ['', /Lessons/],
      ['/', /Enter keep what is found/],
      ['perimeter', /perimeter/],
    ],
  },
  'help of home': {
    args: [],
    way: [
      ['', /Lessons/],
      ['?', /Help: keys/],
    ],
  },
  reading: { args: ['play', LESSON], way: READING },
  'earlier page': {
    args: ['play', LESSON],
    way: [...READING, ['\r', /page 2 of/], ['p', /You were here before/]],
  },
  glossary: { args: ['play', LESSON], way: [...READING, ['g', /Words used here/]] },
  'worked example': { args: ['play', LESSON], way: EXAMPLE },
  prediction: { args: ['play', LESSON], way: PREDICTION },
  'revealed prediction': { args: ['play', LESSON], way: [...PREDICTION, ['33', /You said: never sent/]] },
  quiz: { args: ['quiz', LESSON], way: [['', /question 1 of/]] },
  sandbox: { args: ['sandbox', LESSON], way: WORKED },
  'zoomed pane': { args: ['sandbox', LESSON], way: [...WORKED, ['\u000f', /\[Prompt/]] },
  timeline: { args: ['sandbox', LESSON], way: TIMELINE },
  'compared moments': { args: ['sandbox', LESSON], way: [...TIMELINE, ['c', /\+ Opened \d+ request/]] },
  changes: { args: ['sandbox', LESSON], way: [...WORKED, ['\u0018', /\+ Opened \d+ request/]] },
  decision: { args: ['sandbox', LESSON], way: [...WORKED, ['\u0019', /in AWS’s order/]] },
  'policy editor': {
    args: ['sandbox', LESSON],
    way: [...WORKED, ['edit mine.json\r', /Editing mine\.json/]],
  },
  help: { args: ['sandbox', LESSON], way: [...WORKED, ['\u001bOP', /Help: keys/]] },
};

async function walk(opened: Terminal, { way }: Place): Promise<RegExp> {
  let last = /^/;
  for (const [keys, there] of way) {
    if (keys !== '') opened.type(keys);
    await opened.waitFor(there);
    last = there;
  }
  return last;
}

describe.each(Object.entries(SCREENS))('%s', (_name, place) => {
  test(
    'follows every resize, comes back from one that is too small, and gives the terminal back at SIGTERM',
    LONG,
    async () => {
      const opened = start(place.args);
      const there = await walk(opened, place);
      const sizes = [
        [80, 24],
        [120, 40],
        [60, 20],
        [59, 19],
        [200, 50],
        [40, 8],
        [100, 30],
      ] as const;
      for (const [columns, rows] of sizes) {
        opened.resize(columns, rows);
        const isTooSmall = columns < 60 || rows < 20;
        await opened.waitFor(
          (screen) => /needs 60 columns/.test(screen) === isTooSmall && screen.trim() !== '',
        );
      }
      await opened.waitFor(there);
      opened.kill('SIGTERM');
      expect((await opened.ended()).exitCode).toBe(143);
      expect(opened.modes()).toEqual(RESTORED);
    },
  );

  test('gives the terminal back at SIGHUP', LONG, async () => {
    const opened = start(place.args);
    await walk(opened, place);
    opened.kill('SIGHUP');
    expect((await opened.ended()).exitCode).toBe(129);
    expect(opened.modes()).toEqual(RESTORED);
  });

  test(
    'gives it to the shell at Ctrl+Z, comes back with fg, and gives it back at a fault',
    LONG,
    async () => {
      const fault = join(home.path, 'fault.cjs');
      const pid = join(home.path, 'pid');
      writeFileSync(fault, FAULT);
      const env = { NODE_OPTIONS: `--require ${fault}`, PID_FILE: pid, TMPDIR: home.path };
      const opened = start(place.args, { env, inShell: true });
      const there = await walk(opened, place);
      opened.type('\u001a');
      await opened.waitFor(/^stopped$/m);
      expect(opened.modes()).toEqual(RESTORED);
      // Only a terminal in its usual modes shows what is typed at the shell.
      opened.type('seen');
      await opened.waitFor(/^seen/m);
      opened.press('enter');
      await opened.waitFor(there);
      expect(opened.modes().alternateScreen).toBe(true);
      process.kill(Number(readFileSync(pid, 'utf8')), 'SIGUSR2');
      await opened.waitFor(/^ended 70$/m);
      expect(opened.modes()).toEqual(RESTORED);
      expect(opened.screen()).toContain('walkthrough stopped because of a fault of its own.');
    },
  );
});

describe('a terminal that answers what its background is when the program is left already', () => {
  const LEFT = [
    ['by its key', (opened: Terminal) => opened.type('q')],
    ['by Ctrl+Z', (opened: Terminal) => opened.type('\u001a')],
    ['by SIGTERM', () => process.kill(Number(readFileSync(join(home.path, 'pid'), 'utf8')), 'SIGTERM')],
  ] as const;

  test.each(LEFT)('%s: the answer does not reach the shell', LONG, async (_how, leave) => {
    const fault = join(home.path, 'fault.cjs');
    writeFileSync(fault, FAULT);
    const env = { NODE_OPTIONS: `--require ${fault}`, PID_FILE: join(home.path, 'pid') };
    const opened = start([], { env, inShell: true });
    await opened.waitFor(/Lessons/);
    leave(opened);
    await opened.waitFor(() => !opened.modes().alternateScreen);
    expect(opened.raw()).toContain('\u001b]11;?');
    opened.type('\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\');
    await opened.waitFor(/^stopped$/m);
    opened.type('seen');
    expect(await opened.waitFor(/seen/)).toMatch(/^seen/m);
    expect(opened.screen()).not.toContain(']11;');
  });

  test('that never answers holds nobody up for long', LONG, async () => {
    const opened = start([], { inShell: true });
    await opened.waitFor(/Lessons/);
    opened.type('q');
    await opened.waitFor(/^stopped$/m);
    expect(opened.modes()).toEqual(RESTORED);
  });
});

test('JSON of several rows arrives whole, at the prompt and in the policy editor', LONG, async () => {
  const terminal = start(['sandbox', LESSON]);
  await terminal.waitFor(/Prompt: your turn/);
  terminal.type("aws iam create-policy --policy-name p --policy-document '");
  terminal.paste(POLICY);
  terminal.type("'\r");
  await terminal.waitFor('"IsAttachable"');
  terminal.type('edit mine.json\r');
  await terminal.waitFor('Editing mine.json');
  terminal.paste(POLICY);
  await terminal.waitFor('"s3:GetObject"');
  terminal.type('\u0013');
  await terminal.waitFor(/Prompt: your turn/);
  terminal.type('clear\rcat mine.json\r');
  const screen = await terminal.waitFor('"s3:GetObject"');
  for (const row of POLICY.split('\n')) expect(screen).toContain(row);
});
