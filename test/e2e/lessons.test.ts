import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ScriptedEditor } from './editor.ts';
import { builtLesson, builtLessons, type Moment, play } from './learner.ts';
import { PlainSurface } from './plain-surface.ts';
import { ScreenSurface } from './screen-surface.ts';
import { Terminal, temporaryHome } from './terminal.ts';

/** For a whole lesson played on a busy machine. */
const LONG = { timeout: 400_000 };

/** A folder for progress and an editor of one's own, for each who plays. */
interface Place {
  readonly progress: string;
  readonly editor: ScriptedEditor;
}

/** Plays in a place that is gone afterwards. Several play at once: each waits most of the time. */
async function inItsOwnPlace(play: (place: Place) => Promise<void>): Promise<void> {
  const home = temporaryHome();
  try {
    const progress = join(home.path, 'progress');
    mkdirSync(progress);
    await play({ progress, editor: new ScriptedEditor(home.path) });
  } finally {
    home.remove();
  }
}

/** From the home screen into a lesson or challenge, by searching for it. */
async function choose(terminal: Terminal, { id, title }: { id: string; title: string }): Promise<void> {
  await terminal.waitFor(builtLessons()[0]?.title ?? '');
  terminal.type(`/${id}\r`);
  // A long title is cut there.
  await terminal.waitFor((screen) =>
    screen.split('\n').some((line) => line.includes('▸') && line.includes(title.slice(0, 24))),
  );
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
  const last = seen.at(-1)?.text;
  expect(last).toContain(`You have finished ${lesson?.title ?? scenario.title}`);
  if (lesson === null) return;
  // On a busy machine one page may be seen twice, while the next is being drawn.
  const pages = seen.flatMap(({ part, number }) => (part === 'concept' ? [number] : []));
  expect(new Set(pages).size).toBe(lesson.pages.length);
  expect(texts).toMatch(/Not quite/);
  expect(last).toContain(`Quiz: 0 of ${scenario.quiz.length} right at once`);
}

const everyLesson = builtLessons().map((entry) => [entry.id, entry] as const);
const lessons = builtLessons().filter(({ challengeOf }) => challengeOf === undefined).length;

describe.concurrent.each([
  [80, 24, everyLesson],
  [120, 40, everyLesson.slice(0, 2)],
] as const)('on a terminal of %i×%i', (columns, rows, played) => {
  test.each(played)('%s can be played from the first key to the closing screen', LONG, (id, entry) =>
    inItsOwnPlace(async ({ progress, editor }) => {
      const terminal = Terminal.open({ columns, rows, env: { WALKTHROUGH_HOME: progress, ...editor.env } });
      try {
        await choose(terminal, entry);
        expectWholeLesson(await play(new ScreenSurface(terminal, editor), builtLesson(id)), id);
        terminal.press('enter');
        // A challenge is counted with no lesson.
        const done = entry.challengeOf === undefined ? 1 : 0;
        await terminal.waitFor(`${done} of ${lessons} lessons done`);
        terminal.type('q');
        expect((await terminal.ended()).exitCode).toBe(0);
        expect(terminal.modes()).toEqual({
          alternateScreen: false,
          cursorShown: true,
          bracketedPaste: false,
        });
      } finally {
        terminal.close();
      }
    }),
  );
});

describe.concurrent('as plain text over pipes', () => {
  test.each(everyLesson)('%s can be played to its end', LONG, (id) =>
    inItsOwnPlace(async ({ progress, editor }) => {
      const surface = new PlainSurface(progress, editor);
      try {
        await surface.line(id);
        expectWholeLesson(await play(surface, builtLesson(id)), id);
        await surface.line('');
        expect(await surface.said()).toMatch(/\bdone\b/);
        surface.close();
        expect(await surface.ended).toBe(0);
        // Nothing that a terminal would obey.
        expect(surface.output()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      } finally {
        surface.kill();
      }
    }),
  );
});
