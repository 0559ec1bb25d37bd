import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LessonRecord, Progress, progressDirectory } from '../../src/progress/index.ts';

let home: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'progress-'));
  file = join(home, 'progress.json');
});
afterEach(() => {
  chmodSync(home, 0o700);
  rmSync(home, { recursive: true });
});

function begun(step: number, updated = '2026-03-02T09:00:00.000Z'): LessonRecord {
  return {
    content: 'v1',
    player: { step, log: ['aws s3 ls'] },
    standing: { state: 'begun', done: step, steps: 9, where: `Scenario, step ${step} of 9` },
    mastered: null,
    updated,
  };
}

async function keep(lesson: string, record: LessonRecord): Promise<string | null> {
  const { progress } = await Progress.open(home);
  return progress.keep(lesson, () => record);
}

describe('the questions that come back', () => {
  const card = (day: number) => {
    const at = `2026-03-0${day}T09:00:00.000Z`;
    const counted = { stability: 0.5, difficulty: 5, reps: 1, lapses: 0, scheduledDays: 1 };
    return {
      content: 'v1',
      misconceptions: [],
      due: at,
      memory: { ...counted, lastReview: at },
      updated: at,
    };
  };

  test('are kept beside the lessons, the later of two records counts, and one that is gone is forgotten', async () => {
    const { progress } = await Progress.open(home);
    const { progress: other } = await Progress.open(home);
    void progress.keep('three-instances', () => begun(3));
    expect(
      await progress.keepCards(
        new Map([
          ['a', card(2)],
          ['b', card(2)],
          ['c', card(2)],
        ]),
      ),
    ).toBeNull();
    expect(
      await other.keepCards(
        new Map([
          ['a', card(1)],
          ['b', card(3)],
          ['d', card(1)],
        ]),
      ),
    ).toBeNull();
    expect(await progress.keepCards(new Map([['c', null]]))).toBeNull();
    const { progress: again, notices } = await Progress.open(home);
    expect(notices).toEqual([]);
    expect(Object.fromEntries(again.cards())).toEqual({ a: card(2), b: card(3), d: card(1) });
    expect(again.lesson('three-instances')).toEqual(begun(3));
  });

  test('are there for a program that knows none, and damaged ones are set aside with the file', async () => {
    writeFileSync(
      file,
      JSON.stringify({ format: 1, lessons: {}, cards: { a: card(1), b: { due: 'soon' } } }),
    );
    const { progress, notices } = await Progress.open(home);
    expect(notices.join()).toContain('a question to review could not be read');
    expect(notices.join()).toContain('progress.json.unreadable-1');
    expect([...progress.cards().keys()]).toEqual(['a']);
    writeFileSync(file, JSON.stringify({ format: 1, lessons: {} }));
    expect((await Progress.open(home)).notices).toEqual([]);
  });
});

describe('what is kept', () => {
  test('comes back in the next run', async () => {
    expect(await keep('three-instances', begun(3))).toBeNull();
    const { progress, notices } = await Progress.open(home);
    expect(notices).toEqual([]);
    expect(progress.lesson('three-instances')).toEqual(begun(3));
    expect(progress.lesson('boundary')).toBeUndefined();
  });

  test('is seen at once, before it is written, and a burst of events makes one write of the last', async () => {
    const { progress } = await Progress.open(home);
    let made = 0;
    for (let step = 1; step <= 50; step++) {
      void progress.keep('three-instances', () => {
        made++;
        return begun(step);
      });
    }
    expect(existsSync(file)).toBe(false);
    expect(progress.lesson('three-instances')).toEqual(begun(50));
    await progress.flush();
    expect(made).toBe(1);
    expect((await Progress.open(home)).progress.lesson('three-instances')).toEqual(begun(50));
  });

  test('names the lesson begun last first', async () => {
    await keep('old', begun(1, '2026-01-01T00:00:00.000Z'));
    await keep('new', begun(1, '2026-02-01T00:00:00.000Z'));
    expect((await Progress.open(home)).progress.recent()).toEqual(['new', 'old']);
  });

  test('leaves no temporary file and no lock behind', async () => {
    await keep('three-instances', begun(3));
    expect(readdirSync(home)).toEqual(['progress.json']);
  });
});

describe('two processes at once', () => {
  test('keep each other’s lessons', async () => {
    const one = (await Progress.open(home)).progress;
    const two = (await Progress.open(home)).progress;
    const writes: Promise<string | null>[] = [];
    for (let step = 1; step <= 5; step++) {
      writes.push(
        one.keep('three-instances', () => begun(step)),
        two.keep('boundary', () => begun(step + 1)),
      );
      await Promise.all([one.flush(), two.flush()]);
    }
    expect(new Set(await Promise.all(writes))).toEqual(new Set([null]));
    const { progress } = await Progress.open(home);
    expect(progress.lesson('three-instances')).toEqual(begun(5));
    expect(progress.lesson('boundary')).toEqual(begun(6));
  });

  test('a lock left by a process that was killed does not stop saving', async () => {
    const lock = join(home, 'progress.lock');
    mkdirSync(lock);
    utimesSync(lock, new Date(0), new Date(0));
    expect(await keep('three-instances', begun(3))).toBeNull();
    expect(existsSync(lock)).toBe(false);
  });
});

describe('a file that cannot be read', () => {
  test.each([
    ['not JSON', '{"format": 1, "less'],
    ['empty', ''],
    ['another shape', '[]'],
    ['no format', '{"lessons": {}}'],
    ['no lessons', '{"format": 1}'],
  ])('is set aside, never overwritten: %s', async (_, text) => {
    writeFileSync(file, text);
    const { progress, notices } = await Progress.open(home);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(`${file}.unreadable-1`);
    await progress.keep('three-instances', () => begun(1));
    expect(readFileSync(`${file}.unreadable-1`, 'utf8')).toBe(text);
    writeFileSync(file, text);
    expect((await Progress.open(home)).notices[0]).toContain(`${file}.unreadable-2`);
    expect(readFileSync(`${file}.unreadable-1`, 'utf8')).toBe(text);
  });

  test('is set aside when it breaks while we play', async () => {
    const { progress } = await Progress.open(home);
    writeFileSync(file, 'broken');
    expect(await progress.keep('three-instances', () => begun(1))).toContain(`${file}.unreadable-1`);
    expect(readFileSync(`${file}.unreadable-1`, 'utf8')).toBe('broken');
    expect((await Progress.open(home)).progress.lesson('three-instances')).toEqual(begun(1));
  });

  test('one damaged lesson does not take the others with it', async () => {
    await keep('sound', begun(2));
    const data = JSON.parse(readFileSync(file, 'utf8'));
    data.lessons.damaged = { content: 7 };
    writeFileSync(file, JSON.stringify(data));
    const { progress, notices } = await Progress.open(home);
    expect(notices[0]).toMatch(/damaged.*unreadable-1/);
    expect(progress.lesson('sound')).toEqual(begun(2));
    await progress.keep('sound', () => begun(3));
    expect(JSON.parse(readFileSync(`${file}.unreadable-1`, 'utf8')).lessons.damaged).toEqual({ content: 7 });
  });
});

describe('a file that is not ours to write', () => {
  test('of a newer version is left alone', async () => {
    const text = '{"format": 2, "lessons": {"a": {}}}';
    writeFileSync(file, text);
    const { progress, notices } = await Progress.open(home);
    expect(notices[0]).toMatch(/newer version/);
    await progress.keep('three-instances', () => begun(1));
    expect(progress.lesson('three-instances')).toEqual(begun(1));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('appearing while we play is left alone too', async () => {
    const { progress } = await Progress.open(home);
    const text = '{"format": 2, "lessons": {}}';
    writeFileSync(file, text);
    expect(await progress.keep('three-instances', () => begun(1))).toMatch(/newer version/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('a folder that cannot be made gives a sentence that names it, and memory goes on', async () => {
    writeFileSync(join(home, 'occupied'), '');
    const { progress, notices } = await Progress.open(join(home, 'occupied', 'deeper'));
    expect(notices[0]).toContain(join(home, 'occupied', 'deeper', 'progress.json'));
    expect(await progress.keep('three-instances', () => begun(1))).toBeNull();
    expect(progress.lesson('three-instances')).toEqual(begun(1));
  });

  test('fields of the file that we do not know are kept', async () => {
    writeFileSync(file, '{"format": 1, "lessons": {}, "reviews": [1]}');
    await keep('three-instances', begun(1));
    expect(JSON.parse(readFileSync(file, 'utf8')).reviews).toEqual([1]);
  });
});

describe('the folder', () => {
  test('is WALKTHROUGH_HOME when that is set', () => {
    expect(progressDirectory({ WALKTHROUGH_HOME: '/somewhere' })).toBe('/somewhere');
  });
  test('is the platform’s own otherwise', () => {
    expect(progressDirectory({})).toMatch(/walkthrough/);
  });
});
