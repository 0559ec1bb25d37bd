import { generated, put, without } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { FollowUp, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { queueUrl } from '../sqs/queue.ts';
import type { Subscription, Topic } from './records.ts';
import { onAll, onTopic, TOPIC_ARN, topicOf } from './topic.ts';

function described(topic: Topic, { arn, endpoint, owner }: Subscription): Json {
  return { SubscriptionArn: arn, Owner: owner, Protocol: 'sqs', Endpoint: endpoint, TopicArn: topic.arn };
}

const subscribe = define({
  id: 'sns:Subscribe',
  summary: 'let a queue get what is published to a topic; the queue must be yours',
  input: {
    TopicArn: TOPIC_ARN,
    Protocol: { type: 'string', required: true, help: 'sqs; other protocols are not simulated' },
    NotificationEndpoint: { type: 'string', required: true, help: 'ARN of the queue' },
  },
  notSimulated: ({ Protocol: protocol }) =>
    protocol === 'sqs' ? null : `Of the protocols of SNS only sqs is simulated here, not ${protocol}.`,
  needs: (input, caller) => [
    onTopic(caller, input.TopicArn, 'Subscribe', {
      'sns:Protocol': input.Protocol,
      'sns:Endpoint': input.NotificationEndpoint,
    }),
  ],
  effect(input, caller, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const { topic, owner } = found;
    const queueOwner = /^arn:aws:sqs:[a-z0-9-]+:(\d{12}):[\w-]+$/.exec(input.NotificationEndpoint)?.[1];
    if (queueOwner === undefined) {
      return failed('InvalidParameter', 'Invalid parameter: SQS endpoint ARN');
    }
    if (queueOwner !== caller.account) {
      // Its owner would have to confirm first, with a token that arrives in the queue.
      return done(world, { SubscriptionArn: 'pending confirmation' });
    }
    const present = Object.values(topic.subscriptions).find(
      ({ endpoint }) => endpoint === input.NotificationEndpoint,
    );
    if (present !== undefined) {
      return done(world, { SubscriptionArn: present.arn });
    }
    const [id, next] = generated(world, newUuid);
    const subscription = {
      arn: `${topic.arn}:${id}`,
      endpoint: input.NotificationEndpoint,
      owner: caller.account,
    };
    const subscriptions = { ...topic.subscriptions, [subscription.arn]: subscription };
    return done(put(next, owner, 'topics', topic.name, { ...topic, subscriptions }), {
      SubscriptionArn: subscription.arn,
    });
  },
});

const unsubscribe = define({
  id: 'sns:Unsubscribe',
  summary: 'end a subscription',
  input: { SubscriptionArn: { type: 'string', required: true, help: 'ARN of the subscription' } },
  needs: (input, caller) => [onTopic(caller, topicPart(input.SubscriptionArn), 'Unsubscribe')],
  effect(input, _, world) {
    const { SubscriptionArn: arn } = input;
    const found = topicOf(world, topicPart(arn));
    if ('error' in found) {
      return failed(
        'InvalidParameter',
        'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements',
      );
    }
    const { topic, owner } = found;
    if (own(topic.subscriptions, arn) === undefined) {
      return failed('NotFound', 'Subscription does not exist');
    }
    const subscriptions = without(topic.subscriptions, arn);
    return done(put(world, owner, 'topics', topic.name, { ...topic, subscriptions }));
  },
});

/** The topic's part of a subscription's ARN. */
function topicPart(arn: string): string {
  return arn.split(':').slice(0, 6).join(':');
}

const listSubscriptions = define({
  id: 'sns:ListSubscriptions',
  summary: "list the account's subscriptions",
  input: {},
  needs: (_, caller) => [onAll(caller, 'ListSubscriptions')],
  effect(_, caller, world) {
    const home = homeOf(world, caller).id;
    const topics = Object.values(world.accounts).flatMap((account) => Object.values(account.topics));
    return done(world, {
      Subscriptions: topics.flatMap((topic) =>
        Object.values(topic.subscriptions)
          .filter(({ owner }) => owner === home)
          .map((each) => described(topic, each)),
      ),
    });
  },
});

const listSubscriptionsByTopic = define({
  id: 'sns:ListSubscriptionsByTopic',
  summary: 'list the subscriptions of a topic',
  input: { TopicArn: TOPIC_ARN },
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'ListSubscriptionsByTopic')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    return 'error' in found
      ? found
      : done(world, {
          Subscriptions: Object.values(found.topic.subscriptions).map((each) => described(found.topic, each)),
        });
  },
});

const publish = define({
  id: 'sns:Publish',
  summary: 'send a text to everyone who subscribed to a topic',
  input: {
    TopicArn: TOPIC_ARN,
    Message: { type: 'string', required: true, help: 'the text' },
    Subject: { type: 'string', help: 'a line above it' },
  },
  needs: (input, caller) => [onTopic(caller, input.TopicArn, 'Publish')],
  effect(input, _, world) {
    const found = topicOf(world, input.TopicArn);
    if ('error' in found) {
      return found;
    }
    const { topic } = found;
    const [id, next] = generated(world, newUuid);
    const text = JSON.stringify({
      Type: 'Notification',
      MessageId: id,
      TopicArn: topic.arn,
      ...(input.Subject === undefined ? {} : { Subject: input.Subject }),
      Message: input.Message,
      Timestamp: new Date(world.clock).toISOString(),
    });
    const follow = Object.values(topic.subscriptions).map(({ endpoint }) =>
      delivery(topic, found.owner, endpoint, text),
    );
    return { world: next, follow, output: () => ({ MessageId: id }) };
  },
});

/**
 * SNS sends to a queue as itself, not as whoever published: the queue's policy has to allow it, and can ask which
 * topic it is about. What a queue refuses is lost, and the publisher is not told.
 * Source: SNS Developer Guide, sns-sqs-as-subscriber.html.
 */
function delivery(topic: Topic, account: string, endpoint: string, text: string): FollowUp {
  const [, , , , owner = '', name = ''] = endpoint.split(':');
  return {
    actor: { kind: 'service', account, service: 'sns.amazonaws.com', source: topic.arn },
    request: {
      operation: 'sqs:SendMessage',
      input: { QueueUrl: queueUrl(owner, name), MessageBody: text },
    },
  };
}

/** Source: SNS API Reference, API_Subscribe.html, API_Publish.html. */
export const subscriptionOperations = [
  subscribe,
  unsubscribe,
  listSubscriptions,
  listSubscriptionsByTopic,
  publish,
];
