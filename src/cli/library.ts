import { readFile } from 'node:fs/promises';
import type { CompiledCourse, CompiledLesson, CompiledScenario } from '../course/index.ts';
import type { ServiceData } from '../iam/index.ts';
import { contentsOf } from './contents.ts';

/** A lesson in the list, before it is opened. */
export interface LessonEntry {
  /** What progress is kept by. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Estimated, for lesson and scenario together. */
  readonly minutes: number;
  /** Left out for a lesson. For a challenge the id of the lesson it comes after; null when it comes after all. */
  readonly challengeOf?: string | null;
  /** What `searchWords` gives; left out for what was listed by an earlier version, and for a single file. */
  readonly words?: string;
}

/** What is played: a scenario, with the lesson it belongs to when there is one. */
export interface Playable {
  readonly lesson: CompiledLesson | null;
  readonly scenario: CompiledScenario;
}

/** Why a lesson cannot be opened, in a sentence or two. */
export interface LoadProblem {
  readonly problem: string;
}

/** A lesson that can be opened. */
export interface LibraryLesson extends LessonEntry {
  /** Name of the instructor's course it belongs to; left out for the program's own. */
  readonly course?: string;
  load(): Promise<Playable | LoadProblem>;
}

/** A lesson that comes with the program. Loading throws when the program's own files are not there. */
export interface PackagedLesson extends LessonEntry {
  load(): Promise<Playable>;
}

/** A file as an author wrote it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

const CONTENTS = 'course/course.json';
const SOURCES = 'course/sources.json';
const lessonFile = (id: string): string => `course/${id}.json`;

/**
 * The course as files of the package: a short table of contents for the home screen, one file a lesson or
 * challenge for when it is opened, and the authors' texts for `walkthrough check`.
 */
export function libraryFiles(
  course: CompiledCourse,
  sources: readonly SourceFile[],
): Readonly<Record<string, unknown>> {
  const files: Record<string, unknown> = { [SOURCES]: sources };
  const contents = contentsOf(course);
  for (const { id, challengeOf } of contents) {
    if (lessonFile(id) in files) throw new Error(`A lesson and a challenge have the id ${id}.`);
    files[lessonFile(id)] = playableOf(course, id, challengeOf !== undefined);
  }
  return { ...files, [CONTENTS]: contents };
}

function playableOf({ lessons, scenarios }: CompiledCourse, id: string, isChallenge: boolean): Playable {
  const lesson = isChallenge ? null : (lessons.find((one) => one.id === id) ?? null);
  const scenario = scenarios.find((one) => one.id === (lesson?.scenario ?? id));
  if (scenario === undefined) throw new Error(`The lesson ${id} has no scenario.`);
  return { lesson, scenario };
}

/** The lessons in the package at `dist`, the folder of the built program. */
export async function readLibrary(dist: URL): Promise<readonly PackagedLesson[]> {
  const contents: readonly LessonEntry[] = await readOwn(dist, CONTENTS);
  return contents.map((entry) => ({ ...entry, load: () => readOwn(dist, lessonFile(entry.id)) }));
}

/** The texts that the package's course was made of. */
export function readSources(dist: URL): Promise<readonly SourceFile[]> {
  return readOwn(dist, SOURCES);
}

/** What AWS publishes about its services, as the package has it. */
export function readServices(dist: URL): Promise<ServiceData> {
  return readOwn(dist, 'service-data.json');
}

/** Files of our own are what `libraryFiles` wrote. */
async function readOwn<T>(dist: URL, name: string): Promise<T> {
  return JSON.parse(await readFile(new URL(name, dist), 'utf8'));
}
