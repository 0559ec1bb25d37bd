import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import { readDocument } from '../../documents.ts';
import type { ApiError, Json } from '../../operation.ts';
import { listed, own } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { requestTags, withoutTags } from '../tags.ts';
import {
  LONGEST_TIMEOUT,
  noSuchQueue,
  onQueue,
  QUEUE_POLICY,
  QUEUE_URL,
  queueArn,
  queueAt,
  queueUrl,
} from './queue.ts';
import type { Queue } from './records.ts';

const NAME = { type: 'string', required: true, help: 'name of the queue' } as const;
const ATTRIBUTES = {
  type: 'nested',
  of: { structure: { Policy: 'string', VisibilityTimeout: 'string' } },
  help: 'Policy: who may use it, as JSON. VisibilityTimeout: seconds. Best from a file: file://attributes.json',
} as const;
const TAGS = { type: 'nested', of: { map: 'string' }, help: 'names and values, such as team=red' } as const;

interface Attributes {
  readonly Policy?: string | undefined;
  readonly VisibilityTimeout?: string | undefined;
}

type Settings = Pick<Queue, 'policy' | 'visibilityTimeout'>;

/** A queue's settings with those of a request in their place, or what SQS has against them. */
function withAttributes(
  world: World,
  before: Settings,
  { Policy: policy, VisibilityTimeout: timeout }: Attributes,
): Settings | { readonly error: ApiError } {
  if (timeout !== undefined && !(/^\d{1,5}$/.test(timeout) && Number(timeout) <= LONGEST_TIMEOUT)) {
    return failed('InvalidAttributeValue', 'Invalid value for the parameter VisibilityTimeout.');
  }
  const read = policy ? readDocument(world, policy, QUEUE_POLICY) : null;
  if (read !== null && 'error' in read) {
    return read;
  }
  return {
    // An empty text takes the policy away.
    policy: policy === undefined ? before.policy : (read?.document ?? null),
    visibilityTimeout: timeout === undefined ? before.visibilityTimeout : Number(timeout),
  };
}

function tagsContext(tags: Readonly<Record<string, string>> | undefined) {
  return requestTags(Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })));
}

const createQueue = define({
  id: 'sqs:CreateQueue',
  summary: 'make a queue',
  input: { QueueName: NAME, Attributes: ATTRIBUTES, tags: TAGS },
  needs: (input, caller) => {
    const on = { resource: queueArn(caller.account, input.QueueName), resourceAccount: caller.account };
    const context = tagsContext(input.tags);
    return [
      { ...on, action: 'sqs:CreateQueue', context },
      ...(input.tags === undefined ? [] : [{ ...on, action: 'sqs:TagQueue', context }]),
    ];
  },
  effect(input, caller, world) {
    const { QueueName: name } = input;
    if (!/^[\w-]{1,80}$/.test(name)) {
      return failed(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    const present = own(homeOf(world, caller).queues, name);
    const before = present ?? { policy: null, visibilityTimeout: 30 };
    const settings = withAttributes(world, before, input.Attributes ?? {});
    if ('error' in settings) {
      return settings;
    }
    const url = queueUrl(caller.account, name);
    if (present !== undefined) {
      return settings.visibilityTimeout === present.visibilityTimeout &&
        JSON.stringify(settings.policy) === JSON.stringify(present.policy)
        ? done(world, { QueueUrl: url })
        : failed(
            'QueueAlreadyExists',
            'A queue already exists with the same name and a different value for attribute(s)',
          );
    }
    const queue: Queue = {
      name,
      arn: queueArn(caller.account, name),
      url,
      created: world.clock,
      ...settings,
      messages: [],
      tags: { ...input.tags },
    };
    return done(put(world, caller.account, 'queues', name, queue), { QueueUrl: url });
  },
});

const getQueueUrl = define({
  id: 'sqs:GetQueueUrl',
  summary: 'show the address of a queue',
  input: {
    QueueName: NAME,
    QueueOwnerAWSAccountId: { type: 'string', help: 'account of the queue; your own unless given' },
  },
  needs: (input, caller) => {
    const owner = ownerOf(input.QueueOwnerAWSAccountId, caller);
    return [
      { action: 'sqs:GetQueueUrl', resource: queueArn(owner, input.QueueName), resourceAccount: owner },
    ];
  },
  effect(input, caller, world) {
    const owner = ownerOf(input.QueueOwnerAWSAccountId, caller);
    const queue = own(own(world.accounts, owner)?.queues ?? {}, input.QueueName);
    return queue === undefined ? noSuchQueue() : done(world, { QueueUrl: queue.url });
  },
});

/** The account named, if it can be one; else the caller's. */
function ownerOf(given: string | undefined, caller: Caller): string {
  return given !== undefined && /^\d{12}$/.test(given) ? given : caller.account;
}

const listQueues = define({
  id: 'sqs:ListQueues',
  summary: "list the addresses of the account's queues",
  input: { QueueNamePrefix: { type: 'string', help: 'only queues whose names begin with this' } },
  needs: (_, caller) => [{ action: 'sqs:ListQueues', resource: '*', resourceAccount: caller.account }],
  effect(input, caller, world) {
    const urls = listed(homeOf(world, caller).queues)
      .filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''))
      .map(({ url }) => url);
    return done(world, urls.length === 0 ? null : { QueueUrls: urls });
  },
});

const deleteQueue = define({
  id: 'sqs:DeleteQueue',
  summary: 'delete a queue and its messages',
  input: { QueueUrl: QUEUE_URL },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'DeleteQueue')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    return 'error' in found ? found : done(drop(world, found.owner, 'queues', found.queue.name));
  },
});

const ATTRIBUTE_NAMES = [
  'QueueArn',
  'CreatedTimestamp',
  'VisibilityTimeout',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'Policy',
] as const;

function attributesOf({ messages, ...queue }: Queue, now: number): Readonly<Record<string, string>> {
  const hidden = messages.filter(({ receipt }) => receipt !== null && receipt.hiddenUntil > now).length;
  return {
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.created / 1000)),
    VisibilityTimeout: String(queue.visibilityTimeout),
    ApproximateNumberOfMessages: String(messages.length - hidden),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ...(queue.policy === null ? {} : { Policy: JSON.stringify(queue.policy) }),
  };
}

const getQueueAttributes = define({
  id: 'sqs:GetQueueAttributes',
  summary: "show a queue's settings and its policy",
  input: {
    QueueUrl: QUEUE_URL,
    AttributeNames: { type: 'strings', help: `All, or some of ${ATTRIBUTE_NAMES.join(', ')}` },
  },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'GetQueueAttributes')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { AttributeNames: names = [] } = input;
    const unknown = names.find((name) => name !== 'All' && !ATTRIBUTE_NAMES.some((each) => each === name));
    if (unknown !== undefined) {
      return failed('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    }
    const chosen: Json = Object.fromEntries(
      Object.entries(attributesOf(found.queue, world.clock)).filter(
        ([name]) => names.includes('All') || names.includes(name),
      ),
    );
    return done(world, Object.keys(chosen).length === 0 ? null : { Attributes: chosen });
  },
});

const setQueueAttributes = define({
  id: 'sqs:SetQueueAttributes',
  summary: "set a queue's policy or visibility timeout",
  input: { QueueUrl: QUEUE_URL, Attributes: { ...ATTRIBUTES, required: true } },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'SetQueueAttributes')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const settings = withAttributes(world, found.queue, input.Attributes);
    return 'error' in settings
      ? settings
      : done(put(world, found.owner, 'queues', found.queue.name, { ...found.queue, ...settings }));
  },
});

const tagQueue = define({
  id: 'sqs:TagQueue',
  summary: 'tag a queue',
  input: { QueueUrl: QUEUE_URL, Tags: { ...TAGS, required: true } },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'TagQueue', tagsContext(input.Tags))],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    return done(
      put(world, owner, 'queues', queue.name, { ...queue, tags: { ...queue.tags, ...input.Tags } }),
    );
  },
});

const untagQueue = define({
  id: 'sqs:UntagQueue',
  summary: 'take tags off a queue',
  input: { QueueUrl: QUEUE_URL, TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'UntagQueue', { 'aws:TagKeys': input.TagKeys })],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    const tags = withoutTags(queue.tags, input.TagKeys);
    return done(put(world, owner, 'queues', queue.name, { ...queue, tags }));
  },
});

const listQueueTags = define({
  id: 'sqs:ListQueueTags',
  summary: 'list the tags of a queue',
  input: { QueueUrl: QUEUE_URL },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'ListQueueTags')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    return done(world, Object.keys(found.queue.tags).length === 0 ? null : { Tags: found.queue.tags });
  },
});

/** Source: SQS API Reference. */
export const queueOperations = [
  createQueue,
  getQueueUrl,
  listQueues,
  deleteQueue,
  getQueueAttributes,
  setQueueAttributes,
  tagQueue,
  untagQueue,
  listQueueTags,
];
