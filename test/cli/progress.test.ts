import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { exportProgress, importProgress, showProgress } from '../../src/cli/progress.ts';
import type { CardRecord, LessonRecord } from '../../src/progress/index.ts';
import { listen } from './console.ts';

let folder: string;
const { said, complained } = listen();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'walkthrough-test-'));
  vi.stubEnv('WALKTHROUGH_HOME', join(folder, 'home'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function record(day: number, more: Partial<LessonRecord> = {}): LessonRecord {
  const standing = { state: 'begun', done: day, steps: 9, where: `Step ${day}` } as const;
  const updated = `2026-03-0${day}T09:00:00.000Z`;
  return { content: 'v1', player: { at: day }, standing, mastered: null, updated, ...more };
}

const mastered = { score: '4 of 5', at: '2026-03-01T09:00:00.000Z' };

/** A question that was answered on this day and is due the next. */
function card(day: number): CardRecord {
  const at = (when: number): string => `2026-03-0${when}T09:00:00.000Z`;
  const counted = { stability: 0.5, difficulty: 5, reps: day, lapses: 0, scheduledDays: 1 };
  const memory = { ...counted, lastReview: at(day) };
  return { content: 'v1', misconceptions: ['x'], due: at(day + 1), memory, updated: at(day) };
}

function write(path: string, lessons: Record<string, unknown>, cards?: Record<string, unknown>): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify({ format: 1, lessons, cards }));
  return file;
}

function kept(field: 'lessons' | 'cards' = 'lessons'): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'home/progress.json'), 'utf8'))[field];
}

test('what is exported is imported elsewhere as it was', async () => {
  write('home/progress.json', { one: record(2, { mastered }), two: record(3) });
  const before = kept();
  const file = join(folder, 'mine.json');
  expect(await exportProgress(file)).toBe(0);
  rmSync(join(folder, 'home'), { recursive: true });
  expect(await importProgress(file)).toBe(0);
  expect(kept()).toEqual(before);
  expect(said.at(-1)).toBe('Taken in: 2 lessons.');
});

describe('an import', () => {
  test('says in plain words why a file cannot be read', async () => {
    const gone = join(folder, 'gone.json');
    expect(await importProgress(gone)).toBe(1);
    expect(await importProgress(folder)).toBe(1);
    expect(complained).toContain(`${gone} cannot be read: there is no such file.`);
    expect(complained).toContain(`${folder} cannot be read: it is a folder.`);
  });

  test('keeps the later place, what was earned in either, and every other lesson', async () => {
    write('home/progress.json', { one: record(3), two: record(5), three: record(4) });
    const file = write('mine.json', { one: record(2, { mastered }), two: record(6) });
    expect(await importProgress(file)).toBe(0);
    expect(kept()).toEqual({ one: record(3, { mastered }), two: record(6), three: record(4) });
  });

  test('takes the later of two cards of a question, and every other', async () => {
    write('home/progress.json', {}, { 'one/one/q1': card(1), 'one/one/q2': card(4), 'one/one/q3': card(1) });
    const file = write(
      'mine.json',
      {},
      { 'one/one/q1': card(3), 'one/one/q2': card(2), 'one/one/q4': card(2) },
    );
    expect(await importProgress(file)).toBe(0);
    const days = { 'one/one/q1': 3, 'one/one/q2': 4, 'one/one/q3': 1, 'one/one/q4': 2 };
    expect(kept('cards')).toEqual(
      Object.fromEntries(Object.entries(days).map(([key, day]) => [key, card(day)])),
    );
    expect(said.at(-1)).toBe('Taken in: 0 lessons and 3 questions to review.');
    expect(await exportProgress(join(folder, 'all.json'))).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8')).cards).toEqual(kept('cards'));
  });

  test('leaves out cards that are not sound, and says how many', async () => {
    const { memory } = card(1);
    const file = write(
      'mine.json',
      {},
      {
        a: card(1),
        b: { ...card(1), due: 'soon' },
        c: { ...card(1), memory: { ...memory, stability: -1 } },
        d: { ...card(1), memory: { ...memory, lastReview: '2026-13-41T09:00:00.000Z' } },
        e: null,
      },
    );
    expect(await importProgress(file)).toBe(1);
    expect(Object.keys(kept('cards'))).toEqual(['a']);
    expect(complained.join()).toContain('4 questions to review');
  });

  test('leaves out what is not sound, and says so', async () => {
    const file = write('mine.json', { one: record(2), two: { standing: 'far' } });
    expect(await importProgress(file)).toBe(1);
    expect(kept()).toEqual({ one: record(2) });
    expect(complained.join()).toContain('were left out: two.');
  });

  test.each([
    ['not JSON', 'it is not JSON'],
    ['{"format": 9}', 'a newer version of walkthrough (format 9)'],
    ['{"lessons": {}}', 'it has no "format": 1'],
  ])('refuses %s and changes nothing', async (text, why) => {
    write('home/progress.json', { one: record(1) });
    writeFileSync(join(folder, 'mine.json'), text);
    expect(await importProgress(join(folder, 'mine.json'))).toBe(1);
    expect(complained.join()).toContain(why);
    expect(kept()).toEqual({ one: record(1) });
  });
});

test('progress is printed as text and as JSON', async () => {
  const cards = { 'one/one/q1': card(1), 'one/one/q2': card(2), 'gone/gone/q1': card(1) };
  write('home/progress.json', { one: record(2, { mastered }) }, cards);
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'course'), { recursive: true });
  const contents = [{ id: 'one', title: 'One', summary: 'A lesson.', minutes: 5 }];
  writeFileSync(join(dist, 'course/course.json'), JSON.stringify(contents));
  const at = pathToFileURL(`${dist}/`);
  expect(await showProgress({ dist: at, json: false })).toBe(0);
  expect(said.at(-1)).toBe(
    'one  One (5 min): 2 of 9 done, 2 due for review. Step 2\n\n2 questions are due for review.',
  );
  expect(await showProgress({ dist: at, json: true })).toBe(0);
  expect(JSON.parse(said.at(-1) ?? '')).toEqual({
    format: 1,
    due: 2,
    lessons: [
      {
        id: 'one',
        title: 'One',
        course: null,
        kind: 'lesson',
        due: 2,
        state: 'begun',
        done: 2,
        steps: 9,
        where: 'Step 2',
        mastered,
        updated: '2026-03-02T09:00:00.000Z',
      },
    ],
  });
});
