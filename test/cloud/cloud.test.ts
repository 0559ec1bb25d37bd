import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { cloudMachine, examine } from '../../src/cloud/index.ts';
import { ACCOUNT, allow, policy, Stage } from './stage.ts';

describe('the machine', () => {
  it('is stepped purely, and its snapshot is JSON that can be loaded again', () => {
    const { world } = new Stage();
    const before = cloudMachine.resolveState({ value: {}, context: { world, answer: null } });
    const event = {
      type: 'request.sent',
      actor: { kind: 'user', account: ACCOUNT, user: 'admin' },
      request: { operation: 'iam:CreateUser', input: { UserName: 'bob' } },
    } as const;
    const [after, actions] = transition(cloudMachine, before, event);
    expect(actions).toEqual([]);
    expect(before.context.world).toBe(world);
    expect(JSON.parse(JSON.stringify(after.context))).toEqual(after.context);
    const loaded = cloudMachine.resolveState({
      value: {},
      context: JSON.parse(JSON.stringify(before.context)),
    });
    expect(transition(cloudMachine, loaded, event)[0].context).toEqual(after.context);
  });

  it('gives the same trail for the same requests, byte for byte', () => {
    const play = () => {
      const stage = new Stage();
      stage.ask('nobody', 'iam:CreateUser', { UserName: 'bob' });
      stage.ask('admin', 'iam:CreateUser', { UserName: 'bob' });
      stage.wait(1000);
      stage.ask('admin', 'iam:CreateAccessKey', { UserName: 'bob' });
      stage.ask('bob', 's3:ListBuckets');
      return JSON.stringify(stage.world);
    };
    expect(play()).toBe(play());
  });
});

describe('a request', () => {
  it('that is outside what is simulated is neither sent nor recorded', () => {
    const stage = new Stage();
    const before = stage.world;
    expect(stage.ask('admin', 'iam:LaunchRocket')).toMatchObject({
      kind: 'unsupported',
      refusal: { error: { message: 'iam:LaunchRocket is not simulated here.' } },
    });
    expect(stage.ask('admin', 'constructor').kind).toBe('unsupported');
    expect(stage.world).toBe(before);
  });

  it('that the AWS CLI would not send is not sent', () => {
    const stage = new Stage();
    const before = stage.world;
    const problem = (operation: string, input: Record<string, unknown>) =>
      stage.error('admin', operation, input);
    expect(problem('iam:CreateUser', {})).toBe(
      'not-sent: Parameter validation failed:\nMissing required parameter in input: "UserName"',
    );
    expect(problem('iam:GetUser', { Name: 'x' })).toMatch(/Unknown parameter in input: "Name"$/);
    expect(problem('iam:GetUser', { UserName: 7 })).toMatch(
      /Invalid type for parameter UserName: it must be text$/,
    );
    expect(problem('ec2:DescribeInstances', { InstanceIds: [1] })).toMatch(/a list of texts$/);
    expect(problem('iam:ListPolicies', { OnlyAttached: 'yes' })).toMatch(/true or false$/);
    expect(problem('iam:TagUser', { UserName: 'x', Tags: [{ Name: 'x' }] })).toMatch(
      /structures with Key, Value$/,
    );
    expect(
      problem('ec2:AssociateIamInstanceProfile', { InstanceId: 'i', IamInstanceProfile: 'web' }),
    ).toMatch(/a structure with Name, Arn$/);
    expect(stage.world).toBe(before);
  });

  it('without credentials leaves no trace', () => {
    const stage = new Stage({ users: { bob: { accessKeys: 0 } } });
    const before = stage.world;
    for (const who of ['bob', 'web-1', 'web-1/worker']) {
      expect(stage.error(who, 's3:ListBuckets')).toBe(
        'not-sent: Unable to locate credentials. You can configure credentials by running "aws configure".',
      );
    }
    expect(stage.world).toBe(before);
  });

  it('is recorded with its decision, whatever became of it', () => {
    const stage = new Stage();
    stage.ask('nobody', 'iam:CreateUser', { UserName: 'bob' });
    stage.ask('admin', 'iam:GetUser', { UserName: 'bob' });
    stage.ask('admin', 'iam:CreateUser', { UserName: 'bob' });
    expect(stage.world.trail).toMatchObject([
      {
        number: 1,
        principal: `arn:aws:iam::${ACCOUNT}:user/nobody`,
        operation: 'iam:CreateUser',
        resources: [`arn:aws:iam::${ACCOUNT}:user/bob`],
        outcome: { kind: 'denied', code: 'AccessDenied' },
        checks: [{ decision: 'implicit-deny', decidedBy: 'identity', policy: null, statement: null }],
      },
      { number: 2, outcome: { kind: 'failed', code: 'NoSuchEntity' } },
      {
        number: 3,
        outcome: { kind: 'done' },
        checks: [{ decision: 'allowed', decidedBy: 'identity', policy: 'AdministratorAccess', statement: 0 }],
      },
    ]);
  });

  it('is examined without being sent', () => {
    const { world } = new Stage();
    const request = { operation: 'iam:CreateUser', input: { UserName: 'bob' } };
    const examination = examine(world, { kind: 'user', account: ACCOUNT, user: 'nobody' }, request);
    expect(examination).toMatchObject({
      kind: 'examined',
      caller: { arn: `arn:aws:iam::${ACCOUNT}:user/nobody` },
      checks: [{ needed: { action: 'iam:CreateUser' }, decision: { decision: 'implicit-deny' } }],
    });
  });

  it('tells policies who, when, from where and with which tags', () => {
    const when = (key: string, operator: string, value: string) => {
      const stage = new Stage({
        users: {
          bob: {
            tags: { team: 'red' },
            inline: {
              p: policy({ ...allow('s3:ListAllMyBuckets'), Condition: { [operator]: { [key]: value } } }),
            },
          },
        },
      });
      return stage.ask('bob', 's3:ListBuckets').kind;
    };
    expect(when('aws:username', 'StringEquals', 'bob')).toBe('done');
    expect(when('aws:PrincipalTag/team', 'StringEquals', 'red')).toBe('done');
    expect(when('aws:PrincipalTag/team', 'StringEquals', 'blue')).toBe('denied');
    expect(when('aws:CurrentTime', 'DateLessThan', '2026-03-02T09:00:01Z')).toBe('done');
    expect(when('aws:SecureTransport', 'Bool', 'true')).toBe('done');
    expect(when('aws:RequestedRegion', 'StringEquals', 'us-east-1')).toBe('done');
    expect(when('aws:TokenIssueTime', 'Null', 'true')).toBe('done');
    expect(when('aws:SourceIp', 'IpAddress', '203.0.113.0/24')).toBe('done');
  });
});
