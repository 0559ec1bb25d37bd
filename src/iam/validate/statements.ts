import { arnComponents } from '../arn.ts';
import { globOf } from '../glob.ts';
import type { IssueCode } from '../issue.ts';
import type { CompiledPolicy } from '../policy.ts';
import { isObject, type Path } from '../problem.ts';
import { type Statement, statementPath } from '../statement.ts';
import type { PolicyKind, Report } from './finding.ts';

/** Reports what can be told of statements without knowing AWS's services. */
export function checkStatements(policy: CompiledPolicy, kind: PolicyKind, report: Report): void {
  if (isEmptyList(policy.document.Statement))
    report('error', 'MISSING_STATEMENT', ['Statement'], 'The policy has no Statement: the list is empty.');
  const sids = new Set<string>();
  for (const statement of policy.statements) {
    const at = statementPath(statement.index, statement.listed);
    checkSid(statement, kind, at, sids, report);
    checkEmptyLists(statement, at, report);
    checkRepeatedActions(statement, at, report);
    checkArns(statement, at, report);
    if (statement.effect === 'Allow' && statement.conditions.length === 0) {
      checkBroadGrant(statement, kind, at, report);
    }
  }
}

const PLAIN_SIDS: readonly PolicyKind[] = ['identity', 'permissions-boundary', 'session', 'trust'];

function checkSid(statement: Statement, kind: PolicyKind, at: Path, seen: Set<string>, report: Report): void {
  const { sid } = statement;
  if (statement.source.Sid === '')
    report('suggestion', 'EMPTY_SID_VALUE', [...at, 'Sid'], 'An empty Sid says nothing: leave it out.');
  if (sid === null) return;
  if (seen.has(sid)) {
    const message = `Another statement has the Sid ${JSON.stringify(sid)} already.`;
    report('error', 'UNIQUE_SIDS_REQUIRED', [...at, 'Sid'], message);
  }
  seen.add(sid);
  if (PLAIN_SIDS.includes(kind) && !/^[A-Za-z0-9]+$/.test(sid)) {
    report('error', 'UNSUPPORTED_SID', [...at, 'Sid'], 'Here a Sid holds letters and digits only.');
  }
}

function checkEmptyLists(statement: Statement, at: Path, report: Report): void {
  const { actionElement, resourceElement } = statement;
  if (isEmptyList(statement.source[actionElement])) {
    report(
      'suggestion',
      'EMPTY_ARRAY_ACTION',
      [...at, actionElement],
      `An empty ${actionElement} list makes the statement useless.`,
    );
  }
  if (resourceElement !== null && isEmptyList(statement.source[resourceElement])) {
    report(
      'suggestion',
      'EMPTY_ARRAY_RESOURCE',
      [...at, resourceElement],
      `An empty ${resourceElement} list makes the statement useless.`,
    );
  }
  const { principalElement } = statement;
  if (principalElement !== null && namesNobody(statement.source[principalElement])) {
    const isBare = Object.keys(Object(statement.source[principalElement])).length === 0;
    report(
      'suggestion',
      isBare ? 'EMPTY_OBJECT_PRINCIPAL' : 'EMPTY_ARRAY_PRINCIPAL',
      [...at, principalElement],
      'This names nobody, which makes the statement useless.',
    );
  }
}

/** True for a principal element without a name in it. */
function namesNobody(principal: unknown): boolean {
  return isObject(principal) && Object.values(principal).every(isEmptyList);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const MOST_COMPARED = 100;

function checkRepeatedActions(statement: Statement, at: Path, report: Report): void {
  const { actions, actionElement } = statement;
  if (actions.length < 2 || actions.length > MOST_COMPARED) return;
  for (const [i, action] of actions.entries()) {
    const wider = actions.find(
      (other, j) =>
        j !== i && other.matches(action.source.toLowerCase()) && (j < i || other.source !== action.source),
    );
    if (wider === undefined) continue;
    report(
      'suggestion',
      'REDUNDANT_ACTION',
      [...at, actionElement, i],
      `${action.source} is covered by ${wider.source} already.`,
    );
  }
}

const PARTITIONS = globOf('aws*');

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function checkArns(statement: Statement, at: Path, report: Report): void {
  const { resourceElement, resources } = statement;
  if (resourceElement === null) return;
  for (const [i, { template }] of resources.entries()) {
    const path = pathOf(at, resourceElement, statement.source[resourceElement], i);
    const parts = arnComponents(template.source);
    if (template.source === '*' || parts === null) continue;
    const [, partition = '', service = '', , account = ''] = parts;
    if (!/[*?]/.test(partition) && !PARTITIONS.matches(partition)) {
      report(
        'error',
        'INVALID_PARTITION',
        path,
        `There is no partition ${JSON.stringify(partition)}: it is aws, aws-cn or aws-us-gov.`,
      );
    }
    if (service === '' || /[*?]/.test(service)) {
      const code = service === '' ? 'MISSING_ARN_FIELD' : 'INVALID_SERVICE';
      report('error', code, path, 'The service of an ARN cannot be left out or hold a wildcard.');
    } else if (service !== service.toLowerCase()) {
      const message = `The service of an ARN is written in lower case: ${service.toLowerCase()}.`;
      report('error', 'INVALID_ARN_SERVICE_CASE', path, message);
    }
    if (/\$\{/.test(parts.slice(0, 5).join(':'))) {
      report(
        'warning',
        'VARIABLE_UNSUPPORTED_IN_ELEMENT',
        path,
        'Variables work only after the fifth colon of an ARN; before it they are taken literally.',
      );
    } else if (!/^(\d{12}|aws|cloudfront|.*[*?].*|)$/.test(account)) {
      const message = `${JSON.stringify(account)} is no account id: it has twelve digits.`;
      report('error', 'INVALID_ARN_ACCOUNT', path, message);
    }
    if (/\$\{[^}]*$/.test(template.source))
      report('warning', 'MISSING_BRACE_IN_VARIABLE', path, 'This variable has no closing brace.');
  }
}

function pathOf(at: Path, element: string, written: unknown, index: number): Path {
  return Array.isArray(written) ? [...at, element, index] : [...at, element];
}

/** Grants that are wider than people tend to mean. */
function checkBroadGrant(statement: Statement, kind: PolicyKind, at: Path, report: Report): void {
  const everything = statement.resources.some((pattern) => pattern.template.source === '*');
  if (statement.principal?.everyone === true && (kind === 'resource' || kind === 'trust')) {
    const message = 'This lets in everyone, also callers without an account.';
    report('warning', 'PUBLIC_PRINCIPAL', [...at, 'Principal'], message);
  }
  if (kind !== 'identity' && kind !== 'resource') return;
  if (statement.actionElement === 'NotAction') {
    report(
      'warning',
      notActionCode(statement, everything),
      [...at, 'NotAction'],
      'Allow with NotAction grants all else, future services included.',
    );
    return;
  }
  if (!everything) return;
  const covers = (action: string) => statement.actions.some((pattern) => pattern.matches(action));
  if (statement.actions.some((pattern) => pattern.source === '*' || pattern.source === '*:*')) {
    if (kind === 'identity') {
      const message = 'This allows everything on everything.';
      report('warning', 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', at, message);
    }
  } else if (covers('iam:passrole')) {
    const isNamed = statement.actions.some((pattern) => pattern.source.toLowerCase() === 'iam:passrole');
    report(
      'warning',
      isNamed ? 'PASS_ROLE_WITH_STAR_IN_RESOURCE' : 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
      at,
      'iam:PassRole on "*" lets its holder hand any role, also a mightier one, to a service. Name the roles.',
    );
  }
}

/** What AWS calls an Allow with NotAction: it warns of those that let any role be passed. */
function notActionCode({ actions, resourceElement }: Statement, everything: boolean): IssueCode {
  if (actions.some((pattern) => pattern.matches('iam:passrole'))) return 'ALLOW_WITH_NOT_ACTION';
  if (resourceElement === 'NotResource') return 'PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE';
  return everything ? 'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION' : 'ALLOW_WITH_NOT_ACTION';
}
