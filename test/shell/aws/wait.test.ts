import { describe, expect, test } from 'vitest';
import { buildWorld, findActor, operations } from '../../../src/cloud/index.ts';
import { WAITERS } from '../../../src/shell/aws/wait/waiters.ts';
import { complete, openSession } from '../../../src/shell/index.ts';
import type { Session } from '../../../src/shell/session.ts';
import { openCompany, run } from '../company.ts';

const START = Date.parse('2026-03-02T09:00:00Z');

/** How many requests a line sent, and how many seconds went by. */
function polls(session: Session, line: string): readonly [requests: number, seconds: number] {
  const turn = run(session, line);
  return [turn.attempts.length, (turn.session.now.world.clock - session.now.world.clock) / 1000];
}

/** The company's instances as the CLI shows them. */
function instanceId(session: Session, name: string): string {
  const query = `Reservations[].Instances[?Tags[?Value=='${name}']].InstanceId`;
  return run(session, `aws ec2 describe-instances --query "${query}" --output text`).output;
}

describe('what is so already', () => {
  test.each([
    'aws iam wait user-exists --user-name admin',
    'aws iam wait role-exists --role-name site-reader',
    'aws iam wait instance-profile-exists --instance-profile-name site-profile',
    'aws iam wait policy-exists --policy-arn arn:aws:iam::111122223333:policy/WorkloadBoundary',
    'aws ec2 wait instance-running',
    'aws ec2 wait instance-exists',
    'aws s3api wait bucket-exists --bucket shop-data',
    'aws s3api wait bucket-not-exists --bucket none',
    'aws s3api wait object-exists --bucket shop-data --key readme.txt',
    'aws s3api wait object-not-exists --bucket shop-data --key none',
  ])('%s says nothing after one request', (line) => {
    const session = openCompany();
    expect(run(session, line)).toMatchObject({ output: '', exit: 0 });
    expect(polls(session, line)).toEqual([1, 0]);
  });

  test('and what has been stopped, terminated or made', () => {
    const session = openCompany('admin', { 'code.txt': 's3:ListBuckets' });
    const id = instanceId(session, 'web-1');
    expect(id).toMatch(/^i-/);
    const stopped = run(session, `aws ec2 stop-instances --instance-ids ${id}`).session;
    expect(run(stopped, `aws ec2 wait instance-stopped --instance-ids ${id}`).exit).toBe(0);
    const gone = run(session, `aws ec2 terminate-instances --instance-ids ${id}`).session;
    expect(run(gone, `aws ec2 wait instance-terminated --instance-ids ${id}`).exit).toBe(0);
    const trust =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';
    const made = run(
      session,
      `aws iam create-role --role-name Runner --assume-role-policy-document '${trust}'`,
      'aws lambda create-function --function-name f --runtime nodejs22.x --handler index.handler --role arn:aws:iam::111122223333:role/Runner --zip-file fileb://code.txt',
    ).session;
    for (const name of ['exists', 'active', 'active-v2', 'updated', 'updated-v2']) {
      expect(run(made, `aws lambda wait function-${name} --function-name f`)).toMatchObject({
        output: '',
        exit: 0,
      });
    }
  });
});

describe('what is not', () => {
  test.each([
    ['aws iam wait user-exists --user-name ghost', 'UserExists', 20, 19, '19s'],
    ['aws ec2 wait instance-terminated', 'InstanceTerminated', 40, 39 * 15, '9m 45s'],
    ['aws s3api wait bucket-exists --bucket none', 'BucketExists', 20, 95, '1m 35s'],
    [
      'aws s3api wait object-not-exists --bucket shop-data --key readme.txt',
      'ObjectNotExists',
      20,
      95,
      '1m 35s',
    ],
    ['aws lambda wait function-exists --function-name f', 'FunctionExists', 20, 19, '19s'],
  ])('%s gives up in the end', (line, name, requests, seconds, text) => {
    const session = openCompany();
    expect(run(session, line)).toMatchObject({
      output: `Waiter ${name} failed: Max attempts exceeded\n(${text} went by on the clock.)`,
      exit: 255,
    });
    expect(polls(session, line)).toEqual([requests, seconds]);
  });

  test('what cannot become so any more fails at once', () => {
    const session = openCompany();
    const id = instanceId(session, 'web-1');
    const turn = run(
      session,
      `aws ec2 terminate-instances --instance-ids ${id}`,
      `aws ec2 wait instance-running --instance-ids ${id}`,
    );
    expect(turn.output).toBe(
      'Waiter InstanceRunning failed: Waiter encountered a terminal failure state: "terminated" at Reservations[].Instances[].State.Name',
    );
    expect([turn.exit, turn.attempts.length]).toEqual([255, 1]);
  });

  test('what may not be asked fails with what AWS says', () => {
    const turn = run(openCompany('visitor'), 'aws iam wait role-exists --role-name site-reader');
    expect(turn.output).toMatch(
      /^Waiter RoleExists failed: An error occurred \(AccessDenied\): User: .* iam:GetRole/,
    );
    expect([turn.exit, turn.attempts.length]).toEqual([255, 1]);
    expect(run(openCompany('visitor'), 'aws s3api wait bucket-exists --bucket shop-data').exit).toBe(0);
    expect(run(openCompany('web-1'), 'aws iam wait user-exists').exit).toBe(253);
  });
});

test('the clock goes on while it waits, and what happens meanwhile ends it', () => {
  const does = [{ operation: 'iam:CreateUser', input: { UserName: 'support' } }];
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: 'wait',
    accounts: { '111122223333': { name: 'a', users: { admin: { policies: ['AdministratorAccess'] } } } },
    codeHost: { attacker: { after: 5, does }, exposed: { admin: 'config.py' } },
  });
  if ('problems' in built) throw new Error(JSON.stringify(built.problems));
  const actor = findActor(built.world, 'admin');
  if (actor === undefined) throw new Error('nobody is called admin');
  const session = openSession({ world: built.world, actor, files: {} });
  const turn = run(session, 'aws iam wait user-exists --user-name support');
  expect(turn).toMatchObject({ output: '(5s went by on the clock.)', exit: 0 });
  expect(turn.session.now.world.clock).toBe(START + 5000);
  expect(turn.session.now.world.trail.map(({ operation, time }) => [operation, time - START])).toEqual([
    ...[0, 1, 2, 3, 4].map((second) => ['iam:GetUser', second * 1000]),
    ['iam:CreateUser', 5000],
    ['iam:GetUser', 5000],
  ]);
  expect(run(turn.session, 'why').output).toContain('2026-03-02 09:00:05 UTC: done');
  expect(run(turn.session, 'undo').session.now.world.clock).toBe(START);
});

test('every waiter polls an operation that is there, by a name the CLI could have', () => {
  for (const [service, waiters] of Object.entries(WAITERS)) {
    for (const [name, { operation }] of Object.entries(waiters)) {
      expect([service, name, operations.has(operation)]).toEqual([service, name, true]);
      expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
      expect(run(openCompany(), `aws ${service} wait ${name} help`).output).toContain(
        `aws ${service} wait ${name}`,
      );
    }
  }
});

test.each([
  ['aws ec2 wait', 252, 'the following arguments are required: operation'],
  ['aws ec2 wait instance-runing', 252, 'aws ec2 wait instance-running'],
  ['aws iam wait user-exists --nonsense', 252, 'Unknown options: --nonsense'],
  ['aws iam wait role-exists', 252, 'the following arguments are required: --role-name'],
  ['aws sts wait done', 252, "'aws sts wait' is not simulated here"],
  ['aws ec2 wait help', 0, 'instance-terminated'],
  ['aws ec2 help', 0, 'aws ec2 wait <name>'],
])('%s', (line, exit, text) => {
  const turn = run(openCompany(), line);
  expect([turn.exit, turn.output]).toEqual([exit, expect.stringContaining(text)]);
  expect(turn.attempts).toEqual([]);
});

test('Tab knows waiters, and the options of what they poll', () => {
  const session = openCompany();
  expect(complete(session, 'aws iam wa')).toEqual(['wait']);
  expect(complete(session, 'aws sts wa')).toEqual([]);
  expect(complete(session, 'aws iam wait u')).toEqual(['user-exists']);
  expect(complete(session, 'aws iam wait role-exists --role-')).toEqual(['--role-name']);
  expect(complete(session, 'aws iam wait role-exists --role-name ')).toEqual(['site-reader']);
});
