import { Progress, progressDirectory } from '../progress/index.ts';
import type { LessonProgress } from '../tui/ports.ts';
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
  const width = Math.max(...lessons.map(({ id }) => id.length));
  for (const { id, title, minutes, progress: standing } of lessons) {
    console.log(`${id.padEnd(width)}  ${title} (${minutes} min): ${standingText(standing)}`);
  }
  console.log('\nwalkthrough play <id> opens one.');
  return 0;
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
