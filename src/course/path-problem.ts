import { nearest } from '../iam/spelling.ts';
import type { ContentPath } from './problem.ts';

/** Something wrong with a part of a scenario, by its path into the file as written. */
export interface PathProblem {
  readonly path: ContentPath;
  readonly what: string;
  readonly mend: string;
  /** A text within the value at `path` to point at. */
  readonly text?: string;
}

/** The problem that a name leads nowhere; none when it is known, or null because nothing is named. */
export function unknownName(
  name: string | null,
  known: readonly string[],
  what: 'actor' | 'goal' | 'step' | 'request',
  path: ContentPath,
): readonly PathProblem[] {
  if (name === null || known.includes(name)) return [];
  const near = nearest(name, known);
  const mend =
    near !== null
      ? `Did you mean \`${near}\`?`
      : known.length === 0
        ? `There is no ${what} here at all.`
        : `There are: ${known.slice(0, 12).join(', ')}.`;
  return [{ path, what: `There is no ${what} called \`${name}\`.`, mend }];
}

/** A line whose actor does not exist at that moment. */
export function nobodyThere(path: ContentPath, as: string): PathProblem {
  const mend = 'Make it in a line before this one, or declare it in the world.';
  return { path, what: `Nobody called \`${as}\` is there by now.`, mend };
}
