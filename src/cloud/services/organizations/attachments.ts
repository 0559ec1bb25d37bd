import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { constraint, idProblem, managed, onPolicy, onTarget, readType, withOrganization } from './access.ts';
import { RCP_FULL_ACCESS } from './aws-policies.ts';
import { targetName } from './control.ts';
import { notAvailable, policyNamed, summaryOf } from './policies.ts';
import type { ControlPolicyType, Organization } from './records.ts';
import { attachedTo, isTarget, targetArn, targets } from './tree.ts';

const POLICY_ID = { type: 'string', required: true, help: 'p-… of the policy' } as const;
const TARGET_ID = {
  type: 'string',
  required: true,
  help: 'r-…, ou-… or the twelve digits of an account',
} as const;

function noTarget() {
  return failed(
    'TargetNotFoundException',
    "We can't find a root, OU, or account with the TargetId that you specified.",
  );
}

function notEnabled() {
  return failed(
    'PolicyTypeNotEnabledException',
    "The specified policy type isn't currently enabled in this root. You can't attach policies of the specified type to entities in a root until you enable that type in the root.",
  );
}

/** The policy and target of a request to attach or detach, or Organizations' error. */
function readPair(organization: Organization, policyId: string, target: string) {
  const found = policyNamed(organization, policyId);
  if ('error' in found) {
    return found;
  }
  const problem = idProblem(target);
  if (problem !== null) {
    return problem;
  }
  if (!isTarget(organization, target)) {
    return noTarget();
  }
  return organization.enabledTypes.includes(found.policy.type) ? found : notEnabled();
}

const LIMIT_OF: Readonly<Record<ControlPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: LIMITS.serviceControlPoliciesPerTarget,
  RESOURCE_CONTROL_POLICY: LIMITS.resourceControlPoliciesPerTarget,
};

const attachPolicy = define({
  id: 'organizations:AttachPolicy',
  summary: 'attach an SCP or RCP to the root, an OU or an account',
  input: { PolicyId: POLICY_ID, TargetId: TARGET_ID },
  needs: (input, caller, world) => both(world, input, caller, 'AttachPolicy'),
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { PolicyId: id, TargetId: target } = input;
    const pair = readPair(organization, id, target);
    if ('error' in pair) {
      return pair;
    }
    const attached = attachedTo(organization, target, pair.policy.type);
    if (attached.includes(pair.policy)) {
      return failed(
        'DuplicatePolicyAttachmentException',
        'The selected policy is already attached to the specified target.',
      );
    }
    if (attached.length >= LIMIT_OF[pair.policy.type]) {
      return constraint(
        'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You have attached the maximum number of policies to the specified target.',
      );
    }
    const ids = [...(own(organization.attachments, target) ?? []), id];
    return done(withAttachments(world, organization, target, ids));
  },
});

function both(
  world: World,
  { PolicyId: policy, TargetId: target }: { readonly PolicyId: string; readonly TargetId: string },
  caller: Parameters<typeof onPolicy>[1],
  action: string,
) {
  const needed = onPolicy(world, caller, action, policy);
  return [needed, { ...onTarget(world, caller, action, target), context: needed.context ?? {} }];
}

function withAttachments(
  world: World,
  organization: Organization,
  target: string,
  ids: readonly string[],
): World {
  const attachments = { ...organization.attachments, [target]: ids };
  return withOrganization(world, organization, { attachments });
}

/** Source: Organizations User Guide, orgs_policies_detach.html: the last SCP stays, and so does `RCPFullAWSAccess`. */
const detachPolicy = define({
  id: 'organizations:DetachPolicy',
  summary: 'detach an SCP or RCP from the root, an OU or an account',
  input: { PolicyId: POLICY_ID, TargetId: TARGET_ID },
  needs: (input, caller, world) => both(world, input, caller, 'DetachPolicy'),
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { PolicyId: id, TargetId: target } = input;
    const pair = readPair(organization, id, target);
    if ('error' in pair) {
      return pair;
    }
    const { policy } = pair;
    const attached = attachedTo(organization, target, policy.type);
    if (!attached.includes(policy)) {
      return failed(
        'PolicyNotAttachedException',
        "The policy isn't attached to the specified target in the specified root.",
      );
    }
    const isLast = policy.type === 'SERVICE_CONTROL_POLICY' && attached.length === 1;
    if (isLast || policy === RCP_FULL_ACCESS) {
      return constraint(
        'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
        'You cannot remove the last policy attached to the specified target. You should have at least one attached to the target.',
      );
    }
    const ids = (own(organization.attachments, target) ?? []).filter((each) => each !== id);
    return done(withAttachments(world, organization, target, ids));
  },
});

const listTargetsForPolicy = define({
  id: 'organizations:ListTargetsForPolicy',
  summary: 'list what an SCP or RCP is attached to',
  input: { PolicyId: POLICY_ID },
  needs: (input, caller, world) => [onPolicy(world, caller, 'ListTargetsForPolicy', input.PolicyId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const named = policyNamed(organization, input.PolicyId);
    if ('error' in named) {
      return named;
    }
    const holders = targets(organization).filter((id) =>
      attachedTo(organization, id, named.policy.type).includes(named.policy),
    );
    return done(world, { Targets: holders.map((id) => describedTarget(world, organization, id)) });
  },
});

function describedTarget(world: World, organization: Organization, id: string): Json {
  const type = /^\d/.test(id) ? 'ACCOUNT' : id === organization.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
  return {
    TargetId: id,
    Arn: targetArn(organization, id),
    Name: targetName(world, organization, id),
    Type: type,
  };
}

const listPoliciesForTarget = define({
  id: 'organizations:ListPoliciesForTarget',
  summary: 'list the SCPs or RCPs attached to the root, an OU or an account itself',
  input: {
    TargetId: TARGET_ID,
    Filter: { type: 'string', required: true, help: 'SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY' },
  },
  needs: (input, caller, world) => [
    onTarget(world, caller, 'ListPoliciesForTarget', input.TargetId, input.Filter),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const read = readType(input.Filter);
    if ('error' in read) {
      return read;
    }
    const problem = idProblem(input.TargetId);
    if (problem !== null) {
      return problem;
    }
    if (organization.featureSet !== 'ALL') {
      return notAvailable();
    }
    return isTarget(organization, input.TargetId)
      ? done(world, { Policies: attachedTo(organization, input.TargetId, read.type).map(summaryOf) })
      : noTarget();
  },
});

/** What SCPs and RCPs are attached to. */
export const attachmentOperations = [attachPolicy, detachPolicy, listTargetsForPolicy, listPoliciesForTarget];
