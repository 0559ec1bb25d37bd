import type { Caller } from '../../caller.ts';
import type { ApiError } from '../../operation.ts';
import type { World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { idProblem, managed, onTarget, readType, withOrganization } from './access.ts';
import { controlPolicy, FULL_ACCESS } from './aws-policies.ts';
import { describedRoot } from './organization.ts';
import { notAvailable } from './policies.ts';
import type { ControlPolicyType, Organization } from './records.ts';
import { targets } from './tree.ts';

const INPUT = {
  RootId: { type: 'string', required: true, help: 'r-… of the root' },
  PolicyType: { type: 'string', required: true, help: 'SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY' },
} as const;

type Named = { readonly RootId: string; readonly PolicyType: string };

/** The organization and the policy type that a request names, or Organizations' error. */
function read(
  world: World,
  caller: Caller,
  input: Named,
): { readonly organization: Organization; readonly type: ControlPolicyType } | { readonly error: ApiError } {
  const found = managed(world, caller);
  if ('error' in found) {
    return found;
  }
  const named = readType(input.PolicyType);
  if ('error' in named) {
    return named;
  }
  const problem = idProblem(input.RootId);
  if (problem !== null) {
    return problem;
  }
  return input.RootId === found.organization.rootId
    ? { ...found, ...named }
    : failed('RootNotFoundException', "We can't find a root with the RootId that you specified.");
}

/** Source: Organizations User Guide, orgs_manage_policies_enable-disable.html. */
const enablePolicyType = define({
  id: 'organizations:EnablePolicyType',
  summary: 'let SCPs or RCPs be attached; FullAWSAccess then is everywhere',
  input: INPUT,
  needs: (input, caller, world) => [
    onTarget(world, caller, 'EnablePolicyType', input.RootId, input.PolicyType),
  ],
  effect(input, caller, world) {
    const asked = read(world, caller, input);
    if ('error' in asked) {
      return asked;
    }
    const { organization, type } = asked;
    if (organization.featureSet !== 'ALL') {
      return notAvailable();
    }
    if (organization.enabledTypes.includes(type)) {
      return failed(
        'PolicyTypeAlreadyEnabledException',
        'The specified policy type is already enabled in the specified root.',
      );
    }
    const changed = enabled(organization, type);
    return done(withOrganization(world, organization, changed), { Root: describedRoot(changed) });
  },
});

/** An organization with a policy type enabled. `FullAWSAccess` is attached to everything when SCPs are. */
export function enabled(organization: Organization, type: ControlPolicyType): Organization {
  const added = type === 'SERVICE_CONTROL_POLICY' ? [FULL_ACCESS.id] : [];
  const attachments = targets(organization).map(
    (id) => [id, [...added, ...(organization.attachments[id] ?? [])]] as const,
  );
  return {
    ...organization,
    enabledTypes: [...organization.enabledTypes, type],
    attachments: Object.fromEntries(attachments),
  };
}

const disablePolicyType = define({
  id: 'organizations:DisablePolicyType',
  summary: 'detach all SCPs or all RCPs everywhere; enabling the type again brings none of them back',
  input: INPUT,
  needs: (input, caller, world) => [
    onTarget(world, caller, 'DisablePolicyType', input.RootId, input.PolicyType),
  ],
  effect(input, caller, world) {
    const asked = read(world, caller, input);
    if ('error' in asked) {
      return asked;
    }
    const { organization, type } = asked;
    if (!organization.enabledTypes.includes(type)) {
      return failed(
        'PolicyTypeNotEnabledException',
        "The specified policy type isn't currently enabled in this root.",
      );
    }
    const changed = disabled(organization, type);
    return done(withOrganization(world, organization, changed), { Root: describedRoot(changed) });
  },
});

function disabled(organization: Organization, type: ControlPolicyType): Organization {
  const isOther = (id: string) => controlPolicy(organization, id)?.type !== type;
  const attachments = Object.entries(organization.attachments).map(
    ([target, ids]) => [target, ids.filter(isOther)] as const,
  );
  return {
    ...organization,
    enabledTypes: organization.enabledTypes.filter((each) => each !== type),
    attachments: Object.fromEntries(attachments),
  };
}

/** Which kinds of policies an organization uses. */
export const policyTypeOperations = [enablePolicyType, disablePolicyType];
