import type { AuthorizationRequest, ContextValue } from '../../../iam/request.ts';
import type { PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { KmsGrant } from './records.ts';

const CONTEXT_KEY = 'kms:EncryptionContext:';

/** Operations that a grant's constraints on the encryption context do not concern. */
const UNCONSTRAINED: readonly string[] = ['DescribeKey', 'RetireGrant', 'CreateGrant'];

/**
 * The grant of a key that covers a request for it; undefined when none does. A grant to a role covers its sessions.
 * One that lets its principal make grants covers those that give no more than it does.
 * Source: KMS Developer Guide, grants.html and create-grant-overview.html; KMS API Reference, API_GrantConstraints.html.
 */
export function grantFor(
  grants: readonly KmsGrant[],
  { principal, sessionIssuer }: Pick<AuthorizationRequest, 'principal' | 'sessionIssuer'>,
  { action, context, grant: child }: Pick<PermissionNeeded, 'action' | 'context' | 'grant'>,
): KmsGrant | undefined {
  const operation = action.slice(action.indexOf(':') + 1);
  return grants.find(
    (grant) =>
      (grant.grantee === principal || grant.grantee === sessionIssuer) &&
      grant.operations.includes(operation) &&
      (child === undefined || isWithin(child, grant)) &&
      isForSource(grant.constraints, operation, context) &&
      (UNCONSTRAINED.includes(operation) || fits(grant.constraints, encryptionContext(context))),
  );
}

/** True when a grant is for requests on behalf of whatever, or on behalf of what this request is made for. */
function isForSource(
  { sourceArn }: KmsGrant['constraints'],
  operation: string,
  context: PermissionNeeded['context'] = {},
): boolean {
  return sourceArn === undefined || operation === 'RetireGrant' || context['aws:SourceArn'] === sourceArn;
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

type Given = Pick<KmsGrant, 'operations' | 'constraints'>;

/** True when a grant gives some or all of what another does, under constraints that are at least as strict. */
function isWithin(child: Given, parent: Given): boolean {
  const { equals, subset, sourceArn } = parent.constraints;
  const asked = child.constraints.equals ?? child.constraints.subset ?? {};
  const isExact = child.constraints.equals !== undefined;
  return (
    child.operations.every((operation) => parent.operations.includes(operation)) &&
    (sourceArn === undefined || child.constraints.sourceArn === sourceArn) &&
    (subset === undefined || contains(asked, subset)) &&
    (equals === undefined || (isExact && contains(asked, equals) && contains(equals, asked)))
  );
}

function contains(all: Readonly<Record<string, string>>, part: Readonly<Record<string, string>>): boolean {
  return Object.entries(part).every(([key, value]) => own(all, key) === value);
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
