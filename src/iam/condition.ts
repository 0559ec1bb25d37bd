import type { KeyValue, RequestContext } from './context.ts';
import { OPERATORS, type Operator, type ValueTest } from './operators.ts';
import { type Complain, complainAt, isObject, kindOf } from './problem.ts';
import { nearest } from './spelling.ts';
import { type Template, templateOf } from './template.ts';

/** How several values of a request are taken together. `one` is an operator without a set operator. */
export type Quantifier = 'one' | 'all' | 'any';

/** A condition operator as written: set operator, operator, `IfExists`. */
export type OperatorUse =
  | { readonly kind: 'null' }
  | {
      readonly kind: 'compare';
      readonly operator: Operator;
      readonly quantifier: Quantifier;
      readonly ifExists: boolean;
    };

/** One condition key of one operator, with the values it is held against. */
export interface KeyTest {
  /** The operator as written. */
  readonly operatorName: string;
  readonly use: OperatorUse;
  /** The key as written. */
  readonly key: string;
  /** The key in lower case: key names ignore case. */
  readonly lookup: string;
  readonly values: readonly PolicyValue[];
}

/** One value in a policy's condition. */
export interface PolicyValue {
  readonly template: Template;
  readonly test: ValueTest;
}

/** Takes an operator's name apart; null when AWS has no such operator. */
export function parseOperator(name: string): OperatorUse | null {
  if (name === 'Null') return { kind: 'null' };
  let base = name;
  let quantifier: Quantifier = 'one';
  if (base.startsWith('ForAllValues:')) {
    quantifier = 'all';
    base = base.slice('ForAllValues:'.length);
  } else if (base.startsWith('ForAnyValue:')) {
    quantifier = 'any';
    base = base.slice('ForAnyValue:'.length);
  }
  const ifExists = base.endsWith('IfExists');
  if (ifExists) base = base.slice(0, -'IfExists'.length);
  const operator = OPERATORS.get(base);
  return operator === undefined ? null : { kind: 'compare', operator, quantifier, ifExists };
}

/** Compiles a Condition element and complains of what AWS would not accept. Paths start at the element. */
export function compileCondition(
  condition: unknown,
  variables: boolean,
  complain: Complain,
): readonly KeyTest[] {
  const tests: KeyTest[] = [];
  if (!isObject(condition)) {
    complain([], `Condition must be an object of operators, not ${kindOf(condition)}.`);
    return tests;
  }
  for (const name of Object.keys(condition)) {
    const use = parseOperator(name);
    const keys = condition[name];
    if (use === null) {
      complain([name], unknownOperator(name));
    } else if (!isObject(keys)) {
      complain([name], `${name} must hold an object of condition keys, not ${kindOf(keys)}.`);
    } else {
      for (const key of Object.keys(keys)) {
        const values = compileValues(keys[key], use, variables, complainAt(complain, name, key));
        tests.push({ operatorName: name, use, key, lookup: key.toLowerCase(), values });
      }
    }
  }
  return tests;
}

/** Says that there is no such operator, and which one may have been meant. */
function unknownOperator(name: string): string {
  const base = name.replace(/^(ForAllValues|ForAnyValue):/i, '').replace(/IfExists$/i, '');
  const meant = base.toLowerCase() === 'null' ? 'Null' : nearest(base, [...OPERATORS.keys(), 'Null']);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  if (meant === 'Null' && base === 'Null') return 'Null takes neither a set operator nor IfExists.';
  return `There is no condition operator ${JSON.stringify(name)}.${hint}`;
}

function compileValues(
  value: unknown,
  use: OperatorUse,
  variables: boolean,
  complain: Complain,
): readonly PolicyValue[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const compiled: PolicyValue[] = [];
  for (const [i, one] of values.entries()) {
    if (typeof one !== 'string' && typeof one !== 'number' && typeof one !== 'boolean') {
      const path = Array.isArray(value) ? [i] : [];
      complain(path, `A condition's value must be a string, a number, true or false, not ${kindOf(one)}.`);
      continue;
    }
    const withVariables = variables && use.kind === 'compare' && use.operator.variables;
    const template = templateOf(String(one), withVariables);
    compiled.push({ template, test: use.kind === 'null' ? never : use.operator.test(template) });
  }
  return compiled;
}

const never: ValueTest = () => false;

/**
 * True when the request meets one key of a condition.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and, for
 * several values, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 *
 * Where AWS is silent: `ForAnyValue:…IfExists` with the key missing matches, as `IfExists` says; an operator without a
 * set operator on a key with several values asks whether any of them is met (for `Not…`, whether none is).
 */
export function keyTestMatches(test: KeyTest, context: RequestContext): boolean {
  const given = context.get(test.lookup);
  if (test.use.kind === 'null') return nullMatches(test, given !== undefined);
  const { negated } = test.use.operator;
  if (given === undefined) return missingMatches(test.use);
  if (typeof given === 'string') {
    if (test.use.quantifier === 'all' && given === '') return true;
    return meetsAny(test, given, context) !== negated;
  }
  switch (test.use.quantifier) {
    case 'one':
      return given.some((value) => meetsAny(test, value, context)) !== negated;
    case 'all':
      return isEmptyValue(given) || given.every((value) => meetsAny(test, value, context) !== negated);
    case 'any':
      return given.some((value) => meetsAny(test, value, context) !== negated);
  }
}

/** What an operator says of a key that the request does not have. */
export function missingMatches(use: Extract<OperatorUse, { kind: 'compare' }>): boolean {
  if (use.ifExists || use.quantifier === 'all') return true;
  return use.quantifier === 'one' && use.operator.negated;
}

/** `ForAllValues` is also true of a value that comes to nothing, such as an empty string. */
function isEmptyValue(given: KeyValue): boolean {
  return typeof given === 'string' ? given === '' : given.every((value) => value === '');
}

/** True when a value of the request meets any value of the policy. */
export function meetsAny(test: KeyTest, value: string, context: RequestContext): boolean {
  for (const policy of test.values) if (policy.test(value, context)) return true;
  return false;
}

function nullMatches(test: KeyTest, present: boolean): boolean {
  return test.values.some(({ template }) => {
    const wanted = template.source.toLowerCase();
    return wanted === (present ? 'false' : 'true');
  });
}
