import { expect, it } from 'vitest';
import { buildWorld, findActor } from '../../src/cloud/index.ts';
import { accountLines } from '../../src/tui/account.ts';
import { pathLines } from '../../src/tui/request-path.ts';
import { lineWidth, plainText } from '../../src/tui/styled-text.ts';
import { start } from './running.ts';

const queuePolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
};
const built = buildWorld({
  clock: '2026-03-02T09:00:00Z',
  seed: 'picture',
  accounts: {
    '111111111111': { name: 'Management' },
    '222222222222': {
      name: 'Shop with a name of more characters than any column has, 商店と倉庫と工場と事務所',
      users: { dev: { policies: ['AdministratorAccess'] } },
      queues: { orders: { policy: queuePolicy } },
    },
  },
  organization: {
    management: '111111111111',
    ous: { Workloads: { ous: { Prod: { accounts: ['222222222222'] } } } },
    scps: {
      NoRootKeys: {
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] },
        attach: ['Workloads'],
      },
    },
  },
});
if (!('world' in built)) throw new Error(JSON.stringify(built.problems));
const { world } = built;
const actor = findActor(world, 'dev');
if (actor === undefined) throw new Error('nobody is called dev');

it('draws the organization as a tree with the policies on it, and where the learner sits', () => {
  const rows = accountLines(world, actor, 90).map(plainText);
  expect(rows[0]).toBe('Organization');
  expect(rows).toContain(' Root [FullAWSAccess]');
  expect(rows.find((row) => row.includes('OU Workloads'))).toMatch(/[├└]─ OU Workloads .*\[NoRootKeys\]/);
  expect(rows.find((row) => row.includes('OU Prod'))).toMatch(/[│ ] {2}└─ OU Prod/);
  expect(rows.find((row) => row.includes('manages it'))).toMatch(/○ Management 111111111111/);
});

it('draws what other services have, the account of the learner first', () => {
  const rows = accountLines(world, actor, 90).map(plainText);
  expect(rows).toContain('Queues');
  expect(rows).toContain('   └─ its policy 1 statement');
  const titles = rows.findIndex((row) => row.startsWith('Shop'));
  expect(titles).toBeLessThan(rows.findIndex((row) => row.startsWith('Management')));
});

it('names what stopped a request by one word where there is no room for two', () => {
  const path = {
    what: 's3:GetObject',
    stations: [
      { label: 'bob', state: 'passed' },
      { label: 'identity policy', state: 'stopped' },
      { label: 'notes/public/today.txt', state: 'not-reached' },
    ],
    end: { mark: '✗', words: 'denied by identity policy: nobody said yes', role: 'bad' },
  } as const;
  expect(pathLines(path, 60).map(plainText)[2]).toBe(
    '│ bob │──▶│ identity policy │─✗ │ notes/public/today.txt │',
  );
  expect(pathLines(path, 46).map(plainText)[2]).toBe('│ bob │──▶│ identity │─✗ │ notes/pu…oday.txt │');
});

it('gives the words of a chain the room that shorter ones leave over', () => {
  const labels = ['web-1', 'no credentials', 'policies', 'AWS'];
  const path = {
    what: 's3:GetObject',
    stations: labels.map((label) => ({ label, state: 'passed' as const })),
    end: { mark: '✗', words: 'never sent', role: 'warn' as const },
  };
  expect(pathLines(path, 46).map(plainText)[1]).toBe('web-1 ──▶ no credentials ──▶ policies ──▶ AWS');
});

it.each([20, 34, 47, 76])('keeps every row within %i columns', (width) => {
  for (const row of accountLines(world, actor, width)) {
    expect(lineWidth(row), plainText(row)).toBeLessThanOrEqual(width);
  }
});

it('moves the borders between panes by keys, and no further than both have room', async () => {
  const { screen, exit } = await start(120, 40, { start: { kind: 'sandbox', lesson: null } });
  await screen.until(/admin\$/);
  const border = () => screen.rows()[1]?.indexOf('┬') ?? -1;
  const lower = () => screen.rows().findIndex((row) => row.startsWith('├'));
  const [column, row] = [border(), lower()];
  screen.type('\u001b[1;2D\u001b[1;2A');
  await screen.until(() => border() === column - 3 && lower() === row - 1);
  screen.type('\u001b[1;2D'.repeat(60));
  await screen.until(() => border() < 30 && border() > 20);
  screen.type('\u001b[1;2C');
  await screen.until(() => border() > 26);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('sends the request through the layers, and any key shows all of it at once', async () => {
  const lesson = { start: { kind: 'sandbox', lesson: 'joannes-boundary' }, env: { NO_COLOR: '1' } } as const;
  const { screen, exit } = await start(80, 24, lesson);
  await screen.until(/admin\$/);
  screen.type('aws iam list-users\r');
  await screen.until(/"Users"|✓ allowed/);
  screen.type('\u0019');
  await screen.until(/on its way/);
  screen.type('j');
  await screen.until(/✓ allowed by/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('brings what is new in a large picture into sight, below the way of the request', async () => {
  const { screen, exit } = await start(100, 30, { start: { kind: 'sandbox', lesson: 'organization' } });
  await screen.until(/maria\$/);
  screen.type('aws iam create-user --user-name kate\r');
  await screen.until(/Last request iam:CreateUser[\s\S]*│ {2}○ kate /);
  screen.type('aws iam delete-user --user-name kate\r');
  await screen.until((text) => /Last request iam:DeleteUser/.test(text) && !/○ kate /.test(text));
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
