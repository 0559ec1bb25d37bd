import { accountOfArn, isAccountId, resourceStart } from './arn.ts';
import type { Caller } from './caller.ts';
import { PRINCIPAL_TYPES, principalNameProblem } from './principal-name.ts';
import { isObject, kindOf, type PolicyProblem } from './problem.ts';

/**
 * How a resource policy names its caller: not at all, through its account, through the role or user behind its
 * session, or directly. Ordered: a later one grants more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type Naming = typeof NOT_NAMED | typeof BY_ACCOUNT | typeof BY_ISSUER | typeof DIRECTLY;
export const NOT_NAMED = 0;
export const BY_ACCOUNT = 1;
export const BY_ISSUER = 2;
export const DIRECTLY = 3;

/** A compiled `Principal` or `NotPrincipal`. */
export interface PrincipalElement {
  /** `"*"` or `{"AWS": "*"}`: everyone. */
  readonly everyone: boolean;
  /** Account ids; `:root` ARNs are kept as their account. */
  readonly accounts: ReadonlySet<string>;
  /** ARNs and unique ids (`AIDA…`, `AROA…`). */
  readonly identities: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

/**
 * Compiles a principal element and adds what AWS would not accept to the problems. Paths start at the element.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(element: unknown, problems: PolicyProblem[]): PrincipalElement {
  const compiled = {
    everyone: element === '*',
    accounts: new Set<string>(),
    identities: new Set<string>(),
    services: new Set<string>(),
    providers: new Set<string>(),
  };
  if (element === '*') return compiled;
  if (!isObject(element)) {
    problems.push({
      code: 'INVALID_PRINCIPAL_FORMAT',
      path: [],
      message: `A principal must be "*" or an object such as {"AWS": "…"}, not ${kindOf(element)}.`,
    });
    return compiled;
  }
  for (const key of Object.keys(element)) {
    const type = PRINCIPAL_TYPES.find((one) => one === key);
    if (type === undefined) {
      problems.push({
        code: 'INVALID_PRINCIPAL_KEY',
        path: [key],
        message: `There is no principal type ${JSON.stringify(key)}. Use ${PRINCIPAL_TYPES.join(', ')}.`,
      });
      continue;
    }
    const value = element[type];
    const names: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [i, name] of names.entries()) {
      const wrong =
        typeof name === 'string'
          ? principalNameProblem(type, name)
          : ({
              code: 'DATA_TYPE_MISMATCH',
              message: `A principal must be a string, not ${kindOf(name)}.`,
            } as const);
      if (wrong !== null) {
        problems.push({ ...wrong, path: Array.isArray(value) ? [type, i] : [type] });
      } else if (typeof name === 'string') {
        if (type === 'Service') compiled.services.add(name);
        else if (type === 'Federated') compiled.providers.add(name);
        else if (type === 'AWS') addAws(compiled, name);
      }
    }
  }
  return compiled;
}

/** Adds a sound AWS principal. */
function addAws(
  compiled: { everyone: boolean; accounts: Set<string>; identities: Set<string> },
  name: string,
): void {
  if (name === '*') compiled.everyone = true;
  else {
    const isRoot = name.endsWith(':root') && resourceStart(name) === name.length - 'root'.length;
    const account = isRoot ? accountOfArn(name) : isAccountId(name) ? name : null;
    if (account === null) compiled.identities.add(name);
    else compiled.accounts.add(account);
  }
}

/** How a `Principal` element names the caller. */
export function namingOf(principal: PrincipalElement, caller: Caller): Naming {
  if (principal.everyone) return DIRECTLY;
  switch (caller.kind) {
    case 'service':
      return principal.services.has(caller.label) || principal.services.has('*') ? DIRECTLY : NOT_NAMED;
    case 'federated':
      return principal.providers.has(caller.label) || principal.providers.has('*') ? DIRECTLY : NOT_NAMED;
    case 'anonymous':
      return NOT_NAMED;
  }
  const { identities } = principal;
  if (identities.size > 0) {
    if (caller.kind !== 'role' && caller.arn !== null && identities.has(caller.arn)) return DIRECTLY;
    if (caller.kind === 'user' && caller.principalId !== null && identities.has(caller.principalId))
      return DIRECTLY;
    if (caller.issuer !== null && identities.has(caller.issuer)) return BY_ISSUER;
    if (isRole(caller) && caller.principalId !== null && identities.has(roleId(caller.principalId)))
      return BY_ISSUER;
  }
  return caller.account !== null && principal.accounts.has(caller.account) ? BY_ACCOUNT : NOT_NAMED;
}

/**
 * True when `NotPrincipal` spares the caller from a Deny. A principal with a permissions boundary is never spared. AWS
 * checks the account first, then the role, then the session: all of them must be listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isSpared(notPrincipal: PrincipalElement, caller: Caller, hasBoundary: boolean): boolean {
  if (caller.account === null) return namingOf(notPrincipal, caller) !== NOT_NAMED;
  if (hasBoundary) return false;
  if (notPrincipal.everyone) return true;
  if (!notPrincipal.accounts.has(caller.account)) return false;
  switch (caller.kind) {
    case 'root':
      return true;
    case 'role':
      return namingOf(notPrincipal, caller) === BY_ISSUER;
    case 'role-session':
      return (
        namesRole(notPrincipal, caller) && caller.arn !== null && notPrincipal.identities.has(caller.arn)
      );
    default:
      return namingOf(notPrincipal, caller) === DIRECTLY;
  }
}

function namesRole({ identities }: PrincipalElement, caller: Caller): boolean {
  if (caller.issuer !== null && identities.has(caller.issuer)) return true;
  return caller.principalId !== null && identities.has(roleId(caller.principalId));
}

function isRole(caller: Caller): boolean {
  return caller.kind === 'role' || caller.kind === 'role-session';
}

/** The role's part of a session's id: `AROA…` of `AROA…:session`. */
function roleId(principalId: string): string {
  const colon = principalId.indexOf(':');
  return colon < 0 ? principalId : principalId.slice(0, colon);
}
