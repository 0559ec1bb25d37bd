import { describe, expect, it } from 'vitest';
import { push } from '../../src/cloud/outside/code-host.ts';
import { allow, MINUTE, policy, Stage } from './stage.ts';

const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';

function company(codeHost: Record<string, unknown> = {}, elapsed?: number) {
  return new Stage(
    {
      users: {
        admin: { policies: ['AdministratorAccess'] },
        joe: { inline: { all: policy(allow(['s3:*', 'iam:CreateUser', 'iam:GetUser'])) } },
      },
    },
    {},
    elapsed === undefined ? { codeHost } : { codeHost, elapsed },
  );
}

function keyOf(stage: Stage, name: string) {
  const key = Object.values(stage.account.accessKeys).find(({ user }) => user === name);
  if (key === undefined) {
    throw new Error(`${name} has no key.`);
  }
  return key;
}

function leak(stage: Stage): void {
  const { id, secret } = keyOf(stage, 'joe');
  const pushed = push(stage.world, 'config.py', `key = "${id}"\nsecret = "${secret}"\n`);
  expect(pushed.keys).toEqual([id]);
  stage.world = pushed.world;
}

describe('a key pushed to a public code host', () => {
  it('is exposed from that moment, when its secret is beside it', () => {
    const stage = company();
    const { id, secret } = keyOf(stage, 'joe');
    expect(push(stage.world, 'a.py', id).keys).toEqual([]);
    expect(push(stage.world, 'a.py', secret).keys).toEqual([]);
    expect(() => stage.actor('attacker')).toThrow();
    leak(stage);
    expect(keyOf(stage, 'joe').exposed).toEqual({ at: stage.world.clock, where: 'config.py' });
    expect(stage.actor('attacker')).toMatchObject({ kind: 'attacker', accessKey: id });
    const again = stage.world;
    leak(stage);
    expect(stage.world.codeHost).toEqual(again.codeHost);
  });

  it('is used by a stranger from another address two minutes later', () => {
    const stage = company({
      attacker: {
        does: [
          { operation: 'sts:GetCallerIdentity' },
          { operation: 'iam:CreateUser', input: { UserName: 'support' } },
          { operation: 'iam:ListUsers' },
        ],
      },
    });
    leak(stage);
    stage.wait(2 * MINUTE - 1);
    expect(stage.world.trail).toEqual([]);
    stage.wait(10 * MINUTE);
    expect(stage.world.trail.map(({ operation, outcome }) => [operation, outcome.kind])).toEqual([
      ['sts:GetCallerIdentity', 'done'],
      ['iam:CreateUser', 'done'],
      ['iam:ListUsers', 'denied'],
    ]);
    for (const event of stage.world.trail) {
      expect(event).toMatchObject({
        time: Date.parse('2026-03-02T09:02:00Z'),
        sourceIp: '198.51.100.77',
        accessKey: keyOf(stage, 'joe').id,
        actor: { kind: 'attacker' },
      });
    }
    expect(stage.account.users.support).toBeDefined();
  });

  it('is of no use from elsewhere where a policy asks for the company’s address', () => {
    const stage = company({ quarantine: null });
    stage.do('admin', 'iam:PutUserPolicy', {
      UserName: 'joe',
      PolicyName: 'office',
      PolicyDocument: JSON.stringify(
        policy({
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
        }),
      ),
    });
    leak(stage);
    expect(stage.ask('joe', 's3:ListBuckets').kind).toBe('done');
    expect(stage.ask('attacker', 's3:ListBuckets').kind).toBe('denied');
  });

  it('brings a quarantine by AWS, which denies some of what thieves do and leaves the key', () => {
    const stage = company();
    leak(stage);
    stage.wait(5 * MINUTE);
    expect(stage.account.users.joe?.attached).toEqual([QUARANTINE]);
    expect(stage.world.codeHost?.news).toMatchObject([{ text: expect.stringContaining('A mail from AWS') }]);
    expect(stage.error('joe', 'iam:CreateUser', { UserName: 'more' })).toMatch(
      /with an explicit deny in an identity-based policy: .*AWSCompromisedKeyQuarantineV3/,
    );
    expect(stage.ask('joe', 'iam:GetUser').kind).toBe('done');
  });

  it('is of no use once it is inactive or deleted', () => {
    const stage = company();
    leak(stage);
    const { id } = keyOf(stage, 'joe');
    const attacker = stage.actor('attacker');
    stage.do('admin', 'iam:UpdateAccessKey', { UserName: 'joe', AccessKeyId: id, Status: 'Inactive' });
    stage.wait(5 * MINUTE);
    expect(stage.world.trail.slice(1).map(({ outcome }) => outcome.kind)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(stage.account.users.joe?.attached).toEqual([]);
    stage.do('admin', 'iam:DeleteAccessKey', { UserName: 'joe', AccessKeyId: id });
    expect(stage.error(attacker, 's3:ListBuckets')).toMatch(/^rejected: InvalidAccessKeyId/);
  });

  it('can be there from the start, and whether AWS looks is up to the author', () => {
    const stage = company({ exposed: { joe: 'setup.sh' }, quarantine: null, attacker: { after: 60 } });
    expect(keyOf(stage, 'joe').exposed).toMatchObject({ where: 'setup.sh' });
    stage.wait(60 * MINUTE);
    expect(stage.world.trail).toHaveLength(3);
    expect(stage.account.users.joe?.attached).toEqual([]);
    expect(() => company({ exposed: { ghost: 'x' } })).toThrow('There is no access key of a user ghost.');
  });

  it('has been used by the time somebody comes, where the author lets time go by', () => {
    const exposed = { exposed: { joe: 'setup.sh' } };
    const late = company(exposed, 600);
    const waited = company(exposed);
    expect(waited.world.trail).toEqual([]);
    waited.wait(10 * MINUTE);
    expect(late.world).toEqual(waited.world);
    expect(late.world.trail).toHaveLength(3);
  });

  it('exposes nothing in a world without a code host', () => {
    const stage = new Stage();
    const { id, secret } = keyOf(stage, 'admin');
    const { world } = push(stage.world, 'a', `${id} ${secret}`);
    expect(world).toEqual(stage.world);
  });
});
