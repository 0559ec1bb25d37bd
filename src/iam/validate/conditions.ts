import { arnComponents } from '../arn.ts';
import type { KeyTest } from '../condition.ts';
import { parseDateTime } from '../date-time.ts';
import { parseIpRange } from '../ip-address.ts';
import { parseNumber } from '../operators.ts';
import type { CompiledPolicy } from '../policy.ts';
import type { Path, PatternProblem } from '../problem.ts';
import { type Statement, statementPath } from '../statement.ts';
import type { Report } from './finding.ts';

/** Reports conditions that do not do what they seem to. */
export function checkConditions(policy: CompiledPolicy, report: Report): void {
  for (const statement of policy.statements) {
    const seen = new Map<string, string>();
    for (const test of statement.conditions) {
      const path = keyPath(statement, test);
      checkKeyName(test, path, seen, report);
      checkValues(test, path, report);
      checkForAllValues(statement, test, path, report);
      checkMfa(statement, test, path, report);
    }
  }
}

/** The path from the document to a key of a condition. */
export function keyPath(statement: Statement, test: KeyTest): Path {
  return [...statementPath(statement.index, statement.listed), 'Condition', test.operatorName, test.key];
}

/** `seen`: the spelling of each key that an operator has had so far, by operator and key. */
function checkKeyName(test: KeyTest, path: Path, seen: Map<string, string>, report: Report): void {
  if (!/^[^:]+:./.test(test.key)) {
    report(
      'error',
      'INVALID_CONDITION_KEY_FORMAT',
      path,
      `A condition key has a prefix, such as aws:username: ${JSON.stringify(test.key)} has none.`,
    );
  }
  const name = `${test.operatorName} ${test.lookup}`;
  const other = seen.get(name);
  if (other !== undefined) {
    const message = `${test.operatorName} has this key already, in another spelling: ${other}.`;
    report('error', 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE', path, message);
  }
  seen.set(name, test.key);
}

function checkValues(test: KeyTest, path: Path, report: Report): void {
  if (test.values.length === 0) {
    const message = `${test.key} has no values to be held against.`;
    report('suggestion', 'EMPTY_ARRAY_CONDITION', path, message);
  }
  if (test.use.kind === 'compare' && test.use.quantifier === 'any' && test.use.ifExists) {
    report(
      'warning',
      'FORANYVALUE_WITH_IF_EXISTS',
      path,
      'AWS does not say what ForAnyValue with IfExists makes of a missing key; here it is met.',
    );
  }
  if (test.use.kind === 'compare' && test.use.operator.name === 'Bool' && test.values.length > 1) {
    const message = `${test.operatorName} takes one value, true or false.`;
    report('error', 'INVALID_CONDITION_MULTIPLE_BOOLEAN', path, message);
  }
  for (const { template } of test.values) {
    if (template.dynamic) continue;
    const wrong = valueProblem(test, template.source);
    if (wrong !== null) report('error', wrong.code, path, wrong.message);
    else if (isLiteralWildcard(test, template.source)) {
      const said = JSON.stringify(template.source);
      const message = `${test.operatorName} takes ${said} literally: wildcards work in StringLike.`;
      report('warning', 'WILDCARD_WITHOUT_LIKE_OPERATOR', path, message);
    }
  }
}

/**
 * Why a value does not fit its operator; null when it does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (type mismatch)
 */
function valueProblem(test: KeyTest, value: string): PatternProblem | null {
  if (test.use.kind === 'null') {
    return /^(true|false)$/i.test(value)
      ? null
      : { code: 'TYPE_MISMATCH_BOOLEAN', message: `Null takes true or false, not ${JSON.stringify(value)}.` };
  }
  const { operator } = test.use;
  if (!operator.variables && /\$\{[^}]+\}/.test(value)) {
    const message = `${test.operatorName} takes no policy variables: ${JSON.stringify(value)} is taken literally.`;
    return { code: 'INVALID_VARIABLE_FOR_OPERATOR', message };
  }
  const message = `${JSON.stringify(value)} is not ${operator.type}, so ${test.operatorName} never finds it equal to anything.`;
  switch (operator.type) {
    case 'a number':
      return Number.isNaN(parseNumber(value)) ? { code: 'TYPE_MISMATCH_NUMBER', message } : null;
    case 'a date':
      return Number.isNaN(parseDateTime(value)) ? { code: 'INVALID_DATE_VALUE', message } : null;
    case 'true or false':
      return /^(true|false)$/i.test(value) ? null : { code: 'TYPE_MISMATCH_BOOLEAN', message };
    case 'an IP address or range':
      return parseIpRange(value) === null ? { code: 'TYPE_MISMATCH_IP_RANGE', message } : null;
    case 'an ARN':
      return arnComponents(value) === null
        ? {
            code: 'TYPE_MISMATCH',
            message: `${JSON.stringify(value)} has not the six parts of an ARN, so ${test.operatorName} never finds it equal to anything.`,
          }
        : null;
    default:
      return null;
  }
}

/** True for a wildcard in an operator on strings that takes it literally. */
function isLiteralWildcard({ use }: KeyTest, value: string): boolean {
  return (
    use.kind === 'compare' &&
    use.operator.type === 'a string' &&
    !use.operator.name.endsWith('Like') &&
    /[*?]/.test(value)
  );
}

/** ForAllValues is met when the key is missing: in an Allow that lets through what it seems to stop. */
function checkForAllValues(statement: Statement, test: KeyTest, path: Path, report: Report): void {
  if (statement.effect !== 'Allow' || test.use.kind === 'null' || test.use.quantifier !== 'all') return;
  const guarded = statement.conditions.some(
    (other) =>
      other.use.kind === 'null' &&
      other.lookup === test.lookup &&
      other.values.every((value) => value.template.source.toLowerCase() === 'false'),
  );
  if (guarded) return;
  report(
    'warning',
    'FORALLVALUES_WITH_KEY_MISSING',
    path,
    `ForAllValues is met when ${test.key} is missing. Add "Null": {"${test.key}": "false"}.`,
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent */
function checkMfa(statement: Statement, test: KeyTest, path: Path, report: Report): void {
  if (
    statement.effect !== 'Deny' ||
    test.lookup !== 'aws:multifactorauthpresent' ||
    test.operatorName !== 'Bool'
  )
    return;
  if (!test.values.some((value) => value.template.source.toLowerCase() === 'false')) return;
  report(
    'warning',
    'DENY_WITH_BOOL_MFA',
    path,
    'Plain access keys do not carry aws:MultiFactorAuthPresent, so this misses them. Use BoolIfExists.',
  );
}
