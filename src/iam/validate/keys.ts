import type { KeyTest } from '../condition.ts';
import type { Path } from '../problem.ts';
import { nearest } from '../spelling.ts';
import type { Statement } from '../statement.ts';
import { keyPath } from './conditions.ts';
import type { Report } from './finding.ts';
import { type ConditionKeyFacts, isKey, type ServiceData, serviceFacts } from './service-data.ts';
import type { CoveredAction } from './services.ts';

/** Reports condition keys that do not exist, or that the statement's actions never set. */
export function checkKeys(
  statement: Statement,
  covered: readonly CoveredAction[],
  complete: boolean,
  data: ServiceData,
  report: Report,
): void {
  for (const test of statement.conditions) {
    const path = keyPath(statement, test);
    const global = data.globalKeys.find((facts) => isKey(facts, test.key));
    if (global !== undefined) {
      checkSetOperator(test, global, path, report);
      continue;
    }
    const known = keysFor(test.lookup, data);
    if (known === null) continue;
    const facts = known.find((candidate) => isKey(candidate, test.key));
    if (facts === undefined) {
      const meant = nearest(
        test.key,
        [...known, ...data.globalKeys].map((candidate) => candidate.key),
      );
      const hint = meant === null ? '' : ` Did you mean ${meant}?`;
      const code = test.lookup.startsWith('aws:')
        ? 'INVALID_GLOBAL_CONDITION_KEY'
        : 'INVALID_SERVICE_CONDITION_KEY';
      report('warning', code, path, `There is no condition key ${test.key}.${hint}`);
      continue;
    }
    checkSetOperator(test, facts, path, report);
    if (complete) checkSupport(test, covered, path, report);
  }
}

/** The keys of the service that a key's prefix names; null when the data does not have it. */
function keysFor(lookup: string, data: ServiceData): readonly ConditionKeyFacts[] | null {
  const prefix = lookup.slice(0, lookup.indexOf(':'));
  if (prefix === 'aws')
    return [...data.globalKeys, ...Object.values(data.services).flatMap((one) => one.keys)];
  return serviceFacts(data, prefix)?.keys ?? null;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function checkSetOperator(test: KeyTest, facts: ConditionKeyFacts, path: Path, report: Report): void {
  if (test.use.kind === 'null') return;
  const several = facts.type.startsWith('ArrayOf');
  if (several && test.use.quantifier === 'one') {
    report(
      'warning',
      'MISSING_QUALIFIER',
      path,
      `${test.key} has several values: say ForAnyValue: or ForAllValues: before ${test.operatorName}.`,
    );
  }
  if (!several && test.use.quantifier !== 'one') {
    const code =
      test.use.quantifier === 'all'
        ? 'FORALLVALUES_WITH_SINGLE_VALUED_KEY'
        : 'FORANYVALUE_WITH_SINGLE_VALUED_KEY';
    const message = `${test.key} has one value: leave out the set operator of ${test.operatorName}.`;
    report('warning', code, path, message);
  }
}

const MOST_NAMED = 4;

/** A key that an action never sets is always missing there. */
function checkSupport(test: KeyTest, covered: readonly CoveredAction[], path: Path, report: Report): void {
  if (covered.length === 0 || covered.every((action) => sets(action, test.key))) return;
  const none = !covered.some((action) => sets(action, test.key));
  const without = covered.filter((action) => (none || action.named) && !sets(action, test.key));
  if (without.length === 0) return;
  const names = without.slice(0, MOST_NAMED).map((action) => action.label);
  const more = without.length > MOST_NAMED ? ` and ${without.length - MOST_NAMED} more` : '';
  const verb = without.length === 1 ? 'does' : 'do';
  report(
    'warning',
    'KEY_NOT_SET_BY_ACTION',
    path,
    `${names.join(', ')}${more} ${verb} not set ${test.key}: there the key is always missing.`,
  );
}

function sets({ facts, name }: CoveredAction, key: string): boolean {
  const action = facts.actions[name];
  return action?.keys.some((i) => facts.keys[i] !== undefined && isKey(facts.keys[i], key)) ?? false;
}
