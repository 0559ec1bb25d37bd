import { placeOf, readJson } from './json-text.ts';
import { type CompiledPolicy, compileDocument } from './policy.ts';
import { formProblems, type PolicyForm } from './policy-form.ts';
import { isObject, kindOf, type Problem } from './problem.ts';
import { ResourceIndex } from './resource-index.ts';
import type { Statement } from './statement.ts';

/** One policy of a set. */
export interface PolicyEntry {
  readonly name: string;
  readonly arn: string | null;
  readonly compiled: CompiledPolicy;
}

/** A statement whose action matches, and the policy it stands in. */
export interface Candidate {
  readonly entry: PolicyEntry;
  readonly statement: Statement;
}

/** The statements of a set that can match an action. */
export interface Candidates {
  readonly denies: CandidateList;
  readonly allows: CandidateList;
}

/** Candidates of one effect in order of policy, then statement. */
export class CandidateList {
  readonly all: readonly Candidate[];
  private uses = 0;
  private index: ResourceIndex | null = null;

  constructor(all: readonly Candidate[]) {
    this.all = all;
  }

  /** Positions of those that can match a resource; null for all. Its resource part begins at `start`. */
  positions(resource: string, start: number): readonly number[] | null {
    // The index is worth its making only to those who come back.
    if (this.uses === 0) this.uses = 1;
    else if (this.uses === 1) {
      this.uses = 2;
      this.index = ResourceIndex.of(this.all);
    }
    return this.index === null ? null : this.index.positions(resource, start);
  }
}

const ACTIONS_REMEMBERED = 1000;

/** The policies of one layer or level, with an index from action to the statements that can match it. */
export class PolicySet {
  readonly entries: readonly PolicyEntry[];
  /** The policies as given, to see whether a list is still the same. */
  private readonly given: readonly unknown[];
  private byAction: Map<string, Candidates> | null = null;
  private lastAction: string | null = null;
  private last: Candidates | null = null;

  constructor(entries: readonly PolicyEntry[], given: readonly unknown[]) {
    this.entries = entries;
    this.given = given;
  }

  /** True when the set was made of just these policies. */
  isOf(policies: readonly unknown[]): boolean {
    const { given } = this;
    if (given.length !== policies.length) return false;
    for (let i = 0; i < given.length; i++) if (given[i] !== policies[i]) return false;
    return true;
  }

  /** The statements whose action element matches an action in lower case. */
  candidates(action: string): Candidates {
    if (this.last !== null && this.lastAction === action) return this.last;
    const found = this.byAction?.get(action) ?? this.find(action);
    if (this.last !== null) {
      if (this.byAction === null || this.byAction.size >= ACTIONS_REMEMBERED) this.byAction = new Map();
      this.byAction.set(action, found);
    }
    this.lastAction = action;
    this.last = found;
    return found;
  }

  private find(action: string): Candidates {
    const denies: Candidate[] = [];
    const allows: Candidate[] = [];
    for (const entry of this.entries) {
      for (const statement of entry.compiled.statements) {
        if (!actionMatches(statement, action)) continue;
        (statement.effect === 'Deny' ? denies : allows).push({ entry, statement });
      }
    }
    return { denies: new CandidateList(denies), allows: new CandidateList(allows) };
  }
}

/** The position of the first pattern of the action element that covers an action in lower case; -1 when none does. */
export function actionHit(statement: Statement, action: string): number {
  const { actions } = statement;
  for (let i = 0; i < actions.length; i++) if (actions[i]?.matches(action)) return i;
  return -1;
}

/** True when the statement's Action or NotAction covers an action in lower case. */
export function actionMatches(statement: Statement, action: string): boolean {
  return actionHit(statement, action) >= 0 === (statement.actionElement === 'Action');
}

const remembered: Readonly<Record<PolicyForm, WeakMap<object, PolicySet>>> = {
  identity: new WeakMap(),
  resource: new WeakMap(),
  trust: new WeakMap(),
};

/**
 * Reads a list of named policies, remembered by the identity of the list and of the policies in it. Paths start at the
 * list.
 */
export function policySetOf(list: unknown, form: PolicyForm): PolicySet | Problem {
  if (!Array.isArray(list)) {
    return { path: [], message: `Policies must be given as a list, not ${kindOf(list)}.` };
  }
  const known = remembered[form].get(list);
  if (known?.isOf(list)) return known;
  const entries: PolicyEntry[] = [];
  for (let i = 0; i < list.length; i++) {
    const entry = readPolicy(list[i], form);
    if ('message' in entry) return { path: [i, ...entry.path], message: entry.message };
    entries.push(entry);
  }
  const set = new PolicySet(entries, [...list]);
  remembered[form].set(list, set);
  return set;
}

/** Reads one named policy as a set of one, remembered by the identity of the object. Paths start at the policy. */
export function policySetOfOne(policy: unknown, form: PolicyForm): PolicySet | Problem {
  const known = isObject(policy) ? remembered[form].get(policy) : undefined;
  if (known !== undefined) return known;
  const entry = readPolicy(policy, form);
  if ('message' in entry) return entry;
  const set = new PolicySet([entry], [policy]);
  if (isObject(policy)) remembered[form].set(policy, set);
  return set;
}

function readPolicy(policy: unknown, form: PolicyForm): PolicyEntry | Problem {
  if (!isObject(policy)) {
    return {
      path: [],
      message: `A policy must be an object with a name and a document, not ${kindOf(policy)}.`,
    };
  }
  const { name, arn } = policy;
  if (typeof name !== 'string') {
    return { path: ['name'], message: `A policy needs a name, a string, not ${kindOf(name)}.` };
  }
  if (arn !== undefined && typeof arn !== 'string') {
    return { path: ['arn'], message: `A policy's ARN must be a string, not ${kindOf(arn)}.` };
  }
  const compiled = compileWritten(policy.document);
  const problem =
    'message' in compiled ? compiled : (compiled.problems[0] ?? formProblems(compiled, form)[0]);
  if (problem !== undefined) return { path: ['document', ...problem.path], message: problem.message };
  if ('message' in compiled) return compiled;
  return { name, arn: arn ?? null, compiled };
}

function compileWritten(document: unknown): CompiledPolicy | Problem {
  let parsed = document;
  if (typeof document === 'string') {
    try {
      parsed = JSON.parse(document);
    } catch {
      return { path: [], message: notJson(document) };
    }
  }
  if (isObject(parsed)) return compileDocument(parsed);
  return { path: [], message: `A policy document must be an object, not ${kindOf(parsed)}.` };
}

/** Says where a text stops being JSON. */
function notJson(text: string): string {
  const fault = readJson(text);
  if (!('message' in fault)) return 'The document is not JSON.';
  const { line, column } = placeOf(text, fault.offset);
  return `The document is not JSON: line ${line}, column ${column}: ${fault.message}`;
}
