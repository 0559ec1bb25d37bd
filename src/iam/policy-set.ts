import { placeOf, readJson } from './json-text.ts';
import { type CompiledPolicy, compileDocument, type Statement } from './policy.ts';
import { formProblems, type PolicyForm } from './policy-form.ts';
import { isObject, kindOf, type Problem } from './problem.ts';

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

/** The statements of a set that can match an action, in order of policy, then statement. */
export interface Candidates {
  readonly denies: readonly Candidate[];
  readonly allows: readonly Candidate[];
}

const ACTIONS_REMEMBERED = 1000;

/** The policies of one layer or level, with an index from action to the statements that can match it. */
export class PolicySet {
  readonly entries: readonly PolicyEntry[];
  private readonly byAction = new Map<string, Candidates>();

  constructor(entries: readonly PolicyEntry[]) {
    this.entries = entries;
  }

  /** The statements whose action element matches an action in lower case. */
  candidates(action: string): Candidates {
    const known = this.byAction.get(action);
    if (known !== undefined) return known;
    const denies: Candidate[] = [];
    const allows: Candidate[] = [];
    for (const entry of this.entries) {
      for (const statement of entry.compiled.statements) {
        if (!actionMatches(statement, action)) continue;
        (statement.effect === 'Deny' ? denies : allows).push({ entry, statement });
      }
    }
    const found = { denies, allows };
    if (this.byAction.size >= ACTIONS_REMEMBERED) this.byAction.clear();
    this.byAction.set(action, found);
    return found;
  }
}

/** True when the statement's Action or NotAction covers an action in lower case. */
export function actionMatches(statement: Statement, action: string): boolean {
  for (const pattern of statement.actions) {
    if (pattern.glob.matches(action)) return statement.actionElement === 'Action';
  }
  return statement.actionElement === 'NotAction';
}

interface Remembered {
  readonly documents: readonly unknown[];
  readonly names: readonly unknown[];
  readonly set: PolicySet;
}

const remembered: Readonly<Record<PolicyForm, WeakMap<object, Remembered>>> = {
  identity: new WeakMap(),
  resource: new WeakMap(),
  trust: new WeakMap(),
};

/** Reads a list of named policies, remembered by the identity of the list. Paths start at the list. */
export function policySetOf(list: unknown, form: PolicyForm): PolicySet | Problem {
  if (!Array.isArray(list)) {
    return { path: [], message: `Policies must be given as a list, not ${kindOf(list)}.` };
  }
  const known = remembered[form].get(list);
  if (known !== undefined && isUnchanged(known, list)) return known.set;
  const entries: PolicyEntry[] = [];
  const policies: readonly unknown[] = list;
  for (const [i, policy] of policies.entries()) {
    const entry = readPolicy(policy, form);
    if ('message' in entry) return { path: [i, ...entry.path], message: entry.message };
    entries.push(entry);
  }
  return remember(list, policies, entries, form);
}

/** Reads one named policy as a set of one, remembered by the identity of the object. Paths start at the policy. */
export function policySetOfOne(policy: unknown, form: PolicyForm): PolicySet | Problem {
  const known = isObject(policy) ? remembered[form].get(policy) : undefined;
  if (known !== undefined && isUnchanged(known, [policy])) return known.set;
  const entry = readPolicy(policy, form);
  if ('message' in entry) return entry;
  return isObject(policy) ? remember(policy, [policy], [entry], form) : new PolicySet([entry]);
}

function remember(
  key: object,
  policies: readonly unknown[],
  entries: readonly PolicyEntry[],
  form: PolicyForm,
): PolicySet {
  const set = new PolicySet(entries);
  remembered[form].set(key, {
    documents: policies.map((policy) => (isObject(policy) ? policy.document : undefined)),
    names: entries.map((entry) => entry.name),
    set,
  });
  return set;
}

function isUnchanged(known: Remembered, policies: readonly unknown[]): boolean {
  if (known.documents.length !== policies.length) return false;
  for (let i = 0; i < policies.length; i++) {
    const policy = policies[i];
    if (!isObject(policy) || policy.document !== known.documents[i] || policy.name !== known.names[i])
      return false;
  }
  return true;
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
