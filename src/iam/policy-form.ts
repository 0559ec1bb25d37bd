import type { CompiledPolicy } from './policy.ts';
import type { Problem } from './problem.ts';
import { type Statement, statementPath } from './statement.ts';

/**
 * What a policy may hold, by where it is attached: identity policies, boundaries, session policies and SCPs name
 * resources and no principals; resource, endpoint and resource control policies name principals; a trust policy
 * names principals and no resources.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html#policies-grammar-notes
 */
export type PolicyForm = 'identity' | 'resource' | 'trust';

/** What has no place in a policy of this form, and what is missing from it. Paths start at the document. */
export function formProblems(policy: CompiledPolicy, form: PolicyForm): readonly Problem[] {
  const problems: Problem[] = [];
  for (const statement of policy.statements) {
    const at = statementPath(statement.index, statement.listed);
    for (const [element, message] of misplaced(statement, form)) {
      problems.push({ path: element === null ? at : [...at, element], message });
    }
  }
  return problems;
}

function misplaced(
  { principalElement, resourceElement }: Statement,
  form: PolicyForm,
): [string | null, string][] {
  const found: [string | null, string][] = [];
  if (form === 'identity') {
    if (principalElement !== null) {
      found.push([
        principalElement,
        `${principalElement} has no place in a policy that is attached to an identity or an account: only resource policies name principals.`,
      ]);
    }
    if (resourceElement === null) found.push([null, 'The statement has neither Resource nor NotResource.']);
    return found;
  }
  if (principalElement === null)
    found.push([null, 'The statement has no Principal: it must say who it is about.']);
  if (form === 'resource') return found;
  if (principalElement === 'NotPrincipal') {
    found.push([principalElement, 'A trust policy cannot use NotPrincipal: name who may assume the role.']);
  }
  if (resourceElement !== null) {
    found.push([
      resourceElement,
      `A trust policy has no ${resourceElement}: it is always about its own role.`,
    ]);
  }
  return found;
}
