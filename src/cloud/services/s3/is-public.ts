import { isObject } from '../../../iam/problem.ts';
import type { PolicyDocument } from '../../../iam/request.ts';

/** Condition keys whose fixed values keep a policy from being public, in lower case. */
const FIXING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalarn',
  'aws:principalaccount',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:userid',
  'kms:calleraccount',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

/** Operators that match listed values only. `…IfExists` and `Not…` let others through. */
const FIXING_OPERATORS: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
]);

/**
 * True for a policy that AWS calls public: a statement allows something to everybody, and no condition narrows that to
 * fixed values. Denials do not count.
 * Source: S3 User Guide, access-control-block-public-access.html, The meaning of "public".
 */
export function isPublic(document: PolicyDocument): boolean {
  const known = judged.get(document);
  if (known !== undefined) {
    return known;
  }
  const answer = judge(document);
  judged.set(document, answer);
  return answer;
}

const judged = new WeakMap<PolicyDocument, boolean>();

function judge({ Statement }: PolicyDocument): boolean {
  return list(Statement).some(
    (statement) =>
      isObject(statement) &&
      statement.Effect === 'Allow' &&
      isEverybody(statement) &&
      !isFixed(statement.Condition),
  );
}

/** True when a statement of a policy, whatever its effect, is about everybody. */
export function namesEverybody({ Statement }: PolicyDocument): boolean {
  return list(Statement).some((statement) => isObject(statement) && isEverybody(statement));
}

function isEverybody({ Principal, NotPrincipal }: Readonly<Record<string, unknown>>): boolean {
  const named = isObject(Principal) ? list(Principal.AWS) : [Principal];
  return NotPrincipal !== undefined || named.includes('*');
}

function isFixed(condition: unknown): boolean {
  return (
    isObject(condition) &&
    Object.entries(condition).some(
      ([operator, keys]) =>
        isObject(keys) && Object.entries(keys).some(([key, values]) => fixes(operator, key, list(values))),
    )
  );
}

function fixes(operator: string, key: string, values: readonly unknown[]): boolean {
  const name = key.toLowerCase();
  if (operator.toLowerCase() === 'ipaddress') {
    return name === 'aws:sourceip' && values.every((value) => typeof value === 'string' && isNarrow(value));
  }
  return (
    FIXING_OPERATORS.has(operator.toLowerCase()) &&
    FIXING_KEYS.has(name) &&
    values.every((value) => typeof value === 'string' && isFixedValue(name, value))
  );
}

/** A value without wildcards and policy variables; in an ARN, wildcards may stand after the account. */
function isFixedValue(key: string, value: string): boolean {
  if (key === 'aws:userid' && /^AROA[A-Z0-9]+:\*$/.test(value)) {
    return false;
  }
  const account = value.startsWith('arn:') ? (value.split(':')[4] ?? '') : '';
  return !/[*?]|\$\{/.test(account === '' ? value : account);
}

/** Ranges wider than /8, or /32 of IPv6, count as everybody, save for private ones. */
function isNarrow(range: string): boolean {
  const [address = '', width] = range.split('/');
  if (address.includes(':')) {
    return Number(width ?? 128) >= 32;
  }
  return Number(width ?? 32) >= 8;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
