import { put } from '../../change.ts';
import type { World } from '../../world.ts';
import { define, done } from '../define.ts';
import {
  LABEL,
  labelNotSimulated,
  sharingNotSimulated,
  withoutStatement,
  withStatement,
} from '../labelled-statements.ts';
import { onTopic, TOPIC_ARN, topicOf } from './topic.ts';

/** What can be shared of a topic. Source: SNS Developer Guide, sns-access-policy-language-api-permissions-reference.html. */
const ACTIONS: readonly string[] = [
  ...['Publish', 'Subscribe', 'GetTopicAttributes', 'SetTopicAttributes', 'ListSubscriptionsByTopic'],
  ...['AddPermission', 'RemovePermission', 'DeleteTopic'],
];

function policyOf(world: World, arn: string) {
  const found = topicOf(world, arn);
  return 'error' in found ? null : found.topic.policy;
}

const addPermission = define({
  id: 'sns:AddPermission',
  summary: 'let accounts use a topic: a statement in its policy',
  input: {
    TopicArn: TOPIC_ARN,
    Label: LABEL,
    AWSAccountId: { type: 'strings', required: true, help: 'ids of the accounts' },
    ActionName: { type: 'strings', required: true, help: `such as ${ACTIONS.slice(0, 2).join(' ')}` },
  },
  notSimulated: ({ TopicArn: arn, Label: label, AWSAccountId: accounts, ActionName: actions }, _, world) =>
    sharingNotSimulated(world, policyOf(world, arn), { label, accounts, actions }, ACTIONS),
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'AddPermission')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const { topic, owner } = found;
    const { Label: label, AWSAccountId: accounts, ActionName: actions } = input;
    const policy = withStatement(topic.policy, { label, accounts, actions }, 'SNS', topic.arn);
    return done(put(world, owner, 'topics', topic.name, { ...topic, policy }));
  },
});

const removePermission = define({
  id: 'sns:RemovePermission',
  summary: 'take a permission back: the statement of that label',
  input: { TopicArn: TOPIC_ARN, Label: LABEL },
  notSimulated({ TopicArn: arn, Label: label }, _, world) {
    const policy = policyOf(world, arn);
    if (policy === null) {
      return null;
    }
    return (
      labelNotSimulated(policy, label) ??
      (withoutStatement(policy, label) === null
        ? 'It is the only statement of the policy. What a topic has without any is not simulated here.'
        : null)
    );
  },
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'RemovePermission')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const { topic, owner } = found;
    const policy = withoutStatement(topic.policy, input.Label) ?? topic.policy;
    return done(put(world, owner, 'topics', topic.name, { ...topic, policy }));
  },
});

/** Source: SNS API Reference, API_AddPermission.html and API_RemovePermission.html. */
export const permissionOperations = [addPermission, removePermission];
