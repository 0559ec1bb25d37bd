import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import type { Tags, World } from '../../world.ts';
import { define, done, homeOf } from '../define.ts';
import { POLICY_ARN, readTags, tagContext, tagList } from './entities.ts';
import { customerPolicy, onPolicy } from './policies.ts';

function needed(action: string, caller: Caller, arn: string, context: ReturnType<typeof tagContext> = {}) {
  return [{ ...onPolicy(action, caller, arn), context }];
}

function withTags(world: World, caller: Caller, arn: string, tags: Tags) {
  const found = customerPolicy(homeOf(world, caller), arn);
  return 'error' in found
    ? found
    : done(put(world, caller.account, 'policies', arn, { ...found.policy, tags }));
}

const tagPolicy = define({
  id: 'iam:TagPolicy',
  summary: 'put tags on a managed policy',
  input: {
    PolicyArn: POLICY_ARN,
    Tags: { type: 'structures', members: ['Key', 'Value'], required: true, help: 'tags' },
  },
  needs: (input, caller) => needed('TagPolicy', caller, input.PolicyArn, tagContext(input.Tags)),
  effect(input, caller, world) {
    const found = customerPolicy(homeOf(world, caller), input.PolicyArn);
    const read = readTags(input.Tags, 'error' in found ? {} : found.policy.tags);
    return 'error' in read ? read : withTags(world, caller, input.PolicyArn, read.tags);
  },
});

const untagPolicy = define({
  id: 'iam:UntagPolicy',
  summary: 'take tags from a managed policy',
  input: {
    PolicyArn: POLICY_ARN,
    TagKeys: { type: 'strings', required: true, help: 'keys of the tags' },
  },
  needs: (input, caller) => needed('UntagPolicy', caller, input.PolicyArn, { 'aws:TagKeys': input.TagKeys }),
  effect(input, caller, world) {
    const found = customerPolicy(homeOf(world, caller), input.PolicyArn);
    if ('error' in found) {
      return found;
    }
    const kept = Object.entries(found.policy.tags ?? {}).filter(([key]) => !input.TagKeys.includes(key));
    return withTags(world, caller, input.PolicyArn, Object.fromEntries(kept));
  },
});

const listPolicyTags = define({
  id: 'iam:ListPolicyTags',
  summary: 'list the tags of a managed policy',
  input: { PolicyArn: POLICY_ARN },
  needs: (input, caller) => needed('ListPolicyTags', caller, input.PolicyArn),
  effect(input, caller, world) {
    const found = customerPolicy(homeOf(world, caller), input.PolicyArn);
    return 'error' in found ? found : done(world, { Tags: tagList(found.policy.tags ?? {}) });
  },
});

/** Tags of customer managed policies. Source: IAM User Guide, id_tags_customer-managed-policies.html. */
export const policyTagOperations = [tagPolicy, untagPolicy, listPolicyTags];
