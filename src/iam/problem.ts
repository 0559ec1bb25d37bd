import type { IssueCode } from './issue.ts';

/** What is wrong with an input and where: the path is relative to whatever was looked at. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** Something that AWS would not accept in a policy document. */
export interface PolicyProblem extends Problem {
  readonly code: IssueCode;
}

/** What is wrong with one text in a policy, wherever it stands. */
export type PatternProblem = Omit<PolicyProblem, 'path'>;

/** Steps into a JSON value: names of fields and positions in lists. */
export type Path = readonly (string | number)[];

/** Puts `at` before the paths of the problems from position `from` on: they were found in the part that stands there. */
export function placeProblems(problems: PolicyProblem[], from: number, ...at: Path): void {
  for (let i = from; i < problems.length; i++) {
    const problem = problems[i];
    if (problem !== undefined) problems[i] = { ...problem, path: [...at, ...problem.path] };
  }
}

/** A path as people write it: `Statement[1].Condition.StringEquals["aws:PrincipalTag/team"]`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a JSON value is, in words: `a number`, `a list`, `nothing`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return 'true or false';
  return `a ${typeof value}`;
}
