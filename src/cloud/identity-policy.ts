import { isObject } from '../iam/problem.ts';
import type { PolicyDocument } from '../iam/request.ts';

/**
 * What IAM has against the statements of an identity policy, in the sentences it has for that; null when it has none
 * of these. IAM names what is wrong once: the first it meets.
 * Source: IAM User Guide, reference_policies_grammar.html; the sentences are those its API answers with.
 */
export function identityPolicyProblem(statements: readonly PolicyDocument[]): string | null {
  if (statements.some((each) => has(each, 'Principal') || has(each, 'NotPrincipal'))) {
    return 'Policy document should not specify a principal.';
  }
  const ids = sidProblem(statements);
  if (ids !== null) {
    return ids;
  }
  if (!statements.every((each) => has(each, 'Action') || has(each, 'NotAction'))) {
    return 'Policy statement must contain actions.';
  }
  if (!statements.every((each) => has(each, 'Resource') || has(each, 'NotResource'))) {
    return 'Policy statement must contain resources.';
  }
  const actions = actionsOf(statements);
  const keys = statements.flatMap(({ Condition }) => conditionKeys(Condition));
  if (![...actions.filter((action) => action !== '*'), ...keys].every(hasVendor)) {
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  }
  if (actions.some((action) => action.split(':').length > 2)) {
    return 'Actions/Condition can contain only one colon.';
  }
  const resources = statements.flatMap((each) => [...texts(each.Resource), ...texts(each.NotResource)]);
  const odd = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  return odd === undefined ? null : `Resource ${odd} must be in ARN format or "*".`;
}

/**
 * What IAM has against the statement ids of a policy; null when it has nothing.
 * Source: IAM User Guide, reference_policies_elements_sid.html.
 */
export function sidProblem(statements: readonly PolicyDocument[]): string | null {
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []));
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid))) {
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';
  }
  return new Set(sids).size < sids.length ? 'Statement IDs (SID) in a single policy must be unique.' : null;
}

/** The actions that statements name, also to leave them out. */
export function actionsOf(statements: readonly PolicyDocument[]): readonly string[] {
  return statements.flatMap(({ Action, NotAction }) => [...texts(Action), ...texts(NotAction)]);
}

/** The condition keys of a statement. */
function conditionKeys(condition: unknown): readonly string[] {
  return isObject(condition)
    ? Object.values(condition).flatMap((each) => (isObject(each) ? Object.keys(each) : []))
    : [];
}

function hasVendor(name: string): boolean {
  return name.includes(':');
}

/** True when a statement has an element. */
export function has(statement: PolicyDocument, element: string): boolean {
  return Object.hasOwn(statement, element);
}

/** The texts of an element that holds one or a list of them. */
export function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === 'string');
}
