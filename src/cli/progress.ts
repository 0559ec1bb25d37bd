import { readFile, writeFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { Progress, type ProgressFile, progressDirectory, readProgress } from '../progress/index.ts';
import { printable } from '../shell/printable.ts';
import { lessonsOf, readAdded } from './added-courses.ts';
import { counted } from './counted.ts';
import { coursePort } from './course-port.ts';
import { messageOf, whyUnreadable } from './file-error.ts';
import { readLibrary } from './library.ts';
import { listText } from './list.ts';

/** It could not be written, or not all of it could be read. */
const FAILED = 1;

/** Prints how far the learner is in every lesson, as text or as JSON. Gives the exit code. */
export async function showProgress({
  dist,
  json,
}: {
  readonly dist: URL;
  readonly json: boolean;
}): Promise<number> {
  const directory = progressDirectory(process.env);
  const progress = await opened(directory);
  const added = (await readAdded(directory)).flatMap(lessonsOf);
  const course = coursePort([...(await readLibrary(dist)), ...added], progress, () => new Date());
  const cards = course.lessons();
  if (!json) {
    console.log(listText(cards, course.due(), process.stdout.columns || null));
    return 0;
  }
  const lessons = cards.map(({ id, title, course, challengeOf, due, progress: standing }) => {
    const record = progress.lesson(id);
    return {
      id,
      title,
      course: course ?? null,
      kind: challengeOf === undefined ? 'lesson' : 'challenge',
      due,
      ...standing,
      mastered: record?.mastered ?? null,
      updated: record?.updated ?? null,
    };
  });
  console.log(JSON.stringify({ format: 1, due: course.due().count, lessons }, null, 2));
  return 0;
}

/** Writes everything that is kept to a file, `-` for standard output. Gives the exit code. */
export async function exportProgress(file: string): Promise<number> {
  const whole = (await opened(progressDirectory(process.env))).whole();
  const text = JSON.stringify(whole, null, 2);
  if (file === '-') {
    console.log(text);
    return 0;
  }
  try {
    await writeFile(file, `${text}\n`);
  } catch (error) {
    console.error(`${file} cannot be written: ${messageOf(error)}`);
    return FAILED;
  }
  console.log(`Written: ${file}, with ${contents(whole)}.`);
  return 0;
}

/** Takes in what `exportProgress` wrote; a lesson that is not sound is left out and named. Gives the exit code. */
export async function importProgress(file: string): Promise<number> {
  let text: string;
  try {
    text = await (file === '-' ? textOf(process.stdin) : readFile(file, 'utf8'));
  } catch (error) {
    console.error(`${file} cannot be read: ${whyUnreadable(error)}.`);
    return FAILED;
  }
  const reading = readProgress(text);
  if (reading.kind !== 'read') {
    const why =
      reading.kind === 'newer'
        ? `it was written by a newer version of walkthrough (format ${reading.format})`
        : reading.why;
    console.error(`${file} holds no progress that can be read: ${why}. Nothing was changed.`);
    return FAILED;
  }
  const progress = await opened(progressDirectory(process.env));
  const notice = await progress.merge(reading.file);
  if (notice !== null) {
    console.error(notice);
    return FAILED;
  }
  console.log(`Taken in: ${contents(reading.file)}.`);
  if (reading.damaged.length === 0) return 0;
  console.error(printable(`These could not be read and were left out: ${reading.damaged.join(', ')}.`));
  return FAILED;
}

async function opened(directory: string): Promise<Progress> {
  const { progress, notices } = await Progress.open(directory);
  for (const notice of notices) console.error(notice);
  return progress;
}

function contents({ lessons, cards }: Pick<ProgressFile, 'lessons' | 'cards'>): string {
  const questions = Object.keys(cards).length;
  return `${counted(Object.keys(lessons).length, 'lesson')}${questions === 0 ? '' : ` and ${counted(questions, 'question')} to review`}`;
}
