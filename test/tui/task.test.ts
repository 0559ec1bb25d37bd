import { expect, it } from 'vitest';
import { begin } from '../../src/cli/playing.ts';
import { newScenario } from '../../src/course/authoring.ts';
import type { Play } from '../../src/tui/ports.ts';
import {
  lessonOf,
  lessonText,
  letBobRead,
  scenarioOf,
  scenarioText,
  wholeWay,
} from '../course/two-readers.ts';
import { alone, MemoryCourse } from './course.ts';
import { type Running, start } from './running.ts';

/** The small lesson at its task, on a screen of this size. */
async function atTheTask(columns: number, rows: number, text = scenarioText): Promise<Running> {
  const [lesson, scenario] = [lessonOf(lessonText), scenarioOf(text)];
  const course = new MemoryCourse({ lessons: [lesson], scenarios: [scenario] });
  const opened = await course.open(lesson.id, 'anew');
  if ('problem' in opened) throw new Error(opened.problem);
  let play: Play = opened.play;
  for (const event of wholeWay) {
    if (play.view.ask.kind === 'task') break;
    play = play.send(event);
  }
  await course.keep(play);
  const running = await start(columns, rows, { course, start: { kind: 'lesson', lesson: lesson.id } });
  await running.screen.until(/step 4 of/);
  return running;
}

/** Goals and a hint of which neither leaves room for the other. */
const tall = scenarioText
  .replace('text: Bob reads `public/today.txt`', `text: ${'Bob reads `public/today.txt`. '.repeat(6)}`)
  .replace('text: Bob needs an identity policy.', `text: "${'- Think.\\n'.repeat(24)}"`);

it.each([
  [80, 24],
  [80, 20],
  [100, 30],
])('shows the reply to a mistake again after a hint was read, at %i×%i', async (columns, rows) => {
  const { screen, exit } = await atTheTask(columns, rows, tall);
  screen.type(`${letBobRead('other/*')}\r`);
  await screen.until(/↳/);
  screen.type('hint\r');
  await screen.until((text) => text.includes('Hint') && !text.includes('↳'));
  screen.type(`${letBobRead('other/*').replace('--policy-name read', '--policy-name more')}\r`);
  await screen.until(/↳/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('says so when there is no hint left, by word and by key', async () => {
  const { screen, exit } = await atTheTask(80, 24);
  for (let hints = 0; hints < 6; hints++) {
    screen.type('hint\r');
    await screen.settled();
  }
  await screen.until(/No more hints for how things stand now/);
  screen.type('clear\r');
  await screen.until((text) => !text.includes('No more hints'));
  screen.type('\u0014');
  await screen.until(/No more hints for how things stand now/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('shows no decision in a challenge that hides why, and says so', async () => {
  const text = newScenario('reading-room', null)
    .scenario.replace('\nworld:', '\nchallenge: true\nhide: [why]\nworld:')
    .replace(/ {2}- say:[\s\S]*?(?= {2}# The learner changes)/, '')
    .replace(/ {4}# From a nudge[\s\S]*?(?= {4}solution:)/, '')
    .replace(/# At the end[\s\S]*$/, '');
  const scenario = scenarioOf(text);
  const play = begin('challenge', { lesson: null, scenario }, alone);
  const course = new MemoryCourse();
  course.open = async () => ({ play, notice: null });
  const { screen, exit } = await start(80, 24, { course, start: { kind: 'lesson', lesson: 'challenge' } });
  await screen.until(/step 1 of/);
  screen.type('aws s3 ls\r');
  await screen.until(/\$ aws s3 ls/);
  expect(screen.rows().at(-1)).not.toContain('why');
  screen.type('\u0019');
  await screen.until(/There is no `why` here/);
  expect(screen.text()).not.toContain('Decision');
  screen.type('hint\r');
  await screen.until(/This task has no hints\./);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('scrolls the lesson with the page keys until there are answers, then those; with Alt the lesson still', async () => {
  const { screen, exit } = await atTheTask(80, 20, tall);
  const from = () => /Lesson.* (\d+)–\d+ of \d+ ─╮/.exec(screen.text())?.[1];
  screen.type('\u0014');
  await screen.until(() => from() !== undefined);
  const first = from();
  screen.type('\u001b[5~\u001b[5~');
  await screen.until(() => from() !== first);
  const top = from();
  screen.type('help\r');
  await screen.until(/ of \d+ ─╮[\s\S]* of \d+ ─┤/);
  expect(from()).toBe(top);
  screen.type('\u001b[5~'.repeat(9));
  await screen.until(/\$ help/);
  expect(from()).toBe(top);
  screen.type('\u001b[1;3B');
  await screen.until(() => from() !== top);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('says how to read a lesson that is longer than its pane, also on a narrow terminal', async () => {
  const { screen, exit } = await atTheTask(80, 24, tall);
  expect(screen.rows().at(-1)).not.toContain('Alt');
  screen.type('\u0014');
  await screen.until(/Lesson.* \d+–\d+ of \d+ ─╮/);
  expect(screen.rows().at(-1)).toContain('Alt+↑↓ read');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('says why a key has nothing to show, and how to leave or to end a line', async () => {
  const { screen, exit } = await atTheTask(80, 24);
  screen.type('\u0018');
  await screen.until(/! Nothing has changed since you came here/);
  screen.type('exit\r');
  await screen.until(/Esc goes back to the lessons/);
  screen.type("aws s3 ls 'oh\r");
  await screen.until(/A quote is open: another ' closes it, Ctrl\+C drops the line/);
  screen.type('\u0003');
  await screen.until((text) => !text.includes('A quote is open'));
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('says that a page without an account has none to look at', async () => {
  const course = new MemoryCourse({
    lessons: [lessonOf(lessonText)],
    scenarios: [scenarioOf(scenarioText)],
  });
  const { screen, exit } = await start(80, 24, {
    course,
    start: { kind: 'lesson', lesson: lessonOf(lessonText).id },
  });
  await screen.until(/page 1 of/);
  for (const key of ['\u0018', '\u0019', '\u0012']) {
    screen.type(key);
    await screen.until(/! There is no account on this page/);
    screen.type('k');
    await screen.until((text) => !text.includes('no account'));
  }
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('says in words why nothing was sent, and shows no earlier decision for it', async () => {
  const { screen, exit } = await atTheTask(100, 30);
  screen.type('aws s3 ls\r');
  await screen.until(/\$ aws s3 ls/);
  screen.type('as web-1\r');
  await screen.until(/web-1\$ /);
  screen.type('aws s3 ls\r');
  await screen.until(/Unable to locate credentials/);
  screen.type('\u0019');
  await screen.until(/was never sent|Nothing was sent|never left/);
  expect(screen.text()).not.toContain('[Decision]');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
