import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const URL = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`;
const QUEUE = { QueueUrl: URL };
const NO_QUEUE = 'failed: AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.';

function stage(statements: readonly Record<string, unknown>[] = []) {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      nobody: {},
      joanne: { inline: { p: policy(...statements) } },
    },
    queues: { orders: { tags: { team: 'red' } } },
  });
}

describe('a queue', () => {
  it('is not found in another region', () => {
    const QueueUrl = URL.replace('us-east-1', 'eu-central-1');
    expect(stage().error('admin', 'sqs:SendMessage', { QueueUrl, MessageBody: 'one' })).toBe(NO_QUEUE);
  });
});

describe('messages', () => {
  it('are hidden for as long as who receives them says, and shown again when they say so', () => {
    const at = stage();
    at.do('admin', 'sqs:SendMessage', { ...QUEUE, MessageBody: 'one' });
    const receive = (rest: object = {}) =>
      at.do('admin', 'sqs:ReceiveMessage', { ...QUEUE, ...rest }) as {
        Messages: { ReceiptHandle: string }[];
      } | null;
    const handle = receive({ VisibilityTimeout: 5 })?.Messages[0]?.ReceiptHandle ?? '';
    expect(receive()).toBeNull();
    at.wait(5000);
    const again = receive({ VisibilityTimeout: 600 })?.Messages[0]?.ReceiptHandle ?? '';
    const change = (ReceiptHandle: string, VisibilityTimeout: number) =>
      at.error('admin', 'sqs:ChangeMessageVisibility', { ...QUEUE, ReceiptHandle, VisibilityTimeout });
    expect(change(again, 0)).toBe('done');
    expect(change(again, 10)).toMatch(/MessageNotInflight/);
    expect(receive()?.Messages).toHaveLength(1);
    expect(change(handle, 10)).toMatch(/^failed: ReceiptHandleIsInvalid/);
    expect(change(again, 43_201)).toMatch(/^failed: InvalidParameterValue: .*between 0 and 43200/);
    expect(at.error('admin', 'sqs:ReceiveMessage', { ...QUEUE, VisibilityTimeout: -1 })).toMatch(
      /^failed: InvalidParameterValue/,
    );
  });

  it('are sent, received, hidden for a while, and deleted', () => {
    const at = stage();
    const { MessageId } = at.do('admin', 'sqs:SendMessage', { ...QUEUE, MessageBody: 'one' }) as {
      MessageId: string;
    };
    at.do('admin', 'sqs:SendMessage', { ...QUEUE, MessageBody: 'two' });
    const receive = (rest: object = {}) =>
      at.do('admin', 'sqs:ReceiveMessage', { ...QUEUE, ...rest }) as {
        Messages: { ReceiptHandle: string; Body: string; MessageId: string }[];
      } | null;
    const first = receive();
    expect(first?.Messages).toMatchObject([{ MessageId, Body: 'one' }]);
    expect(receive({ MaxNumberOfMessages: 10 })?.Messages).toMatchObject([{ Body: 'two' }]);
    expect(receive()).toBeNull();
    at.do('admin', 'sqs:DeleteMessage', { ...QUEUE, ReceiptHandle: first?.Messages[0]?.ReceiptHandle });
    at.wait(30_000);
    expect(receive({ MaxNumberOfMessages: 10 })?.Messages).toMatchObject([{ Body: 'two' }]);
    at.do('admin', 'sqs:PurgeQueue', QUEUE);
    at.wait(30_000);
    expect(receive()).toBeNull();
    expect(at.error('admin', 'sqs:DeleteMessage', { ...QUEUE, ReceiptHandle: 'x' })).toMatch(
      /^failed: ReceiptHandleIsInvalid/,
    );
    expect(at.error('admin', 'sqs:ReceiveMessage', { ...QUEUE, MaxNumberOfMessages: 11 })).toMatch(
      /^failed: InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages/,
    );
  });
});

describe('a queue', () => {
  it('is made, found, listed and deleted', () => {
    const at = stage();
    const made = at.do('admin', 'sqs:CreateQueue', {
      QueueName: 'fresh',
      Attributes: { VisibilityTimeout: '60' },
      tags: { a: 'b' },
    });
    expect(made).toEqual({ QueueUrl: URL.replace('orders', 'fresh') });
    expect(at.do('admin', 'sqs:CreateQueue', { QueueName: 'fresh' })).toEqual(made);
    expect(
      at.error('admin', 'sqs:CreateQueue', { QueueName: 'fresh', Attributes: { VisibilityTimeout: '1' } }),
    ).toMatch(/^failed: QueueAlreadyExists/);
    expect(at.error('admin', 'sqs:CreateQueue', { QueueName: 'no queue' })).toMatch(
      /^failed: InvalidParameterValue: Can only include/,
    );
    expect(at.do('admin', 'sqs:GetQueueUrl', { QueueName: 'orders' })).toEqual({ QueueUrl: URL });
    expect(at.do('admin', 'sqs:ListQueues')).toMatchObject({
      QueueUrls: [{}, {}].map(() => expect.any(String)),
    });
    expect(at.do('admin', 'sqs:ListQueues', { QueueNamePrefix: 'x' })).toBeNull();
    at.do('admin', 'sqs:DeleteQueue', QUEUE);
    expect(at.error('admin', 'sqs:GetQueueUrl', { QueueName: 'orders' })).toBe(NO_QUEUE);
    expect(
      at.error('admin', 'sqs:GetQueueUrl', { QueueName: 'orders', QueueOwnerAWSAccountId: ACCOUNT }),
    ).toBe(NO_QUEUE);
  });

  it('has tags that policies can ask for', () => {
    const red = { StringEquals: { 'aws:ResourceTag/team': 'red' } };
    const at = stage([{ ...allow('sqs:*'), Condition: red }]);
    expect(at.do('admin', 'sqs:ListQueueTags', QUEUE)).toEqual({ Tags: { team: 'red' } });
    expect(at.ask('joanne', 'sqs:SendMessage', { ...QUEUE, MessageBody: 'x' }).kind).toBe('done');
    at.do('admin', 'sqs:TagQueue', { ...QUEUE, Tags: { team: 'blue' } });
    expect(at.ask('joanne', 'sqs:SendMessage', { ...QUEUE, MessageBody: 'x' }).kind).toBe('denied');
    at.do('admin', 'sqs:UntagQueue', { ...QUEUE, TagKeys: ['team'] });
    expect(at.do('admin', 'sqs:ListQueueTags', QUEUE)).toBeNull();
    const request = stage([
      {
        ...allow(['sqs:CreateQueue', 'sqs:TagQueue']),
        Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } },
      },
    ]);
    expect(request.ask('joanne', 'sqs:CreateQueue', { QueueName: 'a', tags: { team: 'red' } }).kind).toBe(
      'done',
    );
    expect(request.ask('joanne', 'sqs:CreateQueue', { QueueName: 'b' }).kind).toBe('denied');
  });

  it.each([
    ['DeleteQueue', {}],
    ['GetQueueAttributes', {}],
    ['SetQueueAttributes', { Attributes: {} }],
    ['TagQueue', { Tags: {} }],
    ['UntagQueue', { TagKeys: [] }],
    ['ListQueueTags', {}],
    ['SendMessage', { MessageBody: 'x' }],
    ['ReceiveMessage', {}],
    ['ChangeMessageVisibility', { ReceiptHandle: 'AQEB', VisibilityTimeout: 1 }],
    ['DeleteMessage', { ReceiptHandle: 'AQEB' }],
    ['PurgeQueue', {}],
  ])('that is missing, misspelt, or not for the caller: %s', (operation, rest) => {
    const at = stage();
    expect(at.error('admin', `sqs:${operation}`, { ...rest, QueueUrl: `${URL}x` })).toBe(NO_QUEUE);
    expect(at.error('admin', `sqs:${operation}`, { ...rest, QueueUrl: 'orders' })).toBe(
      'failed: InvalidAddress: The address orders is not valid for this endpoint.',
    );
    expect(at.error('nobody', `sqs:${operation}`, { ...rest, ...QUEUE })).toMatch(
      new RegExp(
        `^denied: AccessDenied: .*sqs:${operation.toLowerCase()} on resource: ${ARN} because no identity-based policy`,
      ),
    );
  });

  it.each([
    ['CreateQueue', { QueueName: 'x' }],
    ['GetQueueUrl', { QueueName: 'orders' }],
    ['ListQueues', {}],
  ])('operations without an address: %s', (operation, input) => {
    expect(stage().ask('nobody', `sqs:${operation}`, input).kind).toBe('denied');
  });
});

describe('a queue policy', () => {
  const put = (at: Stage, Policy: string) =>
    at.error('admin', 'sqs:SetQueueAttributes', { ...QUEUE, Attributes: { Policy } });

  it('lets other accounts in, beside their own policies', () => {
    const at = new Stage(
      { queues: { orders: {} } },
      { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] }, weak: {} } } },
    );
    const send = (who: string) => at.ask(who, 'sqs:SendMessage', { ...QUEUE, MessageBody: 'x' }).kind;
    expect(send('guest')).toBe('denied');
    const open = policy({
      Effect: 'Allow',
      Principal: { AWS: OTHER },
      Action: 'sqs:SendMessage',
      Resource: ARN,
    });
    expect(put(at, JSON.stringify(open))).toBe('done');
    expect(send('guest')).toBe('done');
    expect(send('weak')).toBe('denied');
    expect(at.do('admin', 'sqs:GetQueueAttributes', { ...QUEUE, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { Policy: JSON.stringify(open), ApproximateNumberOfMessages: '1', QueueArn: ARN },
    });
    expect(put(at, '')).toBe('done');
    expect(send('guest')).toBe('denied');
  });

  it('and other attributes are read as SQS reads them', () => {
    const at = stage();
    const bad = 'failed: InvalidAttributeValue: Invalid value for the parameter Policy.';
    expect(put(at, '{')).toBe(bad);
    expect(put(at, JSON.stringify(policy(allow('sqs:*'))))).toBe(bad);
    expect(
      put(
        at,
        JSON.stringify(
          policy({
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ghost` },
            Action: 'sqs:*',
            Resource: ARN,
          }),
        ),
      ),
    ).toBe(bad);
    expect(
      at.error('admin', 'sqs:SetQueueAttributes', { ...QUEUE, Attributes: { VisibilityTimeout: '43201' } }),
    ).toBe('failed: InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.');
    expect(at.error('admin', 'sqs:CreateQueue', { QueueName: 'x', Attributes: { Policy: '{' } })).toBe(bad);
    expect(at.error('admin', 'sqs:GetQueueAttributes', { ...QUEUE, AttributeNames: ['Colour'] })).toBe(
      'failed: InvalidAttributeName: Unknown Attribute Colour.',
    );
    expect(at.do('admin', 'sqs:GetQueueAttributes', QUEUE)).toBeNull();
  });
});
