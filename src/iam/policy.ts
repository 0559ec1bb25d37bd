import { type PolicyProblem, placeProblems } from './problem.ts';
import type { PolicyDocument } from './request.ts';
import { addUnknownElements, compileStatement, type Statement, shown, statementPath } from './statement.ts';

/** A policy document ready to be held against requests. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly statements: readonly Statement[];
  /** What AWS would not accept; the statements mean nothing when there is any. Paths start at the document. */
  readonly problems: readonly PolicyProblem[];
}

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const compiledByDocument = new WeakMap<PolicyDocument, CompiledPolicy>();

/**
 * Compiles a policy document once: it is remembered by the identity of the object, so a document must not be changed
 * after its first use.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compileDocument(document: PolicyDocument): CompiledPolicy {
  const known = compiledByDocument.get(document);
  if (known !== undefined) return known;
  const compiled = compile(document);
  compiledByDocument.set(document, compiled);
  return compiled;
}

function compile(document: PolicyDocument): CompiledPolicy {
  const problems: PolicyProblem[] = [];
  addUnknownElements(document, POLICY_ELEMENTS, 'a policy', problems);
  const { Version: version, Statement: written } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    const message = `Version must be "2012-10-17" or "2008-10-17", not ${shown(version)}.`;
    problems.push({ code: 'INVALID_VERSION', path: ['Version'], message });
  }
  if (written === undefined) {
    problems.push({ code: 'MISSING_STATEMENT', path: [], message: 'The policy has no Statement.' });
  }
  const listed = Array.isArray(written);
  const list: readonly unknown[] = listed ? written : written === undefined ? [] : [written];
  const statements: Statement[] = [];
  for (let index = 0; index < list.length; index++) {
    const before = problems.length;
    const statement = compileStatement(list[index], index, listed, version === '2012-10-17', problems);
    if (problems.length > before) placeProblems(problems, before, ...statementPath(index, listed));
    if (statement !== null) statements.push(statement);
  }
  return { document, statements, problems };
}
