import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:news`;
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:inbox`;
const URL = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/inbox`;
const ON = { TopicArn: TOPIC };
const SNS = { Service: 'sns.amazonaws.com' };
const SEND = { Effect: 'Allow', Principal: SNS, Action: 'sqs:SendMessage', Resource: QUEUE };

function stage(queuePolicy?: Record<string, unknown>, statements: readonly Record<string, unknown>[] = []) {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        nobody: {},
        joanne: { inline: { p: policy(...statements) } },
      },
      queues: { inbox: queuePolicy ? { policy: queuePolicy } : {} },
      topics: { news: { queues: ['inbox'], tags: { team: 'red' } } },
    },
    {
      [OTHER]: {
        name: 'other',
        users: { stranger: { policies: ['AdministratorAccess'] } },
        queues: { theirs: {} },
      },
    },
  );
}

function received(at: Stage): readonly { Message: string }[] {
  const answer = at.do('admin', 'sqs:ReceiveMessage', { QueueUrl: URL, MaxNumberOfMessages: 10 });
  return ((answer as { Messages: { Body: string }[] } | null)?.Messages ?? []).map(({ Body }) =>
    JSON.parse(Body),
  );
}

describe('what is published', () => {
  it('reaches a queue whose policy lets SNS send, as an event of its own', () => {
    const at = stage(policy(SEND));
    expect(at.ask('admin', 'sns:Publish', { ...ON, Message: 'hello', Subject: 's' })).toMatchObject({
      kind: 'done',
      event: 1,
    });
    expect(at.world.trail).toMatchObject([
      { number: 1, operation: 'sns:Publish', outcome: { kind: 'done' } },
      {
        number: 2,
        operation: 'sqs:SendMessage',
        principal: 'sns.amazonaws.com',
        sourceIp: 'sns.amazonaws.com',
        outcome: { kind: 'done' },
        checks: [{ decidedBy: 'resource', policy: 'queue policy of inbox' }],
      },
    ]);
    expect(received(at)).toMatchObject([{ Message: 'hello', Subject: 's', TopicArn: TOPIC }]);
  });

  it('is lost where the queue does not let SNS in, and the publisher is not told', () => {
    const at = stage();
    at.do('admin', 'sns:Publish', { ...ON, Message: 'hello' });
    expect(at.world.trail[1]).toMatchObject({ outcome: { kind: 'denied', code: 'AccessDenied' } });
    expect(received(at)).toEqual([]);
  });

  it('can come from a stranger’s topic unless the queue asks which topic: the confused deputy', () => {
    const play = (queuePolicy: Record<string, unknown>) => {
      const at = stage(queuePolicy);
      const { TopicArn } = at.do('stranger', 'sns:CreateTopic', { Name: 'spam' }) as { TopicArn: string };
      const open = policy({
        Effect: 'Allow',
        Principal: { AWS: ACCOUNT },
        Action: 'sns:Subscribe',
        Resource: TopicArn,
      });
      at.do('stranger', 'sns:SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(open),
      });
      at.do('admin', 'sns:Subscribe', { TopicArn, Protocol: 'sqs', NotificationEndpoint: QUEUE });
      at.do('stranger', 'sns:Publish', { TopicArn, Message: 'buy' });
      at.do('admin', 'sns:Publish', { ...ON, Message: 'hello' });
      return received(at).map(({ Message }) => Message);
    };
    expect(play(policy(SEND))).toEqual(['buy', 'hello']);
    expect(play(policy({ ...SEND, Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } } }))).toEqual([
      'hello',
    ]);
    expect(play(policy({ ...SEND, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }))).toEqual([
      'hello',
    ]);
  });
});

describe('a topic', () => {
  it('is made, listed, shown and deleted', () => {
    const at = stage();
    expect(at.do('admin', 'sns:CreateTopic', { Name: 'fresh', Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({
      TopicArn: TOPIC.replace('news', 'fresh'),
    });
    expect(at.do('admin', 'sns:CreateTopic', { Name: 'fresh' })).toEqual({
      TopicArn: TOPIC.replace('news', 'fresh'),
    });
    expect(at.error('admin', 'sns:CreateTopic', { Name: 'no topic' })).toBe(
      'failed: InvalidParameter: Invalid parameter: Topic Name',
    );
    expect(at.do('admin', 'sns:ListTopics')).toEqual({
      Topics: [{ TopicArn: TOPIC.replace('news', 'fresh') }, ON],
    });
    expect(at.do('admin', 'sns:GetTopicAttributes', ON)).toMatchObject({
      Attributes: {
        Owner: ACCOUNT,
        SubscriptionsConfirmed: '1',
        Policy: expect.stringContaining('AWS:SourceOwner'),
      },
    });
    at.do('admin', 'sns:DeleteTopic', ON);
    at.do('admin', 'sns:DeleteTopic', ON);
    expect(at.error('admin', 'sns:DeleteTopic', { TopicArn: 'news' })).toBe(
      'failed: InvalidParameter: Invalid parameter: TopicArn',
    );
    expect(at.error('admin', 'sns:GetTopicAttributes', ON)).toBe('failed: NotFound: Topic does not exist');
  });

  it('needs an identity policy even at home: its first policy speaks of services', () => {
    const at = stage();
    expect(at.error('nobody', 'sns:Publish', { ...ON, Message: 'x' })).toMatch(
      /^denied: AuthorizationError: .*SNS:Publish on resource: .* because no identity-based policy allows the SNS:Publish/,
    );
  });

  it('has tags that policies can ask for', () => {
    const at = stage(undefined, [
      { ...allow('sns:Publish'), Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
    ]);
    const publish = () => at.ask('joanne', 'sns:Publish', { ...ON, Message: 'x' }).kind;
    expect(publish()).toBe('done');
    at.do('admin', 'sns:TagResource', { ResourceArn: TOPIC, Tags: [{ Key: 'team', Value: 'blue' }] });
    expect(publish()).toBe('denied');
    expect(at.do('admin', 'sns:ListTagsForResource', { ResourceArn: TOPIC })).toEqual({
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    at.do('admin', 'sns:UntagResource', { ResourceArn: TOPIC, TagKeys: ['team'] });
    expect(at.do('admin', 'sns:ListTagsForResource', { ResourceArn: TOPIC })).toEqual({ Tags: [] });
  });

  it.each([
    ['TagResource', { Tags: [] }],
    ['UntagResource', { TagKeys: [] }],
    ['ListTagsForResource', {}],
  ])('that is missing, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `sns:${operation}`, { ...rest, ResourceArn: `${TOPIC}x` })).toBe(
      'failed: ResourceNotFound: Resource does not exist',
    );
    expect(at.ask('nobody', `sns:${operation}`, { ...rest, ResourceArn: TOPIC }).kind).toBe('denied');
  });

  it('may be given a policy, in the way of SNS', () => {
    const at = stage();
    const put = (AttributeValue: string, AttributeName = 'Policy') =>
      at.error('admin', 'sns:SetTopicAttributes', { ...ON, AttributeName, AttributeValue });
    const fine = { Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'sns:Publish', Resource: TOPIC };
    expect(at.ask('stranger', 'sns:Publish', { ...ON, Message: 'x' }).kind).toBe('denied');
    expect(put(JSON.stringify(policy(fine)))).toBe('done');
    expect(at.ask('stranger', 'sns:Publish', { ...ON, Message: 'x' }).kind).toBe('done');
    expect(put('{')).toBe('failed: InvalidParameter: Invalid parameter: Policy Error: null');
    expect(
      put(JSON.stringify(policy({ ...fine, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ghost` } }))),
    ).toBe('failed: InvalidParameter: Invalid parameter: Policy Error: PrincipalNotFound');
    expect(put('x', 'DisplayName')).toBe('unsupported');
  });
});

describe('a subscription', () => {
  it('is made once, listed and ended', () => {
    const at = stage();
    const input = { ...ON, Protocol: 'sqs', NotificationEndpoint: QUEUE };
    const { SubscriptionArn } = at.do('admin', 'sns:Subscribe', input) as { SubscriptionArn: string };
    expect(at.do('admin', 'sns:Subscribe', input)).toEqual({ SubscriptionArn });
    expect(at.do('admin', 'sns:ListSubscriptions')).toMatchObject({
      Subscriptions: [{ SubscriptionArn, Endpoint: QUEUE }],
    });
    expect(at.do('admin', 'sns:ListSubscriptionsByTopic', ON)).toMatchObject({
      Subscriptions: [{ SubscriptionArn }],
    });
    at.do('admin', 'sns:Unsubscribe', { SubscriptionArn });
    expect(at.error('admin', 'sns:Unsubscribe', { SubscriptionArn })).toBe(
      'failed: NotFound: Subscription does not exist',
    );
    expect(at.error('admin', 'sns:Unsubscribe', { SubscriptionArn: 'x' })).toMatch(
      /^failed: InvalidParameter: .*SubscriptionArn/,
    );
    expect(at.error('admin', 'sns:Subscribe', { ...input, NotificationEndpoint: URL })).toBe(
      'failed: InvalidParameter: Invalid parameter: SQS endpoint ARN',
    );
    expect(at.error('admin', 'sns:Subscribe', { ...input, Protocol: 'email' })).toBe('unsupported');
    const theirs = QUEUE.replace(ACCOUNT, OTHER).replace('inbox', 'theirs');
    expect(at.do('admin', 'sns:Subscribe', { ...input, NotificationEndpoint: theirs })).toEqual({
      SubscriptionArn: 'pending confirmation',
    });
  });

  it('may be granted for one protocol and endpoint only', () => {
    const at = stage(undefined, [
      {
        ...allow('sns:Subscribe'),
        Condition: { StringEquals: { 'sns:Protocol': 'sqs', 'sns:Endpoint': QUEUE } },
      },
    ]);
    const subscribe = (NotificationEndpoint: string) =>
      at.ask('joanne', 'sns:Subscribe', { ...ON, Protocol: 'sqs', NotificationEndpoint }).kind;
    expect(subscribe(QUEUE)).toBe('done');
    expect(subscribe(`${QUEUE}2`)).toBe('denied');
  });
});

it.each([
  ['GetTopicAttributes', {}],
  ['SetTopicAttributes', { AttributeName: 'Policy', AttributeValue: '{}' }],
  ['Publish', { Message: 'x' }],
  ['Subscribe', { Protocol: 'sqs', NotificationEndpoint: QUEUE }],
  ['ListSubscriptionsByTopic', {}],
])('a missing topic, or one not for the caller: %s', (operation, rest) => {
  const at = stage();
  expect(at.error('admin', `sns:${operation}`, { ...rest, TopicArn: `${TOPIC}x` })).toBe(
    'failed: NotFound: Topic does not exist',
  );
  expect(at.error('admin', `sns:${operation}`, { ...rest, TopicArn: 'news' })).toBe(
    'failed: InvalidParameter: Invalid parameter: TopicArn',
  );
  expect(at.ask('nobody', `sns:${operation}`, { ...rest, ...ON }).kind).toBe('denied');
});

it.each([
  ['CreateTopic', { Name: 'x' }],
  ['DeleteTopic', ON],
  ['ListTopics', {}],
  ['ListSubscriptions', {}],
  ['Unsubscribe', { SubscriptionArn: `${TOPIC}:1` }],
])('not for the caller: %s', (operation, input) => {
  expect(stage().ask('nobody', `sns:${operation}`, input).kind).toBe('denied');
});

it.each(['ListTopics', 'ListSubscriptions'])('%s is about all that the account has', (operation) => {
  const all = `arn:aws:sns:us-east-1:${ACCOUNT}:*`;
  const error = stage(undefined, [allow(`sns:${operation}`, TOPIC)]).error('joanne', `sns:${operation}`);
  expect(error).toContain(`is not authorized to perform: SNS:${operation} on resource: ${all} because`);
  for (const resource of ['*', all, 'arn:aws:sns:*:*:*']) {
    const at = stage(undefined, [allow(`sns:${operation}`, resource)]);
    expect(at.ask('joanne', `sns:${operation}`).kind).toBe('done');
  }
});
