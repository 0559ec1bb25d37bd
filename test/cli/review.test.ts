import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { coursePort } from '../../src/cli/course-port.ts';
import type { LibraryLesson } from '../../src/cli/library.ts';
import type { CompiledScenario } from '../../src/course/content.ts';
import { Progress } from '../../src/progress/index.ts';
import type { CoursePort, OpenedLesson, Play } from '../../src/tui/ports.ts';
import { lessonOf, lessonText, scenarioOf, scenarioText, wholeWay } from '../course/two-readers.ts';

let home: string;
let now: Date;
let progress: Progress;
let scenario: CompiledScenario;
let course: CoursePort;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'walkthrough-review-'));
  now = new Date(2026, 2, 2, 9);
  scenario = scenarioOf(scenarioText);
  await restart();
});
afterEach(() => rmSync(home, { recursive: true }));

/** The program started anew, with what was kept and the scenario as it is by now. */
async function restart(): Promise<void> {
  await progress?.flush();
  ({ progress } = await Progress.open(home));
  const lesson = lessonOf(lessonText);
  const { id, title, summary, minutes } = lesson;
  const library: LibraryLesson = { id, title, summary, minutes, load: async () => ({ lesson, scenario }) };
  const challenge = { id: 'more', title: 'More', summary: 'Do it alone.', minutes: 5, challengeOf: id };
  const other: LibraryLesson = { ...challenge, load: async () => ({ lesson: null, scenario }) };
  course = coursePort([library, other], progress, () => now);
}

function playOf(opened: OpenedLesson): Play {
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.play;
}

/** Does one thing after the other, each kept as a surface does. */
async function doing(play: Play, events: Parameters<Play['send']>[0][]): Promise<Play> {
  let at = play;
  for (const event of events) {
    at = at.send(event);
    await course.keep(at);
  }
  return at;
}

const choose = (index: number) => ({ type: 'chosen', index }) as const;
const enter = { type: 'continued' } as const;

/** The whole lesson, with the third question of the quiz wrong at first. */
async function playLesson(): Promise<Play> {
  const way = [...wholeWay.slice(0, -4), choose(0), ...wholeWay.slice(-4)];
  return doing(playOf(await course.open('reading', 'anew')), way);
}

function words(play: Play): string {
  return play.view.passages.map(({ markdown }) => markdown).join('\n');
}

/** Days from now in which each card is due, by its last id. */
function days(): Record<string, number> {
  return Object.fromEntries(
    [...progress.cards()].map(([key, { due }]) => [
      key.split('/').at(-1),
      Math.round((Date.parse(due) - now.getTime()) / 86_400_000),
    ]),
  );
}

function pass(count: number): void {
  now = new Date(now.getTime() + count * 86_400_000);
}

describe('a lesson that was played', () => {
  test('has a card for each question and prediction, sooner where it was less sure, soonest where it was wrong', async () => {
    expect(course.due()).toEqual({ count: 0, next: null });
    const closing = await playLesson();
    const { nobody = 0, 'bob-reads': sure = 0, q1 = 0, q2 = 0, q3: wrong = 0 } = days();
    expect(Object.keys(days()).sort()).toEqual(['bob-again', 'bob-reads', 'nobody', 'q1', 'q2', 'q3', 'q4']);
    expect(wrong).toBe(1);
    // What was sure is left alone longer than what was thought.
    expect(nobody).toBeLessThan(sure);
    expect(q1).toBe(q2);
    expect(words(closing)).toMatch(/4 questions and 3 predictions come back for review: 1 tomorrow, /);
    expect(words(closing)).toContain('Next is **Challenge: More**. No steps and no hints, only goals.');
    expect(closing.following).toBe('more');
    expect(course.due()).toEqual({ count: 0, next: 'tomorrow' });
    pass(1);
    await restart();
    expect(course.due().count).toBe(1);
    expect(course.lessons()[0]).toMatchObject({ due: 1, progress: { state: 'mastered' } });
  });

  test('played again counts as a review, and looking at its end as nothing', async () => {
    await playLesson();
    const first = days();
    const closing = playOf(await course.open('reading', 'where-left'));
    await course.keep(closing.send(enter));
    expect(days()).toEqual(first);
    await doing(playOf(await course.open('reading', 'anew')), [enter]);
    expect(course.lessons()[0]).toMatchObject({ isFinished: true, progress: { state: 'begun' } });
    pass(first.q1 ?? 0);
    await playLesson();
    expect(days().q1).toBeGreaterThan(first.q1 ?? 0);
  });
});

describe('a review', () => {
  test('asks what is due, sends the request of a prediction again, and says what was missed and when it comes back', async () => {
    await playLesson();
    pass(60);
    const before = progress.lesson('reading');
    let play = playOf(await course.review());
    expect(play.view.part).toBe('review');
    expect(play.view.step.of).toBe(7);
    let predictions = 0;
    for (let number = 1; number <= 7; number++) {
      expect(play.view.step.number).toBe(number);
      if (play.view.step.id.endsWith('/bob-again')) {
        // The world is the author's: the task before it is solved.
        play = await doing(play, [choose(0), choose(2)]);
        expect(words(play)).toContain('You said: allowed (you were sure). What happened: allowed');
        expect(play.view.session?.now.world.trail.length).toBeGreaterThan(0);
        predictions++;
      } else if (play.view.ask.kind === 'run' || play.view.session !== null) {
        while (play.view.ask.kind === 'run') play = await doing(play, [enter]);
        play = await doing(play, [choose(0), choose(0)]);
        expect(words(play)).toContain('You said: allowed (a guess)');
        predictions++;
      } else {
        play = await doing(play, [choose(0), choose(1)]);
      }
      play = await doing(play, [enter]);
    }
    expect(predictions).toBe(3);
    expect(play.view.part).toBe('closing');
    expect(play.view.ask.kind).toBe('end');
    expect(words(play)).toMatch(/\*\*Due for review\*\*: \d of 7 right at once/);
    expect(words(play)).toMatch(/Read again: \*.+\* in \*Reading\*\. It comes back tomorrow\./);
    expect(words(play)).toMatch(/The others come back: /);
    await progress.flush();
    // Nothing is said of the lesson itself: it stays as it was.
    expect(progress.lesson('reading')).toEqual(before);
    expect(course.due().count).toBe(0);
    expect(await course.review()).toEqual({ problem: expect.stringContaining('Nothing is due') });
  });

  test('drops a question that is gone, and asks a changed one anew', async () => {
    await playLesson();
    const [first, second, ...others] = scenario.quiz;
    if (first === undefined || second === undefined) throw new Error('no quiz');
    scenario = { ...scenario, version: 'v2', quiz: [{ ...first, text: 'Another question?' }, ...others] };
    pass(1);
    await restart();
    const play = playOf(await course.review());
    // q3 was wrong yesterday; q1 is another question by now.
    expect(play.view.step.of).toBe(2);
    expect(days()).not.toHaveProperty('q2');
    let at = play;
    for (const _ of [1, 2]) at = await doing(at, [choose(0), choose(1), enter]);
    expect(progress.cards().get('reading/two-readers/q1')?.memory.reps).toBe(1);
    await restart();
    expect([...progress.cards().keys()]).not.toContain('reading/two-readers/q2');
  });
});

describe('a quiz', () => {
  test('of a lesson asks its questions by themselves, and leaves the lesson where it is', async () => {
    let play = playOf(await course.quiz('reading'));
    expect(play.view.lesson.title).toBe('Quiz: Reading');
    for (const { options } of scenario.quiz) {
      play = await doing(play, [choose(options.findIndex(({ right }) => right)), enter]);
    }
    expect(words(play)).toContain('4 of 4 right at once');
    expect(words(play)).toMatch(/They come back: 4 in \d days/);
    expect(Object.keys(days()).sort()).toEqual(['q1', 'q2', 'q3', 'q4']);
    expect(course.lessons()[0]?.progress.state).toBe('new');
  });

  test('over all lessons asks what was answered before, and says so when nothing was', async () => {
    expect(await course.quiz(null)).toEqual({ problem: expect.stringContaining('nothing to ask you yet') });
    await playLesson();
    const play = playOf(await course.quiz(null));
    expect(play.view.step.of).toBe(4);
    expect(await course.quiz('elsewhere')).toEqual({ problem: 'There is no lesson called elsewhere.' });
  });
});
