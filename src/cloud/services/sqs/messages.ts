import { createHash } from 'node:crypto';
import { generated, put } from '../../change.ts';
import { newToken, newUuid } from '../../identifiers.ts';
import { define, done, failed } from '../define.ts';
import { onQueue, QUEUE_URL, queueAt } from './queue.ts';
import type { QueueMessage } from './records.ts';

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

const sendMessage = define({
  id: 'sqs:SendMessage',
  summary: 'put a message into a queue',
  input: { QueueUrl: QUEUE_URL, MessageBody: { type: 'string', required: true, help: 'the text' } },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'SendMessage')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    const [id, next] = generated(world, newUuid);
    const message: QueueMessage = { id, body: input.MessageBody, sent: world.clock, receipt: null };
    return done(
      put(next, owner, 'queues', queue.name, { ...queue, messages: [...queue.messages, message] }),
      {
        MD5OfMessageBody: md5(message.body),
        MessageId: id,
      },
    );
  },
});

const receiveMessage = define({
  id: 'sqs:ReceiveMessage',
  summary: 'take messages out for a while; who deletes none gets them again',
  input: { QueueUrl: QUEUE_URL, MaxNumberOfMessages: { type: 'integer', help: '1 to 10; 1 unless given' } },
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
    const chosen = queue.messages
      .filter(({ receipt }) => receipt === null || receipt.hiddenUntil <= world.clock)
      .slice(0, most);
    if (chosen.length === 0) {
      return done(world);
    }
    const hiddenUntil = world.clock + queue.visibilityTimeout * 1000;
    const [received, next] = generated(world, (generator) =>
      chosen.map((message) => ({
        ...message,
        receipt: { handle: `AQEB${newToken(generator)}`, hiddenUntil },
      })),
    );
    const messages = queue.messages.map((each) => received.find(({ id }) => id === each.id) ?? each);
    return done(put(next, owner, 'queues', queue.name, { ...queue, messages }), {
      Messages: received.map(({ id, body, receipt }) => ({
        MessageId: id,
        ReceiptHandle: receipt.handle,
        MD5OfBody: md5(body),
        Body: body,
      })),
    });
  },
});

const deleteMessage = define({
  id: 'sqs:DeleteMessage',
  summary: 'delete a message that was received',
  input: {
    QueueUrl: QUEUE_URL,
    ReceiptHandle: { type: 'string', required: true, help: 'what ReceiveMessage answered' },
  },
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'DeleteMessage')],
  effect(input, _, world) {
    const { ReceiptHandle: handle } = input;
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    if (!handle.startsWith('AQEB')) {
      return failed(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${handle}" is not a valid receipt handle.`,
      );
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
export const messageOperations = [sendMessage, receiveMessage, deleteMessage, purgeQueue];
