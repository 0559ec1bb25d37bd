import type { KeyValue, RequestContext } from './context.ts';
import type { IssueCode } from './issue.ts';
import { OPERATORS, type Operator, type ValueTest } from './operators.ts';
import { isObject, kindOf, type PolicyProblem } from './problem.ts';
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
export class KeyTest {
  /** The operator as written. */
  readonly operatorName: string;
  readonly use: OperatorUse;
  /** The key as written. */
  readonly key: string;
  /** The key in lower case: key names ignore case. */
  readonly lookup: string;
  private readonly written: unknown;
  private readonly variables: boolean;
  private compiled: readonly PolicyValue[] | null = null;

  constructor(operatorName: string, use: OperatorUse, key: string, written: unknown, variables: boolean) {
    this.operatorName = operatorName;
    this.use = use;
    this.key = key;
    this.lookup = key.toLowerCase();
    this.written = written;
    this.variables = variables && use.kind === 'compare' && use.operator.variables;
  }

  /** The policy's values, compiled when first needed. */
  get values(): readonly PolicyValue[] {
    if (this.compiled === null) {
      this.compiled = listed(this.written).map((value) => {
        const template = templateOf(String(value), this.variables);
        return { template, test: this.use.kind === 'null' ? never : this.use.operator.test(template) };
      });
    }
    return this.compiled;
  }
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** One value in a policy's condition. */
export interface PolicyValue {
  readonly template: Template;
  readonly test: ValueTest;
}

const operatorUses = new Map<string, OperatorUse>([['Null', { kind: 'null' }]]);

/** Takes an operator's name apart; null when AWS has no such operator. */
export function parseOperator(name: string): OperatorUse | null {
  const known = operatorUses.get(name);
  if (known !== undefined) return known;
  const [, set = '', base = '', ifExists = ''] = OPERATOR_NAME.exec(name) ?? [];
  const operator = OPERATORS.get(base);
  if (operator === undefined) return null;
  const quantifier: Quantifier = set === 'ForAllValues:' ? 'all' : set === 'ForAnyValue:' ? 'any' : 'one';
  const use: OperatorUse = { kind: 'compare', operator, quantifier, ifExists: ifExists !== '' };
  operatorUses.set(name, use);
  return use;
}

const OPERATOR_NAME = /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/;

/** Adds what AWS would not accept in a Condition element to the problems. Paths start at the element. */
export function addConditionProblems(condition: unknown, problems: PolicyProblem[]): void {
  if (!isObject(condition)) {
    const message = `Condition must be an object of operators, not ${kindOf(condition)}.`;
    problems.push({ code: 'DATA_TYPE_MISMATCH', path: [], message });
    return;
  }
  for (const name of Object.keys(condition)) {
    const keys = condition[name];
    if (parseOperator(name) === null) {
      problems.push({ code: unknownOperatorCode(name), path: [name], message: unknownOperator(name) });
    } else if (!isObject(keys)) {
      const message = `${name} must hold an object of condition keys, not ${kindOf(keys)}.`;
      problems.push({ code: 'DATA_TYPE_MISMATCH', path: [name], message });
    } else {
      for (const key of Object.keys(keys)) addValueProblems(keys[key], name, key, problems);
    }
  }
}

/** Compiles a Condition element, leaving out what has a problem. */
export function keyTestsOf(condition: unknown, variables: boolean): readonly KeyTest[] {
  const tests: KeyTest[] = [];
  if (!isObject(condition)) return tests;
  for (const name of Object.keys(condition)) {
    const use = parseOperator(name);
    const keys = condition[name];
    if (use === null || !isObject(keys)) continue;
    for (const key of Object.keys(keys)) tests.push(new KeyTest(name, use, key, keys[key], variables));
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

function unknownOperatorCode(name: string): IssueCode {
  if (/^(ForAllValues:|ForAnyValue:)?NullIfExists$/.test(name)) return 'NULL_WITH_IF_EXISTS';
  return /^(ForAllValues|ForAnyValue):Null$/.test(name)
    ? 'NULL_WITH_QUALIFIER'
    : 'INVALID_CONDITION_OPERATOR';
}

function addValueProblems(value: unknown, name: string, key: string, problems: PolicyProblem[]): void {
  const values = listed(value);
  for (let i = 0; i < values.length; i++) {
    const one = values[i];
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') continue;
    const path = Array.isArray(value) ? [name, key, i] : [name, key];
    problems.push({
      code: 'DATA_TYPE_MISMATCH',
      path,
      message: `A condition's value must be a string, a number, true or false, not ${kindOf(one)}.`,
    });
  }
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
export function keyTestMatches(
  test: KeyTest,
  context: RequestContext,
  given: KeyValue | undefined = context.find(test.key, test.lookup),
): boolean {
  if (test.use.kind === 'null') return nullMatches(test, given !== undefined);
  const { negated } = test.use.operator;
  if (given === undefined) return missingMatches(test.use);
  if (test.use.quantifier !== 'one' && isEmptyValue(given)) return test.use.quantifier === 'all';
  if (typeof given === 'string') return meetsAny(test, given, context) !== negated;
  switch (test.use.quantifier) {
    case 'one':
      return given.some((value) => meetsAny(test, value, context)) !== negated;
    case 'all':
      return given.every((value) => meetsAny(test, value, context) !== negated);
    case 'any':
      return given.some((value) => meetsAny(test, value, context) !== negated);
  }
}

/** What an operator says of a key that the request does not have. */
export function missingMatches(use: Extract<OperatorUse, { kind: 'compare' }>): boolean {
  if (use.ifExists || use.quantifier === 'all') return true;
  return use.quantifier === 'one' && use.operator.negated;
}

/** A value that comes to nothing, such as an empty string: `ForAllValues` is true of it, `ForAnyValue` is not. */
function isEmptyValue(given: KeyValue): boolean {
  return typeof given === 'string' ? given === '' : given.every((value) => value === '');
}

/** True when a value of the request meets any value of the policy. */
export function meetsAny(test: KeyTest, value: string, context: RequestContext): boolean {
  for (const policy of test.values) if (policy.test(value, context)) return true;
  return false;
}

/** What `Null` says of a key that is there or not. */
export function nullMatches(test: KeyTest, present: boolean): boolean {
  return test.values.some(({ template }) => {
    const wanted = template.source.toLowerCase();
    return wanted === (present ? 'false' : 'true');
  });
}
