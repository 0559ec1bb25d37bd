import type { CompiledPolicy } from '../policy.ts';
import type { PolicyForm } from '../policy-form.ts';
import type { PrincipalElement } from '../principal-element.ts';
import type { Path } from '../problem.ts';
import { RCP_SERVICES } from '../rcp-services.ts';
import type { Statement } from '../statement.ts';
import { statementPath } from '../statement.ts';
import type { PolicyKind, Report } from './finding.ts';

/** Which elements a kind of policy may hold. */
export function formOf(kind: PolicyKind): PolicyForm {
  if (kind === 'trust') return 'trust';
  return kind === 'resource' || kind === 'resource-control' || kind === 'vpc-endpoint'
    ? 'resource'
    : 'identity';
}

/** Reports what holds for one kind of policy only. */
export function checkKind(policy: CompiledPolicy, kind: PolicyKind, report: Report): void {
  checkVersion(policy, kind, report);
  if (policy.document.Id !== undefined && formOf(kind) === 'identity') {
    report('warning', 'ID_IN_IDENTITY_POLICY', ['Id'], 'Id belongs in resource policies only.');
  }
  for (const statement of policy.statements) {
    if (kind === 'trust') checkTrust(statement, report);
    if (kind === 'resource-control') checkResourceControl(policy, statement, report);
    if (kind === 'vpc-endpoint') checkEndpoint(statement, report);
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
function checkVersion(policy: CompiledPolicy, kind: PolicyKind, report: Report): void {
  const { Version: version } = policy.document;
  if (version === '2012-10-17') return;
  if (kind === 'service-control' || kind === 'resource-control') {
    report(
      'error',
      version === undefined ? 'MISSING_VERSION' : 'INVALID_VERSION',
      version === undefined ? [] : ['Version'],
      'This kind of policy needs "Version": "2012-10-17".',
    );
    return;
  }
  if (version !== undefined && version !== '2008-10-17') return;
  const uses = policy.statements.some(usesVariables);
  report(
    uses || version === undefined ? 'warning' : 'suggestion',
    version === undefined ? 'MISSING_VERSION' : uses ? 'VARIABLE_UNSUPPORTED_IN_VERSION' : 'OLD_VERSION',
    version === undefined ? [] : ['Version'],
    uses
      ? `Without "Version": "2012-10-17" variables such as \${aws:username} are taken literally.`
      : 'Give "Version": "2012-10-17": the older language lacks variables.',
  );
}

function usesVariables(statement: Statement): boolean {
  const templates = [
    ...statement.resources.map((pattern) => pattern.template),
    ...statement.conditions.flatMap((test) => test.values.map((value) => value.template)),
  ];
  return templates.some((template) => /\$\{[^}]+\}/.test(template.source));
}

function checkTrust(statement: Statement, report: Report): void {
  const at = statementPath(statement.index, statement.listed);
  checkTrustPrincipal(statement, at, report);
  for (const { source } of statement.actions) {
    if (source === '*' || source.toLowerCase().startsWith('sts:')) continue;
    report(
      'error',
      'UNSUPPORTED_ACTION_IN_POLICY',
      [...at, statement.actionElement],
      `A trust policy holds actions of STS only, not ${source}.`,
    );
  }
}

/** Who may use each operation that assumes a role: what a trust statement would otherwise never let happen. */
const ASSUMED_BY: Readonly<Record<string, (principal: PrincipalElement) => boolean>> = {
  'sts:assumerole': ({ everyone, accounts, identities, services }) =>
    everyone || accounts.size + identities.size + services.size > 0,
  'sts:assumerolewithsaml': ({ everyone, providers }) =>
    everyone || [...providers].some((name) => name === '*' || name.includes(':saml-provider/')),
  'sts:assumerolewithwebidentity': ({ everyone, providers }) =>
    everyone || [...providers].some((name) => !name.includes(':saml-provider/')),
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (mismatched action for principal) */
function checkTrustPrincipal(statement: Statement, at: Path, report: Report): void {
  const { principal } = statement;
  if (principal === null || isEmpty(principal)) return;
  for (const action of statement.actions) {
    const isFor = ASSUMED_BY[action.source.toLowerCase()];
    if (isFor === undefined || isFor(principal)) continue;
    const message = `${action.source} is not for the kind of principal named here.`;
    report('error', 'MISMATCHED_ACTION_FOR_PRINCIPAL', [...at, 'Principal'], message);
  }
}

/** True when nobody is named, or nobody whose name is sound. */
function isEmpty({ everyone, accounts, identities, services, providers }: PrincipalElement): boolean {
  return !everyone && accounts.size + identities.size + services.size + providers.size === 0;
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
function checkEndpoint(statement: Statement, report: Report): void {
  const at = statementPath(statement.index, statement.listed);
  checkHasResource(statement, at, report);
  if (statement.principalElement !== 'Principal' || (statement.principal?.accounts.size ?? 0) === 0) return;
  report(
    'warning',
    'ENDPOINT_ACCOUNT_PRINCIPAL',
    [...at, 'Principal'],
    'A gateway endpoint takes an account for its root user only. Say "*" with a condition on aws:PrincipalArn.',
  );
}

function checkHasResource(statement: Statement, at: Path, report: Report): void {
  if (statement.resourceElement === null)
    report('error', 'MISSING_RESOURCE', at, 'The statement has neither Resource nor NotResource.');
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html */
function checkResourceControl(policy: CompiledPolicy, statement: Statement, report: Report): void {
  const at = statementPath(statement.index, statement.listed);
  checkHasResource(statement, at, report);
  if (statement.effect === 'Allow' && !isFullAccess(policy)) {
    const message = 'An RCP can only Deny; RCPFullAWSAccess alone allows.';
    report('error', 'RCP_SYNTAX_ERROR_ALLOW', [...at, 'Effect'], message);
  }
  if (statement.principalElement === 'NotPrincipal') {
    report(
      'error',
      'RCP_SYNTAX_ERROR_PRINCIPAL',
      [...at, 'NotPrincipal'],
      'An RCP cannot use NotPrincipal; use a condition on aws:PrincipalArn.',
    );
  } else if (statement.principal !== null && !statement.principal.everyone) {
    report(
      'error',
      'RCP_SYNTAX_ERROR_PRINCIPAL',
      [...at, 'Principal'],
      'The principal of an RCP is always "*"; narrow it with a condition.',
    );
  }
  if (statement.actionElement === 'NotAction')
    report('error', 'RCP_SYNTAX_ERROR_NOTACTION', [...at, 'NotAction'], 'An RCP cannot use NotAction.');
  for (const { source } of statement.actions) {
    const service = source.slice(0, source.indexOf(':')).toLowerCase();
    if (source === '*' || source === '*:*' || RCP_SERVICES.has(service)) continue;
    report(
      'warning',
      'RCP_WITHOUT_EFFECT_ON_SERVICE',
      [...at, statement.actionElement],
      `RCPs do not cover ${service}, so ${source} has no effect.`,
    );
  }
}

function isFullAccess(policy: CompiledPolicy): boolean {
  const [only] = policy.statements;
  return policy.statements.length === 1 && only?.source.Action === '*' && only.source.Resource === '*';
}
