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
import { onQueue, QUEUE_URL, queueAt } from './queue.ts';

/** What can be shared of a queue. Source: SQS API Reference, API_AddPermission.html. */
const ACTIONS: readonly string[] = [
  ...['*', 'SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'],
  ...['GetQueueAttributes', 'GetQueueUrl'],
];

function policyAt(world: World, url: string) {
  const found = queueAt(world, url);
  return 'error' in found ? null : found.queue.policy;
}

const addPermission = define({
  id: 'sqs:AddPermission',
  summary: 'let accounts use a queue: a statement in its policy',
  input: {
    QueueUrl: QUEUE_URL,
    Label: LABEL,
    AWSAccountIds: { type: 'strings', required: true, help: 'ids of the accounts' },
    Actions: { type: 'strings', required: true, help: `such as ${ACTIONS.slice(1, 3).join(' ')}` },
  },
  notSimulated: ({ QueueUrl: url, Label: label, AWSAccountIds: accounts, Actions: actions }, _, world) =>
    sharingNotSimulated(world, policyAt(world, url), { label, accounts, actions }, ACTIONS),
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'AddPermission')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    const { Label: label, AWSAccountIds: accounts, Actions: actions } = input;
    const before = queue.policy ?? {
      Version: '2008-10-17',
      Id: `${queue.arn}/SQSDefaultPolicy`,
      Statement: [],
    };
    const policy = withStatement(before, { label, accounts, actions }, 'SQS', queue.arn);
    return done(put(world, owner, 'queues', queue.name, { ...queue, policy }));
  },
});

const removePermission = define({
  id: 'sqs:RemovePermission',
  summary: 'take a permission back: the statement of that label',
  input: { QueueUrl: QUEUE_URL, Label: LABEL },
  notSimulated: ({ QueueUrl: url, Label: label }, _, world) =>
    'error' in queueAt(world, url) ? null : labelNotSimulated(policyAt(world, url), label),
  needs: (input, caller) => [onQueue(caller, input.QueueUrl, 'RemovePermission')],
  effect(input, _, world) {
    const found = queueAt(world, input.QueueUrl);
    if ('error' in found) {
      return found;
    }
    const { queue, owner } = found;
    const policy = queue.policy && withoutStatement(queue.policy, input.Label);
    return done(put(world, owner, 'queues', queue.name, { ...queue, policy }));
  },
});

/** Source: SQS API Reference, API_AddPermission.html and API_RemovePermission.html. */
export const permissionOperations = [addPermission, removePermission];
