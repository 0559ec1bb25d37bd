import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Progress, progressDirectory } from '../progress/index.ts';
import { type ProcessPort, runApp, runPlain, type Start } from '../tui/index.ts';
import { dueText } from '../tui/ports.ts';
import { addCourse, courseOf, lessonsOf, readAdded, readKnown } from './added-courses.ts';
import { coursePort } from './course-port.ts';
import { editorFrom } from './editor.ts';
import { messageOf } from './file-error.ts';
import { folderAt } from './folder.ts';
import { type LibraryLesson, readLibrary, readServices } from './library.ts';

/** The lesson or its file is not sound. */
const UNSOUND = 1;
/** There is no terminal to play in. */
const NO_TERMINAL = 2;
/**
 * V8 by itself lets the heap grow to several times what it holds before it collects the old part. A frame for each
 * key makes much that is soon forgotten; at half as much again an hour takes a third less memory, and keys no longer.
 */
const HEAP_GROWTH = '--heap-growing-percent=50';

/** How to play, and for whom. */
export interface PlayOptions {
  readonly dist: URL;
  readonly plain: boolean;
  /** The folder that progress is kept in; the learner's own unless it is said. */
  readonly progress?: string;
  /** Calls when a file that is played was saved, and gives a function that ends it. */
  readonly watch?: (changed: () => void) => () => void;
}

/**
 * Plays the course from its home screen, or one lesson of it, or a file, or an instructor's course in a folder, which
 * is on the home screen from then on; or opens a sandbox, a quiz, or a review of what is due. Resolves with the exit code when the learner has left and
 * everything is kept.
 */
export async function play(what: Start, options: PlayOptions): Promise<number> {
  const { dist, plain, watch = null, progress: directory = progressDirectory(process.env) } = options;
  const added = (await readAdded(directory)).flatMap(lessonsOf);
  const library = [...(await readLibrary(dist)), ...added];
  const name = what.kind === 'home' || what.kind === 'review' ? null : what.lesson;
  const found =
    name === null ? { lessons: library, start: null, isCourse: false } : await find(name, library, directory);
  if (found === null) return UNSOUND;
  if (!plain && !(process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb')) {
    console.error(
      'walkthrough needs a terminal that can move its cursor. Through pipes, in a simpler terminal or with a screen reader, start it as `walkthrough --plain`.',
    );
    return NO_TERMINAL;
  }
  const { progress, notices } = await Progress.open(directory);
  const course = coursePort(found.lessons, progress, () => new Date());
  if (what.kind === 'review' && course.due().count === 0) {
    for (const notice of notices) console.error(notice);
    console.log(dueText(course.due()));
    return 0;
  }
  const start = startOf(what, found);
  const shared = {
    course,
    edit: editorFrom(process.env),
    folder: folderAt(process.cwd()),
    stdin: process.stdin,
    stdout: process.stdout,
    notice: notices.length === 0 ? null : notices.join(' '),
  };
  if (!plain) setFlagsFromString(HEAP_GROWTH);
  const exit = plain
    ? await runPlain({ ...shared, watch, start })
    : await runApp({
        ...shared,
        services: () => readServices(dist),
        process: processPort(),
        env: process.env,
        watch,
        start,
      });
  const unsaved = await progress.flush();
  if (unsaved !== null) console.error(unsaved);
  return exit;
}

/** Where to begin, once it is known what was meant. */
function startOf(what: Start, { start, isCourse }: Found): Start {
  if (what.kind === 'home' || what.kind === 'review' || what.lesson === null) return what;
  if (start === null) return { kind: 'home' };
  return isCourse ? { kind: 'home', at: start } : { ...what, lesson: start };
}

function processPort(): ProcessPort {
  const emitter: NodeJS.EventEmitter = process;
  // A library of Ink's ends the process at once when nobody else listens to a signal any more. The surface
  // stops listening when it has given the terminal back; what was done is still being written then.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return {
    on: (event, listener) => emitter.on(event, listener),
    off: (event, listener) => emitter.off(event, listener),
    stop: () => process.kill(0, 'SIGTSTP'),
  };
}

/** The lessons to choose from, and the one to begin with or, for a course of several, to mark on the home screen. */
interface Found {
  readonly lessons: readonly LibraryLesson[];
  readonly start: string | null;
  readonly isCourse: boolean;
}

/** Finds what was named among the lessons, files and folders; null when it was said why there is none. */
async function find(
  name: string,
  library: readonly LibraryLesson[],
  directory: string,
): Promise<Found | null> {
  if (library.some(({ id }) => id === name)) return { lessons: library, start: name, isCourse: false };
  if (!existsSync(name) && !/[/\\]|\.(md|ya?ml)$/.test(name)) {
    const { nearest } = await import('../iam/spelling.ts');
    const ids = library.map(({ id }) => id);
    const meant = nearest(name, ids);
    const advice = meant === null ? `There are: ${ids.join(', ')}.` : `Did you mean ${meant}?`;
    console.error(`There is no lesson called ${name}, and no such file. ${advice}`);
    return null;
  }
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) return findCourse(name, library, directory);
  const { problemLine, problemsText, readPlayable } = await import('./content-files.ts');
  const read = await readPlayable(name);
  if ('problems' in read) {
    console.error(problemsText(read.problems));
    return null;
  }
  const { title, summary, minutes } = read.lesson ?? read.scenario;
  const load: LibraryLesson['load'] = async () => {
    const now = await readPlayable(name);
    return 'problems' in now ? { problem: problemLine(now.problems) } : now;
  };
  const id = `file:${resolve(name)}`;
  const own = { id, title, summary, minutes, course: 'A file of your own', load };
  return { lessons: [...library, own], start: own.id, isCourse: false };
}

/** An instructor's course: kept in mind for the home screen, and begun there. */
async function findCourse(
  folder: string,
  library: readonly LibraryLesson[],
  directory: string,
): Promise<Found | null> {
  const [{ readCourseFolder }, { problemsText }] = await Promise.all([
    import('./course-folder.ts'),
    import('./content-files.ts'),
  ]);
  const read = await readCourseFolder(folder);
  if ('problems' in read) {
    console.error(problemsText(read.problems));
    return null;
  }
  const course = courseOf(folder, read.entries, await readKnown(directory));
  await addCourse(directory, course).catch((error: unknown) => {
    const why = messageOf(error);
    console.error(`The course can be played, and will not be on the home screen next time: ${why}`);
  });
  const lessons = lessonsOf(course);
  const others = library.filter(({ id }) => !lessons.some((one) => one.id === id));
  const [first] = lessons;
  return { lessons: [...others, ...lessons], start: first?.id ?? null, isCourse: lessons.length > 1 };
}
