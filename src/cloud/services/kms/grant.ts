import type { AuthorizationRequest, ContextValue } from '../../../iam/request.ts';
import type { PermissionNeeded } from '../../operation.ts';
import type { KmsGrant } from './records.ts';

const CONTEXT_KEY = 'kms:EncryptionContext:';

/** Operations that a grant's constraints on the encryption context do not concern. */
const UNCONSTRAINED: readonly string[] = ['DescribeKey', 'RetireGrant'];

/**
 * The grant of a key that covers a request for it; undefined when none does. A grant to a role covers its sessions.
 * Source: KMS Developer Guide, grants.html; KMS API Reference, API_GrantConstraints.html.
 */
export function grantFor(
  grants: readonly KmsGrant[],
  { principal, sessionIssuer }: Pick<AuthorizationRequest, 'principal' | 'sessionIssuer'>,
  { action, context }: Pick<PermissionNeeded, 'action' | 'context'>,
): KmsGrant | undefined {
  const operation = action.slice(action.indexOf(':') + 1);
  return grants.find(
    (grant) =>
      (grant.grantee === principal || grant.grantee === sessionIssuer) &&
      grant.operations.includes(operation) &&
      (UNCONSTRAINED.includes(operation) || fits(grant.constraints, encryptionContext(context))),
  );
}

function encryptionContext(
  context: PermissionNeeded['context'] = {},
): Readonly<Record<string, ContextValue>> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      key.startsWith(CONTEXT_KEY) ? [[key.slice(CONTEXT_KEY.length), value]] : [],
    ),
  );
}

function fits(
  { equals, subset }: KmsGrant['constraints'],
  context: Readonly<Record<string, ContextValue>>,
): boolean {
  const holds = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).every(([key, value]) => context[key] === value);
  return (
    (subset === undefined || holds(subset)) &&
    (equals === undefined || (holds(equals) && Object.keys(equals).length === Object.keys(context).length))
  );
}
