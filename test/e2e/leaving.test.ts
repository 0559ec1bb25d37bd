import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScriptedEditor } from './editor.ts';
import { builtLesson, builtLessons, type Moment, play } from './learner.ts';
import { PlainSurface } from './plain-surface.ts';
import { ScreenSurface } from './screen-surface.ts';
import { Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 200_000 };
const RESTORED = { alternateScreen: false, cursorShown: true, bracketedPaste: false };
const FIRST = builtLessons()[0] ?? { id: '', title: '' };

let home: ReturnType<typeof temporaryHome>;
let progress: string;
let editor: ScriptedEditor;
const opened: { close(): void }[] = [];

beforeEach(() => {
  home = temporaryHome();
  progress = join(home.path, 'progress');
  mkdirSync(progress);
  editor = new ScriptedEditor(home.path);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  home.remove();
});

function open(args: readonly string[] = []): Terminal {
  const terminal = Terminal.open({
    columns: 100,
    rows: 30,
    args,
    env: { WALKTHROUGH_HOME: progress, ...editor.env },
  });
  opened.push(terminal);
  return terminal;
}

/** Plays the first lesson until its first task is asked. */
async function toFirstTask(terminal: Terminal): Promise<Moment> {
  const seen = await play(
    new ScreenSurface(terminal, editor),
    builtLesson(FIRST.id),
    ({ ask }) => ask === 'task',
  );
  const last = seen.at(-1);
  if (last === undefined) throw new Error('Nothing was seen.');
  return last;
}

describe('leaving in the middle', () => {
  test('comes back at the same step, with the same world', LONG, async () => {
    const terminal = open(['play', FIRST.id]);
    const left = await toFirstTask(terminal);
    const surface = new ScreenSurface(terminal, editor);
    await surface.enter('aws iam create-user --user-name somebody-new');
    terminal.press('escape');
    await terminal.waitFor('Lessons');
    terminal.type('q');
    expect((await terminal.ended()).exitCode).toBe(0);
    expect(terminal.modes()).toEqual(RESTORED);

    const again = open();
    await again.waitFor(new RegExp(`▸.*${FIRST.title}`));
    again.press('enter');
    const there = new ScreenSurface(again, editor);
    const moment = await there.now();
    expect([moment.part, moment.number, moment.ask]).toEqual([left.part, left.number, 'task']);
    await there.enter('aws iam get-user --user-name somebody-new');
    await again.waitFor(':user/somebody-new');
  });

  test('on the screen goes on in plain text, and the other way round', LONG, async () => {
    const terminal = open(['play', FIRST.id]);
    const left = await toFirstTask(terminal);
    terminal.press('escape');
    await terminal.waitFor('Lessons');
    terminal.type('q');
    await terminal.ended();

    const plain = new PlainSurface(progress, editor, ['play', FIRST.id]);
    opened.push({ close: () => plain.kill() });
    const moment = await plain.now();
    expect([moment.part, moment.number, moment.ask]).toEqual([left.part, left.number, 'task']);
    plain.close();
    expect(await plain.ended).toBe(0);
  });

  test(
    'is kept when the step’s scenario has changed since: the step stays, and it is said',
    LONG,
    async () => {
      const terminal = open(['play', FIRST.id]);
      const left = await toFirstTask(terminal);
      terminal.press('escape');
      await terminal.waitFor('Lessons');
      terminal.type('q');
      await terminal.ended();
      const file = join(progress, 'progress.json');
      const kept = JSON.parse(readFileSync(file, 'utf8'));
      kept.lessons[FIRST.id].player.version = 'of-last-year';
      writeFileSync(file, JSON.stringify(kept));

      const plain = new PlainSurface(progress, editor, ['play', FIRST.id]);
      opened.push({ close: () => plain.kill() });
      const moment = await plain.now();
      expect(plain.output()).toContain('has changed since you were here');
      expect([moment.part, moment.number]).toEqual([left.part, left.number]);
    },
  );
});

describe('a signal', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s gives the terminal back and keeps what was done', LONG, async (signal, exitCode) => {
    const terminal = open(['play', FIRST.id]);
    const left = await toFirstTask(terminal);
    expect(terminal.modes().alternateScreen).toBe(true);
    terminal.kill(signal);
    const ended = await terminal.ended();
    expect(ended.exitCode).toBe(exitCode);
    expect(terminal.modes()).toEqual(RESTORED);

    const again = open(['play', FIRST.id]);
    const moment = await new ScreenSurface(again, editor).now();
    expect([moment.part, moment.number]).toEqual([left.part, left.number]);
  });

  test('Ctrl+C twice leaves from anywhere', LONG, async () => {
    const terminal = open();
    await terminal.waitFor(FIRST.title);
    terminal.press('ctrl+c');
    await terminal.waitFor('The same key again quits');
    terminal.press('ctrl+c');
    await terminal.ended();
    expect(terminal.modes()).toEqual(RESTORED);
  });
});

describe('a progress file that cannot be read', () => {
  test('is set aside, and the first screen says where', LONG, async () => {
    writeFileSync(join(progress, 'progress.json'), 'not json');
    const terminal = open();
    await terminal.waitFor('could not be read');
    terminal.press('down');
    await terminal.waitFor(FIRST.title);
    expect(readFileSync(join(progress, 'progress.json.unreadable-1'), 'utf8')).toBe('not json');
    terminal.type('q');
    await terminal.ended();
    expect(readdirSync(progress)).toContain('progress.json.unreadable-1');
  });
});

describe('an editor', () => {
  test('has the terminal while it runs, and what it saved is in the workspace', LONG, async () => {
    const terminal = open(['play', FIRST.id]);
    await toFirstTask(terminal);
    const surface = new ScreenSurface(terminal, editor);
    await surface.write('mine.json', '{"Version": "2012-10-17"}');
    await surface.enter('cat mine.json');
    await terminal.waitFor('{"Version": "2012-10-17"}');
  });

  test('is given a policy of the account, and what it saved goes to AWS', LONG, async () => {
    const terminal = open(['sandbox', 'joannes-boundary']);
    await terminal.waitFor('admin$');
    const surface = new ScreenSurface(terminal, editor);
    const denyAll = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
    await surface.write('WorkloadBoundary', JSON.stringify(denyAll));
    await terminal.waitFor('"VersionId": "v2"');
    await surface.enter('undo');
    await terminal.waitFor('Taken back: aws iam create-policy-version');
  });
});

describe('a fault of the program itself', () => {
  test('gives the terminal back, then says where the details are', LONG, async () => {
    const copy = join(home.path, 'program');
    cpSync('dist', join(copy, 'dist'), { recursive: true });
    cpSync('package.json', join(copy, 'package.json'));
    writeFileSync(join(copy, 'dist/course', `${FIRST.id}.json`), '{');
    const terminal = Terminal.open({
      program: join(copy, 'dist/walkthrough.js'),
      env: { WALKTHROUGH_HOME: progress, TMPDIR: home.path },
    });
    opened.push(terminal);
    await terminal.waitFor(FIRST.title);
    terminal.press('enter');
    expect((await terminal.ended()).exitCode).toBe(70);
    expect(terminal.modes()).toEqual(RESTORED);
    const said = terminal.screen().replaceAll('\n', '');
    expect(said).toContain('walkthrough stopped because of a fault of its own.');
    const [details = ''] = /\/\S*details\.txt/.exec(said) ?? [];
    expect(readFileSync(details, 'utf8')).toContain('SyntaxError');
  });
});

describe('other surroundings', () => {
  test('under CI and without colours the screen is drawn all the same', LONG, async () => {
    const terminal = Terminal.open({
      columns: 80,
      rows: 24,
      env: { WALKTHROUGH_HOME: progress, CI: 'true', NO_COLOR: '1' },
    });
    opened.push(terminal);
    await terminal.waitFor(FIRST.title);
    expect(terminal.raw()).not.toMatch(/\u001b\[[0-9;]*3[0-7]m/);
    terminal.type('q');
    expect((await terminal.ended()).exitCode).toBe(0);
  });

  test('a terminal that is made too small says so, and recovers', LONG, async () => {
    const terminal = open();
    await terminal.waitFor(FIRST.title);
    terminal.resize(40, 10);
    await terminal.waitFor(/needs 60 columns/);
    terminal.resize(100, 30);
    await terminal.waitFor(FIRST.title);
  });
});
