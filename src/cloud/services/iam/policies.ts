import { iamArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { readDocument, sizeOf } from '../../documents.ts';
import { newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import { awsManagedPolicies } from '../../managed-policies.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { listed, own } from '../../own.ts';
import type { Account, ManagedPolicy } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime } from '../define.ts';
import {
  attachable,
  nameProblem,
  overQuota,
  POLICY_ARN,
  pathProblem,
  permission,
  readTags,
  tagContext,
  tagList,
} from './entities.ts';

/** How many users, groups and roles a policy is attached to, and how many it bounds. */
function usesOf(account: Account, arn: string): { readonly attached: number; readonly bounding: number } {
  const bounded = [...Object.values(account.users), ...Object.values(account.roles)];
  return {
    attached: [...bounded, ...Object.values(account.groups)].filter((each) => each.attached.includes(arn))
      .length,
    bounding: bounded.filter(({ boundary }) => boundary === arn).length,
  };
}

function described(account: Account, policy: ManagedPolicy): { readonly [key: string]: Json } {
  const { attached, bounding } = usesOf(account, policy.arn);
  const current = policy.versions.find(({ id }) => id === policy.defaultVersion);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    CreateDate: isoTime(policy.created),
    UpdateDate: isoTime(Math.max(policy.created, current?.created ?? 0)),
  };
}

/** Permission for an action on a managed policy. What is no ARN names none, and fails once authorized. */
export function onPolicy(action: string, caller: Caller, arn: string): PermissionNeeded {
  return permission(action, caller, isPolicyArn(arn) ? arn : '*');
}

function isPolicyArn(arn: string): boolean {
  return /^arn:aws:iam::(aws|\d{12}):policy\/[!-~]+$/.test(arn);
}

/** `NoSuchEntity`, or what IAM has against the ARN itself. */
export function noSuchPolicy(arn: string): { readonly error: ApiError } {
  return isPolicyArn(arn)
    ? failed('NoSuchEntity', `Policy ${arn} was not found.`)
    : failed('ValidationError', `ARN ${arn} is not valid.`);
}

/** A policy of the account that may be changed, or why not: AWS's own belong to nobody. */
export function customerPolicy(
  account: Account,
  arn: string,
): { readonly policy: ManagedPolicy } | { readonly error: ApiError } {
  if (Object.hasOwn(awsManagedPolicies, arn)) {
    return failed('AccessDenied', 'Policy is outside your own account.');
  }
  const policy = own(account.policies, arn);
  return policy ? { policy } : noSuchPolicy(arn);
}

const createPolicy = define({
  id: 'iam:CreatePolicy',
  summary: 'make a managed policy',
  input: {
    PolicyName: { type: 'string', required: true, help: 'name of the new policy' },
    PolicyDocument: { type: 'document', required: true, help: 'the policy' },
    Path: { type: 'string', help: 'such as /team/' },
    Description: { type: 'string', help: 'what it is for' },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller) => [
    permission(
      'CreatePolicy',
      caller,
      iamArn(caller.account, 'policy', input.PolicyName, input.Path),
      tagContext(input.Tags),
    ),
  ],
  effect(input, caller, world) {
    const { PolicyName: name, Path: path = '/' } = input;
    const home = homeOf(world, caller);
    const problem = nameProblem('policyName', name, LIMITS.policyName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    const tags = readTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const read = readDocument(world, input.PolicyDocument, { kind: 'identity' });
    if ('error' in read) {
      return read;
    }
    if (sizeOf(read.document) > LIMITS.managedPolicySize) {
      return overQuota('PolicySize', LIMITS.managedPolicySize);
    }
    if (listed(home.policies).some((each) => each.name.toLowerCase() === name.toLowerCase())) {
      return failed(
        'EntityAlreadyExists',
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
      );
    }
    const [id, next] = generated(world, (generator) => newUniqueId(generator, 'ANPA'));
    const policy: ManagedPolicy = {
      name,
      path,
      id,
      arn: iamArn(home.id, 'policy', name, path),
      created: world.clock,
      description: input.Description ?? '',
      versions: [{ id: 'v1', created: world.clock, document: read.document }],
      defaultVersion: 'v1',
      nextVersion: 2,
      ...(Object.keys(tags.tags).length > 0 ? { tags: tags.tags } : {}),
    };
    return done(put(next, home.id, 'policies', policy.arn, policy), { Policy: described(home, policy) });
  },
});

const getPolicy = define({
  id: 'iam:GetPolicy',
  summary: 'show a managed policy, without its document',
  input: { PolicyArn: POLICY_ARN },
  needs: (input, caller) => [onPolicy('GetPolicy', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const policy = attachable(world, home, input.PolicyArn);
    return policy
      ? done(world, {
          Policy: {
            ...described(home, policy),
            ...(policy.description === '' ? {} : { Description: policy.description }),
            ...(Object.keys(policy.tags ?? {}).length > 0 ? { Tags: tagList(policy.tags ?? {}) } : {}),
          },
        })
      : noSuchPolicy(input.PolicyArn);
  },
});

const listPolicies = define({
  id: 'iam:ListPolicies',
  summary: 'list the managed policies',
  input: {
    Scope: { type: 'string', help: 'All, AWS or Local; All unless said' },
    OnlyAttached: { type: 'boolean', help: 'only those attached to something' },
    PathPrefix: { type: 'string', help: 'only policies below this path' },
  },
  needs: (_, caller) => [permission('ListPolicies', caller, '*')],
  effect(input, caller, world) {
    const { Scope: scope = 'All', OnlyAttached: onlyAttached = false, PathPrefix: prefix = '/' } = input;
    if (!['All', 'AWS', 'Local'].includes(scope)) {
      return breaksConstraint('ValidationError', 'scope', scope, 'satisfy enum value set: [All, AWS, Local]');
    }
    const home = homeOf(world, caller);
    return done(world, {
      Policies: policiesIn(home, scope)
        .filter(
          ({ arn, path }) => path.startsWith(prefix) && (!onlyAttached || usesOf(home, arn).attached > 0),
        )
        .map((policy) => described(home, policy)),
    });
  },
});

function policiesIn(home: Account, scope: string): readonly ManagedPolicy[] {
  return [
    ...(scope === 'AWS' ? [] : listed(home.policies)),
    ...(scope === 'Local' ? [] : listed(awsManagedPolicies)),
  ];
}

const deletePolicy = define({
  id: 'iam:DeletePolicy',
  summary: 'delete a managed policy',
  input: { PolicyArn: POLICY_ARN },
  needs: (input, caller) => [onPolicy('DeletePolicy', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = customerPolicy(home, input.PolicyArn);
    if ('error' in found) {
      return found;
    }
    const { attached, bounding } = usesOf(home, found.policy.arn);
    if (attached + bounding > 0) {
      return failed('DeleteConflict', 'Cannot delete a policy attached to entities.');
    }
    return found.policy.versions.length > 1
      ? failed(
          'DeleteConflict',
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        )
      : done(drop(world, home.id, 'policies', found.policy.arn));
  },
});

/** Customer managed policies, and the reading of AWS's. */
export const policyOperations = [createPolicy, getPolicy, listPolicies, deletePolicy];
