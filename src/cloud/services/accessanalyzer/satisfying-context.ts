import type { ContextValue } from '../../../iam/request.ts';

/** Condition keys that are facts of the caller, in lower case: they cannot be chosen to fit. */
const FACTS = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:userid',
  'aws:username',
  'kms:calleraccount',
];

/**
 * Circumstances under which a condition is met, as far as they are for the caller to choose: an address of a range, a
 * tag's value, a time. Keys that are met when they are missing are left out.
 */
export function satisfyingContext(condition: unknown): Record<string, ContextValue> {
  return Object.fromEntries(
    tests(condition).flatMap(([operator, key, values]) => {
      const value = FACTS.includes(key.toLowerCase()) ? null : fitting(operator, values);
      return value === null ? [] : [[key, value] as const];
    }),
  );
}

/** A condition's keys with their values, as `list-findings` shows them. */
export function conditionKeys(condition: unknown): Record<string, string> {
  return Object.fromEntries(tests(condition).map(([, key, values]) => [key, values.join(',')]));
}

type Test = readonly [operator: string, key: string, values: readonly string[]];

function tests(condition: unknown): readonly Test[] {
  if (typeof condition !== 'object' || condition === null) {
    return [];
  }
  return Object.entries(condition).flatMap(([operator, keys]: [string, unknown]) =>
    typeof keys === 'object' && keys !== null
      ? Object.entries(keys).map(([key, values]): Test => [operator, key, [values].flat().map(String)])
      : [],
  );
}

/** A value that passes; null where a missing key does. */
function fitting(operator: string, [value = '']: readonly string[]): ContextValue | null {
  const name = operator.toLowerCase();
  if (name.includes('not') || name.startsWith('forallvalues:')) {
    return null;
  }
  if (name.startsWith('foranyvalue:')) {
    return [text(value)];
  }
  switch (name.replace(/ifexists$/, '')) {
    case 'null':
      return value === 'true' ? null : 'x';
    case 'ipaddress':
      return value.split('/')[0] ?? value;
    case 'numericlessthan':
      return Number(value) - 1;
    case 'numericgreaterthan':
      return Number(value) + 1;
    case 'datelessthan':
    case 'dategreaterthan': {
      const by = name.startsWith('dateless') ? -1000 : 1000;
      const instant = Date.parse(value);
      return Number.isNaN(instant) ? value : new Date(instant + by).toISOString();
    }
    default:
      return text(value);
  }
}

/** A pattern as a text that it matches. */
function text(pattern: string): string {
  return pattern.replaceAll(/[*?]/g, 'x');
}
