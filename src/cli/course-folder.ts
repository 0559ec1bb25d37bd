import { type ContentProblem, compileCourse } from '../course/authoring.ts';
import type { CompiledCourse } from '../course/index.ts';
import { problemLine, readTexts } from './content-files.ts';
import { contentsOf } from './contents.ts';
import type { LessonEntry, LoadProblem, Playable } from './library.ts';

/** Reads the table of contents of the course in a folder. */
export async function readCourseFolder(
  folder: string,
): Promise<{ readonly entries: readonly LessonEntry[] } | { readonly problems: readonly ContentProblem[] }> {
  const read = await readCourse(folder);
  if ('problems' in read) return read;
  return { entries: contentsOf(read.course) };
}

/** Reads one lesson of the course in a folder as it is now. */
export async function loadFromCourse(folder: string, id: string): Promise<Playable | LoadProblem> {
  const read = await readCourse(folder);
  if ('problems' in read) return { problem: problemLine(read.problems) };
  const { lessons, scenarios } = read.course;
  const lesson = lessons.find((one) => one.id === id) ?? null;
  const scenario = scenarios.find((one) => one.id === (lesson?.scenario ?? id));
  return scenario === undefined
    ? { problem: `The course in ${folder} has no lesson ${id} any more.` }
    : { lesson, scenario };
}

async function readCourse(
  folder: string,
): Promise<{ readonly course: CompiledCourse } | { readonly problems: readonly ContentProblem[] }> {
  const { files, problems } = await readTexts([folder]);
  return problems.length > 0 ? { problems } : compileCourse(files);
}
