/** What is wrong with an input and where: the path is relative to whatever was looked at. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

/** Steps into a JSON value: names of fields and positions in lists. */
export type Path = readonly (string | number)[];

/** Takes what is wrong with a part of an input; paths start at that part. */
export type Complain = (path: Path, message: string) => void;

/** Complaints of a part that stands at `at` in a larger one. */
export function complainAt(complain: Complain, ...at: Path): Complain {
  return (path, message) => complain([...at, ...path], message);
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
