import type { CompiledPolicy } from './policy.ts';
import type { PatternProblem, PolicyProblem } from './problem.ts';
import { type Statement, statementPath } from './statement.ts';

/**
 * What a policy may hold, by where it is attached: identity policies, boundaries, session policies and SCPs name
 * resources and no principals; resource, endpoint and resource control policies name principals; a trust policy
 * names principals and no resources.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes
 */
export type PolicyForm = 'identity' | 'resource' | 'trust';

/** What has no place in a policy of this form, and what is missing from it. Paths start at the document. */
export function formProblems(policy: CompiledPolicy, form: PolicyForm): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const statement of policy.statements) {
    const at = statementPath(statement.index, statement.listed);
    for (const { element, ...problem } of misplaced(statement, form)) {
      problems.push({ ...problem, path: element === null ? at : [...at, element] });
    }
  }
  return problems;
}

interface Misplaced extends PatternProblem {
  /** Null when something is missing from the statement. */
  readonly element: string | null;
}

function misplaced({ principalElement, resourceElement }: Statement, form: PolicyForm): readonly Misplaced[] {
  const found: Misplaced[] = [];
  if (form === 'identity') {
    if (principalElement !== null) {
      found.push({
        code: 'UNSUPPORTED_PRINCIPAL',
        element: principalElement,
        message: `${principalElement} has no place in a policy that is attached to an identity or an account: only resource policies name principals.`,
      });
    }
    if (resourceElement === null) {
      const message = 'The statement has neither Resource nor NotResource.';
      found.push({ code: 'MISSING_RESOURCE', element: null, message });
    }
    return found;
  }
  if (principalElement === null) {
    const message = 'The statement has no Principal: it must say who it is about.';
    found.push({ code: 'MISSING_PRINCIPAL', element: null, message });
  }
  if (form === 'resource') return found;
  if (principalElement === 'NotPrincipal') {
    found.push({
      code: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
      element: principalElement,
      message: 'A trust policy cannot use NotPrincipal: name who may assume the role.',
    });
  }
  if (resourceElement !== null) {
    found.push({
      code: 'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
      element: resourceElement,
      message: `A trust policy has no ${resourceElement}: it is always about its own role.`,
    });
  }
  return found;
}
