/** Something wrong in a lesson or scenario file, where, and what to do about it. */
export interface ContentProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** What is wrong. */
  readonly what: string;
  /** How to mend it; empty when `what` says it all. */
  readonly mend: string;
}

/** A problem as a compiler prints it: place and what is wrong, then indented advice. */
export function formatProblem(problem: ContentProblem): string {
  const { file, line, column, what, mend } = problem;
  const advice = mend === '' ? '' : `\n    ${mend.replaceAll('\n', '\n    ')}`;
  return `${file}:${line}:${column}: ${what}${advice}`;
}

/** A path into a file: field names and indexes. */
export type ContentPath = readonly (string | number)[];
