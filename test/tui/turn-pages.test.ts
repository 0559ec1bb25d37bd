import { expect, it } from 'vitest';
import { lessonOf, lessonText, scenarioOf, scenarioText, wholeWay } from '../course/two-readers.ts';
import { MemoryCourse } from './course.ts';
import { type Running, start } from './running.ts';

const keys = { enter: '\r', escape: '\u001b', left: '\u001b[D' };

async function open(events: number): Promise<Running & { kept: MemoryCourse['kept'] }> {
  const lesson = lessonOf(lessonText);
  const course = new MemoryCourse({ lessons: [lesson], scenarios: [scenarioOf(scenarioText)] });
  const opened = await course.open(lesson.id, 'anew');
  if ('problem' in opened) throw new Error(opened.problem);
  await course.keep(wholeWay.slice(0, events).reduce((play, event) => play.send(event), opened.play));
  const running = await start(80, 24, { course, start: { kind: 'lesson', lesson: lesson.id } });
  return { ...running, kept: course.kept };
}

async function end({ screen, exit }: Running): Promise<void> {
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
}

it('turns back to what was read, as far as the first page, and forward to the present one', async () => {
  const running = await open(1);
  const { screen } = running;
  await screen.until(/page 2 of/);
  expect(screen.rows().at(-1)).toContain('← page before');
  screen.type(keys.left);
  await screen.until(/page 1 of[\s\S]*You were here before/);
  expect(screen.rows().at(-1)).not.toContain('page before');
  screen.type('p');
  await screen.settled();
  expect(screen.text()).toContain('page 1 of');
  screen.type(keys.enter);
  expect(await screen.until(/page 2 of/)).not.toContain('You were here before');
  await end(running);
});

it('keeps a line half typed and what was done at a task, and Esc goes back to it at once', async () => {
  const running = await open(14);
  const { screen, kept } = running;
  await screen.until(/step 4 of/);
  screen.type('aws iam create-user --user-name zed\r');
  await screen.until(/"UserName": "zed"/);
  screen.type(keys.left);
  await screen.until(/step 3 of[\s\S]*What happened/);
  screen.type(keys.left + keys.left + keys.left);
  await screen.until(/page 2 of/);
  screen.type(keys.escape);
  await screen.until(/step 4 of[\s\S]*"UserName": "zed"[\s\S]*ann\$ *│/);
  screen.type('aws iam get-user --user-name zed');
  await screen.until(/get-user --user-name zed/);
  screen.type(keys.left);
  await screen.settled();
  expect(screen.text()).toContain('step 4 of');
  screen.type('\r');
  await screen.until(/"Arn": "arn:aws:iam::111122223333:user\/zed"/);
  expect(kept.at(-1)?.view.step.id).toBe('let-bob-read');
  await end(running);
});

it('answers `back` at the prompt as the key does', async () => {
  const running = await open(14);
  const { screen } = running;
  await screen.until(/step 4 of/);
  screen.type('back\r');
  await screen.until(/step 3 of/);
  screen.type(keys.enter);
  await screen.until(/step 4 of/);
  await end(running);
});
