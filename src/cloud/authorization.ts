import type {
  ApplicablePolicies,
  AuthorizationFacts,
  AuthorizationInput,
  AuthorizationRequest,
  ContextValue,
} from '../iam/request.ts';
import type { Caller } from './caller.ts';
import { type CallerSide, callerSide } from './caller-side.ts';
import type { PermissionNeeded } from './operation.ts';
import { type ResourceSide, resourceSide } from './resource-side.ts';
import { endpointFor, type VpcPlace } from './services/ec2/endpoint-policy.ts';
import { mayAssume } from './services/iam/may-assume.ts';
import { grantFor } from './services/kms/grant.ts';
import type { Account, Role, World } from './world.ts';

/** Everything the engine has to know to decide on one permission for a caller. */
export function authorizationInput(
  world: World,
  caller: Caller,
  needed: PermissionNeeded,
): AuthorizationInput {
  const side = throughEndpoint(world, caller.place, needed, callerSide(world, caller));
  return joined(side, resourceSide(world, needed), needed);
}

/** The caller's side with what a VPC endpoint on the way adds. What a service asks in the caller's name passes none. */
export function throughEndpoint(
  world: World,
  place: VpcPlace | undefined,
  { action, via }: Pick<PermissionNeeded, 'action' | 'via'>,
  side: CallerSide,
): CallerSide {
  const service = action.slice(0, action.indexOf(':'));
  const endpoint = place === undefined || via !== undefined ? null : endpointFor(world, place, service);
  return endpoint === null
    ? side
    : {
        ...side,
        context: { ...side.context, ...endpoint.context },
        policies: { ...side.policies, vpcEndpoint: endpoint.policy },
        facts: { ...side.facts, gatewayEndpoint: endpoint.isGateway },
      };
}

/** Every part of something, so that none is forgotten. */
type Whole<T> = { readonly [K in keyof T]-?: T[K] };

/**
 * The two sides of a question as one. `context` is what `contextOf` makes of them. Part by part, since spreading takes
 * many times as long, and an access map asks a hundred thousand questions.
 */
export function joined(
  caller: CallerSide,
  resource: ResourceSide,
  needed: PermissionNeeded,
  context = contextOf(caller, resource, needed),
): AuthorizationInput {
  const { principal, principalId, sessionIssuer } = caller.request;
  const request: Whole<AuthorizationRequest> = {
    principal,
    principalId,
    sessionIssuer,
    action: needed.action,
    resource: needed.resource,
    // What an anonymous caller asks of their own account is of no account.
    resourceAccount: needed.resourceAccount === '' ? undefined : needed.resourceAccount,
    context,
  };
  const policies: Whole<ApplicablePolicies> = {
    identity: caller.policies.identity,
    permissionsBoundary: caller.policies.permissionsBoundary,
    session: caller.policies.session,
    serviceControl: caller.policies.serviceControl,
    vpcEndpoint: caller.policies.vpcEndpoint,
    resource: resource.policies.resource,
    resourceControl: resource.policies.resourceControl,
  };
  const facts: Whole<AuthorizationFacts> = {
    principalInManagementAccount: caller.facts.principalInManagementAccount,
    resourceInManagementAccount: resource.facts.resourceInManagementAccount,
    serviceLinkedRole: caller.facts.serviceLinkedRole,
    publicAccessRestricted: resource.facts.publicAccessRestricted,
    gatewayEndpoint: caller.facts.gatewayEndpoint,
    keyGrant: resource.grants && grantFor(resource.grants, caller.request, { ...needed, context })?.id,
  };
  return { request, policies, facts };
}

/** Every condition key of a question. What the request itself says goes before what either side says. */
export function contextOf(
  caller: Pick<CallerSide, 'context'>,
  resource: Pick<ResourceSide, 'context'>,
  needed: Pick<PermissionNeeded, 'context'>,
): Readonly<Record<string, ContextValue>> {
  return { ...caller.context, ...resource.context, ...needed.context };
}

/** True when EC2 may assume a role for its instances: the role's trust policy decides. */
export function ec2MayAssume(world: World, account: Account, role: Role): boolean {
  return mayAssume(world, 'ec2.amazonaws.com', account.id, role);
}
