import { isSameAccount, mustNameCallers } from './applicability.ts';
import { BY_ISSUER, DIRECTLY, type Naming } from './principal-element.ts';
import type { Question } from './question.ts';

/** Which layers have to allow. */
export interface Needs {
  readonly resource: boolean;
  readonly identity: boolean;
  /** Boundary and session policies, where there are any. */
  readonly limits: boolean;
  readonly grantor: 'identity' | 'resource';
}

const NOTHING: Needs = { resource: false, identity: false, limits: false, grantor: 'identity' };
const RESOURCE_ONLY: Needs = { resource: true, identity: false, limits: false, grantor: 'resource' };
const ROOT_AT_HOME: Needs = { resource: false, identity: false, limits: false, grantor: 'identity' };
const NAMED_DIRECTLY: Needs = { resource: false, identity: false, limits: false, grantor: 'resource' };
const NAMED_BY_ISSUER: Needs = { resource: false, identity: false, limits: true, grantor: 'resource' };
const BY_GRANT: Needs = { resource: false, identity: false, limits: true, grantor: 'resource' };
const IDENTITY: Needs = { resource: false, identity: true, limits: true, grantor: 'identity' };
const IDENTITY_AND_RESOURCE: Needs = { resource: true, identity: true, limits: true, grantor: 'identity' };
const BOTH_ACCOUNTS: Needs = { resource: true, identity: true, limits: true, grantor: 'resource' };

/**
 * True for an action that nobody has to allow, though a Deny stops it: to authenticate is no privilege.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function needsNoPermission({ actionKey, caller }: Question): boolean {
  return actionKey === 'sts:getsessiontoken' && caller.account !== null;
}

/**
 * Which layers must allow, by who calls, whether the accounts are the same, and how the resource names the caller.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function needsOf(question: Question, naming: Naming): Needs {
  if (needsNoPermission(question)) return NOTHING;
  if (question.keyGrant !== null) return BY_GRANT;
  const { caller } = question;
  if (caller.account === null) return RESOURCE_ONLY;
  if (caller.kind === 'root') {
    return isSameAccount(question) && !mustNameCallers(question) ? ROOT_AT_HOME : RESOURCE_ONLY;
  }
  if (!isSameAccount(question)) return BOTH_ACCOUNTS;
  if (naming === DIRECTLY) return NAMED_DIRECTLY;
  if (naming === BY_ISSUER) return NAMED_BY_ISSUER;
  return mustNameCallers(question) ? IDENTITY_AND_RESOURCE : IDENTITY;
}
