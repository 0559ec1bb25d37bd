import { nearest } from '../iam/spelling.ts';
import type { CompiledCourse, CompiledLesson, CompiledScenario } from './content.ts';
import type { Siblings } from './extend-world.ts';
import { type ReadScenario, readLesson, readScenario, readWorldFile } from './load.ts';
import { type ContentProblem, formatProblem } from './problem.ts';

/** A file as it was read from wherever it lies. */
export interface ContentFile {
  readonly name: string;
  readonly text: string;
}

/** A lesson and the file it came from. */
export interface LessonAt {
  readonly file: ContentFile;
  readonly lesson: CompiledLesson;
}

/** Every file of a course, read; and everything that is wrong with them. */
export interface ReadCourse {
  readonly lessons: readonly LessonAt[];
  readonly scenarios: readonly ReadScenario[];
  readonly problems: readonly ContentProblem[];
}

/** Makes a course of its files: `.md` are lessons, `.yaml` and `.yml` scenarios, or worlds that
 * scenarios extend; a `README.md` is neither. */
export function compileCourse(
  files: readonly ContentFile[],
): { readonly course: CompiledCourse } | { readonly problems: readonly ContentProblem[] } {
  const read = readCourse(files);
  const { lessons, scenarios } = read;
  const problems = read.problems.length > 0 ? read.problems : orphans(read);
  if (problems.length > 0) return { problems };
  return {
    course: {
      lessons: lessons
        .map(({ lesson }) => lesson)
        .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)),
      scenarios: scenarios.map(({ scenario }) => scenario),
    },
  };
}

/** Reads every file of a course; no two may have one id, and no two lessons one place. */
export function readCourse(files: readonly ContentFile[]): ReadCourse {
  const problems: ContentProblem[] = [];
  const lessons: LessonAt[] = [];
  const scenarios: ReadScenario[] = [];
  for (const file of files) {
    if (/(^|\/)README\.md$/i.test(file.name)) continue;
    if (file.name.endsWith('.md')) {
      const read = readLesson(file.name, file.text);
      if ('problems' in read) problems.push(...read.problems);
      else lessons.push({ file, lesson: read.lesson });
    } else if (/\.ya?ml$/.test(file.name)) {
      if (isWorldFile(file)) {
        problems.push(...readWorldFile(file.name, file.text).problems);
        continue;
      }
      const read = readScenario(file.name, file.text, siblingsOf(file, files));
      if ('problems' in read) problems.push(...read.problems);
      else scenarios.push(read);
    } else {
      problems.push(
        at(file, '', 'This is neither a lesson nor a scenario.', 'Lessons end in .md, scenarios in .yaml.'),
      );
    }
  }
  problems.push(...doubles(lessons, scenarios));
  return { lessons, scenarios, problems: distinct(problems) };
}

/** A fault of a world is found again by everything that extends it. */
function distinct(problems: readonly ContentProblem[]): readonly ContentProblem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}

/** A file with a world and neither an id nor steps is there to be extended. */
function isWorldFile({ text }: ContentFile): boolean {
  return /^world:/m.test(text) && !/^(id|title|steps):/m.test(text);
}

/** The other files of a file's folder, for the worlds it extends. */
export function siblingsOf({ name }: ContentFile, files: readonly ContentFile[]): Siblings {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return (sibling) => files.find((one) => one.name === folder + sibling)?.text ?? null;
}

function doubles(
  lessons: readonly LessonAt[],
  scenarios: readonly ReadScenario[],
): readonly ContentProblem[] {
  const said = (id: string, file: string | undefined): string =>
    `The id \`${id}\` is already that of ${file}.`;
  const mend = 'Progress is kept by ids: give this one another.';
  return [
    ...lessons
      .filter(({ lesson }, index) => lessons.findIndex((one) => one.lesson.id === lesson.id) < index)
      .map(({ file, lesson: { id } }) =>
        at(file, 'id:', said(id, lessons.find(({ lesson }) => lesson.id === id)?.file.name), mend),
      ),
    ...lessons.flatMap(({ file, lesson: { order } }, index) => {
      const before = lessons.slice(0, index).find(({ lesson }) => lesson.order === order);
      if (before === undefined) return [];
      const what = `The order ${order} is already that of ${before.file.name}.`;
      return [at(file, 'order:', what, 'A course has each place once: give this lesson another.')];
    }),
    ...scenarios
      .filter(({ scenario }, index) => scenarios.findIndex((one) => one.scenario.id === scenario.id) < index)
      .map(({ scenario, source }) => ({
        file: source.file,
        ...source.locate(['id']),
        what: said(scenario.id, scenarios.find((one) => one.scenario.id === scenario.id)?.source.file),
        mend,
      })),
  ];
}

/** Lessons whose scenario or challenge is not among the files. */
export function orphans({ lessons, scenarios }: ReadCourse): readonly ContentProblem[] {
  const known = scenarios.map(({ scenario }) => scenario);
  return lessons.flatMap(({ file, lesson }) => [
    ...missing(file, 'scenario', lesson.scenario, known),
    ...(lesson.challenge === null ? [] : missing(file, 'challenge', lesson.challenge, known)),
  ]);
}

/** A scenario named in a lesson's front matter that is not there, or is not of the kind that belongs there. */
function missing(
  file: ContentFile,
  field: 'scenario' | 'challenge',
  id: string,
  known: readonly CompiledScenario[],
): readonly ContentProblem[] {
  const found = known.find((one) => one.id === id);
  if (found === undefined) {
    const near = nearest(
      id,
      known.map((one) => one.id),
    );
    const mend = near === null ? 'Put its file with the others.' : `Did you mean \`${near}\`?`;
    return [at(file, `${field}:`, `There is no scenario with the id \`${id}\`.`, mend)];
  }
  if (field === 'scenario' || found.challenge) return [];
  const mend = 'Add `challenge: true` to that file, or name another.';
  return [at(file, 'challenge:', `\`${id}\` is not a challenge.`, mend)];
}

/** A problem at the line of a lesson's front matter that begins so. */
function at({ name, text }: ContentFile, start: string, what: string, mend: string): ContentProblem {
  const line =
    Math.max(
      0,
      text.split('\n').findIndex((one) => one.startsWith(start)),
    ) + 1;
  return { file: name, line, column: start === '' ? 1 : start.length + 2, what, mend };
}
