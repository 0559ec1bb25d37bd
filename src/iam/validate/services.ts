import type { CompiledPolicy } from '../policy.ts';
import type { Path } from '../problem.ts';
import { nearest } from '../spelling.ts';
import { type Statement, statementPath } from '../statement.ts';
import type { PolicyKind, Report } from './finding.ts';
import { checkKeys } from './keys.ts';
import { canMatchForm } from './overlap.ts';
import { type ServiceData, type ServiceFacts, serviceFacts } from './service-data.ts';

/** An action that a pattern of a statement covers. */
export interface CoveredAction {
  /** `service:Name` as AWS spells it. */
  readonly label: string;
  readonly name: string;
  readonly facts: ServiceFacts;
  /** True when the policy names it without a wildcard. */
  readonly named: boolean;
}

/** Reports actions, resource types and condition keys that do not exist or do not fit together. */
export function checkServices(
  policy: CompiledPolicy,
  kind: PolicyKind,
  data: ServiceData,
  report: Report,
): void {
  for (const statement of policy.statements) {
    const at = statementPath(statement.index, statement.listed);
    const { covered, complete } = coveredActions(statement, at, data, report);
    if (statement.actionElement === 'Action' && complete && kind !== 'trust') {
      checkResources(statement, covered, at, report);
    }
    checkKeys(statement, statement.actionElement === 'Action' ? covered : [], complete, data, report);
  }
}

/** The actions a statement covers; not complete when some pattern is about services the data does not have. */
function coveredActions(
  statement: Statement,
  at: Path,
  data: ServiceData,
  report: Report,
): { covered: readonly CoveredAction[]; complete: boolean } {
  const covered: CoveredAction[] = [];
  let complete = true;
  for (const [i, pattern] of statement.actions.entries()) {
    const { source } = pattern;
    const path = Array.isArray(statement.source[statement.actionElement])
      ? [...at, statement.actionElement, i]
      : [...at, statement.actionElement];
    const prefix = source.slice(0, source.indexOf(':')).toLowerCase();
    const facts = serviceFacts(data, prefix);
    if (facts === null) {
      complete = false;
      reportUnknownService(prefix, source, path, data, report);
      continue;
    }
    const names = Object.keys(facts.actions);
    const named = !/[*?]/.test(source);
    const hits = names.filter((name) => pattern.matches(`${prefix}:${name.toLowerCase()}`));
    if (hits.length === 0) {
      complete = false;
      const meant = named ? nearest(source.slice(prefix.length + 1), names) : null;
      const hint = meant === null ? '' : ` Did you mean ${prefix}:${meant}?`;
      report(
        'warning',
        'INVALID_ACTION',
        path,
        named ? `There is no action ${source}.${hint}` : `No action matches ${source}.`,
      );
    }
    for (const name of hits) covered.push({ label: `${prefix}:${name}`, name, facts, named });
  }
  return { covered, complete };
}

function reportUnknownService(
  prefix: string,
  source: string,
  path: Path,
  data: ServiceData,
  report: Report,
): void {
  if (prefix === '' || prefix === '*' || data.prefixes.includes(prefix)) return;
  const meant = nearest(prefix, data.prefixes);
  const hint = meant === null ? '' : ` Did you mean ${meant}${source.slice(prefix.length)}?`;
  report(
    'warning',
    'INVALID_SERVICE_IN_ACTION',
    path,
    `There is no service with the prefix ${prefix}.${hint}`,
  );
}

/** Each named action needs a resource it works on, and each resource an action that works on it. */
function checkResources(
  statement: Statement,
  covered: readonly CoveredAction[],
  at: Path,
  report: Report,
): void {
  const { resourceElement } = statement;
  if (resourceElement !== 'Resource' || covered.length === 0) return;
  const sources = statement.resources.map((pattern) => pattern.template.source);
  const reported = new Set<string>();
  for (const action of covered) {
    if (!action.named || sources.length === 0 || sources.some((source) => fits(action, source))) continue;
    reported.add(action.label);
    const forms = formsOf(action).map(readableForm);
    report(
      'warning',
      'ACTION_WITHOUT_ITS_RESOURCE',
      [...at, resourceElement],
      forms.length === 0
        ? `${action.label} takes no resource: it works only with "Resource": "*".`
        : `${action.label} works on ${forms.join(' or ')}, which ${sources.length === 1 ? sources[0] : 'none of these resources'} ${sources.length === 1 ? 'is not' : 'is'}.`,
    );
  }
  for (const [i, source] of sources.entries()) {
    if (covered.some((action) => reported.has(action.label) || fits(action, source))) continue;
    const path = Array.isArray(statement.source.Resource)
      ? [...at, resourceElement, i]
      : [...at, resourceElement];
    const message = `None of the actions of this statement works on ${source}.`;
    report('warning', 'RESOURCE_WITHOUT_ITS_ACTION', path, message);
  }
}

/** `arn:aws:s3:::BucketName`: a form of ARNs as people read it. */
function readableForm(form: string): string {
  return form.replace(/\$\{Partition\}/g, 'aws').replace(/\$\{([^}]*)\}/g, '$1');
}

function fits(action: CoveredAction, source: string): boolean {
  if (source === '*') return true;
  return formsOf(action).some((form) => canMatchForm(source, form));
}

function formsOf({ facts, name }: CoveredAction): readonly string[] {
  const types = facts.actions[name]?.resources ?? [];
  return types.flatMap((i) => facts.resources[i]?.arn ?? []);
}
