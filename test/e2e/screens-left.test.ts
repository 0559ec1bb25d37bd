import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlayerEvent } from '../../src/course/view.ts';
import { wholeWay } from '../course/two-readers.ts';
import { builtLessons } from './learner.ts';
import { type OpenOptions, PROGRAM, Terminal, temporaryHome } from './terminal.ts';

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

/** A course of its own, of one short lesson. */
const CLUB = 'reading-club';

/**
 * A screen: what was played of the club's lesson before, some days ago, how the program is started, and the keys that
 * lead there, each with what is there then.
 */
interface Place {
  readonly played?: { readonly events: number; readonly daysAgo: number };
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
  word: { args: ['play', LESSON], way: [...READING, ['g', /list of all/], ['\r', /↳ /]] },
  glossary: { args: ['play', LESSON], way: [...READING, ['gg', /Words used here/]] },
  'glossary searched': {
    args: ['play', LESSON],
    way: [...READING, ['gg', /Words used here/], ['/deputy', /confused deputy/]],
  },
  'worked example': { args: ['play', LESSON], way: EXAMPLE },
  prediction: { args: ['play', LESSON], way: PREDICTION },
  'revealed prediction': { args: ['play', LESSON], way: [...PREDICTION, ['33', /You said: never sent/]] },
  'quiz of a lesson': {
    played: { events: 21, daysAgo: 0 },
    args: ['play', `${CLUB}/reading`],
    way: [['', /Quiz · question 1 of 4/]],
  },
  closing: {
    played: { events: wholeWay.length - 1, daysAgo: 0 },
    args: ['play', `${CLUB}/reading`],
    way: [
      ['', /question 4 of 4/],
      ['\r', / Done /],
    ],
  },
  'review of what is due': {
    played: { events: wholeWay.length, daysAgo: 30 },
    args: [],
    way: [
      ['', /are due for review/],
      ['v', /Review · question 1 of/],
    ],
  },
  quiz: { args: ['quiz', LESSON], way: [['', /question 1 of/]] },
  sandbox: { args: ['sandbox', LESSON], way: WORKED },
  'zoomed pane': { args: ['sandbox', LESSON], way: [...WORKED, ['\u000f', /\[Prompt/]] },
  timeline: { args: ['sandbox', LESSON], way: TIMELINE },
  'going on from an earlier moment': {
    args: ['sandbox', LESSON],
    way: [...TIMELINE, ['kg', /Keep it in a file, too\?/]],
  },
  'name of the file that is kept': {
    args: ['sandbox', LESSON],
    way: [...TIMELINE, ['kg3', /Name of the file:/]],
  },
  'compared moments': { args: ['sandbox', LESSON], way: [...TIMELINE, ['c', /\+ Opened \d+ request/]] },
  changes: { args: ['sandbox', LESSON], way: [...WORKED, ['\u0018', /\+ Opened \d+ request/]] },
  decision: { args: ['sandbox', LESSON], way: [...WORKED, ['\u0019', /in AWS’s order/]] },
  'policy editor': {
    args: ['sandbox', LESSON],
    way: [...WORKED, ['edit mine.json\r', /Editing mine\.json/]],
  },
  help: { args: ['sandbox', LESSON], way: [...WORKED, ['\u001bOP', /Help: keys/]] },
};

function startAt({ played, args }: Place, more: Parameters<typeof start>[1] = {}): Terminal {
  if (played !== undefined) playBefore(played);
  return start(args, more);
}

/** Plays the club's lesson as plain text, and lets days go by. */
function playBefore({ events, daysAgo }: NonNullable<Place['played']>): void {
  const club = join(home.path, CLUB);
  mkdirSync(club);
  copyFileSync('test/course/two-readers.md', join(club, 'reading.md'));
  copyFileSync('test/course/two-readers.yaml', join(club, 'two-readers.yaml'));
  const progress = join(home.path, 'progress');
  const lines = [`${CLUB}/reading`, ...wholeWay.slice(0, events).map(lineOf)];
  const { status } = spawnSync(process.execPath, [PROGRAM, '--plain', 'play', club], {
    env: { PATH: process.env.PATH, HOME: home.path, WALKTHROUGH_HOME: progress },
    input: `${lines.join('\n')}\n`,
  });
  expect(status).toBe(0);
  const file = join(progress, 'progress.json');
  const kept = readFileSync(file, 'utf8');
  const back = (time: string) => new Date(Date.parse(time) - daysAgo * 86_400_000).toISOString();
  writeFileSync(
    file,
    kept.replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, (time) => `"${back(time.slice(1, -1))}"`),
  );
}

/** What is typed in the plain dialogue for something that a learner does. */
function lineOf(event: PlayerEvent): string {
  switch (event.type) {
    case 'chosen':
      return String(event.index + 1);
    case 'line.entered':
      return event.line;
    case 'hint.asked':
      return 'hint';
    default:
      return '';
  }
}

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
      const opened = startAt(place);
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
    const opened = startAt(place);
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
      const opened = startAt(place, { env, inShell: true });
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
