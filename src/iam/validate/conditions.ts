import { arnComponents } from '../arn.ts';
import type { KeyTest } from '../condition.ts';
import { parseDateTime } from '../date-time.ts';
import { parseIpRange } from '../ip-address.ts';
import { parseNumber } from '../operators.ts';
import type { CompiledPolicy } from '../policy.ts';
import type { Path } from '../problem.ts';
import { type Statement, statementPath } from '../statement.ts';
import type { Report } from './finding.ts';

/** Reports conditions that do not do what they seem to. */
export function checkConditions(policy: CompiledPolicy, report: Report): void {
  for (const statement of policy.statements) {
    for (const test of statement.conditions) {
      const path = keyPath(statement, test);
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

function checkValues(test: KeyTest, path: Path, report: Report): void {
  if (test.values.length === 0) report('suggestion', path, `${test.key} has no values to be held against.`);
  if (test.use.kind === 'compare' && test.use.quantifier === 'any' && test.use.ifExists) {
    report(
      'warning',
      path,
      'AWS does not say what ForAnyValue with IfExists makes of a missing key; here it is met.',
    );
  }
  for (const { template } of test.values) {
    const wrong = template.dynamic ? null : valueProblem(test, template.source);
    if (wrong !== null) report('warning', path, wrong);
  }
}

/** What is wrong with a value, given its operator; null when nothing is. */
function valueProblem(test: KeyTest, value: string): string | null {
  if (test.use.kind === 'null') {
    return /^(true|false)$/i.test(value) ? null : `Null takes true or false, not ${JSON.stringify(value)}.`;
  }
  const { operator } = test.use;
  const never = `${JSON.stringify(value)} is not ${operator.type}, so ${test.operatorName} never finds it equal to anything.`;
  switch (operator.type) {
    case 'a number':
      return Number.isNaN(parseNumber(value)) ? never : null;
    case 'a date':
      return Number.isNaN(parseDateTime(value)) ? never : null;
    case 'true or false':
      return /^(true|false)$/i.test(value) ? null : never;
    case 'an IP address or range':
      return parseIpRange(value) === null ? never : null;
    case 'an ARN':
      return arnComponents(value) === null
        ? `${JSON.stringify(value)} has not the six parts of an ARN, so ${test.operatorName} never finds it equal to anything.`
        : null;
    default:
      return /[*?]/.test(value) && !operator.name.endsWith('Like')
        ? `${test.operatorName} takes ${JSON.stringify(value)} literally: wildcards work in StringLike.`
        : null;
  }
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
    path,
    'Plain access keys do not carry aws:MultiFactorAuthPresent, so this misses them. Use BoolIfExists.',
  );
}
