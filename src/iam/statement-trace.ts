import { traceKeyTest, variableNotes } from './condition-trace.ts';
import type { ElementTrace, StatementTrace } from './decision.ts';
import { actionHit } from './policy-set.ts';
import { BY_ACCOUNT, BY_ISSUER, NOT_NAMED, namingOf, type PrincipalElement } from './principal-element.ts';
import { isOnlyRoots, principalMatches, type Question, resourceHit } from './question.ts';
import type { Statement } from './statement.ts';
import { type StatementWords, wordsOf } from './statement-words.ts';

/** Holds every element of a statement against the request: the same matching as the decision's, without stopping early. */
export function traceStatement(statement: Statement, question: Question, decided: boolean): StatementTrace {
  const words = wordsOf(statement);
  const { principal, principalElement, resourceElement, conditions } = statement;
  const hasPrincipal = principal !== null && principalElement !== null;
  // Of the right length from the start: growing a list costs more than what is put in it.
  const count = (hasPrincipal ? 1 : 0) + 1 + (resourceElement === null ? 0 : 1) + conditions.length;
  const elements = new Array<ElementTrace>(count);
  let at = 0;
  if (hasPrincipal) elements[at++] = tracePrincipal(statement, principal, principalElement, question, words);
  elements[at++] = traceAction(statement, question, words);
  if (resourceElement !== null) elements[at++] = traceResource(statement, resourceElement, question, words);
  for (let i = 0; i < conditions.length; i++) {
    const test = conditions[i];
    const said = words.conditions[i];
    if (test !== undefined && said !== undefined) elements[at++] = traceKeyTest(test, question.context, said);
  }
  let matched = true;
  for (const element of elements) matched &&= element.matched;
  return {
    index: statement.index,
    sid: statement.sid,
    effect: statement.effect,
    matched,
    decided,
    elements,
  };
}

function traceAction(statement: Statement, question: Question, words: StatementWords): ElementTrace {
  const { actionElement: element } = statement;
  const hit = actionHit(statement, question.actionKey);
  const { path, says } = words.action.hits[hit] ?? words.action.miss;
  const matched = hit >= 0 === (element === 'Action');
  return { element, matched, path, value: question.action, because: question.action + says };
}

function traceResource(
  statement: Statement,
  element: 'Resource' | 'NotResource',
  question: Question,
  words: StatementWords,
): ElementTrace {
  const hit = resourceHit(statement, question);
  const { path, says } = words.resource.hits[hit] ?? words.resource.miss;
  let because = question.resource + says;
  for (const template of words.resource.variables) because += variableNotes(template, question.context);
  return { element, matched: hit >= 0 === (element === 'Resource'), path, value: question.resource, because };
}

function tracePrincipal(
  statement: Statement,
  principal: PrincipalElement,
  element: 'Principal' | 'NotPrincipal',
  question: Question,
  words: StatementWords,
): ElementTrace {
  const matched = principalMatches(statement, question);
  return {
    element,
    matched,
    path: words.principal,
    value: question.caller.label,
    because:
      element === 'Principal'
        ? namedBecause(principal, question)
        : sparedBecause(matched, question.layers.boundary !== null && question.caller.account !== null),
  };
}

function namedBecause(principal: PrincipalElement, question: Question): string {
  const { caller } = question;
  const naming = namingOf(principal, caller);
  if (principal.everyone) return '"*" names everyone.';
  if (isOnlyRoots(naming, question))
    return `It names the account ${caller.account}, which in the policy of a gateway endpoint is its root user alone.`;
  if (naming === BY_ACCOUNT)
    return `It names the account ${caller.account}, which leaves the choice to identity policies there.`;
  if (naming === BY_ISSUER) return `It names ${caller.issuer ?? 'the role'}, which this session comes from.`;
  return naming === NOT_NAMED ? `Nobody that is listed is ${caller.label}.` : `It names ${caller.label}.`;
}

function sparedBecause(matched: boolean, hasBoundary: boolean): string {
  if (!matched) return 'The caller is among the exceptions, with its account and, for a session, its role.';
  if (hasBoundary)
    return 'A principal with a permissions boundary is never among the exceptions of NotPrincipal.';
  return 'The caller is not among the exceptions. Its account, and for a session also its role, must be listed with it.';
}
