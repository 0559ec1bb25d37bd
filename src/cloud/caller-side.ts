import type {
  ApplicablePolicies,
  AuthorizationFacts,
  AuthorizationRequest,
  ContextValue,
  NamedPolicy,
} from '../iam/request.ts';
import { REGION, rootArn } from './arn.ts';
import type { Caller } from './caller.ts';
import { namedPolicy } from './managed-policies.ts';
import { own } from './own.ts';
import { inEffect } from './propagation.ts';
import { OUTSIDE, principalControl } from './services/organizations/control.ts';
import { sessionPolicies } from './services/sts/session-policies.ts';
import type {
  Account,
  HasPolicies,
  Instant,
  Role,
  Tags,
  TemporaryCredentials,
  User,
  World,
} from './world.ts';

/**
 * What a caller brings to every request of theirs, whatever it is about. Everything that depends on who calls is
 * here, so that two moments can be compared caller by caller. It depends on the caller's own account, the clock and
 * what the world keeps for all accounts together, and never on another account: `updateMap` relies on it.
 */
export interface CallerSide {
  readonly request: Pick<AuthorizationRequest, 'principal' | 'principalId' | 'sessionIssuer'>;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly policies: Pick<
    ApplicablePolicies,
    'identity' | 'permissionsBoundary' | 'session' | 'serviceControl' | 'vpcEndpoint'
  >;
  readonly facts: Pick<
    AuthorizationFacts,
    'principalInManagementAccount' | 'serviceLinkedRole' | 'gatewayEndpoint'
  >;
}

/** The caller's side of a question to the engine. */
export function callerSide(now: World, caller: Caller): CallerSide {
  const world = inEffect(now);
  const account = own(world.accounts, caller.account);
  const identity = account && identityOf(account, caller);
  const session = account && own(account.sessions, caller.accessKey);
  const control = caller.kind === 'outside' ? OUTSIDE : principalControl(world, caller.account);
  return {
    request: {
      principal: caller.kind === 'outside' ? caller.principal : caller.arn,
      principalId: caller.userId,
      ...issuerOf(account, caller),
    },
    context: {
      ...requestContext(world, caller.sourceIp),
      ...(session ? sessionContext(session, world.clock) : {}),
      ...principalTags(identity?.tags ?? {}, session),
      ...control.context,
      ...(caller.kind === 'outside' ? caller.context : {}),
    },
    policies: {
      identity: account && identity ? identityPolicies(world, account, identity) : policiesWithout(caller),
      ...boundaryPolicy(world, identity?.boundary ?? null),
      ...(session?.limits ? { session: sessionPolicies(world, session.limits) } : {}),
      ...control.policies,
    },
    facts: control.facts,
  };
}

/** The role behind a session, or the user who asked for a federated one. */
function issuerOf(account: Account | undefined, caller: Caller): { readonly sessionIssuer?: string } {
  switch (caller.kind) {
    case 'assumed-role':
      return { sessionIssuer: caller.roleArn };
    case 'federated-user': {
      const issuer =
        account && (caller.user === null ? rootArn(account.id) : own(account.users, caller.user)?.arn);
      return issuer === undefined ? {} : { sessionIssuer: issuer };
    }
    default:
      return {};
  }
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

/** A root user may do everything, and so may those it asks sessions for, as far as their session policies allow. */
const ROOT_POWER: readonly NamedPolicy[] = [
  {
    name: 'what the root user may do',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
];

function policiesWithout(caller: Caller): readonly NamedPolicy[] {
  return caller.kind === 'federated-user' && caller.user === null ? ROOT_POWER : NO_POLICIES;
}

function identityOf(account: Account, caller: Caller): User | Role | undefined {
  switch (caller.kind) {
    case 'user':
      return own(account.users, caller.user);
    case 'assumed-role':
      return own(account.roles, caller.role);
    case 'federated-user':
      return caller.user === null ? undefined : own(account.users, caller.user);
    case 'root':
    case 'outside':
      return undefined;
  }
}

/** Where requests come from unless it is said: an address set aside for documentation (RFC 5737). */
const SOURCE_IP = '203.0.113.10';

function requestContext(world: World, sourceIp = SOURCE_IP): Record<string, ContextValue> {
  return {
    'aws:CurrentTime': new Date(world.clock).toISOString(),
    'aws:EpochTime': Math.floor(world.clock / 1000),
    'aws:SourceIp': sourceIp,
    'aws:SecureTransport': true,
    'aws:ViaAWSService': false,
    'aws:RequestedRegion': REGION,
  };
}

/**
 * What temporary credentials add to each request. The MFA keys are there for them alone: a request with a long-term
 * key has none, and a role's session has no MFA of its own, whatever was shown to assume it.
 * Source: IAM User Guide, reference_policies_condition-keys.html.
 */
function sessionContext(session: TemporaryCredentials, now: Instant): Record<string, ContextValue> {
  return {
    'aws:TokenIssueTime': new Date(session.issued).toISOString(),
    'aws:MultiFactorAuthPresent': session.mfa !== null,
    ...(session.mfa === null ? {} : { 'aws:MultiFactorAuthAge': Math.floor((now - session.mfa) / 1000) }),
    ...session.context,
  };
}

/** The tags of a user or role, save those that a session tag of the same key stands before. */
function principalTags(tags: Tags, session: TemporaryCredentials | undefined): Record<string, ContextValue> {
  const taken = Object.keys(session?.context ?? {}).map((key) => key.toLowerCase());
  return Object.fromEntries(
    Object.entries(tags)
      .map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const)
      .filter(([key]) => !taken.includes(key.toLowerCase())),
  );
}

const lists = new WeakMap<User | Role, readonly NamedPolicy[]>();

/**
 * Attached, then inline, then those of the groups: the order decides which grant is named first. The same list as
 * long as the same policies are in it, since the engine remembers lists by identity.
 */
function identityPolicies(world: World, account: Account, identity: User | Role): readonly NamedPolicy[] {
  const list: NamedPolicy[] = [];
  addPolicies(list, world, identity);
  for (const name of 'groups' in identity ? identity.groups : []) {
    const group = own(account.groups, name);
    if (group !== undefined) {
      addPolicies(list, world, group);
    }
  }
  if (account.passwordPolicy?.usersMayChange && 'groups' in identity) {
    list.push(passwordPower(identity));
  }
  const known = lists.get(identity);
  if (known?.length === list.length && known.every((policy, index) => policy === list[index])) {
    return known;
  }
  lists.set(identity, list);
  return list;
}

const passwordPowers = new WeakMap<User, NamedPolicy>();

/**
 * What an account lets each of its users do about the own password, without any policy of theirs.
 * Source: IAM API Reference, API_UpdateAccountPasswordPolicy.html, HardExpiry and AllowUsersToChangePassword.
 */
function passwordPower(user: User): NamedPolicy {
  const known = passwordPowers.get(user);
  if (known !== undefined) {
    return known;
  }
  const power = {
    name: "the account's password policy",
    document: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: user.arn },
        { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
      ],
    },
  };
  passwordPowers.set(user, power);
  return power;
}

function addPolicies(list: NamedPolicy[], world: World, holder: HasPolicies): void {
  for (const arn of holder.attached) {
    const policy = namedPolicy(world, arn);
    if (policy !== undefined) {
      list.push(policy);
    }
  }
  list.push(...inlinePolicies(holder));
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
