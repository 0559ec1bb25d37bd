import { describe, expect, test } from 'vitest';
import { ACCOUNT, allow, OTHER, policy, Stage } from '../stage.ts';

const URL = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`;
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:news`;
const ROOT = `arn:aws:iam::${OTHER}:root`;

function stage(...statements: readonly Record<string, unknown>[]): Stage {
  return new Stage(
    {
      users: { admin: { policies: ['AdministratorAccess'] }, joe: { inline: { p: policy(...statements) } } },
      queues: { orders: {} },
      topics: { news: {} },
    },
    { [OTHER]: { name: 'other', users: { guest: { policies: ['AdministratorAccess'] } } } },
  );
}

describe('a permission on a queue', () => {
  const label = { QueueUrl: URL, Label: 'partner' };
  const grant = { ...label, AWSAccountIds: [OTHER], Actions: ['SendMessage'] };
  const send = { QueueUrl: URL, MessageBody: 'hi' };

  test('is a statement of its policy, which lets the account in, and is taken back by its label', () => {
    const at = stage();
    expect(at.ask('guest', 'sqs:SendMessage', send).kind).toBe('denied');
    at.do('admin', 'sqs:AddPermission', grant);
    expect(at.account.queues.orders?.policy).toEqual({
      Version: '2008-10-17',
      Id: `${QUEUE}/SQSDefaultPolicy`,
      Statement: [
        {
          Sid: 'partner',
          Effect: 'Allow',
          Principal: { AWS: ROOT },
          Action: 'SQS:SendMessage',
          Resource: QUEUE,
        },
      ],
    });
    expect(at.ask('guest', 'sqs:SendMessage', send).kind).toBe('done');
    const both = {
      Label: 'both',
      AWSAccountIds: [OTHER, ACCOUNT],
      Actions: ['ReceiveMessage', 'GetQueueUrl'],
    };
    at.do('admin', 'sqs:AddPermission', { ...grant, ...both });
    at.do('admin', 'sqs:RemovePermission', label);
    expect(at.account.queues.orders?.policy?.Statement).toMatchObject([
      {
        Sid: 'both',
        Principal: { AWS: [ROOT, `arn:aws:iam::${ACCOUNT}:root`] },
        Action: ['SQS:ReceiveMessage', 'SQS:GetQueueUrl'],
      },
    ]);
    expect(at.ask('guest', 'sqs:SendMessage', send).kind).toBe('denied');
    at.do('admin', 'sqs:RemovePermission', { ...label, Label: 'both' });
    expect(at.account.queues.orders?.policy).toBeNull();
  });

  test('takes sqs:AddPermission and sqs:RemovePermission, and a queue', () => {
    expect(stage(allow('sqs:SendMessage')).ask('joe', 'sqs:AddPermission', grant).kind).toBe('denied');
    const at = stage(allow('sqs:AddPermission'));
    expect(at.ask('joe', 'sqs:AddPermission', grant).kind).toBe('done');
    expect(at.ask('joe', 'sqs:RemovePermission', label).kind).toBe('denied');
    const missing = { QueueUrl: `${URL}x` };
    expect(at.error('admin', 'sqs:AddPermission', { ...grant, ...missing })).toMatch(/NonExistentQueue/);
    expect(at.error('admin', 'sqs:RemovePermission', { ...label, ...missing })).toMatch(/NonExistentQueue/);
  });

  test.each([
    ['sqs:AddPermission', { AWSAccountIds: ['999988887777'] }],
    ['sqs:AddPermission', { Actions: ['DeleteQueue'] }],
    ['sqs:AddPermission', { Label: 'there' }],
    ['sqs:RemovePermission', { Label: 'none' }],
  ])('%s with %j is outside what is simulated', (operation, more) => {
    const at = stage();
    at.do('admin', 'sqs:AddPermission', { ...grant, Label: 'there' });
    const input = operation === 'sqs:AddPermission' ? grant : label;
    expect(at.ask('admin', operation, { ...input, ...more }).kind).toBe('unsupported');
  });
});

describe('a permission on a topic', () => {
  const label = { TopicArn: TOPIC, Label: 'partner' };
  const grant = { ...label, AWSAccountId: [OTHER], ActionName: ['Publish'] };
  const publish = { TopicArn: TOPIC, Message: 'hi' };

  test('is a statement beside those of its policy, and is taken back by its label', () => {
    const at = stage();
    const before = at.account.topics.news?.policy;
    expect(at.ask('guest', 'sns:Publish', publish).kind).toBe('denied');
    at.do('admin', 'sns:AddPermission', grant);
    expect(at.account.topics.news?.policy.Statement).toContainEqual({
      Sid: 'partner',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: 'SNS:Publish',
      Resource: TOPIC,
    });
    expect(at.ask('guest', 'sns:Publish', publish).kind).toBe('done');
    at.do('admin', 'sns:RemovePermission', label);
    expect(at.account.topics.news?.policy).toEqual(before);
  });

  test('takes sns:AddPermission and sns:RemovePermission, and a topic', () => {
    const at = stage(allow('sns:AddPermission'));
    expect(at.ask('joe', 'sns:AddPermission', grant).kind).toBe('done');
    expect(at.ask('joe', 'sns:RemovePermission', label).kind).toBe('denied');
    expect(stage(allow('sns:Publish')).ask('joe', 'sns:AddPermission', grant).kind).toBe('denied');
    const missing = { TopicArn: `${TOPIC}x` };
    expect(at.error('admin', 'sns:AddPermission', { ...grant, ...missing })).toMatch(/^failed: NotFound/);
    expect(at.error('admin', 'sns:RemovePermission', { ...label, ...missing })).toMatch(/^failed: NotFound/);
  });

  test.each([
    ['sns:AddPermission', { ActionName: ['CreateTopic'] }],
    ['sns:RemovePermission', { Label: 'none' }],
    ['sns:RemovePermission', { Label: '__default_statement_ID' }],
  ])('%s with %j is outside what is simulated', (operation, more) => {
    const input = operation === 'sns:AddPermission' ? grant : label;
    expect(stage().ask('admin', operation, { ...input, ...more }).kind).toBe('unsupported');
  });
});

describe('a message', () => {
  test('tells who sent it and when, to who asks', () => {
    const at = stage();
    at.do('admin', 'sqs:SendMessage', { QueueUrl: URL, MessageBody: 'hi' });
    const receive = { QueueUrl: URL, VisibilityTimeout: 0 };
    const all = { SenderId: expect.stringMatching(/^AIDA/), SentTimestamp: String(at.world.clock) };
    const attributes = (more: object) =>
      (
        at.do('admin', 'sqs:ReceiveMessage', { ...receive, ...more }) as {
          Messages: { Attributes?: object }[];
        }
      ).Messages[0]?.Attributes;
    expect(attributes({ WaitTimeSeconds: 5, MessageAttributeNames: ['All'] })).toBeUndefined();
    expect(attributes({ AttributeNames: ['All'] })).toEqual(all);
    expect(attributes({ MessageSystemAttributeNames: ['SenderId'] })).toEqual({ SenderId: all.SenderId });
    const foreign = { ...receive, AttributeNames: ['SequenceNumber'] };
    expect(at.ask('admin', 'sqs:ReceiveMessage', foreign).kind).toBe('unsupported');
  });
});
