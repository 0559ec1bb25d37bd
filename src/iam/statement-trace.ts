import type { Caller } from './caller.ts';
import { listOf, traceKeyTest, variableNotes } from './condition-trace.ts';
import type { ElementTrace, StatementTrace } from './decision.ts';
import { type Statement, statementPath } from './policy.ts';
import { actionMatches } from './policy-set.ts';
import { BY_ACCOUNT, BY_ISSUER, namingOf, type PrincipalElement } from './principal-element.ts';
import type { Path } from './problem.ts';
import { principalMatches, type Question, resourceMatches } from './question.ts';

/** Holds every element of a statement against the request: the same matching as the decision's, without stopping early. */
export function traceStatement(statement: Statement, question: Question, decided: boolean): StatementTrace {
  const at = statementPath(statement.index, statement.listed);
  const elements: ElementTrace[] = [];
  if (statement.principal !== null && statement.principalElement !== null) {
    elements.push(tracePrincipal(statement, statement.principal, statement.principalElement, question, at));
  }
  elements.push(traceAction(statement, question, at));
  if (statement.resourceElement !== null)
    elements.push(traceResource(statement, statement.resourceElement, question, at));
  for (const test of statement.conditions) elements.push(traceKeyTest(test, question.context, at));
  return {
    index: statement.index,
    sid: statement.sid,
    effect: statement.effect,
    matched: elements.every((element) => element.matched),
    decided,
    elements,
  };
}

function traceAction(statement: Statement, question: Question, at: Path): ElementTrace {
  const { actionElement: element, actions } = statement;
  const hit = actions.findIndex((pattern) => pattern.glob.matches(question.actionKey));
  const sources = () => listOf(actions.map((pattern) => pattern.source));
  return {
    element,
    matched: actionMatches(statement, question.actionKey),
    path: pathTo(at, element, statement.source[element], hit),
    value: question.action,
    because: comparison(question.action, element === 'NotAction', actions[hit]?.source ?? null, sources),
  };
}

function traceResource(
  statement: Statement,
  element: 'Resource' | 'NotResource',
  question: Question,
  at: Path,
): ElementTrace {
  const { resources } = statement;
  const hit = resources.findIndex((pattern) => pattern.matches(question.resource, question.context));
  const sources = () => listOf(resources.map((pattern) => pattern.template.source));
  const source = resources[hit]?.template.source ?? null;
  const templates = resources.map((pattern) => pattern.template);
  return {
    element,
    matched: resourceMatches(statement, question),
    path: pathTo(at, element, statement.source[element], hit),
    value: question.resource,
    because:
      comparison(question.resource, element === 'NotResource', source, sources) +
      variableNotes(templates, question.context),
  };
}

/** Down to the entry of the list that matched; the whole element when none did, or when it is no list. */
function pathTo(at: Path, element: string, written: unknown, hit: number): Path {
  return hit >= 0 && Array.isArray(written) ? [...at, element, hit] : [...at, element];
}

function comparison(value: string, negated: boolean, hit: string | null, all: () => string): string {
  if (hit === null) return `${value} matches ${negated ? 'none of the exceptions' : 'no pattern'}: ${all()}.`;
  return negated ? `${value} matches the exception "${hit}".` : `${value} matches "${hit}".`;
}

function tracePrincipal(
  statement: Statement,
  principal: PrincipalElement,
  element: 'Principal' | 'NotPrincipal',
  question: Question,
  at: Path,
): ElementTrace {
  const matched = principalMatches(statement, question);
  return {
    element,
    matched,
    path: [...at, element],
    value: question.caller.label,
    because:
      element === 'Principal'
        ? namedBecause(principal, question.caller)
        : sparedBecause(matched, question.layers.boundary !== null && question.caller.account !== null),
  };
}

function namedBecause(principal: PrincipalElement, caller: Caller): string {
  const naming = namingOf(principal, caller);
  if (principal.everyone) return '"*" names everyone.';
  if (naming === BY_ACCOUNT)
    return `It names the account ${caller.account}, which leaves the choice to identity policies there.`;
  if (naming === BY_ISSUER) return `It names ${caller.issuer ?? 'the role'}, which this session comes from.`;
  return naming === 0 ? `It does not name ${caller.label}.` : `It names ${caller.label}.`;
}

function sparedBecause(matched: boolean, hasBoundary: boolean): string {
  if (!matched) return 'The caller is among the exceptions, with its account and, for a session, its role.';
  if (hasBoundary)
    return 'A principal with a permissions boundary is never among the exceptions of NotPrincipal.';
  return 'The caller is not among the exceptions. Its account, and for a session also its role, must be listed with it.';
}
