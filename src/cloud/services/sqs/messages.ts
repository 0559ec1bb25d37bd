import { createHash } from 'node:crypto';
import { generated, put } from '../../change.ts';
import { newToken, newUuid } from '../../identifiers.ts';
import type { ApiError, Json } from '../../operation.ts';
import { define, done, failed } from '../define.ts';
import { LONGEST_TIMEOUT, onQueue, QUEUE_URL, queueAt } from './queue.ts';
import type { QueueMessage } from './records.ts';

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

const sendMessage = define({
  id: 'sqs:SendMessage',
  summary: 'put a message into a queue',
  input: { QueueUrl: QUEUE_URL, MessageBody: { type: 'string', required: true, help: 'the text' } },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'SendMessage')],
  effect(input, { userId: sender }, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    const [id, next] = generated(world, newUuid);
    const message: QueueMessage = { id, body: input.MessageBody, sent: world.clock, sender, receipt: null };
    return done(
      put(next, owner, 'queues', queue.name, { ...queue, messages: [...queue.messages, message] }),
      {
        MD5OfMessageBody: md5(message.body),
        MessageId: id,
      },
    );
  },
});

const ATTRIBUTES: readonly string[] = ['All', 'SenderId', 'SentTimestamp'];
const ATTRIBUTES_HELP = 'All, SenderId or SentTimestamp: who sent a message, and when';

/** The attributes a request asks for, in the older way and in the newer one. */
function asked({
  AttributeNames: older = [],
  MessageSystemAttributeNames: newer = [],
}: {
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
}): readonly string[] {
  return [...older, ...newer];
}

function attributesOf(
  { sender, sent }: QueueMessage,
  names: readonly string[],
): { readonly Attributes?: Json } {
  const all = { SenderId: sender, SentTimestamp: String(sent) };
  const chosen = Object.entries(all).filter(([name]) => names.includes(name) || names.includes('All'));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

const receiveMessage = define({
  id: 'sqs:ReceiveMessage',
  summary: 'take messages out for a while; who deletes none gets them again',
  input: {
    QueueUrl: QUEUE_URL,
    MaxNumberOfMessages: { type: 'integer', help: '1 to 10; 1 unless given' },
    VisibilityTimeout: { type: 'integer', help: 'seconds that they are hidden from others, 0 to 43200' },
    WaitTimeSeconds: { type: 'integer', help: 'makes no difference: no message comes meanwhile' },
    AttributeNames: { type: 'strings', help: ATTRIBUTES_HELP },
    MessageSystemAttributeNames: { type: 'strings', help: ATTRIBUTES_HELP },
    MessageAttributeNames: { type: 'strings', help: 'makes no difference: messages have none here' },
  },
  notSimulated(input) {
    const foreign = asked(input).find((name) => !ATTRIBUTES.includes(name));
    return foreign === undefined ? null : `Of a message's attributes, ${foreign} is not simulated here.`;
  },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'ReceiveMessage')],
  effect(input, _, world) {
    const { MaxNumberOfMessages: most = 1 } = input;
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    if (most < 1 || most > 10) {
      return failed(
        'InvalidParameterValue',
        `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
      );
    }
    const { queue, owner } = found;
    const { VisibilityTimeout: timeout = queue.visibilityTimeout } = input;
    const problem = timeoutProblem(timeout);
    if (problem !== null) {
      return problem;
    }
    const chosen = queue.messages
      .filter(({ receipt }) => receipt === null || receipt.hiddenUntil <= world.clock)
      .slice(0, most);
    if (chosen.length === 0) {
      return done(world);
    }
    const hiddenUntil = world.clock + timeout * 1000;
    const [received, next] = generated(world, (generator) =>
      chosen.map((message) => ({
        ...message,
        receipt: { handle: `AQEB${newToken(generator)}`, hiddenUntil },
      })),
    );
    const messages = queue.messages.map((each) => received.find(({ id }) => id === each.id) ?? each);
    return done(put(next, owner, 'queues', queue.name, { ...queue, messages }), {
      Messages: received.map((message) => ({
        MessageId: message.id,
        ReceiptHandle: message.receipt.handle,
        MD5OfBody: md5(message.body),
        Body: message.body,
        ...attributesOf(message, asked(input)),
      })),
    });
  },
});

/** What SQS has against how long a message is to be hidden, in seconds; null when it can be. */
function timeoutProblem(timeout: number): { readonly error: ApiError } | null {
  return timeout >= 0 && timeout <= LONGEST_TIMEOUT
    ? null
    : failed(
        'InvalidParameterValue',
        `Value ${timeout} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${LONGEST_TIMEOUT}, if provided.`,
      );
}

function invalidHandle(handle: string): { readonly error: ApiError } {
  return failed(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}

const RECEIPT_HANDLE = { type: 'string', required: true, help: 'what ReceiveMessage answered' } as const;

/** Source: SQS API Reference, API_ChangeMessageVisibility.html. */
const changeMessageVisibility = define({
  id: 'sqs:ChangeMessageVisibility',
  summary: 'hide a message that was received for longer, or show it to others again with 0',
  input: {
    QueueUrl: QUEUE_URL,
    ReceiptHandle: RECEIPT_HANDLE,
    VisibilityTimeout: { type: 'integer', required: true, help: 'seconds from now, 0 to 43200' },
  },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'ChangeMessageVisibility')],
  effect(input, _, world) {
    const { ReceiptHandle: handle, VisibilityTimeout: timeout } = input;
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const problem = timeoutProblem(timeout);
    if (problem !== null) {
      return problem;
    }
    const { queue, owner } = found;
    const message = queue.messages.find(({ receipt }) => receipt?.handle === handle);
    if (message?.receipt == null) {
      return invalidHandle(handle);
    }
    if (message.receipt.hiddenUntil <= world.clock) {
      return failed('AWS.SimpleQueueService.MessageNotInflight', "The specified message isn't in flight.");
    }
    const receipt = { handle, hiddenUntil: world.clock + timeout * 1000 };
    const messages = queue.messages.map((each) => (each === message ? { ...message, receipt } : each));
    return done(put(world, owner, 'queues', queue.name, { ...queue, messages }));
  },
});

const deleteMessage = define({
  id: 'sqs:DeleteMessage',
  summary: 'delete a message that was received',
  input: {
    QueueUrl: QUEUE_URL,
    ReceiptHandle: RECEIPT_HANDLE,
  },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'DeleteMessage')],
  effect(input, _, world) {
    const { ReceiptHandle: handle } = input;
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    if (!handle.startsWith('AQEB')) {
      return invalidHandle(handle);
    }
    const { queue, owner } = found;
    const messages = queue.messages.filter(({ receipt }) => receipt?.handle !== handle);
    return done(put(world, owner, 'queues', queue.name, { ...queue, messages }));
  },
});

const purgeQueue = define({
  id: 'sqs:PurgeQueue',
  summary: 'delete all messages of a queue',
  input: { QueueUrl: QUEUE_URL },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'PurgeQueue')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    return 'error' in found
      ? found
      : done(put(world, found.owner, 'queues', found.queue.name, { ...found.queue, messages: [] }));
  },
});

/**
 * A received message is hidden for the visibility timeout and comes back unless it is deleted.
 * Source: SQS Developer Guide, sqs-visibility-timeout.html.
 */
export const messageOperations = [
  sendMessage,
  receiveMessage,
  changeMessageVisibility,
  deleteMessage,
  purgeQueue,
];
