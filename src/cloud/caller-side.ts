import type {
  ApplicablePolicies,
  AuthorizationFacts,
  AuthorizationRequest,
  ContextValue,
  NamedPolicy,
} from '../iam/request.ts';
import { REGION } from './arn.ts';
import type { Caller } from './caller.ts';
import { namedPolicy } from './managed-policies.ts';
import { own } from './own.ts';
import type { Account, HasPolicies, Role, Tags, User, World } from './world.ts';

/**
 * What a caller brings to every request of theirs, whatever it is about. Everything that depends on who calls is
 * here, so that two moments can be compared caller by caller.
 */
export interface CallerSide {
  readonly request: Pick<AuthorizationRequest, 'principal' | 'principalId' | 'sessionIssuer'>;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly policies: Pick<
    ApplicablePolicies,
    'identity' | 'permissionsBoundary' | 'session' | 'serviceControl' | 'vpcEndpoint'
  >;
  readonly facts: AuthorizationFacts;
}

/** Where every request comes from: an address set aside for documentation (RFC 5737). */
const SOURCE_IP = '203.0.113.10';

/** The caller's side of a question to the engine. */
export function callerSide(world: World, caller: Caller): CallerSide {
  const account = own(world.accounts, caller.account);
  const identity = account && identityOf(account, caller);
  return {
    request: {
      principal: caller.arn,
      principalId: caller.userId,
      ...(caller.kind === 'assumed-role' ? { sessionIssuer: caller.roleArn } : {}),
    },
    context: {
      ...requestContext(world),
      ...sessionContext(account, caller),
      ...principalTags(identity?.tags ?? {}),
    },
    policies: {
      identity: account && identity ? identityPolicies(world, account, identity) : NO_POLICIES,
      ...boundaryPolicy(world, identity?.boundary ?? null),
    },
    facts: {},
  };
}

/** An AWS service's side, for what it does by itself: it has no policies of its own. */
export function serviceSide(world: World, service: string): CallerSide {
  return {
    request: { principal: { service } },
    context: requestContext(world),
    policies: {},
    facts: {},
  };
}

const NO_POLICIES: readonly NamedPolicy[] = [];

function identityOf(account: Account, caller: Caller): User | Role | undefined {
  switch (caller.kind) {
    case 'user':
      return own(account.users, caller.user);
    case 'assumed-role':
      return own(account.roles, caller.role);
    case 'root':
      return undefined;
  }
}

function requestContext(world: World): Record<string, ContextValue> {
  return {
    'aws:CurrentTime': new Date(world.clock).toISOString(),
    'aws:EpochTime': Math.floor(world.clock / 1000),
    'aws:SourceIp': SOURCE_IP,
    'aws:SecureTransport': true,
    'aws:RequestedRegion': REGION,
  };
}

function sessionContext(account: Account | undefined, caller: Caller): Record<string, ContextValue> {
  const session = account && own(account.sessions, caller.accessKey);
  return session ? { 'aws:TokenIssueTime': new Date(session.issued).toISOString() } : {};
}

function principalTags(tags: Tags): Record<string, ContextValue> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

const lists = new WeakMap<User | Role, readonly NamedPolicy[]>();

/**
 * Attached, then inline, then those of the groups: the order decides which grant is named first. The same list as
 * long as the same policies are in it, since the engine remembers lists by identity.
 */
function identityPolicies(world: World, account: Account, identity: User | Role): readonly NamedPolicy[] {
  const groups = 'groups' in identity ? identity.groups : [];
  const list = [
    ...policiesOf(world, identity),
    ...groups.flatMap((name) => {
      const group = own(account.groups, name);
      return group ? policiesOf(world, group) : [];
    }),
  ];
  const known = lists.get(identity);
  if (known?.length === list.length && known.every((policy, index) => policy === list[index])) {
    return known;
  }
  lists.set(identity, list);
  return list;
}

function policiesOf(world: World, holder: HasPolicies): readonly NamedPolicy[] {
  const attached = holder.attached.flatMap((arn) => namedPolicy(world, arn) ?? []);
  return [...attached, ...inlinePolicies(holder)];
}

const inlineLists = new WeakMap<HasPolicies['inline'], readonly NamedPolicy[]>();

function inlinePolicies({ inline }: HasPolicies): readonly NamedPolicy[] {
  const known = inlineLists.get(inline);
  if (known !== undefined) {
    return known;
  }
  const list = Object.entries(inline).map(([name, document]) => ({ name, document }));
  inlineLists.set(inline, list);
  return list;
}

function boundaryPolicy(world: World, arn: string | null): Pick<ApplicablePolicies, 'permissionsBoundary'> {
  const policy = arn === null ? undefined : namedPolicy(world, arn);
  return policy ? { permissionsBoundary: policy } : {};
}
