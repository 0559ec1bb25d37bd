import { Progress, progressDirectory } from '../progress/index.ts';
import { printable } from '../shell/printable.ts';
import type { LessonCard, LessonProgress } from '../tui/ports.ts';
import { lessonsOf, readAdded } from './added-courses.ts';
import { coursePort } from './course-port.ts';
import { readLibrary } from './library.ts';

/** Prints the lessons with their ids, and how far the learner is in each. Gives the exit code. */
export async function list(dist: URL): Promise<number> {
  const directory = progressDirectory(process.env);
  const { progress, notices } = await Progress.open(directory);
  const added = (await readAdded(directory)).flatMap(lessonsOf);
  for (const notice of notices) console.error(notice);
  const lessons = coursePort([...(await readLibrary(dist)), ...added], progress, () => new Date()).lessons();
  console.log(listText(lessons));
  console.log('\nwalkthrough play <id> opens one.');
  return 0;
}

/** Lessons with their ids, and how far the learner is in each, a line a lesson. Safe to write to a terminal. */
export function listText(lessons: readonly LessonCard[]): string {
  const width = Math.max(...lessons.map(({ id }) => id.length));
  return lessons
    .map(({ id, title, minutes, progress }) =>
      printable(`${id.padEnd(width)}  ${title} (${minutes} min): ${standingText(progress)}`),
    )
    .join('\n');
}

function standingText(standing: LessonProgress): string {
  switch (standing.state) {
    case 'new':
      return 'not begun';
    case 'begun':
      return `${standing.done} of ${standing.steps} done. ${standing.where}`;
    case 'mastered':
      return standing.score === null ? 'done' : `done, quiz ${standing.score}`;
  }
}
