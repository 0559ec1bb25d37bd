import type { CompiledCourse, CompiledLesson, CompiledScenario } from '../course/index.ts';
import type { LessonEntry } from './library.ts';
import { searchWords } from './search-words.ts';

/**
 * A course's table of contents: each lesson with its challenge right below it, then the scenarios that no lesson
 * names, challenges last.
 */
export function contentsOf({ lessons, scenarios }: CompiledCourse): readonly LessonEntry[] {
  const listed = new Set<string>();
  const inOrder = lessons.flatMap((lesson): LessonEntry[] => {
    const challenge = scenarios.find(({ id }) => id === lesson.challenge && !listed.has(id));
    listed.add(lesson.scenario);
    const entry = entryOf(lesson, [lesson, ...scenarios.filter(({ id }) => id === lesson.scenario)]);
    if (challenge === undefined) return [entry];
    listed.add(challenge.id);
    return [entry, { ...entryOf(challenge), challengeOf: lesson.id }];
  });
  const alone = scenarios.filter(({ id }) => !listed.has(id));
  return [
    ...inOrder,
    ...alone.filter(({ challenge }) => !challenge).map((scenario) => entryOf(scenario)),
    ...alone
      .filter(({ challenge }) => challenge)
      .map((scenario) => ({ ...entryOf(scenario), challengeOf: null })),
  ];
}

/** `parts` are what is read and played in it. */
function entryOf(
  entry: CompiledLesson | CompiledScenario,
  parts: readonly (CompiledLesson | CompiledScenario)[] = [entry],
): LessonEntry {
  const { id, title, summary, minutes } = entry;
  return { id, title, summary, minutes, words: searchWords(parts.flatMap(textsOf)) };
}

function textsOf(part: CompiledLesson | CompiledScenario): readonly string[] {
  return 'pages' in part
    ? part.pages.flatMap(({ title, markdown }) => [title, markdown])
    : part.steps.flatMap(({ title, text }) => [title, text]);
}
