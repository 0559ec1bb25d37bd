import { drop, put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import { listed, own } from '../../own.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { requestTags, TAG_KEYS, TAGS, tagList, withoutTags, withTags } from '../tags.ts';
import type { Topic } from './records.ts';
import { defaultTopicPolicy, onAll, onTopic, TOPIC_ARN, TOPIC_POLICY, topicArn, topicOf } from './topic.ts';

const createTopic = define({
  id: 'sns:CreateTopic',
  summary: 'make a topic; one that is there is answered as it is',
  input: { Name: { type: 'string', required: true, help: 'name of the topic' }, Tags: TAGS },
  needs: (input, caller) => {
    const arn = topicArn(caller.account, input.Name);
    const on = { resource: /^[\w-]+$/.test(input.Name) ? arn : '*', resourceAccount: caller.account };
    const context = requestTags(input.Tags);
    return [
      { ...on, action: 'sns:CreateTopic', context },
      ...(input.Tags === undefined ? [] : [{ ...on, action: 'sns:TagResource', context }]),
    ];
  },
  effect(input, caller, world) {
    const { Name: name } = input;
    if (!/^[\w-]{1,256}$/.test(name)) {
      return failed('InvalidParameter', 'Invalid parameter: Topic Name');
    }
    const present = own(homeOf(world, caller).topics, name);
    if (present !== undefined) {
      return done(world, { TopicArn: present.arn });
    }
    const topic: Topic = {
      name,
      arn: topicArn(caller.account, name),
      policy: defaultTopicPolicy(caller.account, name),
      subscriptions: {},
      tags: withTags(input.Tags),
    };
    return done(put(world, caller.account, 'topics', name, topic), { TopicArn: topic.arn });
  },
});

const listTopics = define({
  id: 'sns:ListTopics',
  summary: "list the account's topics",
  input: {},
  needs: (_, caller) => [onAll(caller, 'ListTopics')],
  effect: (_, caller, world) =>
    done(world, { Topics: listed(homeOf(world, caller).topics).map(({ arn }) => ({ TopicArn: arn })) }),
});

const deleteTopic = define({
  id: 'sns:DeleteTopic',
  summary: 'delete a topic and its subscriptions; one that is not there is no error',
  input: { TopicArn: TOPIC_ARN },
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'DeleteTopic')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found.error.code === 'NotFound' ? done(world) : found;
    }
    return done(drop(world, found.owner, 'topics', found.topic.name));
  },
});

const getTopicAttributes = define({
  id: 'sns:GetTopicAttributes',
  summary: "show a topic's policy and how many subscribe",
  input: { TopicArn: TOPIC_ARN },
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'GetTopicAttributes')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const { topic, owner } = found;
    return done(world, {
      Attributes: {
        Policy: JSON.stringify(topic.policy),
        Owner: owner,
        TopicArn: topic.arn,
        SubscriptionsConfirmed: String(Object.keys(topic.subscriptions).length),
      },
    });
  },
});

const setTopicAttributes = define({
  id: 'sns:SetTopicAttributes',
  summary: "set a topic's policy",
  input: {
    TopicArn: TOPIC_ARN,
    AttributeName: { type: 'string', required: true, help: 'Policy; other attributes are not simulated' },
    AttributeValue: { type: 'document', required: true, help: 'the topic policy' },
  },
  notSimulated: ({ AttributeName: name }) =>
    name === 'Policy' ? null : `Of a topic's attributes only Policy is simulated here, not ${name}.`,
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'SetTopicAttributes')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const read = readDocument(world, input.AttributeValue, TOPIC_POLICY);
    return 'error' in read
      ? read
      : done(put(world, found.owner, 'topics', found.topic.name, { ...found.topic, policy: read.document }));
  },
});

const RESOURCE_ARN = { type: 'string', required: true, help: 'ARN of the topic' } as const;
const NO_RESOURCE = failed('ResourceNotFound', 'Resource does not exist');

const tagResource = define({
  id: 'sns:TagResource',
  summary: 'tag a topic',
  input: { ResourceArn: RESOURCE_ARN, Tags: { ...TAGS, required: true } },
  needs: (input, caller) => [onTopic(caller, input.ResourceArn, 'TagResource', requestTags(input.Tags))],
  effect(input, _, world) {
    const found = topicOf(world, input.ResourceArn);
    if ('error' in found) {
      return NO_RESOURCE;
    }
    const { topic, owner } = found;
    return done(
      put(world, owner, 'topics', topic.name, { ...topic, tags: withTags(input.Tags, topic.tags) }),
    );
  },
});

const untagResource = define({
  id: 'sns:UntagResource',
  summary: 'take tags off a topic',
  input: { ResourceArn: RESOURCE_ARN, TagKeys: TAG_KEYS },
  needs: (input, caller) => [
    onTopic(caller, input.ResourceArn, 'UntagResource', { 'aws:TagKeys': input.TagKeys }),
  ],
  effect(input, _, world) {
    const found = topicOf(world, input.ResourceArn);
    if ('error' in found) {
      return NO_RESOURCE;
    }
    const { topic, owner } = found;
    const tags = withoutTags(topic.tags, input.TagKeys);
    return done(put(world, owner, 'topics', topic.name, { ...topic, tags }));
  },
});

const listTagsForResource = define({
  id: 'sns:ListTagsForResource',
  summary: 'list the tags of a topic',
  input: { ResourceArn: RESOURCE_ARN },
  needs: (input, caller) => [onTopic(caller, input.ResourceArn, 'ListTagsForResource')],
  effect(input, _, world) {
    const found = topicOf(world, input.ResourceArn);
    return 'error' in found ? NO_RESOURCE : done(world, { Tags: tagList(found.topic.tags) });
  },
});

/** Source: SNS API Reference. */
export const topicOperations = [
  createTopic,
  listTopics,
  deleteTopic,
  getTopicAttributes,
  setTopicAttributes,
  tagResource,
  untagResource,
  listTagsForResource,
];
