import type { Decision, Refusal } from '../iam/decision.ts';
import { authorize, isRefusal } from '../iam/index.ts';
import type { ApplicablePolicies, AuthorizationInput, ContextValue, NamedPolicy } from '../iam/request.ts';
import { bucketOfArn, REGION } from './arn.ts';
import type { Caller } from './caller.ts';
import { namedPolicy } from './managed-policies.ts';
import type { PermissionNeeded } from './operation.ts';
import { own } from './own.ts';
import type { Account, HasPolicies, Role, Tags, User, World } from './world.ts';

/** Where every request comes from: an address set aside for documentation (RFC 5737). */
const SOURCE_IP = '203.0.113.10';

/** Everything the engine has to know to decide on one permission for a caller. */
export function authorizationInput(
  world: World,
  caller: Caller,
  needed: PermissionNeeded,
): AuthorizationInput {
  const account = own(world.accounts, caller.account);
  const identity = account && identityOf(account, caller);
  return {
    request: {
      principal: caller.arn,
      action: needed.action,
      resource: needed.resource,
      resourceAccount: needed.resourceAccount,
      principalId: caller.userId,
      ...(caller.kind === 'assumed-role' ? { sessionIssuer: caller.roleArn } : {}),
      context: {
        ...requestContext(world),
        ...sessionContext(account, caller),
        ...principalTags(identity?.tags ?? {}),
        ...needed.context,
      },
    },
    policies: {
      identity: account && identity ? identityPolicies(world, account, identity) : [],
      ...boundaryPolicy(world, identity?.boundary ?? null),
      ...resourcePolicy(world, needed),
    },
  };
}

/** What the engine decides on one permission for a caller, or why it cannot. */
export function decide(world: World, caller: Caller, needed: PermissionNeeded): Decision | Refusal {
  return authorize(authorizationInput(world, caller, needed));
}

/** True when EC2 may assume a role for its instances: the role's trust policy decides. */
export function ec2MayAssume(world: World, account: Account, role: Role): boolean {
  const decision = authorize({
    request: {
      principal: { service: 'ec2.amazonaws.com' },
      action: 'sts:AssumeRole',
      resource: role.arn,
      resourceAccount: account.id,
      context: requestContext(world),
    },
    policies: { resource: trustPolicy(role) },
  });
  return !isRefusal(decision) && decision.decision === 'allowed';
}

function identityOf(account: Account, caller: Caller): User | Role | undefined {
  return caller.kind === 'user' ? own(account.users, caller.user) : own(account.roles, caller.role);
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

/** Attached, then inline, then those of the groups: the order decides which grant is named first. */
function identityPolicies(world: World, account: Account, identity: User | Role): readonly NamedPolicy[] {
  const groups = 'groups' in identity ? identity.groups : [];
  return [
    ...policiesOf(world, identity),
    ...groups.flatMap((name) => {
      const group = own(account.groups, name);
      return group ? policiesOf(world, group) : [];
    }),
  ];
}

function policiesOf(world: World, holder: HasPolicies): readonly NamedPolicy[] {
  const attached = holder.attached.flatMap((arn) => namedPolicy(world, arn) ?? []);
  const inline = Object.entries(holder.inline).map(([name, document]) => ({ name, document }));
  return [...attached, ...inline];
}

function boundaryPolicy(world: World, arn: string | null): Pick<ApplicablePolicies, 'permissionsBoundary'> {
  const policy = arn === null ? undefined : namedPolicy(world, arn);
  return policy ? { permissionsBoundary: policy } : {};
}

function resourcePolicy(world: World, needed: PermissionNeeded): Pick<ApplicablePolicies, 'resource'> {
  const bucketName = bucketOfArn(needed.resource);
  const owner = bucketName === null ? undefined : own(world.bucketOwners, bucketName);
  const bucket =
    owner && bucketName !== null ? own(own(world.accounts, owner)?.buckets ?? {}, bucketName) : undefined;
  return bucket?.policy
    ? { resource: { name: `bucket policy of ${bucket.name}`, document: bucket.policy } }
    : {};
}

function trustPolicy(role: Role): NamedPolicy {
  return { name: `trust policy of ${role.name}`, document: role.trust };
}
