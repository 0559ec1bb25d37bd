import type { PolicyTrace, StatementTrace } from '../iam/decision.ts';
import { isObject } from '../iam/problem.ts';

type Path = readonly (string | number)[];

/** How many entries of a list are shown whole, such as the actions of a statement. */
const MOST_ENTRIES = 20;
/** How many of a longer one are shown where none of them matched. */
const FIRST_ENTRIES = 3;

/** Stands in a list for the entries that are left out; no policy has it. */
const LEFT_OUT = '\u0000';

/**
 * A statement as JSON, below the name of its policy. Of a list longer than a screen, such as the thousand actions of
 * ReadOnlyAccess, what matched is shown.
 */
export function statementText(policy: PolicyTrace, { index, elements }: StatementTrace): readonly string[] {
  const { Statement: statements } = policy.document;
  const listed = Array.isArray(statements);
  const written: unknown = listed ? statements[index] : statements;
  const matched = elements.filter((element) => element.matched).map(({ path }) => path);
  const short = withoutTheRest(written ?? null, listed ? ['Statement', index] : ['Statement'], matched);
  return [
    `The statement that decided, in ${policy.name}:`,
    ...JSON.stringify(short, null, 2)
      .split('\n')
      .map((line) => `  ${line.replace(/"\\u0000(\d+)"/, '… and $1 more')}`),
  ];
}

function withoutTheRest(value: unknown, at: Path, matched: readonly Path[]): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((each, index) => withoutTheRest(each, [...at, index], matched));
    if (entries.length <= MOST_ENTRIES) return entries;
    const hits = entries.filter((_, index) => matched.some((path) => isWithin(path, [...at, index])));
    const shown = hits.length > 0 ? hits : entries.slice(0, FIRST_ENTRIES);
    return [...shown, `${LEFT_OUT}${entries.length - shown.length}`];
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, withoutTheRest(each, [...at, key], matched)]),
      )
    : value;
}

function isWithin(path: Path, place: Path): boolean {
  return place.every((step, depth) => path[depth] === step);
}
