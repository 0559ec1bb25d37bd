import { put } from '../../change.ts';
import { readDocument, sizeOf } from '../../documents.ts';
import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import type { ManagedPolicy, PolicyVersion } from '../../world.ts';
import { define, done, failed, homeOf, isoTime, json } from '../define.ts';
import { attachable, overQuota, POLICY_ARN } from './entities.ts';
import { customerPolicy, noSuchPolicy, onPolicy } from './policies.ts';

const VERSION_ID = { type: 'string', required: true, help: 'such as v2' } as const;

function described(policy: ManagedPolicy, version: PolicyVersion): { readonly [key: string]: Json } {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersion,
    CreateDate: isoTime(version.created),
  };
}

function noSuchVersion(arn: string, version: string) {
  return failed('NoSuchEntity', `Policy ${arn} version ${version} does not exist or is not attachable.`);
}

const createPolicyVersion = define({
  id: 'iam:CreatePolicyVersion',
  summary: 'add a version to a managed policy',
  input: {
    PolicyArn: POLICY_ARN,
    PolicyDocument: { type: 'document', required: true, help: 'the policy' },
    SetAsDefault: { type: 'boolean', help: 'make it the version in force' },
  },
  needs: (input, caller) => [onPolicy('CreatePolicyVersion', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = customerPolicy(home, input.PolicyArn);
    if ('error' in found) {
      return found;
    }
    const read = readDocument(world, input.PolicyDocument, { kind: 'identity' });
    if ('error' in read) {
      return read;
    }
    if (sizeOf(read.document) > LIMITS.managedPolicySize) {
      return overQuota('PolicySize', LIMITS.managedPolicySize);
    }
    if (found.policy.versions.length >= LIMITS.policyVersions) {
      return failed(
        'LimitExceeded',
        `A managed policy can have up to ${LIMITS.policyVersions} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const version = { id: `v${found.policy.nextVersion}`, created: world.clock, document: read.document };
    const policy: ManagedPolicy = {
      ...found.policy,
      versions: [...found.policy.versions, version],
      defaultVersion: input.SetAsDefault ? version.id : found.policy.defaultVersion,
      nextVersion: found.policy.nextVersion + 1,
    };
    return done(put(world, home.id, 'policies', policy.arn, policy), {
      PolicyVersion: described(policy, version),
    });
  },
});

const getPolicyVersion = define({
  id: 'iam:GetPolicyVersion',
  summary: 'show the document of a managed policy',
  input: { PolicyArn: POLICY_ARN, VersionId: VERSION_ID },
  needs: (input, caller) => [onPolicy('GetPolicyVersion', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const policy = attachable(world, homeOf(world, caller), input.PolicyArn);
    if (policy === undefined) {
      return noSuchPolicy(input.PolicyArn);
    }
    const version = policy.versions.find(({ id }) => id === input.VersionId);
    return version === undefined
      ? noSuchVersion(input.PolicyArn, input.VersionId)
      : done(world, {
          PolicyVersion: { Document: json(version.document), ...described(policy, version) },
        });
  },
});

const listPolicyVersions = define({
  id: 'iam:ListPolicyVersions',
  summary: 'list the versions of a managed policy',
  input: { PolicyArn: POLICY_ARN },
  needs: (input, caller) => [onPolicy('ListPolicyVersions', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const policy = attachable(world, homeOf(world, caller), input.PolicyArn);
    return policy === undefined
      ? noSuchPolicy(input.PolicyArn)
      : done(world, { Versions: policy.versions.toReversed().map((each) => described(policy, each)) });
  },
});

const deletePolicyVersion = define({
  id: 'iam:DeletePolicyVersion',
  summary: 'delete a version that is not in force',
  input: { PolicyArn: POLICY_ARN, VersionId: VERSION_ID },
  needs: (input, caller) => [onPolicy('DeletePolicyVersion', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = customerPolicy(home, input.PolicyArn);
    if ('error' in found) {
      return found;
    }
    const { policy } = found;
    if (input.VersionId === policy.defaultVersion) {
      return failed('DeleteConflict', 'Cannot delete the default version of a policy.');
    }
    const versions = policy.versions.filter(({ id }) => id !== input.VersionId);
    return versions.length === policy.versions.length
      ? noSuchVersion(input.PolicyArn, input.VersionId)
      : done(put(world, home.id, 'policies', policy.arn, { ...policy, versions }));
  },
});

const setDefaultPolicyVersion = define({
  id: 'iam:SetDefaultPolicyVersion',
  summary: 'choose the version in force',
  input: { PolicyArn: POLICY_ARN, VersionId: VERSION_ID },
  needs: (input, caller) => [onPolicy('SetDefaultPolicyVersion', caller, input.PolicyArn)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = customerPolicy(home, input.PolicyArn);
    if ('error' in found) {
      return found;
    }
    const { policy } = found;
    return policy.versions.some(({ id }) => id === input.VersionId)
      ? done(put(world, home.id, 'policies', policy.arn, { ...policy, defaultVersion: input.VersionId }))
      : noSuchVersion(input.PolicyArn, input.VersionId);
  },
});

/**
 * Up to five versions of a policy, one of them in force; version numbers are never used twice.
 * Source: IAM User Guide, access_policies_managed-versioning.html.
 */
export const policyVersionOperations = [
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  deletePolicyVersion,
  setDefaultPolicyVersion,
];
