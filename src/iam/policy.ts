import { ActionPattern, actionProblem } from './action-pattern.ts';
import { compileCondition, type KeyTest } from './condition.ts';
import { compilePrincipal, type PrincipalElement } from './principal-element.ts';
import { isObject, kindOf, type Path, type Problem, placeProblems } from './problem.ts';
import type { PolicyDocument } from './request.ts';
import { ResourcePattern, resourceProblem } from './resource-pattern.ts';
import { nearest } from './spelling.ts';

/** A policy document ready to be held against requests. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly statements: readonly Statement[];
  /** What AWS would not accept; the statements mean nothing when there is any. Paths start at the document. */
  readonly problems: readonly Problem[];
}

/** One statement. An element that is not there is null. */
export interface Statement {
  readonly index: number;
  /** True when the policy's `Statement` is a list, as it is in paths. */
  readonly listed: boolean;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actionElement: 'Action' | 'NotAction';
  readonly actions: readonly ActionPattern[];
  readonly resourceElement: 'Resource' | 'NotResource' | null;
  readonly resources: readonly ResourcePattern[];
  readonly principalElement: 'Principal' | 'NotPrincipal' | null;
  readonly principal: PrincipalElement | null;
  readonly conditions: readonly KeyTest[];
  /** The statement as written. */
  readonly source: Readonly<Record<string, unknown>>;
}

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

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
  const problems: Problem[] = [];
  addUnknownElements(document, POLICY_ELEMENTS, 'a policy', problems);
  const { Version: version, Statement: written } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    const message = `Version must be "2012-10-17" or "2008-10-17", not ${shown(version)}.`;
    problems.push({ path: ['Version'], message });
  }
  if (written === undefined) problems.push({ path: [], message: 'The policy has no Statement.' });
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

/** The path from the document to a statement. */
export function statementPath(index: number, listed: boolean): Path {
  return listed ? ['Statement', index] : ['Statement'];
}

function addUnknownElements(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
  problems: Problem[],
): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const hint = meant === null ? `Allowed are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    problems.push({ path: [name], message: `${JSON.stringify(name)} is no element of ${where}. ${hint}` });
  }
}

/** Null when nothing can be made of it; else what could be made of it, beside the problems. */
function compileStatement(
  source: unknown,
  index: number,
  listed: boolean,
  variables: boolean,
  problems: Problem[],
): Statement | null {
  if (!isObject(source)) {
    problems.push({ path: [], message: `A statement must be an object, not ${kindOf(source)}.` });
    return null;
  }
  addUnknownElements(source, STATEMENT_ELEMENTS, 'a statement', problems);
  const { Sid: sid, Effect: effect } = source;
  if (sid !== undefined && typeof sid !== 'string') {
    problems.push({ path: ['Sid'], message: `Sid must be a string, not ${kindOf(sid)}.` });
  }
  if (effect !== 'Allow' && effect !== 'Deny') {
    const message = `Effect must be exactly "Allow" or "Deny", not ${shown(effect)}.`;
    problems.push({ path: ['Effect'], message });
  }
  const actionElement = oneOf(source, 'Action', 'NotAction', problems);
  if (actionElement === null) {
    problems.push({ path: [], message: 'The statement has neither Action nor NotAction.' });
  }
  const resourceElement = oneOf(source, 'Resource', 'NotResource', problems);
  const principalElement = oneOf(source, 'Principal', 'NotPrincipal', problems);
  if (principalElement === 'NotPrincipal' && effect === 'Allow') {
    const message = 'NotPrincipal works only with "Effect": "Deny". Name who is allowed.';
    problems.push({ path: ['NotPrincipal'], message });
  }
  return {
    index,
    listed,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    actionElement: actionElement ?? 'Action',
    actions: actionElement === null ? [] : compileActions(source[actionElement], actionElement, problems),
    resourceElement,
    resources:
      resourceElement === null
        ? []
        : compileResources(source[resourceElement], resourceElement, variables, problems),
    principalElement,
    principal:
      principalElement === null
        ? null
        : compilePrincipalAt(source[principalElement], principalElement, problems),
    conditions:
      source.Condition === undefined ? [] : compileConditionAt(source.Condition, variables, problems),
    source,
  };
}

/** Which of two elements that exclude each other is there; null for neither. */
function oneOf<A extends string, B extends string>(
  source: Readonly<Record<string, unknown>>,
  name: A,
  not: B,
  problems: Problem[],
): A | B | null {
  const has = source[name] !== undefined;
  const hasNot = source[not] !== undefined;
  if (has && hasNot) {
    problems.push({ path: [not], message: `A statement cannot have both ${name} and ${not}.` });
  }
  return has ? name : hasNot ? not : null;
}

function compileActions(value: unknown, element: string, problems: Problem[]): readonly ActionPattern[] {
  const compiled: ActionPattern[] = [];
  for (const text of stringsOf(value, element, actionProblem, problems))
    compiled.push(new ActionPattern(text));
  return compiled;
}

function compileResources(
  value: unknown,
  element: string,
  variables: boolean,
  problems: Problem[],
): readonly ResourcePattern[] {
  const compiled: ResourcePattern[] = [];
  for (const text of stringsOf(value, element, resourceProblem, problems)) {
    compiled.push(new ResourcePattern(text, variables));
  }
  return compiled;
}

/** The strings of an element that is a string or a list of strings, without those that have a problem. */
function stringsOf(
  value: unknown,
  element: string,
  problemOf: (text: string) => string | null,
  problems: Problem[],
): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const sound: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const text = list[i];
    const wrong =
      typeof text === 'string'
        ? problemOf(text)
        : `${element} must be a string or a list of strings, not ${kindOf(text)}.`;
    if (wrong !== null)
      problems.push({ path: Array.isArray(value) ? [element, i] : [element], message: wrong });
    else if (typeof text === 'string') sound.push(text);
  }
  return sound;
}

function compilePrincipalAt(value: unknown, element: string, problems: Problem[]): PrincipalElement {
  const before = problems.length;
  const compiled = compilePrincipal(value, problems);
  placeProblems(problems, before, element);
  return compiled;
}

function compileConditionAt(value: unknown, variables: boolean, problems: Problem[]): readonly KeyTest[] {
  const before = problems.length;
  const compiled = compileCondition(value, variables, problems);
  placeProblems(problems, before, 'Condition');
  return compiled;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? JSON.stringify(value) : kindOf(value);
}
