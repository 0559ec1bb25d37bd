import { type Caller, principalArn } from './caller.ts';
import { isObject, kindOf, type Problem } from './problem.ts';
import type { VariableSource } from './template.ts';

/** A condition key's value in a request: one, or several. */
export type KeyValue = string | readonly string[];

/** The condition keys of one request: those given, and those that the request itself proves. A given one wins. */
export class RequestContext implements VariableSource {
  private readonly given: Readonly<Record<string, unknown>>;
  private readonly caller: Caller;
  private readonly resourceAccount: string | null;
  private byKey: Map<string, KeyValue> | null = null;

  constructor(given: Readonly<Record<string, unknown>>, caller: Caller, resourceAccount: string | null) {
    this.given = given;
    this.caller = caller;
    this.resourceAccount = resourceAccount;
  }

  /**
   * The value of a key as a policy spells it; undefined when the request has none. `key` is the name in lower case.
   * Where a request gives a key in several spellings, the policy's own one counts.
   */
  find(name: string, key: string): KeyValue | undefined {
    if (this.byKey === null && Object.hasOwn(this.given, name)) {
      const value = this.given[name];
      if (typeof value === 'string') return value;
    }
    return this.get(key);
  }

  /** The value of a key, named in lower case; undefined when the request has none. An empty list is no value. */
  get(key: string): KeyValue | undefined {
    if (this.byKey === null) this.byKey = readKeys(this.given);
    const given = this.byKey.get(key);
    if (given !== undefined) return given.length === 0 && typeof given !== 'string' ? undefined : given;
    return derivedKey(key, this.caller, this.resourceAccount);
  }

  /** The value for `${key}`. A key with several values cannot be a variable. */
  variable(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === 'string') return value;
    return value.length === 1 ? value[0] : undefined;
  }
}

/** Checks `request.context`; null when it is sound. */
export function contextProblem(context: unknown): Problem | null {
  if (context === undefined) return null;
  if (!isObject(context)) {
    return {
      path: ['context'],
      message: `The context must be an object of condition keys, not ${kindOf(context)}.`,
    };
  }
  for (const key of Object.keys(context)) {
    const value = context[key];
    if (isScalar(value)) continue;
    const wrong: unknown = Array.isArray(value) ? value.find((one) => !isScalar(one)) : value;
    if (Array.isArray(value) && value.every(isScalar)) continue;
    return {
      path: ['context', key],
      message: `A condition key's value must be a string, a number, true or false, or a list of these, not ${kindOf(wrong)}.`,
    };
  }
  return null;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function readKeys(given: Readonly<Record<string, unknown>>): Map<string, KeyValue> {
  const keys = new Map<string, KeyValue>();
  for (const name of Object.keys(given)) {
    const value = given[name];
    const key = lowerCase(name);
    if (!keys.has(key)) keys.set(key, Array.isArray(value) ? value.map(String) : String(value));
  }
  return keys;
}

/** Names of keys in lower case: requests spell the same few names again and again. */
const lowered = new Map<string, string>();
const NAMES_REMEMBERED = 2000;

function lowerCase(name: string): string {
  const known = lowered.get(name);
  if (known !== undefined) return known;
  if (lowered.size >= NAMES_REMEMBERED) lowered.clear();
  const lower = name.toLowerCase();
  lowered.set(name, lower);
  return lower;
}

/**
 * Condition keys that the request itself proves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (principal key values) and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function derivedKey(key: string, caller: Caller, resourceAccount: string | null): string | undefined {
  switch (key) {
    case 'aws:principalarn':
      return principalArn(caller) ?? undefined;
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return caller.account ?? undefined;
    case 'aws:principaltype':
      return PRINCIPAL_TYPES[caller.kind] ?? undefined;
    case 'aws:username':
      return caller.userName ?? undefined;
    case 'aws:userid':
      return caller.principalId ?? derivedUserId(caller);
    case 'aws:principalisawsservice':
      if (caller.kind === 'service') return 'true';
      return caller.arn === null ? undefined : 'false';
    case 'aws:principalservicename':
      return caller.kind === 'service' ? caller.label : undefined;
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return resourceAccount ?? undefined;
    default:
      return undefined;
  }
}

const PRINCIPAL_TYPES: Readonly<Record<Caller['kind'], string | null>> = {
  user: 'User',
  role: 'AssumedRole',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
  service: null,
  federated: null,
};

/** The root user's id is its account; a federated user's is the account and its name; nobody's is `anonymous`. */
function derivedUserId(caller: Caller): string | undefined {
  if (caller.kind === 'root') return caller.account ?? undefined;
  if (caller.kind === 'anonymous') return 'anonymous';
  if (caller.kind === 'federated-user') {
    return `${caller.account}:${caller.label.slice(caller.label.indexOf('/') + 1)}`;
  }
  return undefined;
}
