import { arnComponents } from './arn.ts';
import { parseDateTime } from './date-time.ts';
import { type Glob, globOf, globOfCodes } from './glob.ts';
import { type IpAddress, ipInRange, parseIp, parseIpRange } from './ip-address.ts';
import { patternOf, resolveCodes, resolveText, type Template, type VariableSource } from './template.ts';

/** Tells whether one value of a request meets one value of a policy. */
export type ValueTest = (value: string, source: VariableSource) => boolean;

/** A condition operator without its set operator and `IfExists`. */
export interface Operator {
  readonly name: string;
  /** A `Not…` operator: true when no value of the policy is met. */
  readonly negated: boolean;
  /** Whether policy variables count in its values. */
  readonly variables: boolean;
  /** What a value of this type looks like, in words. */
  readonly type: string;
  /** Makes the test for one value of a policy. A value of the wrong type is never met. */
  readonly test: (template: Template) => ValueTest;
}

/**
 * Every condition operator but `Null`, by name. Names are case-sensitive.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  [
    ...pair('StringEquals', 'StringNotEquals', 'a string', true, equals),
    ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'a string', true, equalsIgnoreCase),
    ...pair('StringLike', 'StringNotLike', 'a string', true, like),
    ...pair('ArnEquals', 'ArnNotEquals', 'an ARN', true, arnLike),
    ...pair('ArnLike', 'ArnNotLike', 'an ARN', true, arnLike),
    ...pair(
      'NumericEquals',
      'NumericNotEquals',
      'a number',
      false,
      numeric((a, b) => a === b),
    ),
    ...pair(
      'NumericLessThan',
      null,
      'a number',
      false,
      numeric((a, b) => a < b),
    ),
    ...pair(
      'NumericLessThanEquals',
      null,
      'a number',
      false,
      numeric((a, b) => a <= b),
    ),
    ...pair(
      'NumericGreaterThan',
      null,
      'a number',
      false,
      numeric((a, b) => a > b),
    ),
    ...pair(
      'NumericGreaterThanEquals',
      null,
      'a number',
      false,
      numeric((a, b) => a >= b),
    ),
    ...pair(
      'DateEquals',
      'DateNotEquals',
      'a date',
      false,
      date((a, b) => a === b),
    ),
    ...pair(
      'DateLessThan',
      null,
      'a date',
      false,
      date((a, b) => a < b),
    ),
    ...pair(
      'DateLessThanEquals',
      null,
      'a date',
      false,
      date((a, b) => a <= b),
    ),
    ...pair(
      'DateGreaterThan',
      null,
      'a date',
      false,
      date((a, b) => a > b),
    ),
    ...pair(
      'DateGreaterThanEquals',
      null,
      'a date',
      false,
      date((a, b) => a >= b),
    ),
    ...pair('Bool', null, 'true or false', true, bool),
    ...pair('BinaryEquals', null, 'base64 text', false, binary),
    ...pair('IpAddress', 'NotIpAddress', 'an IP address or range', false, ipAddress),
  ].map((operator) => [operator.name, operator]),
);

function pair(
  name: string,
  negation: string | null,
  type: string,
  variables: boolean,
  test: (template: Template) => ValueTest,
): Operator[] {
  const positive: Operator = { name, negated: false, variables, type, test };
  return negation === null ? [positive] : [positive, { ...positive, name: negation, negated: true }];
}

function equals(template: Template): ValueTest {
  if (template.dynamic) return (value, source) => resolveText(template, source) === value;
  const text = fixedText(template);
  return (value) => value === text;
}

function equalsIgnoreCase(template: Template): ValueTest {
  if (template.dynamic) {
    return (value, source) => resolveText(template, source)?.toLowerCase() === value.toLowerCase();
  }
  const text = fixedText(template).toLowerCase();
  return (value) => value.toLowerCase() === text;
}

function like(template: Template): ValueTest {
  const pattern = patternOf(template);
  return (value, source) => pattern.matches(value, source);
}

/** Each of the six components is matched by itself; `ArnEquals` and `ArnLike` behave the same. */
function arnLike(template: Template): ValueTest {
  if (!template.dynamic && template.parts.every((part) => part.kind === 'text')) {
    const globs = arnComponents(template.source)?.map((component) => globOf(component)) ?? null;
    return (value) => arnMatches(globs, value);
  }
  return (value, source) => {
    const codes = resolveCodes(template, source);
    return codes !== null && arnMatches(arnGlobs(codes), value);
  };
}

const COLON = 0x3a;

function arnGlobs(codes: readonly number[]): readonly Glob[] | null {
  const globs: Glob[] = [];
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = codes.indexOf(COLON, from);
    if (colon < 0) return null;
    globs.push(globOfCodes(codes.slice(from, colon)));
    from = colon + 1;
  }
  globs.push(globOfCodes(codes.slice(from)));
  return globs;
}

function arnMatches(globs: readonly Glob[] | null, value: string): boolean {
  const components = globs === null ? null : arnComponents(value);
  if (globs === null || components === null) return false;
  return globs.every((glob, i) => glob.matches(components[i] ?? ''));
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** The number a text stands for; NaN when it is none. */
export function parseNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

// A comparison with NaN is false, so a value that is no number meets nothing.
function numeric(compare: (request: number, policy: number) => boolean) {
  return (template: Template): ValueTest => {
    const policy = parseNumber(template.source);
    return (value) => compare(parseNumber(value), policy);
  };
}

function date(compare: (request: number, policy: number) => boolean) {
  return (template: Template): ValueTest => {
    const policy = parseDateTime(template.source);
    return (value) => compare(parseDateTime(value), policy);
  };
}

function bool(template: Template): ValueTest {
  return (value, source) => {
    const policy = resolveText(template, source)?.toLowerCase();
    return (policy === 'true' || policy === 'false') && value.toLowerCase() === policy;
  };
}

/** Both sides are base64 text, which may leave out its padding. */
function binary(template: Template): ValueTest {
  const policy = template.source.replace(/=+$/, '');
  return (value) => value.replace(/=+$/, '') === policy;
}

/** The last address that was read: many statements ask about the one address of a request. */
let lastIp: { readonly text: string; readonly address: IpAddress | null } = { text: '', address: null };

function readIp(text: string): IpAddress | null {
  if (lastIp.text !== text) lastIp = { text, address: parseIp(text) };
  return lastIp.address;
}

function ipAddress(template: Template): ValueTest {
  const range = parseIpRange(template.source);
  return (value) => {
    const address = range === null ? null : readIp(value);
    return range !== null && address !== null && ipInRange(address, range);
  };
}

/** The text of a template without variables: its escapes stand for themselves. */
function fixedText(template: Template): string {
  return template.parts.map((part) => (part.kind === 'variable' ? '' : part.text)).join('');
}
