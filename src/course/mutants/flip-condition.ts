import { editJson } from './edit-json.ts';

/** Pairs of operators of which one is true where the other is not. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['StringEquals', 'StringNotEquals'],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ['StringLike', 'StringNotLike'],
  ['ArnEquals', 'ArnNotEquals'],
  ['ArnLike', 'ArnNotLike'],
  ['NumericEquals', 'NumericNotEquals'],
  ['NumericLessThan', 'NumericGreaterThanEquals'],
  ['NumericLessThanEquals', 'NumericGreaterThan'],
  ['DateEquals', 'DateNotEquals'],
  ['DateLessThan', 'DateGreaterThanEquals'],
  ['DateLessThanEquals', 'DateGreaterThan'],
  ['IpAddress', 'NotIpAddress'],
];

const OPPOSITE = new Map(
  OPPOSITES.flatMap(([one, other]) => [
    [one.toLowerCase(), other],
    [other.toLowerCase(), one],
  ]),
);

/** A test of a condition, the other way round: another operator, or `false` for `true`. */
export interface Flipped {
  readonly operator: string;
  readonly values: unknown;
}

/**
 * The opposite of one test of a condition; null for an operator that has none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function flipTest(operator: string, values: unknown): Flipped | null {
  const [, set = '', name = '', ifExists = ''] =
    /^(For(?:All|Any)Values:)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  if (/^(bool|null)$/i.test(name)) {
    const flipped = Array.isArray(values) ? null : opposite(values);
    return flipped === null ? null : { operator, values: flipped };
  }
  const other = OPPOSITE.get(name.toLowerCase());
  return other === undefined ? null : { operator: `${set}${other}${ifExists}`, values };
}

function opposite(value: unknown): string | null {
  switch (String(value).toLowerCase()) {
    case 'true':
      return 'false';
    case 'false':
      return 'true';
    default:
      return null;
  }
}

/** A statement's condition with one test in another's place. */
export function withTest(
  condition: Readonly<Record<string, unknown>>,
  operator: string,
  key: string,
  { operator: put, values }: Flipped,
): unknown {
  const rest = editJson(condition, [operator, key], { kind: 'remove' });
  const others = typeof rest === 'object' && rest !== null ? { ...rest } : {};
  const block: unknown = Object.entries(others).find(([name]) => name === put)?.[1];
  return { ...others, [put]: { ...(typeof block === 'object' ? block : {}), [key]: values } };
}
