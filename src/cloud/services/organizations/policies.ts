import { generated, without } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { newLowerCaseId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import {
  constraint,
  idProblem,
  managed,
  onPolicy,
  permission,
  readType,
  typeContext,
  withOrganization,
} from './access.ts';
import { controlPolicy, isAwsManaged, policiesOfType } from './aws-policies.ts';
import type { ControlPolicy, ControlPolicyType, Organization } from './records.ts';
import { withTags } from './tags.ts';
import { policyArn } from './tree.ts';

const POLICY_ID = { type: 'string', required: true, help: 'p-… of the policy' } as const;
const CONTENT = { type: 'document', help: 'the policy' } as const;

/** A policy as the AWS CLI prints it in lists. */
export function summaryOf(policy: ControlPolicy): Json {
  return {
    Id: policy.id,
    Arn: policy.arn,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: isAwsManaged(policy),
  };
}

function described(policy: ControlPolicy): Json {
  return { Policy: { PolicySummary: summaryOf(policy), Content: JSON.stringify(policy.document) } };
}

/** A policy by its id, or Organizations' error. */
export function policyNamed(
  organization: Organization,
  id: string,
): { readonly policy: ControlPolicy } | { readonly error: ApiError } {
  const problem = idProblem(id);
  if (problem !== null) {
    return problem;
  }
  const policy = controlPolicy(organization, id);
  return policy
    ? { policy }
    : failed('PolicyNotFoundException', "We can't find a policy with the PolicyId that you specified.");
}

/** A policy that may be changed or deleted, or Organizations' error. */
function ownPolicy(organization: Organization, id: string) {
  const found = policyNamed(organization, id);
  return 'policy' in found && isAwsManaged(found.policy)
    ? failed(
        'InvalidInputException',
        "You specified a policy that is managed by AWS and can't be modified.",
        'IMMUTABLE_POLICY',
      )
    : found;
}

/** The document of an SCP or RCP from its text, or Organizations' error. */
function readContent(world: World, text: string, type: ControlPolicyType) {
  const limit =
    type === 'SERVICE_CONTROL_POLICY' ? LIMITS.serviceControlPolicySize : LIMITS.resourceControlPolicySize;
  return text.length > limit
    ? constraint(
        'POLICY_CONTENT_LIMIT_EXCEEDED',
        `The policy has ${text.length} characters; at most ${limit} are allowed.`,
      )
    : readDocument(world, text, { kind: 'control', type });
}

function isTaken(organization: Organization, name: string, type: ControlPolicyType): boolean {
  return policiesOfType(organization, type).some((policy) => policy.name === name);
}

function duplicate() {
  return failed('DuplicatePolicyException', 'A policy with the same name already exists.');
}

const createPolicy = define({
  id: 'organizations:CreatePolicy',
  summary: 'make an SCP or RCP; it binds nobody until it is attached',
  input: {
    Content: { ...CONTENT, required: true },
    Description: { type: 'string', required: true, help: 'what it is for' },
    Name: { type: 'string', required: true, help: 'name of the new policy' },
    Type: { type: 'string', required: true, help: 'SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY' },
  },
  needs: (input, caller) => [permission(caller, 'CreatePolicy', '*', typeContext(input.Type))],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const read = readType(input.Type);
    if ('error' in read) {
      return read;
    }
    if (organization.featureSet !== 'ALL') {
      return notAvailable();
    }
    const content = readContent(world, input.Content, read.type);
    if ('error' in content) {
      return content;
    }
    if (isTaken(organization, input.Name, read.type)) {
      return duplicate();
    }
    const [id, next] = generated(world, (generator) => newLowerCaseId(generator, 'p-', 8));
    const policy: ControlPolicy = {
      id,
      arn: policyArn(organization, read.type, id),
      name: input.Name,
      description: input.Description,
      type: read.type,
      document: content.document,
    };
    const policies = { ...organization.policies, [id]: policy };
    return done(withOrganization(next, organization, { policies }), described(policy));
  },
});

/** The error where the organization has consolidated billing only. */
export function notAvailable() {
  return failed(
    'PolicyTypeNotAvailableForOrganizationException',
    "You can't use the specified policy type with the feature set currently enabled for this organization. For example, you can enable SCPs only after you enable all features in the organization.",
  );
}

const updatePolicy = define({
  id: 'organizations:UpdatePolicy',
  summary: 'change the name, description or content of an SCP or RCP',
  input: {
    PolicyId: POLICY_ID,
    Name: { type: 'string', help: 'the new name' },
    Description: { type: 'string', help: 'the new description' },
    Content: CONTENT,
  },
  needs: (input, caller, world) => [onPolicy(world, caller, 'UpdatePolicy', input.PolicyId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const target = ownPolicy(organization, input.PolicyId);
    if ('error' in target) {
      return target;
    }
    const { policy } = target;
    const { Name: name = policy.name, Description: description = policy.description } = input;
    const content = input.Content === undefined ? policy : readContent(world, input.Content, policy.type);
    if ('error' in content) {
      return content;
    }
    if (name !== policy.name && isTaken(organization, name, policy.type)) {
      return duplicate();
    }
    const changed = { ...policy, name, description, document: content.document };
    const policies = { ...organization.policies, [policy.id]: changed };
    return done(withOrganization(world, organization, { policies }), described(changed));
  },
});

const describePolicy = define({
  id: 'organizations:DescribePolicy',
  summary: 'show an SCP or RCP with its content',
  input: { PolicyId: POLICY_ID },
  needs: (input, caller, world) => [onPolicy(world, caller, 'DescribePolicy', input.PolicyId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const target = policyNamed(found.organization, input.PolicyId);
    return 'error' in target ? target : done(world, described(target.policy));
  },
});

const deletePolicy = define({
  id: 'organizations:DeletePolicy',
  summary: 'delete an SCP or RCP that is attached nowhere',
  input: { PolicyId: POLICY_ID },
  needs: (input, caller, world) => [onPolicy(world, caller, 'DeletePolicy', input.PolicyId)],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const target = ownPolicy(organization, input.PolicyId);
    if ('error' in target) {
      return target;
    }
    const isAttached = Object.keys(organization.attachments).some((id) =>
      own(organization.attachments, id)?.includes(target.policy.id),
    );
    return isAttached
      ? failed(
          'PolicyInUseException',
          'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
        )
      : done(
          withOrganization(world, organization, {
            policies: without(organization.policies, target.policy.id),
            tags: withTags(organization, target.policy.id, {}),
          }),
        );
  },
});

const listPolicies = define({
  id: 'organizations:ListPolicies',
  summary: 'list the SCPs or the RCPs of the organization',
  input: {
    Filter: { type: 'string', required: true, help: 'SERVICE_CONTROL_POLICY or RESOURCE_CONTROL_POLICY' },
  },
  needs: (input, caller) => [permission(caller, 'ListPolicies', '*', typeContext(input.Filter))],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const read = readType(input.Filter);
    if ('error' in read) {
      return read;
    }
    return found.organization.featureSet === 'ALL'
      ? done(world, { Policies: policiesOfType(found.organization, read.type).map(summaryOf) })
      : notAvailable();
  },
});

/** SCPs and RCPs by themselves; attaching them is another matter. */
export const policyOperations = [createPolicy, updatePolicy, describePolicy, deletePolicy, listPolicies];
