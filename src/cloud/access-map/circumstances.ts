import { parseDateTime } from '../../iam/date-time.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { World } from '../world.ts';
import { AS_IT_IS, type Circumstances } from './universe.ts';

/** Keys whose value is settled by who asks and for what, so that nothing else can be supposed. */
const SETTLED =
  /^(aws:(principal|user|resource|currenttime|epochtime|source(account|arn|org)|calledvia|via)|s3:resourceaccount|iam:policyarn)/i;

/**
 * As the world has it, then one by one what the conditions of the world's policies ask for, such as
 * `aws:MultiFactorAuthPresent is true`. Values with variables are left out; a wildcard is filled in.
 */
export function circumstancesOf({ trail, ...records }: World): readonly Circumstances[] {
  const found = new Map<string, Circumstances>([[AS_IT_IS.label, AS_IT_IS]]);
  for (const condition of conditionsIn(records)) {
    for (const [key, value] of tests(condition)) {
      if (!SETTLED.test(key)) {
        const label = `${key} is ${Array.isArray(value) ? value.join(', ') : value}`;
        found.set(label, { label, context: { [key]: value } });
      }
    }
  }
  return [...found.values()];
}

type Test = readonly [key: string, value: ContextValue];

function tests(condition: object): readonly Test[] {
  return Object.entries(condition).flatMap(([operator, block]: readonly [string, unknown]) =>
    isObject(block)
      ? Object.entries(block).flatMap(([key, given]) =>
          valuesFor(operator, given).map((value): Test => [key, value]),
        )
      : [],
  );
}

/** Values of a key worth supposing for one test: what it names, and for yes and no both. */
function valuesFor(operator: string, given: unknown): readonly ContextValue[] {
  if (/^Null$/i.test(operator)) {
    return [];
  }
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const texts = list.flatMap((each) =>
    ['string', 'number', 'boolean'].includes(typeof each) ? [String(each)] : [],
  );
  if (/bool/i.test(operator)) {
    return [true, false];
  }
  const plain = texts.filter((text) => !text.includes('${'));
  if (/date/i.test(operator)) {
    return plain.flatMap(around);
  }
  const values = /ipaddress/i.test(operator)
    ? plain.map((text) => text.replace(/\/\d+$/, ''))
    : plain.map((text) => text.replaceAll('*', 'any').replaceAll('?', 'x'));
  return /^forallvalues|^foranyvalue/i.test(operator) ? values.map((value) => [value]) : values;
}

/** The moments before and after a time that a condition names. */
function around(text: string): readonly string[] {
  const time = parseDateTime(text);
  return Number.isNaN(time) ? [] : [time - 1000, time + 1000].map((each) => new Date(each).toISOString());
}

/** Every `Condition` of every policy document, wherever it stands. */
function conditionsIn(value: unknown): readonly object[] {
  if (!isObject(value)) {
    return [];
  }
  const here = 'Condition' in value && isObject(value.Condition) ? [value.Condition] : [];
  return [...here, ...Object.values(value).flatMap((each) => conditionsIn(each))];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
