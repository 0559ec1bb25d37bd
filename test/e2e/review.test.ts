import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { challengeText } from '../course/challenge.ts';
import { ScriptedEditor } from './editor.ts';
import { builtLessons } from './learner.ts';
import { PlainSurface } from './plain-surface.ts';
import { ScreenSurface } from './screen-surface.ts';
import { Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 200_000 };
const DAY = 86_400_000;

let home: ReturnType<typeof temporaryHome>;
let progress: string;
let club: string;
const opened: { close(): void }[] = [];

/** A course of a lesson that two people read in, with a challenge after it, and another challenge for the end. */
beforeEach(() => {
  home = temporaryHome();
  progress = join(home.path, 'progress');
  club = join(home.path, 'reading-club');
  for (const folder of [progress, club]) mkdirSync(folder);
  const lesson = readFileSync('test/course/two-readers.md', 'utf8');
  writeFileSync(join(club, 'reading.md'), lesson.replace(/^scenario:.*$/m, '$&\nchallenge: reading-room'));
  copyFileSync('test/course/two-readers.yaml', join(club, 'two-readers.yaml'));
  writeFileSync(join(club, 'reading-room.yaml'), challengeText);
  writeFileSync(join(club, 'last.yaml'), challengeText.replace(/^id:.*$/m, 'id: last-of-all'));
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  home.remove();
});

function open(columns: number, rows: number, ...args: string[]): Terminal {
  const terminal = Terminal.open({ columns, rows, args, env: { WALKTHROUGH_HOME: progress } });
  opened.push(terminal);
  return terminal;
}

function plain(...args: string[]): PlainSurface {
  const surface = new PlainSurface(progress, new ScriptedEditor(home.path), args);
  opened.push({ close: () => surface.kill() });
  return surface;
}

interface Kept {
  readonly cards: Record<
    string,
    { due: string; updated: string; misconceptions: string[]; memory: { lastReview: string; reps: number } }
  >;
}

function kept(): Kept {
  return JSON.parse(readFileSync(join(progress, 'progress.json'), 'utf8'));
}

/** As if everything had been answered some days earlier. */
function daysGoBy(days: number): void {
  const all = kept();
  const back = (time: string): string => new Date(Date.parse(time) - days * DAY).toISOString();
  for (const card of Object.values(all.cards)) {
    card.due = back(card.due);
    card.updated = back(card.updated);
    card.memory.lastReview = back(card.memory.lastReview);
  }
  writeFileSync(join(progress, 'progress.json'), JSON.stringify(all));
}

/** The quiz of the club's lesson, wrong at first where it is said, by `walkthrough quiz`. */
async function takeQuiz(wrong: readonly number[]): Promise<void> {
  const surface = plain('quiz', 'reading-club/reading');
  // The right options of two-readers.yaml.
  for (const [index, right] of [1, 0, 1, 0].entries()) {
    expect(await surface.said()).toContain(`Question ${index + 1} of 4: Reading`);
    if (wrong.includes(index)) await surface.choose(1 - right);
    await surface.choose(right);
    await surface.goOn();
  }
  expect(await surface.said()).toContain(`Quiz: Reading: ${4 - wrong.length} of 4 right at once.`);
  surface.close();
  expect(await surface.ended).toBe(0);
}

/** The club's course is on the home screen from here on. */
async function addClub(): Promise<void> {
  const terminal = open(100, 30, 'play', club);
  await terminal.waitFor('reading-club');
  terminal.type('q');
  expect((await terminal.ended()).exitCode).toBe(0);
}

/** Presses what goes on until the screen says this: the first option, and the second where that was wrong. */
async function goOnUntil(terminal: Terminal, what: RegExp): Promise<string> {
  const surface = new ScreenSurface(terminal, new ScriptedEditor(home.path));
  for (let press = 0; press < 60; press++) {
    const screen = await terminal.settled(80);
    if (what.test(screen)) return screen;
    const last = screen.split('\n').at(-1) ?? '';
    if (/Enter (go on|run it)/.test(last)) await surface.goOn();
    else await surface.choose(screen.includes('Not quite') ? 1 : 0);
  }
  throw new Error(`It never said ${what}:\n${terminal.screen()}`);
}

test('a challenge stands below its lesson, and other courses below ours under their name', LONG, async () => {
  const terminal = open(100, 70, 'play', club);
  const screen = await terminal.waitFor('reading-club');
  const rows = screen.split('\n').map((row) => row.trim());
  const lessons = builtLessons().filter(({ challengeOf }) => challengeOf === undefined);
  expect(screen).toContain(`0 of ${lessons.length} lessons done`);
  const heading = rows.indexOf('reading-club');
  expect(rows[heading + 1]).toMatch(/^▸ +1 {2}Reading {2}/);
  expect(rows[heading + 2]).toMatch(/^Challenge: .* new$/);
  // The one that belongs to no lesson comes last, and is not indented below one.
  expect(rows[heading + 3]).toMatch(/^Challenge: .* new$/);
  const indents = screen.split('\n').map((row) => row.search(/Challenge/));
  const last = indents[heading + 3] ?? 0;
  expect(indents[heading + 2]).toBe(last + 2);
  for (const [index, { challengeOf, title }] of builtLessons().entries()) {
    if (challengeOf !== undefined && challengeOf !== null) {
      expect(builtLessons()[index - 1]?.id).toBe(challengeOf);
      expect(screen).toMatch(new RegExp(`  Challenge: .*${title.slice(-12)}`));
    }
  }
  terminal.type('/last-of-all\r');
  await terminal.waitFor(/▸ +Challenge/);
  terminal.press('enter');
  await terminal.waitFor(/step 1 of 1/);
});

test(
  'the end of a lesson says when its questions come back, and one key goes on to its challenge',
  LONG,
  async () => {
    await addClub();
    const terminal = open(80, 24, 'play', 'reading-club/reading');
    await terminal.waitFor(/page 1 of/);
    await goOnUntil(terminal, /What may Bob do|Bob reads the public notes|Goals/);
    // The task: its goals are met by the policy of its solution.
    await terminal.waitFor('$');
    const statement = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/public/*"}`;
    terminal.type(
      `aws iam put-user-policy --user-name bob --policy-name read --policy-document '{"Version":"2012-10-17","Statement":${statement}}'\r`,
    );
    await terminal.waitFor('every goal holds');
    await goOnUntil(terminal, /back to the lessons/);
    terminal.press('page down', 'page down', 'page down');
    const end = await terminal.waitFor('Next is Challenge: ');
    expect(end.replaceAll(/[│\s]+/g, ' ')).toMatch(/4 questions and 3 predictions come back for review: /);
    expect(end).toContain('n what is next');
    terminal.type('n');
    await terminal.waitFor(/Scenario · step 1 of 1/);
    terminal.press('escape');
    const homeScreen = await terminal.waitFor('lessons done');
    // An instructor's lesson is not one of ours.
    expect(homeScreen).toContain('0 of');
    terminal.type('q');
    await terminal.ended();
    expect(Object.keys(kept().cards).length).toBe(7);
  },
);

test.each([
  [80, 24],
  [120, 40],
])('at %i×%i the home screen says what is due, and one key asks it', LONG, async (columns, rows) => {
  await addClub();
  await takeQuiz([0, 2]);
  daysGoBy(30);
  const terminal = open(columns, rows);
  const before = await terminal.waitFor('4 questions are due for review. v asks them.');
  expect(before).toContain('0 of');
  terminal.type('/reading\r');
  await terminal.waitFor(/Reading .*↻ due for review/);
  terminal.type('v');
  await terminal.waitFor('Review · question 1 of 4');
  const end = await goOnUntil(terminal, /back to the lessons/);
  expect(end).toContain('Due for review: 2 of 4 right at once');
  expect(end.replaceAll(/[│\s]+/g, ' ')).toMatch(/It comes back tomorrow/);
  terminal.press('enter');
  // Once everything is kept.
  await terminal.waitFor((now) => now.includes('lessons done') && !now.includes('due for review'));
  // A key that has nothing to do says why.
  terminal.type('v');
  await terminal.waitFor('Nothing is due for review. The next question comes back tomorrow.');
  terminal.type('q');
  expect((await terminal.ended()).exitCode).toBe(0);
});

test('`walkthrough quiz` asks in the terminal, without a lesson what was answered before', LONG, async () => {
  await addClub();
  const none = open(80, 24, 'quiz');
  await none.waitFor('There is nothing to ask you yet');
  none.type('q');
  await none.ended();
  const terminal = open(80, 24, 'quiz', 'reading-club/reading');
  await terminal.waitFor('Quiz: Reading');
  terminal.type('2');
  await terminal.waitFor('✓ Right');
  terminal.press('escape');
  await terminal.waitFor('lessons done');
  terminal.type('q');
  await terminal.ended();
  expect(Object.keys(kept().cards)).toEqual(['reading-club/reading/two-readers/q1']);
  const mixed = open(80, 24, 'quiz');
  await mixed.waitFor(/A mixed quiz {2}Review · question 1 of 1/);
});

test('`walkthrough review` plays what is due as plain text, or says when the next is', LONG, async () => {
  await addClub();
  const nothing = plain('review');
  expect(await nothing.ended).toBe(0);
  expect(nothing.output()).toContain('Nothing is due for review.');
  await takeQuiz([1]);
  daysGoBy(1);
  const surface = plain('review');
  expect(await surface.said()).toMatch(/Question 1 of 1: Reading/);
  await surface.choose(1);
  expect(await surface.said()).toContain('Not quite.');
  await surface.choose(0);
  await surface.goOn();
  const end = await surface.said();
  expect(end).toContain('Due for review: 0 of 1 right at once.');
  expect(end).toContain('It comes back tomorrow.');
  surface.close();
  expect(await surface.ended).toBe(0);
  const again = plain();
  expect(await again.said()).not.toContain('due for review');
  await again.line('review');
  expect(await again.said()).toContain('The next question comes back tomorrow.');
  await again.line('review-what');
  expect(await again.said()).toContain('There is no such lesson.');
  again.close();
  expect(await again.ended).toBe(0);
});

test('the plain list shows challenges and other courses, and opens them', LONG, async () => {
  await addClub();
  const surface = plain();
  const list = await surface.said();
  const number = builtLessons().filter(({ challengeOf }) => challengeOf === undefined).length + 1;
  expect(list).toContain(`reading-club:\n${number}. Reading (10 minutes, new)`);
  expect(list).toMatch(new RegExp(`\n {3}Challenge: .* Type ${number} challenge\\.`));
  expect(list).toMatch(/\n {3}Challenge: .* Type reading-club\/last-of-all\./);
  await surface.line(`${number} challenge`);
  expect(await surface.said()).toContain('Step 1 of 1');
  surface.close();
  expect(await surface.ended).toBe(0);
});

test('a plain preview is read again on save', LONG, async () => {
  const file = join(club, 'two-readers.yaml');
  const text = readFileSync(file, 'utf8');
  const surface = plain('preview', file);
  expect(await surface.said()).toContain('Step 1 of');
  writeFileSync(file, text.replace('title: Hello', 'title: Good morning'));
  await waitUntil(() => surface.output().includes('Good morning'));
  expect(surface.output()).toContain('Read again.');
  writeFileSync(file, text.replace('\nstart: ', '\nstrat: '));
  await waitUntil(() => /two-readers\.yaml:\d+:\d+/.test(surface.output()));
  await surface.line('');
  surface.close();
  expect(await surface.ended).toBe(0);
});

async function waitUntil(what: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!what()) {
    if (Date.now() > deadline) throw new Error('It never came.');
    await new Promise((done) => setTimeout(done, 50));
  }
}
