import type { ApplicablePolicies, AuthorizationRequest, NamedPolicy } from '../../src/iam/index.ts';

/** The statement elements that the workloads use. */
interface Statement {
  readonly Effect: string;
  readonly Principal?: '*' | { readonly AWS: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A value for `${aws:PrincipalTag/team}`: Cedar's patterns hold no variables, so the workload's one value is filled in. */
const TEAM = 'web-shop';

/**
 * The policies of a workload as Cedar policies with the same meaning: an Allow of an identity or resource policy
 * permits, a Deny forbids, and a boundary, session policy or level of SCPs forbids what it does not allow.
 */
export function cedarPolicies(policies: ApplicablePolicies): Record<string, string> {
  const texts: Record<string, string> = {};
  const add = (name: string, text: string) => {
    texts[name] = text;
  };
  const grants = [
    ...(policies.identity ?? []),
    ...(policies.resource === undefined ? [] : [policies.resource]),
  ];
  for (const [i, policy] of grants.entries()) {
    for (const [j, statement] of statementsOf(policy).entries()) {
      const effect = statement.Effect === 'Allow' ? 'permit' : 'forbid';
      add(`grant-${i}-${j}`, `${effect}(principal, action, resource) when { ${meaning(statement)} };`);
    }
  }
  const limits = [
    ...(policies.permissionsBoundary === undefined ? [] : [[policies.permissionsBoundary]]),
    ...(policies.session === undefined ? [] : [policies.session]),
    ...(policies.serviceControl ?? []).map((level) => level.policies),
  ];
  for (const [i, set] of limits.entries()) {
    const statements = set.flatMap(statementsOf);
    const allows = statements.filter((one) => one.Effect === 'Allow').map((one) => `(${meaning(one)})`);
    add(`limit-${i}`, `forbid(principal, action, resource) unless { ${allows.join(' || ')} };`);
    for (const [j, statement] of statements.filter((one) => one.Effect === 'Deny').entries()) {
      add(`limit-${i}-${j}`, `forbid(principal, action, resource) when { ${meaning(statement)} };`);
    }
  }
  return texts;
}

function statementsOf(policy: NamedPolicy): readonly Statement[] {
  const { document } = policy;
  const statements: unknown = typeof document === 'string' ? [] : document.Statement;
  return Array.isArray(statements) ? statements : [];
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function meaning(statement: Statement): string {
  const like = (attribute: string, patterns: string | readonly string[]) =>
    `(${listOf(patterns)
      .map((pattern) => `context.${attribute} like ${JSON.stringify(pattern.replace(/\$\{[^}]*\}/, TEAM))}`)
      .join(' || ')})`;
  const parts = [like('resource', statement.Resource)];
  if (statement.Action !== undefined) parts.push(like('action', statement.Action));
  if (statement.NotAction !== undefined) parts.push(`!${like('action', statement.NotAction)}`);
  const { Principal: principal } = statement;
  if (typeof principal === 'object')
    parts.push(`${JSON.stringify(listOf(principal.AWS))}.contains(context.principal)`);
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) parts.push(condition(operator, key, listOf(values)));
  }
  return parts.join(' && ');
}

function condition(operator: string, key: string, values: readonly string[]): string {
  const has = `context has ${JSON.stringify(key)}`;
  const value = `context[${JSON.stringify(key)}]`;
  const any = (test: (one: string) => string) => `(${values.map(test).join(' || ')})`;
  switch (operator) {
    case 'StringEquals':
      return `${has} && ${any((one) => `${value} == ${JSON.stringify(one)}`)}`;
    case 'StringNotEquals':
      return `!(${has} && ${any((one) => `${value} == ${JSON.stringify(one)}`)})`;
    case 'StringLike':
      return `${has} && ${any((one) => `${value} like ${JSON.stringify(one)}`)}`;
    case 'Bool':
      return `${has} && ${any((one) => `${value} == ${one}`)}`;
    case 'IpAddress':
      return `${has} && ${any((one) => `ip(${value}).isInRange(ip(${JSON.stringify(one)}))`)}`;
    case 'ForAllValues:StringEquals':
      return `(!(${has}) || ${JSON.stringify(values)}.containsAll(${value}))`;
    default:
      throw new Error(`The workloads use no ${operator}.`);
  }
}

/** A request as a call to Cedar, apart from the name of the policy set. */
export function cedarRequest(request: AuthorizationRequest) {
  const { action, resource, principal } = request;
  const id = typeof principal === 'string' ? principal : 'service';
  return {
    principal: { type: 'User', id },
    action: { type: 'Action', id: action },
    resource: { type: 'Resource', id: resource },
    context: { ...copyOf(request.context ?? {}), action, resource, principal: id },
    entities: [],
  };
}

type CedarValue = string | number | boolean | (string | number | boolean)[];

function copyOf(context: NonNullable<AuthorizationRequest['context']>): Record<string, CedarValue> {
  const copy: Record<string, CedarValue> = {};
  for (const [key, value] of Object.entries(context))
    copy[key] = typeof value === 'object' ? [...value] : value;
  return copy;
}
