import { resourceStart } from './arn.ts';
import { compileCondition, type KeyTest } from './condition.ts';
import { type Glob, globOf } from './glob.ts';
import { compilePrincipal, type PrincipalElement } from './principal-element.ts';
import { type Complain, complainAt, isObject, kindOf, type Path, type Problem } from './problem.ts';
import type { PolicyDocument } from './request.ts';
import { nearest } from './spelling.ts';
import { type Pattern, patternOf, templateOf } from './template.ts';

/** A policy document ready to be held against requests. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly statements: readonly Statement[];
  /** What AWS would not accept; the statements mean nothing when there is any. Paths start at the document. */
  readonly problems: readonly Problem[];
}

/** A pattern for actions: case does not count, so it is in lower case. */
export interface ActionPattern {
  readonly source: string;
  readonly glob: Glob;
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
  readonly resources: readonly Pattern[];
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
  const complain: Complain = (path, message) => problems.push({ path, message });
  complainOfUnknown(document, POLICY_ELEMENTS, 'a policy', complain);
  const { Version: version, Statement: written } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    complain(['Version'], `Version must be "2012-10-17" or "2008-10-17", not ${shown(version)}.`);
  }
  if (written === undefined) complain([], 'The policy has no Statement.');
  const listed = Array.isArray(written);
  const list: readonly unknown[] = listed ? written : written === undefined ? [] : [written];
  const statements: Statement[] = [];
  for (const [index, source] of list.entries()) {
    const at = statementPath(index, listed);
    const statement = compileStatement(
      source,
      index,
      listed,
      version === '2012-10-17',
      complainAt(complain, ...at),
    );
    if (statement !== null) statements.push(statement);
  }
  return { document, statements, problems };
}

/** The path from the document to a statement. */
export function statementPath(index: number, listed: boolean): Path {
  return listed ? ['Statement', index] : ['Statement'];
}

function complainOfUnknown(
  object: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
  complain: Complain,
): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    const hint = meant === null ? `Allowed are ${known.join(', ')}.` : `Did you mean ${meant}?`;
    complain([name], `${JSON.stringify(name)} is no element of ${where}. ${hint}`);
  }
}

/** Null when nothing can be made of it; else what could be made of it, beside complaints. */
function compileStatement(
  source: unknown,
  index: number,
  listed: boolean,
  variables: boolean,
  complain: Complain,
): Statement | null {
  if (!isObject(source)) {
    complain([], `A statement must be an object, not ${kindOf(source)}.`);
    return null;
  }
  complainOfUnknown(source, STATEMENT_ELEMENTS, 'a statement', complain);
  const { Sid: sid, Effect: effect } = source;
  if (sid !== undefined && typeof sid !== 'string')
    complain(['Sid'], `Sid must be a string, not ${kindOf(sid)}.`);
  if (effect !== 'Allow' && effect !== 'Deny') {
    complain(['Effect'], `Effect must be exactly "Allow" or "Deny", not ${shown(effect)}.`);
  }
  const actionElement = oneOf(source, 'Action', 'NotAction', complain);
  if (actionElement === null) complain([], 'The statement has neither Action nor NotAction.');
  const resourceElement = oneOf(source, 'Resource', 'NotResource', complain);
  const principalElement = oneOf(source, 'Principal', 'NotPrincipal', complain);
  if (principalElement === 'NotPrincipal' && effect === 'Allow') {
    complain(['NotPrincipal'], 'NotPrincipal works only with "Effect": "Deny". Name who is allowed.');
  }
  return {
    index,
    listed,
    sid: typeof sid === 'string' && sid !== '' ? sid : null,
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    actionElement: actionElement ?? 'Action',
    actions:
      actionElement === null
        ? []
        : compileStrings(source[actionElement], actionElement, compileAction, complain),
    resourceElement,
    resources:
      resourceElement === null
        ? []
        : compileStrings(
            source[resourceElement],
            resourceElement,
            (text) => compileResource(text, variables),
            complain,
          ),
    principalElement,
    principal:
      principalElement === null
        ? null
        : compilePrincipal(source[principalElement], complainAt(complain, principalElement)),
    conditions:
      source.Condition === undefined
        ? []
        : compileCondition(source.Condition, variables, complainAt(complain, 'Condition')),
    source,
  };
}

/** Which of two elements that exclude each other is there; null for neither. */
function oneOf<A extends string, B extends string>(
  source: Readonly<Record<string, unknown>>,
  name: A,
  not: B,
  complain: Complain,
): A | B | null {
  const has = source[name] !== undefined;
  const hasNot = source[not] !== undefined;
  if (has && hasNot) complain([not], `A statement cannot have both ${name} and ${not}.`);
  return has ? name : hasNot ? not : null;
}

function compileStrings<T>(
  value: unknown,
  element: string,
  compileOne: (text: string) => T | string,
  complain: Complain,
): readonly T[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const compiled: T[] = [];
  for (const [i, text] of list.entries()) {
    const path = Array.isArray(value) ? [element, i] : [element];
    const one =
      typeof text === 'string'
        ? compileOne(text)
        : `${element} must be a string or a list of strings, not ${kindOf(text)}.`;
    if (typeof one === 'string') complain(path, one);
    else compiled.push(one);
  }
  return compiled;
}

/** A compiled action pattern, or what is wrong with it. */
function compileAction(text: string): ActionPattern | string {
  const lower = text.toLowerCase();
  if (lower === '*' || lower === '*:*') return { source: text, glob: globOf('*') };
  const colon = lower.indexOf(':');
  if (colon <= 0 || colon === lower.length - 1) {
    return `${JSON.stringify(text)} is no action: write service:Action, such as s3:GetObject, or "*".`;
  }
  if (/[*?]/.test(lower.slice(0, colon))) {
    return `A service prefix cannot hold a wildcard: ${JSON.stringify(text)}.`;
  }
  return { source: text, glob: globOf(lower) };
}

/** A compiled resource pattern, or what is wrong with it. Variables count only after the fifth colon. */
function compileResource(text: string, variables: boolean): Pattern | string {
  const start = resourceStart(text);
  if (text !== '*' && (!text.startsWith('arn:') || (start < 0 && !text.endsWith('*')))) {
    return `${JSON.stringify(text)} is no ARN: write arn:partition:service:region:account:resource, or "*".`;
  }
  return patternOf(templateOf(text, variables && start >= 0, Math.max(start, 0)));
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? JSON.stringify(value) : kindOf(value);
}
