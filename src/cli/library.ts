import { readFile } from 'node:fs/promises';
import type { CompiledCourse, CompiledLesson, CompiledScenario } from '../course/index.ts';
import type { ServiceData } from '../iam/index.ts';

/** A lesson in the list, before it is opened. */
export interface LessonEntry {
  /** What progress is kept by. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Estimated, for lesson and scenario together. */
  readonly minutes: number;
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
  const contents: LessonEntry[] = [];
  for (const lesson of course.lessons) {
    const scenario = course.scenarios.find(({ id }) => id === lesson.scenario);
    if (scenario === undefined) throw new Error(`The lesson ${lesson.id} has no scenario.`);
    contents.push({ id: lesson.id, title: lesson.title, summary: lesson.summary, minutes: lesson.minutes });
    files[lessonFile(lesson.id)] = { lesson, scenario } satisfies Playable;
  }
  for (const scenario of course.scenarios.filter(({ challenge }) => challenge)) {
    const { id, title, summary, minutes } = scenario;
    if (lessonFile(id) in files) throw new Error(`A lesson and a challenge have the id ${id}.`);
    contents.push({ id, title, summary, minutes });
    files[lessonFile(id)] = { lesson: null, scenario } satisfies Playable;
  }
  return { ...files, [CONTENTS]: contents };
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
