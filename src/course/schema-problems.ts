import type { z } from 'zod';
import { isObject } from '../iam/problem.ts';
import { nearest } from '../iam/spelling.ts';
import type { ContentPath, ContentProblem } from './problem.ts';
import { STEP_KINDS } from './schema.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong in a file, in words, each at its place. */
export function schemaProblems(source: YamlSource, error: z.core.$ZodError): readonly ContentProblem[] {
  return error.issues.flatMap((issue) => within(source, issue, []));
}

function within(source: YamlSource, issue: Issue, outer: ContentPath): readonly ContentProblem[] {
  const path: ContentPath = [
    ...outer,
    ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return [at(source, [...path, issue.keys[0] ?? ''], issue.message, 'key')];
    case 'invalid_key':
      return [at(source, path, issue.issues[0]?.message ?? issue.message, 'key')];
    case 'invalid_union':
      return ofUnion(source, issue, path);
    case 'invalid_type':
      return [ofType(source, issue.expected, path, valueAt(source.value, path))];
    case 'invalid_value':
      return [ofValue(source, issue, path)];
    default:
      return [at(source, path, issue.message)];
  }
}

/** Something that is none of the values it may have. */
function ofValue(
  source: YamlSource,
  { values, message }: Extract<Issue, { code: 'invalid_value' }>,
  path: ContentPath,
): ContentProblem {
  const found = valueAt(source.value, path);
  const [only] = values;
  if (found === undefined)
    return at(source, path, `${missing(source, path)}\nAdd \`${String(path.at(-1))}: ${String(only)}\`.`);
  if (only === true && typeof found === 'string' && /^(yes|y|on|true)$/i.test(found))
    return at(source, path, `Write \`true\`, not \`${found}\`.`);
  const known = values.filter((value) => typeof value === 'string');
  const near = typeof found === 'string' ? nearest(found, known) : null;
  return at(source, path, near === null ? message : `${message}\nDid you mean \`${near}\`?`);
}

/** Of the forms something may have, the one its author meant: named by its kind, or with the fewest faults. */
function ofUnion(
  source: YamlSource,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: ContentPath,
): readonly ContentProblem[] {
  const value = valueAt(source.value, path);
  if (path[0] === 'steps' && path.length === 2 && isObject(value)) {
    const kinds = STEP_KINDS.filter((kind) => kind in value);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      const what = kind === undefined ? 'A step without a kind' : `A step of ${kinds.length} kinds at once`;
      const meant = Object.keys(value).flatMap((key) => nearest(key, STEP_KINDS) ?? []);
      const mend =
        kind === undefined && meant.length > 0
          ? `Did you mean \`${meant[0]}\`?`
          : 'Begin it with one of say, predict, task, question and its id.';
      return [at(source, path, `${what}.\n${mend}`)];
    }
    const meant = issue.errors[STEP_KINDS.indexOf(kind)] ?? [];
    return meant.flatMap((one) => within(source, one, path));
  }
  const closest = [...issue.errors].sort((a, b) => distance(a) - distance(b))[0];
  if (closest === undefined || closest.some((one) => one.code === 'invalid_type' && one.path.length === 0)) {
    const expected = issue.errors.flatMap((form) =>
      form.flatMap((one) =>
        one.code === 'invalid_type' && one.path.length === 0 ? [TYPES[one.expected] ?? one.expected] : [],
      ),
    );
    const absent = missing(source, path);
    const what = path.at(-1) === 'document' ? 'the policy' : expected.join(' or ');
    if (absent !== null)
      return [at(source, path, `${absent}\nAdd \`${String(path.at(-1))}:\` with ${what}.`)];
    return [at(source, path, `Expected ${expected.join(' or ')}, found ${kindOf(value)}.`)];
  }
  return closest.flatMap((one) => within(source, one, path));
}

/** How far a form is from what was written: another type altogether is furthest. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, one) => sum + (one.code === 'invalid_type' && one.path.length === 0 ? 100 : 1),
    0,
  );
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with `- `)',
  object: 'fields (`name: value`)',
  record: 'fields (`name: value`)',
  null: 'null',
};

function ofType(source: YamlSource, expected: string, path: ContentPath, value: unknown): ContentProblem {
  const type = TYPES[expected] ?? expected;
  const absent = missing(source, path);
  if (absent !== null)
    return at(source, path, `${absent}\nAdd \`${String(path.at(-1))}:\` here, with ${type}.`);
  const advice =
    expected === 'string' && value !== null && typeof value !== 'object' ? '\nPut it in quotes.' : '';
  return at(source, path, `Expected ${type}, found ${kindOf(value)}.${advice}`);
}

function missing(source: YamlSource, path: ContentPath): string | null {
  return valueAt(source.value, path) === undefined ? `\`${String(path.at(-1))}\` is missing.` : null;
}

/** The first line of a message is what is wrong, the rest how to mend it. */
function at(
  source: YamlSource,
  path: ContentPath,
  message: string,
  on: 'key' | 'value' = 'value',
): ContentProblem {
  const [what = '', ...mend] = message.split('\n');
  return { file: source.file, ...source.locate(path, on), what, mend: mend.join('\n') };
}

function valueAt(value: unknown, path: ContentPath): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[step];
  }
  return here;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'fields';
  return typeof value === 'string' ? 'text' : `\`${String(value)}\``;
}
