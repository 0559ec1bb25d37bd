import type { CompiledCourse } from '../course/index.ts';
import type { LessonEntry } from './library.ts';

/**
 * A course's table of contents: each lesson with its challenge right below it, then the scenarios that no lesson
 * names, challenges last.
 */
export function contentsOf({ lessons, scenarios }: CompiledCourse): readonly LessonEntry[] {
  const listed = new Set<string>();
  const inOrder = lessons.flatMap((lesson): LessonEntry[] => {
    const challenge = scenarios.find(({ id }) => id === lesson.challenge && !listed.has(id));
    listed.add(lesson.scenario);
    if (challenge === undefined) return [entryOf(lesson)];
    listed.add(challenge.id);
    return [entryOf(lesson), { ...entryOf(challenge), challengeOf: lesson.id }];
  });
  const alone = scenarios.filter(({ id }) => !listed.has(id));
  return [
    ...inOrder,
    ...alone.filter(({ challenge }) => !challenge).map(entryOf),
    ...alone
      .filter(({ challenge }) => challenge)
      .map((scenario) => ({ ...entryOf(scenario), challengeOf: null })),
  ];
}

function entryOf({ id, title, summary, minutes }: LessonEntry): LessonEntry {
  return { id, title, summary, minutes };
}
