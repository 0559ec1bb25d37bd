import { expect, it } from 'vitest';
import type { Play } from '../../src/tui/ports.ts';
import { lessonOf, lessonText, scenarioOf, scenarioText, wholeWay } from '../course/two-readers.ts';
import { MemoryCourse } from './course.ts';
import { type Running, start } from './running.ts';

/** The small lesson at its quiz. */
async function atTheQuiz(columns: number, rows: number, text = scenarioText): Promise<Running> {
  const lesson = lessonOf(lessonText);
  const course = new MemoryCourse({ lessons: [lesson], scenarios: [scenarioOf(text)] });
  const opened = await course.open(lesson.id, 'anew');
  if ('problem' in opened) throw new Error(opened.problem);
  let play: Play = opened.play;
  for (const event of wholeWay) {
    if (play.view.part === 'quiz') break;
    play = play.send(event);
  }
  await course.keep(play);
  const running = await start(columns, rows, { course, start: { kind: 'lesson', lesson: lesson.id } });
  await running.screen.until(/question 1 of/);
  return running;
}

it('says of each reply which answer it is for, and marks what was tried', async () => {
  const { screen, exit } = await atTheQuiz(80, 24);
  screen.type('1');
  await screen.until(/✗ Not quite: answer 1\s+│\s+│ +▎ It is the other way round[\s\S]*▸ 1✗ /);
  screen.type('2');
  await screen.until(/✓ Right: answer 2\s+│\s+│ +▎ An implicit deny/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('names the key that reads on above the options, where the question is longer than its pane', async () => {
  const long = scenarioText.replace(
    'text: What does silence mean?',
    `text: "${'- Nobody speaks.\\n'.repeat(24)}"`,
  );
  const { screen, exit } = await atTheQuiz(60, 20, long);
  expect(screen.rows().at(-1)).toContain('Space more');
  const from = () => /(\d+)–\d+ of \d+ ─╮/.exec(screen.text())?.[1];
  const first = from();
  screen.type(' ');
  await screen.until(() => from() !== first);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('names no such key where all of the question is in sight', async () => {
  const { screen, exit } = await atTheQuiz(80, 24);
  expect(screen.rows().at(-1)).not.toContain('Space');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
