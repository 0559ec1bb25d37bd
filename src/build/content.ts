import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryFiles } from '../cli/library.ts';
import {
  type ContentFile,
  checkCourse,
  compileCourse,
  formatProblem,
  lessonJsonSchema,
  scenarioJsonSchema,
} from '../course/authoring.ts';

/** What the build writes under dist/, by file name; or what is wrong with our content, as a compiler says it. */
export interface BuiltContent {
  readonly files: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/** Compiles and proves lessons/ and scenarios/ of the project at `root`. */
export async function compileContent(root: string): Promise<BuiltContent> {
  const sources = [...(await textsIn(root, 'lessons')), ...(await textsIn(root, 'scenarios'))];
  const compiled = compileCourse(sources);
  const problems = 'problems' in compiled ? compiled.problems : checkCourse(sources).problems;
  if ('problems' in compiled || problems.length > 0) {
    return { files: {}, problems: problems.map(formatProblem) };
  }
  return {
    files: {
      ...libraryFiles(compiled.course, sources),
      'schemas/scenario.json': scenarioJsonSchema(),
      'schemas/lesson.json': lessonJsonSchema(),
      'schemas/decide.json': JSON.parse(await readFile(join(root, 'src/iam/decide.schema.json'), 'utf8')),
    },
    problems: [],
  };
}

async function textsIn(root: string, folder: string): Promise<ContentFile[]> {
  const names = (await readdir(join(root, folder))).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `${folder}/${name}`,
      text: await readFile(join(root, folder, name), 'utf8'),
    })),
  );
}
