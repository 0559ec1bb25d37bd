import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isObject } from '../iam/problem.ts';
import type { LessonEntry, LibraryLesson } from './library.ts';

const FORMAT = 1;
const FILE = 'courses.json';

/** An instructor's course folder that was played once: its lessons are on the home screen from then on. */
export interface AddedCourse {
  /** Name of the folder, with that of the folder it is in where another course has that name already. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** As they were when the course was last added: the home screen does not read the folder. */
  readonly lessons: readonly LessonEntry[];
}

/**
 * The course in a folder: ids of lessons and scenarios follow its name, so that no two courses share progress. `known`
 * are the courses that have their names already.
 */
export function courseOf(
  folder: string,
  lessons: readonly LessonEntry[],
  known: readonly AddedCourse[],
): AddedCourse {
  const at = resolve(folder);
  const name = freeName(
    at,
    known.filter((one) => one.folder !== at).map((one) => one.name),
  );
  const own = (id: string): string => `${name}/${id}`;
  return {
    name,
    folder: at,
    lessons: lessons.map((one) => ({
      ...one,
      id: own(one.id),
      ...(typeof one.challengeOf === 'string' && { challengeOf: own(one.challengeOf) }),
    })),
  };
}

/** The end of a path that no other course is called: `course`, else `other/course`. */
function freeName(path: string, taken: readonly string[]): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const ends = parts.map((_, index) => parts.slice(-1 - index).join('/'));
  return ends.find((end) => !taken.includes(end)) ?? path;
}

/** The courses added so far whose folders are there, from the folder that progress is kept in. */
export async function readAdded(directory: string): Promise<readonly AddedCourse[]> {
  return (await readKnown(directory)).filter(({ folder }) => existsSync(folder));
}

/** Adds a course, or takes the place of what was known of its folder. Throws when it cannot be written. */
export async function addCourse(directory: string, course: AddedCourse): Promise<void> {
  const others = (await readKnown(directory)).filter(({ folder }) => folder !== course.folder);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, FILE);
  await writeFile(
    `${path}.new`,
    `${JSON.stringify({ format: FORMAT, courses: [...others, course] }, null, 2)}\n`,
  );
  await rename(`${path}.new`, path);
}

/** A course's lessons, each read from its folder when it is opened. */
export function lessonsOf({ name, folder, lessons }: AddedCourse): readonly LibraryLesson[] {
  return lessons.map((entry) => ({
    ...entry,
    course: name,
    load: async () => {
      const { loadFromCourse } = await import('./course-folder.ts');
      return loadFromCourse(folder, entry.id.slice(name.length + 1));
    },
  }));
}

/**
 * Every course added so far, also those whose folders are away. A file that cannot be read, or that somebody else
 * wrote, holds none.
 */
export async function readKnown(directory: string): Promise<readonly AddedCourse[]> {
  try {
    const data: unknown = JSON.parse(await readFile(join(directory, FILE), 'utf8'));
    const courses: unknown = isObject(data) && data.format === FORMAT ? data.courses : [];
    return Array.isArray(courses) ? courses.filter(isCourse) : [];
  } catch {
    return [];
  }
}

function isCourse(value: unknown): value is AddedCourse {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    typeof value.folder === 'string' &&
    Array.isArray(value.lessons) &&
    value.lessons.every(isEntry)
  );
}

function isEntry(value: unknown): value is LessonEntry {
  return (
    isObject(value) &&
    [value.id, value.title, value.summary].every((text) => typeof text === 'string') &&
    typeof value.minutes === 'number' &&
    (value.words === undefined || typeof value.words === 'string') &&
    (value.challengeOf === undefined || value.challengeOf === null || typeof value.challengeOf === 'string')
  );
}
