import { authorizeJson, isRefusal } from './authorize.ts';
import type { Decision, Outcome, Refusal } from './decision.ts';
import { placeOf, readJson } from './json-text.ts';
import { layerName } from './layer-names.ts';
import { decisionFields } from './lazy-decision.ts';
import { isObject, kindOf, type Path, pathText } from './problem.ts';
import { nearest } from './spelling.ts';
import { traceText } from './trace-text.ts';

/** What became of one object of the input. `index` counts them from 0. */
export type DecideResult =
  | {
      readonly kind: 'decided';
      readonly index: number;
      readonly decision: Decision;
      /** What the object expected; null when it expected nothing. */
      readonly expect: Outcome | null;
      readonly held: boolean;
    }
  | { readonly kind: 'problem'; readonly index: number; readonly refusal: Refusal };

/** The results of a whole input, in its order, and the exit code they come to. */
export interface DecideOutcome {
  readonly results: readonly DecideResult[];
  /** 0: all evaluated and as expected; 1: one was not as expected; 2: something could not be evaluated. */
  readonly exit: 0 | 1 | 2;
}

/** Evaluates JSON text: one object, a list of them, or one object a line. */
export function decideText(text: string): DecideOutcome {
  const results = objectsIn(text).map((object, index) => decideOne(object, index));
  if (results.length === 0) {
    results.push(problem(0, null, '', 'There is nothing to decide: the input holds no object.'));
  }
  const bad = results.some((result) => result.kind === 'problem');
  const unmet = results.some((result) => result.kind === 'decided' && !result.held);
  return { results, exit: bad ? 2 : unmet ? 1 : 0 };
}

/** One object of the input, or why it is not JSON. */
type Found = { readonly value: unknown } | { readonly fault: string };

function objectsIn(text: string): readonly Found[] {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (content.trim() === '') return [];
  const whole = parse(content, 1);
  if ('value' in whole) {
    const { value } = whole;
    if (!Array.isArray(value)) return [whole];
    const list: readonly unknown[] = value;
    return list.map((one) => ({ value: one }));
  }
  return objectsByLine(content) ?? [whole];
}

/**
 * The objects of a text with one a line; null when it is not meant so: it begins a list, or no line by itself is an
 * object with a request and not every line begins one.
 */
function objectsByLine(text: string): readonly Found[] | null {
  const lines = text
    .split('\n')
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '');
  if (lines.length < 2 || lines[0]?.line.trimStart().startsWith('[')) return null;
  const found = lines.map(({ line, number }) => parse(line, number));
  const isMeant =
    found.some((one) => 'value' in one && isObject(one.value) && one.value.request !== undefined) ||
    lines.every(({ line }) => line.trimStart().startsWith('{'));
  return isMeant ? found : null;
}

/** Reads JSON that starts at a line of the input. */
function parse(text: string, firstLine: number): Found {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    const read = readJson(text);
    if (!('message' in read)) return { fault: 'This is not JSON.' };
    const { line, column } = placeOf(text, read.offset);
    return {
      fault: `This is not JSON at line ${firstLine + line - 1}, column ${column}: ${read.message}`,
    };
  }
}

function decideOne(found: Found, index: number): DecideResult {
  if ('fault' in found) return problem(index, null, '', found.fault);
  const { value } = found;
  if (!isObject(value)) {
    return problem(index, null, '', `Expected an object with a request, not ${kindOf(value)}.`);
  }
  const id = typeof value.id === 'string' ? value.id : null;
  const stray = strayField(value);
  if (stray !== null) return problem(index, id, pathText(stray.path), stray.message);
  const { expect } = value;
  if (expect !== undefined && !isOutcome(expect)) {
    return problem(
      index,
      id,
      'expect',
      `expect must be one of ${OUTCOMES.map((one) => `"${one}"`).join(', ')}.`,
    );
  }
  const answer = authorizeJson(value);
  if (isRefusal(answer)) return { kind: 'problem', index, refusal: answer };
  const held = expect === undefined || expect === answer.decision;
  return { kind: 'decided', index, decision: answer, expect: expect ?? null, held };
}

const OUTCOMES: readonly Outcome[] = ['allowed', 'implicit-deny', 'explicit-deny'];

function isOutcome(value: unknown): value is Outcome {
  return OUTCOMES.some((outcome) => outcome === value);
}

function problem(index: number, id: string | null, path: string, message: string): DecideResult {
  return { kind: 'problem', index, refusal: { id, error: { kind: 'invalid-request', path, message } } };
}

const INPUT_FIELDS = ['id', 'expect', 'request', 'policies', 'facts'];
const PART_FIELDS: Readonly<Record<'request' | 'policies' | 'facts', readonly string[]>> = {
  request: ['principal', 'action', 'resource', 'resourceAccount', 'sessionIssuer', 'principalId', 'context'],
  policies: [
    'identity',
    'permissionsBoundary',
    'session',
    'resource',
    'serviceControl',
    'resourceControl',
    'vpcEndpoint',
  ],
  facts: [
    'principalInManagementAccount',
    'resourceInManagementAccount',
    'serviceLinkedRole',
    'publicAccessRestricted',
    'gatewayEndpoint',
    'keyGrant',
  ],
};

/** A misspelt field would silently leave out a policy. Other fields beside the known ones, such as a comment, are let be. */
function strayField(input: Readonly<Record<string, unknown>>): { path: Path; message: string } | null {
  for (const name of Object.keys(input)) {
    if (INPUT_FIELDS.includes(name)) continue;
    const meant = nearest(name, INPUT_FIELDS);
    if (meant !== null)
      return { path: [name], message: `There is no field ${JSON.stringify(name)}. Did you mean ${meant}?` };
  }
  for (const part of ['request', 'policies', 'facts'] as const) {
    const fields = input[part];
    if (!isObject(fields)) continue;
    for (const name of Object.keys(fields)) {
      if (PART_FIELDS[part].includes(name)) continue;
      const meant = nearest(name, PART_FIELDS[part]);
      const hint = meant === null ? `Known are ${PART_FIELDS[part].join(', ')}.` : `Did you mean ${meant}?`;
      return { path: [part, name], message: `${part} has no field ${JSON.stringify(name)}. ${hint}` };
    }
  }
  return null;
}

/** What to put beside each result. */
export interface DecideFormat {
  /** Adds the trace, statement by statement. */
  readonly trace: boolean;
  /** The name of the file, where there are several to tell apart; else null. */
  readonly from: string | null;
}

/** One result as a line of JSON: the decision's fields, or `{"id", "error"}`. */
export function resultLine(result: DecideResult, format: DecideFormat): string {
  if (result.kind === 'problem') {
    const file = format.from === null ? {} : { file: format.from };
    return JSON.stringify({ ...file, index: result.index, ...result.refusal });
  }
  if (!format.trace) return JSON.stringify(result.decision);
  return JSON.stringify({ ...decisionFields(result.decision), trace: result.decision.trace() });
}

/** One result as text for people. */
export function resultText(result: DecideResult, format: DecideFormat): string {
  if (result.kind === 'problem') {
    const { id, error } = result.refusal;
    const at = error.path === '' ? '' : ` at ${error.path}`;
    return `${titleOf(result.index, id, format)}: cannot be decided${at}\n  ${error.message}`;
  }
  const { decision } = result;
  const lines = [
    `${titleOf(result.index, decision.id, format)}: ${decision.decision}, by the ${layerName(decision.decidedBy)}`,
  ];
  lines.push(`  ${decision.explanation}`);
  if (decision.message !== null) lines.push(`  AWS would say: ${decision.message}`);
  if (!result.held) lines.push(`  Not as expected: ${result.expect} was expected.`);
  if (format.trace)
    lines.push(
      ...traceText(decision.trace())
        .split('\n')
        .map((line) => `  ${line}`),
    );
  return lines.join('\n');
}

function titleOf(index: number, id: string | null, { from }: DecideFormat): string {
  const title = from === null ? `Request ${index + 1}` : `Request ${index + 1} of ${from}`;
  return id === null ? title : `${title} (${id})`;
}
