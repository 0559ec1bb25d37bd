import { ActionPattern, actionProblem } from './action-pattern.ts';
import { addConditionProblems, type KeyTest, keyTestsOf } from './condition.ts';
import { compilePrincipal, type PrincipalElement } from './principal-element.ts';
import {
  isObject,
  kindOf,
  type Path,
  type PatternProblem,
  type PolicyProblem,
  placeProblems,
} from './problem.ts';
import { ResourcePattern, resourceProblem } from './resource-pattern.ts';
import { nearest } from './spelling.ts';
import type { StatementWords } from './statement-words.ts';

type Source = Readonly<Record<string, unknown>>;

/** One statement. An element that is not there is null. What most requests never need is compiled when first needed. */
export class Statement {
  readonly index: number;
  /** True when the policy's `Statement` is a list, as it is in paths. */
  readonly listed: boolean;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actionElement: 'Action' | 'NotAction';
  readonly actions: readonly ActionPattern[];
  readonly resourceElement: 'Resource' | 'NotResource' | null;
  readonly principalElement: 'Principal' | 'NotPrincipal' | null;
  readonly principal: PrincipalElement | null;
  /** The statement as written. */
  readonly source: Source;
  /** What `wordsOf` has put together for traces; null until the first. */
  words: StatementWords | null = null;
  /** Whether policy variables count: they came with Version 2012-10-17. */
  private readonly variables: boolean;
  private resourcePatterns: readonly ResourcePattern[] | null = null;
  private keyTests: readonly KeyTest[] | null = null;

  constructor(
    source: Source,
    place: { readonly index: number; readonly listed: boolean },
    variables: boolean,
    elements: Elements,
    problems: PolicyProblem[],
  ) {
    const { Sid: sid, Effect: effect } = source;
    this.index = place.index;
    this.listed = place.listed;
    this.sid = typeof sid === 'string' && sid !== '' ? sid : null;
    this.effect = effect === 'Deny' ? 'Deny' : 'Allow';
    this.actionElement = elements.action ?? 'Action';
    this.actions =
      elements.action === null
        ? []
        : stringsOf(source, elements.action, actionProblem, problems).map((text) => new ActionPattern(text));
    this.resourceElement = elements.resource;
    this.principalElement = elements.principal;
    this.principal =
      elements.principal === null
        ? null
        : principalOf(source[elements.principal], elements.principal, problems);
    this.source = source;
    this.variables = variables;
  }

  get resources(): readonly ResourcePattern[] {
    if (this.resourcePatterns === null) {
      this.resourcePatterns =
        this.resourceElement === null
          ? []
          : stringsOf(this.source, this.resourceElement, resourceProblem, []).map(
              (text) => new ResourcePattern(text, this.variables),
            );
    }
    return this.resourcePatterns;
  }

  get conditions(): readonly KeyTest[] {
    if (this.keyTests === null) this.keyTests = keyTestsOf(this.source.Condition, this.variables);
    return this.keyTests;
  }
}

/** Which of each pair of elements a statement has. */
interface Elements {
  readonly action: 'Action' | 'NotAction' | null;
  readonly resource: 'Resource' | 'NotResource' | null;
  readonly principal: 'Principal' | 'NotPrincipal' | null;
}

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

/** The path from the document to a statement. */
export function statementPath(index: number, listed: boolean): Path {
  return listed ? ['Statement', index] : ['Statement'];
}

/**
 * Checks and compiles a statement, adding what AWS would not accept to the problems. Null when nothing can be made of
 * it.
 */
export function compileStatement(
  source: unknown,
  index: number,
  listed: boolean,
  variables: boolean,
  problems: PolicyProblem[],
): Statement | null {
  if (!isObject(source)) {
    problems.push({
      code: 'DATA_TYPE_MISMATCH',
      path: [],
      message: `A statement must be an object, not ${kindOf(source)}.`,
    });
    return null;
  }
  addUnknownElements(source, STATEMENT_ELEMENTS, 'a statement', problems);
  const { Sid: sid, Effect: effect } = source;
  if (sid !== undefined && typeof sid !== 'string') {
    problems.push({
      code: 'DATA_TYPE_MISMATCH',
      path: ['Sid'],
      message: `Sid must be a string, not ${kindOf(sid)}.`,
    });
  }
  if (effect !== 'Allow' && effect !== 'Deny') {
    const message = `Effect must be exactly "Allow" or "Deny", not ${shown(effect)}.`;
    const code = effect === undefined ? 'MISSING_EFFECT' : 'INVALID_EFFECT';
    problems.push({ code, path: ['Effect'], message });
  }
  const action = oneOf(source, 'Action', 'NotAction', problems);
  if (action === null) {
    problems.push({
      code: 'MISSING_ACTION',
      path: [],
      message: 'The statement has neither Action nor NotAction.',
    });
  }
  const resource = oneOf(source, 'Resource', 'NotResource', problems);
  if (resource !== null) stringsOf(source, resource, resourceProblem, problems);
  const principal = oneOf(source, 'Principal', 'NotPrincipal', problems);
  if (principal === 'NotPrincipal' && effect === 'Allow') {
    const message = 'NotPrincipal works only with "Effect": "Deny". Name who is allowed.';
    problems.push({ code: 'ALLOW_WITH_NOT_PRINCIPAL', path: ['NotPrincipal'], message });
  }
  if (source.Condition !== undefined) {
    const before = problems.length;
    addConditionProblems(source.Condition, problems);
    if (problems.length > before) placeProblems(problems, before, 'Condition');
  }
  return new Statement(source, { index, listed }, variables, { action, resource, principal }, problems);
}

/** Adds a problem for each element that has no place in `where`. */
export function addUnknownElements(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
  problems: PolicyProblem[],
): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const hint = meant === null ? `Allowed are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    problems.push({
      code: 'INVALID_POLICY_ELEMENT',
      path: [name],
      message: `${JSON.stringify(name)} is no element of ${where}. ${hint}`,
    });
  }
}

/** Which of two elements that exclude each other is there; null for neither. */
function oneOf<A extends string, B extends string>(
  source: Readonly<Record<string, unknown>>,
  name: A,
  not: B,
  problems: PolicyProblem[],
): A | B | null {
  const has = source[name] !== undefined;
  const hasNot = source[not] !== undefined;
  if (has && hasNot) {
    problems.push({
      code: 'UNSUPPORTED_ELEMENT_COMBINATION',
      path: [not],
      message: `A statement cannot have both ${name} and ${not}.`,
    });
  }
  return has ? name : hasNot ? not : null;
}

/** The strings of an element that is a string or a list of strings, without those that have a problem. */
function stringsOf(
  source: Source,
  element: string,
  problemOf: (text: string) => PatternProblem | null,
  problems: PolicyProblem[],
): readonly string[] {
  const value = source[element];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const sound: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const text = list[i];
    const wrong =
      typeof text === 'string'
        ? problemOf(text)
        : ({
            code: 'DATA_TYPE_MISMATCH',
            message: `${element} must be a string or a list of strings, not ${kindOf(text)}.`,
          } as const);
    if (wrong !== null) problems.push({ ...wrong, path: Array.isArray(value) ? [element, i] : [element] });
    else if (typeof text === 'string') sound.push(text);
  }
  return sound;
}

function principalOf(value: unknown, element: string, problems: PolicyProblem[]): PrincipalElement {
  const before = problems.length;
  const compiled = compilePrincipal(value, problems);
  if (problems.length > before) placeProblems(problems, before, element);
  return compiled;
}

/** A value as it is shown in a complaint about it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? JSON.stringify(value) : kindOf(value);
}
