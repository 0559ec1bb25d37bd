import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addCourse, courseOf, lessonsOf, readAdded } from '../../src/cli/added-courses.ts';
import { check } from '../../src/cli/check.ts';
import { readCourseFolder } from '../../src/cli/course-folder.ts';
import { coursePort } from '../../src/cli/course-port.ts';
import { writeNew } from '../../src/cli/new.ts';
import { watchFile } from '../../src/cli/preview.ts';
import { Progress } from '../../src/progress/index.ts';
import { listen } from './console.ts';

const DIST = pathToFileURL('/nowhere/dist/');

let folder: string;
const { said, complained } = listen();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'walkthrough-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The course in the folder, as `walkthrough play <folder>` adds it. */
async function added(directory: string) {
  const read = await readCourseFolder(folder);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  await addCourse(directory, courseOf(folder, read.entries, []));
  const { progress } = await Progress.open(directory);
  const courses = await readAdded(directory);
  return coursePort(courses.flatMap(lessonsOf), progress, () => new Date(0));
}

describe('walkthrough new', () => {
  test('writes files that pass their check, mutants and all', async () => {
    expect(await writeNew('night-school', folder, DIST)).toBe(0);
    expect(await check([folder], { dist: DIST, mutants: true })).toBe(0);
    expect(said.join('\n')).toContain('mutants: 5 (4 fail a goal, 1 allow just what the solution allows)');
    expect(complained).toEqual([]);
  });

  test('writes into lessons/ and scenarios/ where they are', async () => {
    mkdirSync(join(folder, 'lessons'));
    mkdirSync(join(folder, 'scenarios'));
    expect(await writeNew('night-school', folder, DIST)).toBe(0);
    expect(readFileSync(join(folder, 'lessons/night-school.md'), 'utf8')).toContain('id: night-school');
    expect(await check([folder], { dist: DIST, mutants: false })).toBe(0);
  });

  test('puts each lesson after those that are there', async () => {
    for (const id of ['night-school', 'day-school', 'sunday-school']) await writeNew(id, folder, DIST);
    expect(readFileSync(join(folder, 'sunday-school.md'), 'utf8')).toContain('\norder: 3\n');
    expect(await check([folder], { dist: DIST, mutants: false })).toBe(0);
  });

  test('overwrites nothing, and takes no name that is no id', async () => {
    writeFileSync(join(folder, 'night-school.md'), 'mine');
    expect(await writeNew('night-school', folder, DIST)).toBe(1);
    expect(readFileSync(join(folder, 'night-school.md'), 'utf8')).toBe('mine');
    expect(await writeNew('../Night School', folder, DIST)).toBe(2);
    expect(complained.at(-1)).toContain('An id is made of');
  });
});

describe("an instructor's course", () => {
  beforeEach(() => writeNew('night-school', folder, DIST));

  test('is among the lessons under its own name once it was added, and plays', async () => {
    const directory = join(folder, 'progress');
    const port = await added(directory);
    const [card] = port.lessons();
    expect(card).toMatchObject({ title: 'Night school', course: courseOf(folder, [], []).name });
    const opened = await port.open(card?.id ?? '', 'where-left');
    expect(opened).toMatchObject({ play: { view: { part: 'concept' } } });
    expect((await readAdded(directory)).length).toBe(1);
  });

  test('is told from another whose folder has the same name', () => {
    const first = courseOf('/mine/course', [], []);
    const second = courseOf('/other/course', [], [first]);
    expect([first.name, second.name]).toEqual(['course', 'other/course']);
    const [lesson] = courseOf(
      '/other/course',
      [{ id: 'a', title: 'A', summary: 'A.', minutes: 5 }],
      [first],
    ).lessons;
    expect(lesson?.id).toBe('other/course/a');
    expect(courseOf('/mine/course', [], [first, second]).name).toBe('course');
    expect(courseOf('/other/course', [], [first, second]).name).toBe('other/course');
  });

  test('is left out while its folder is away', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'walkthrough-test-'));
    await added(directory);
    renameSync(folder, `${folder}-away`);
    expect(await readAdded(directory)).toEqual([]);
    renameSync(`${folder}-away`, folder);
    expect((await readAdded(directory)).length).toBe(1);
    rmSync(directory, { recursive: true });
  });

  test('is read again when it is opened: the place is kept, and a fault is said with its line', async () => {
    const port = await added(join(folder, 'progress'));
    const [card] = port.lessons();
    const opened = await port.open(card?.id ?? '', 'where-left');
    if ('problem' in opened) throw new Error(opened.problem);
    const events = [1, 2, 3].map(() => ({ type: 'continued' }) as const);
    await port.keep(events.reduce((play, event) => play.send(event), opened.play));

    const file = join(folder, 'night-school.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('title: The reading room', 'title: Another title'));
    expect(await port.open(card?.id ?? '', 'where-left')).toMatchObject({
      play: { view: { part: 'scenario', step: { id: 'the-room', title: 'Another title' } } },
    });
    writeFileSync(file, text.replace('start: ann', 'start: nan'));
    const broken = await port.open(card?.id ?? '', 'where-left');
    expect('problem' in broken && broken.problem).toMatch(
      /night-school\.yaml:\d+:8: There is no actor called `nan`\. Did you mean `ann`\?$/,
    );
  });

  test('a file of courses that somebody else wrote holds none', async () => {
    writeFileSync(join(folder, 'courses.json'), '{"format": 1, "courses": [{"name": 1}, 2]}');
    expect(await readAdded(folder)).toEqual([]);
  });
});

test('a file that is named twice is checked once', async () => {
  await writeNew('night-school', folder, DIST);
  said.length = 0;
  const file = join(folder, 'night-school.yaml');
  expect(await check([file, file, folder], { dist: DIST, mutants: false })).toBe(0);
  expect(said[0]).toBe('2 files sound:');
});

test('a folder that is called like a file is said to be one', async () => {
  mkdirSync(join(folder, 'night-school.yaml'));
  expect(await check([folder], { dist: DIST, mutants: false })).toBe(1);
  expect(complained.join('\n')).toContain('The file cannot be read: it is a folder.');
});

test('a file that is saved is noticed, also when another is put in its place', async () => {
  await writeNew('night-school', folder, DIST);
  const file = join(folder, 'night-school.yaml');
  let seen = 0;
  const stop = watchFile(file, () => {
    seen += 1;
  });
  writeFileSync(file, 'format: 1\n');
  await vi.waitFor(() => expect(seen).toBe(1), 5_000);
  writeFileSync(`${file}~`, 'format: 1\n');
  renameSync(`${file}~`, file);
  await vi.waitFor(() => expect(seen).toBe(2), 5_000);
  stop();
});
