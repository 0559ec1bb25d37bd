import { expect, it } from 'vitest';
import type { Play } from '../../src/tui/ports.ts';
import { lessonOf, lessonText, scenarioOf, scenarioText, wholeWay } from '../course/two-readers.ts';
import { MemoryCourse } from './course.ts';
import { start } from './running.ts';

it('says of each reply which answer it is for, and marks what was tried', async () => {
  const lesson = lessonOf(lessonText);
  const course = new MemoryCourse({ lessons: [lesson], scenarios: [scenarioOf(scenarioText)] });
  const opened = await course.open(lesson.id, 'anew');
  if ('problem' in opened) throw new Error(opened.problem);
  let play: Play = opened.play;
  for (const event of wholeWay) {
    if (play.view.part === 'quiz') break;
    play = play.send(event);
  }
  await course.keep(play);
  const { screen, exit } = await start(80, 24, { course, start: { kind: 'lesson', lesson: lesson.id } });
  await screen.until(/question 1 of/);
  screen.type('1');
  await screen.until(/✗ Not quite: answer 1\s+│\s+│ +▎ It is the other way round[\s\S]*▸ 1✗ /);
  screen.type('2');
  await screen.until(/✓ Right: answer 2\s+│\s+│ +▎ An implicit deny/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
