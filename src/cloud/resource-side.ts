import type {
  ApplicablePolicies,
  AuthorizationFacts,
  ContextValue,
  NamedPolicy,
  PolicyDocument,
} from '../iam/request.ts';
import { bucketOfArn } from './arn.ts';
import type { PermissionNeeded } from './operation.ts';
import { own } from './own.ts';
import type { Role, World } from './world.ts';

/**
 * What a resource brings to every request about it, whoever calls. Everything that depends on the resource is here,
 * so that two moments can be compared resource by resource.
 */
export interface ResourceSide {
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'resourceControl'>;
  readonly facts: AuthorizationFacts;
}

/** The resource's side of a question to the engine. */
export function resourceSide(
  world: World,
  needed: Pick<PermissionNeeded, 'action' | 'resource' | 'resourceAccount'>,
): ResourceSide {
  return { context: {}, policies: resourcePolicy(world, needed.resource), facts: {} };
}

/** A role's trust policy as the engine takes it. */
export function trustPolicy(role: Role): NamedPolicy {
  return ownPolicy(`trust policy of ${role.name}`, role.trust);
}

function resourcePolicy(world: World, resource: string): Pick<ApplicablePolicies, 'resource'> {
  const bucketName = bucketOfArn(resource);
  const owner = bucketName === null ? undefined : own(world.bucketOwners, bucketName);
  const bucket =
    owner && bucketName !== null ? own(own(world.accounts, owner)?.buckets ?? {}, bucketName) : undefined;
  return bucket?.policy ? { resource: ownPolicy(`bucket policy of ${bucket.name}`, bucket.policy) } : {};
}

const named = new WeakMap<PolicyDocument, NamedPolicy>();

/** A resource's own policy under a name; the same object each time, since the engine remembers it by identity. */
function ownPolicy(name: string, document: PolicyDocument): NamedPolicy {
  const known = named.get(document);
  if (known?.name === name) {
    return known;
  }
  const policy = { name, document };
  named.set(document, policy);
  return policy;
}
