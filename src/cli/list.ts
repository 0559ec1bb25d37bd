import { Progress, progressDirectory } from '../progress/index.ts';
import { printable } from '../shell/printable.ts';
import { byCourse, cardTitle } from '../tui/home-list.ts';
import { type DueForReview, dueText, type LessonCard } from '../tui/ports.ts';
import { plainText, span, wrap } from '../tui/styled-text.ts';
import { lessonsOf, readAdded } from './added-courses.ts';
import { coursePort } from './course-port.ts';
import { readLibrary } from './library.ts';

/** Prints the lessons with their ids, and how far the learner is in each. Gives the exit code. */
export async function list(dist: URL): Promise<number> {
  const directory = progressDirectory(process.env);
  const { progress, notices } = await Progress.open(directory);
  const added = (await readAdded(directory)).flatMap(lessonsOf);
  for (const notice of notices) console.error(notice);
  const course = coursePort([...(await readLibrary(dist)), ...added], progress, () => new Date());
  console.log(listText(course.lessons(), course.due(), process.stdout.columns || null));
  console.log('\nwalkthrough play <id> opens one.');
  return 0;
}

/**
 * Lessons with their ids, and how far the learner is in each, a line a lesson: challenges below their lessons, other
 * courses below their names; then what is due for review. Safe to write to a terminal, which is `columns` wide: longer
 * lines are broken at words. With null, as for a pipe, none is.
 */
export function listText(lessons: readonly LessonCard[], due: DueForReview, columns: number | null): string {
  const width = Math.max(...lessons.map(({ id }) => id.length));
  const line = (card: LessonCard): string => {
    const { id, minutes, challengeOf } = card;
    const indent = typeof challengeOf === 'string' ? '  ' : '';
    const text = printable(
      `${id.padEnd(width)}  ${indent}${cardTitle(card)} (${minutes} min): ${standingText(card)}`,
    );
    if (columns === null) return text;
    const hang = ' '.repeat(Math.min(width + 4, Math.floor(columns / 2)));
    return wrap([span(text)], columns, [span(hang)])
      .map(plainText)
      .join('\n');
  };
  const courses = byCourse(lessons).flatMap(({ course, cards }) => [
    ...(course === null ? [] : ['', `${printable(course)}:`]),
    ...cards.map(line),
  ]);
  const review = due.count === 0 && due.next === null ? [] : ['', dueText(due)];
  return [...courses, ...review].join('\n');
}

function standingText({ progress, due }: LessonCard): string {
  const review = due === 0 ? '' : `, ${due} due for review`;
  switch (progress.state) {
    case 'new':
      return `not begun${review}`;
    case 'begun':
      return `${progress.done} of ${progress.steps} done${review}. ${progress.where}`;
    case 'mastered':
      return progress.score === null ? `done${review}` : `done, quiz ${progress.score}${review}`;
  }
}
