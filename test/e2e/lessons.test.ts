import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScriptedEditor } from './editor.ts';
import { builtLesson, builtLessons, type Moment, play } from './learner.ts';
import { PlainSurface } from './plain-surface.ts';
import { ScreenSurface } from './screen-surface.ts';
import { Terminal, temporaryHome } from './terminal.ts';

/** For a whole lesson played on a busy machine. */
const LONG = { timeout: 400_000 };

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
  for (const terminal of opened.splice(0)) terminal.close();
  home.remove();
});

function open(columns: number, rows: number): Terminal {
  const terminal = Terminal.open({ columns, rows, env: { WALKTHROUGH_HOME: progress, ...editor.env } });
  opened.push(terminal);
  return terminal;
}

/** From the home screen into the lesson at this place of the list. */
async function choose(terminal: Terminal, index: number): Promise<void> {
  const { title = '' } = builtLessons()[index] ?? {};
  await terminal.waitFor(builtLessons()[0]?.title ?? '');
  const chosen = (at: number) => (screen: string) =>
    screen.split('\n').some((line) => line.includes('▸') && line.includes(builtLessons()[at]?.title ?? ''));
  for (let at = 0; at < index; at++) {
    await terminal.waitFor(chosen(at));
    terminal.press('down');
  }
  await terminal.waitFor(chosen(index));
  terminal.press('enter');
  await terminal.waitFor((screen) => (screen.split('\n')[0] ?? '').includes(title));
}

/** Every step came, its title was read, and each prediction and question was answered on the screen. */
function expectWholeLesson(seen: readonly Moment[], id: string): void {
  const { lesson, scenario } = builtLesson(id);
  const texts = seen.map(({ text }) => text).join('\n');
  for (const [index, step] of scenario.steps.entries()) {
    const moments = seen.filter(({ part, number }) => part === 'scenario' && number === index + 1);
    expect(
      moments.some(({ text }) => text.includes(step.title)),
      `the title of ${step.id}`,
    ).toBe(true);
    if (step.kind === 'predict') {
      expect(
        moments.some(({ text }) => text.includes('You said:')),
        `the outcome of ${step.id}`,
      ).toBe(true);
    }
  }
  expect(seen.filter(({ part }) => part === 'concept').length).toBe(lesson?.pages.length);
  expect(texts).toMatch(/Not quite/);
  expect(seen.at(-1)?.text).toContain(`You have finished ${lesson?.title}`);
  expect(seen.at(-1)?.text).toContain(`Quiz: 0 of ${scenario.quiz.length} right at once`);
}

describe.each([
  [80, 24],
  [120, 40],
])('on a terminal of %i×%i', (columns, rows) => {
  test.each(builtLessons().map(({ id }, index) => [id, index] as const))(
    '%s can be played from the first key to the closing screen',
    LONG,
    async (id, index) => {
      const terminal = open(columns, rows);
      await choose(terminal, index);
      const seen = await play(new ScreenSurface(terminal, editor), builtLesson(id));
      expectWholeLesson(seen, id);
      terminal.press('enter');
      await terminal.waitFor(/1 of \d+ lessons done/);
      terminal.type('q');
      expect((await terminal.ended()).exitCode).toBe(0);
      expect(terminal.modes()).toEqual({ alternateScreen: false, cursorShown: true, bracketedPaste: false });
    },
  );
});

describe('as plain text over pipes', () => {
  test.each(builtLessons().map(({ id }, index) => [id, index] as const))(
    '%s can be played to its end',
    LONG,
    async (id, index) => {
      const surface = new PlainSurface(progress, editor);
      opened.push({ close: () => surface.kill() });
      await surface.line(String(index + 1));
      const seen = await play(surface, builtLesson(id));
      expectWholeLesson(seen, id);
      await surface.line('');
      expect(await surface.said()).toMatch(/done, quiz 0 of/);
      surface.close();
      expect(await surface.ended).toBe(0);
      // Nothing that a terminal would obey.
      expect(surface.output()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    },
  );
});
