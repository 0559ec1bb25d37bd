import type { ApplicablePolicies, AuthorizationFacts, ContextValue } from '../iam/request.ts';
import type { PermissionNeeded } from './operation.ts';
import { inEffect } from './propagation.ts';
import { resourceOf } from './services/index.ts';
import { OUTSIDE, resourceControl } from './services/organizations/control.ts';
import type { KmsGrant, Tags, World } from './world.ts';

/**
 * What a resource brings to every request about it, whoever calls. Everything that depends on the resource is here,
 * so that two moments can be compared resource by resource.
 */
export interface ResourceSide {
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'resourceControl'>;
  readonly facts: Pick<AuthorizationFacts, 'resourceInManagementAccount' | 'publicAccessRestricted'>;
  /** Of a KMS key: what lets principals use it beside policies. */
  readonly grants?: readonly KmsGrant[];
}

/** The resource's side of a question to the engine. */
export function resourceSide(
  world: World,
  needed: Pick<PermissionNeeded, 'action' | 'resource' | 'resourceAccount'>,
): ResourceSide {
  const resource = resourceOf(inEffect(world), needed.resource, needed.action);
  const control = resourceControl(world, needed.resourceAccount);
  const tags = resourceTags(resource?.tags ?? NO_TAGS);
  return {
    context: control === OUTSIDE ? tags : { ...tags, ...control.context },
    policies: resource?.policy ? { ...control.policies, resource: resource.policy } : control.policies,
    facts: resource?.restricted ? { ...control.facts, publicAccessRestricted: true } : control.facts,
    ...(resource?.grants === undefined ? {} : { grants: resource.grants }),
  };
}

const NO_TAGS: Tags = {};
const contexts = new WeakMap<Tags, ResourceSide['context']>();

/** Source: IAM User Guide, reference_policies_condition-keys.html, aws:ResourceTag. */
function resourceTags(tags: Tags): ResourceSide['context'] {
  const known = contexts.get(tags);
  if (known !== undefined) {
    return known;
  }
  const context = Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
  contexts.set(tags, context);
  return context;
}
