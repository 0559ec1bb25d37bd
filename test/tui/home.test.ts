import { expect, it } from 'vitest';
import type { LessonCard } from '../../src/tui/ports.ts';
import { MemoryCourse } from './course.ts';
import { start } from './running.ts';

/** Our own lessons, the first of them as far as these say. */
class CourseWith extends MemoryCourse {
  private readonly first: readonly Partial<LessonCard>[];

  constructor(...first: readonly Partial<LessonCard>[]) {
    super();
    this.first = first;
  }

  override lessons(): readonly LessonCard[] {
    return super.lessons().map((card, index) => ({ ...card, ...this.first[index] }));
  }
}

it('calls a lesson mastered from four fifths of its quiz, and counts one that is played once more', async () => {
  const course = new CourseWith(
    { isFinished: true, progress: { state: 'mastered', score: '2 of 8' } },
    { isFinished: true, progress: { state: 'mastered', score: '4 of 5' } },
    { isFinished: true, progress: { state: 'begun', done: 1, steps: 9, where: 'Page 1 of 4: Who' } },
  );
  const { screen, exit } = await start(80, 24, { course });
  await screen.until(/3 of \d+ lessons done/);
  await screen.until(
    /You have finished this lesson\. r plays it once more from its first page;\s+that you\s+finished it stays\./,
  );
  screen.type('j');
  await screen.until(/You have mastered this lesson\./);
  screen.type('j');
  await screen.until(/You have finished it\s+before\./);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('finds lessons by their words, and keys are keys again once the search is kept', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('/');
  await screen.until(/Search \//);
  screen.type('joanne may q');
  await screen.until(/No lesson has these words/);
  screen.type('\u007f\u007f');
  await screen.until(/▸ +\d+ {2}Joanne/);
  expect(screen.text()).not.toContain('Three instances, one bucket  ');
  screen.type('\r');
  await screen.until(/Esc shows all again/);
  screen.type('\u001b');
  await screen.until(/\d {2}Policies and their kinds/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('finds lessons by words of their pages in any order, what is named so first, and Esc goes back to where it was', async () => {
  const course = new CourseWith(
    {},
    { words: 'trust policy iam:passrole' },
    {},
    { words: 'implicit deny trust' },
    { title: 'Metadata' },
    { words: 'metadata policy' },
  );
  const { screen, exit } = await start(80, 40, { course });
  screen.type('/policy iam:PassRole');
  await screen.until(/▸ +2 {2}Policies/);
  expect(screen.text()).not.toMatch(/ 4 {2}The leaked key/);
  screen.type('\u001b');
  await screen.until(/▸ +1 {2}Three/);
  screen.type('/metadata');
  await screen.until(/▸ +5 {2}Metadata/);
  await screen.until(/ 6 {2}The organization/);
  screen.type('\r');
  await screen.until(/Esc shows all again/);
  screen.type('\u001b');
  await screen.until(/▸ +1 {2}Three/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('moves in the list by pages and to its ends, and leaves with q, not with Esc', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('\u001b[F');
  await screen.until(/▸ +15 {2}/);
  screen.type('\u001b[6~');
  await screen.until(/▸ +15 {2}/);
  screen.type('\u001b[5~');
  await screen.until(/▸ +9 {2}/);
  screen.type('\u001b[H');
  await screen.until(/▸ +1 {2}/);
  screen.type('\u001b[6~');
  await screen.until(/▸ +7 {2}/);
  screen.type('\u001b');
  await screen.until(/q leaves the program/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('goes to what is next with one key, wherever the marker stands', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('j');
  await screen.until(/n goes to what is next: Three instances/);
  screen.type('n');
  await screen.until(/Three instances, one bucket {2}Reading/);
  screen.type('\u0003\u0003');
  expect(await exit).toBe(0);
});

it('shows a long notice whole, above the last row', async () => {
  const notice = `Your progress file could not be read: it is not JSON. It is kept as /home/ann/${'x'.repeat(60)}/progress.json.unreadable-1, and you start with none.`;
  const { screen, exit } = await start(60, 20, { notice });
  const text = await screen.until(/with none\./);
  expect(text).toContain('progress.json.unreadable-1');
  expect(screen.rows()).toHaveLength(20);
  screen.type('j');
  await screen.until(/q quit/);
  expect(screen.text()).not.toContain('unreadable');
  screen.type('q');
  expect(await exit).toBe(0);
});

it('says which keys open a lesson also on the smallest screen, and less of what it is about', async () => {
  const due = { due: 2, isFinished: true } as const;
  const course = new CourseWith(
    {},
    {
      ...due,
      summary: 'Every kind of policy there is, who holds it, what it can do. '.repeat(4).trim(),
      progress: { state: 'begun', done: 1, steps: 9, where: 'Scenario, step 3 of 12: Watch first' },
    },
  );
  const { screen, exit } = await start(60, 20, { course });
  await screen.until(/Enter begins it\. Your place is kept whenever you\s+leave\./);
  expect(screen.text()).toContain('walkthrough --plain\n');
  screen.type('j');
  await screen.until(/2 of its\s+questions are due\./);
  await screen.until(/n goes to what is next: Three instances, one\s+bucket\./);
  await screen.until(/who holds it, …\n/);
  screen.type('q');
  expect(await exit).toBe(0);
});
