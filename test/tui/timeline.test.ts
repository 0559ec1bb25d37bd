import { expect, it } from 'vitest';
import { start } from './running.ts';

const sandbox = { start: { kind: 'sandbox', lesson: 'joannes-boundary' } } as const;

it('says what each change opened and closed, and compares any two moments of the timeline', async () => {
  const { screen, exit } = await start(100, 30, sandbox);
  await screen.until(/admin\$/);
  screen.type('aws iam create-user --user-name sam\r');
  await screen.until(/"UserName": "sam"/);
  screen.type('\u0018');
  await screen.until(/\+ Opened \d+ requests/);
  expect(screen.text()).toMatch(/After: aws iam create-user/);
  expect(screen.text()).toMatch(/− Closed nothing/);
  screen.type('\u001b');
  await screen.until(/▸ Prompt/);
  screen.type('aws iam delete-user --user-name sam\r');
  await screen.until(/\$ aws iam delete-user/);
  screen.type('\u0012');
  await screen.until(/▸ ● {2}2 admin\$ aws iam delete-user/);
  screen.type(' kkc');
  await screen.until(/From the start to now/);
  await screen.until(/No user and no role may do more or less/);
  screen.type('\u001b');
  await screen.until(/▸ Timeline/);
  await screen.until(/▸ ● {2}0 the start/);
  screen.type('\u001b');
  await screen.until(/▸ Prompt/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('shows the account as it was at each moment, and goes on from there, keeping what came after', async () => {
  const { screen, exit } = await start(80, 24, sandbox);
  await screen.until(/admin\$/);
  screen.type('aws iam create-user --user-name sam\r');
  await screen.until(/"UserName": "sam"/);
  screen.type('timeline\r');
  await screen.until(/The account now/);
  expect(screen.rows().at(-1)).toContain('PgDn scroll on');
  screen.type('\u001b[6~');
  await screen.until(/Timeline.* (1\d|[2-9])–\d+ of/);
  screen.type('k');
  await screen.until(/The account at the start/);
  screen.type('g');
  await screen.until(/load way-1\.json/);
  screen.type('redo\r');
  await screen.until(/Brought back: aws iam create-user/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('explains the request of the chosen line, and comes back to the timeline', async () => {
  const { screen, exit } = await start(120, 40, sandbox);
  await screen.until(/admin\$/);
  screen.type('aws iam list-users\r');
  await screen.until(/"UserName": "theo"/);
  screen.type('aws s3 ls\r');
  await screen.until(/\$ aws s3 ls/);
  screen.type('wait 1h\r');
  await screen.until(/1h later/);
  screen.type('\u0012');
  await screen.until(/▸ ● {2}3 admin\$ wait 1h/);
  expect(screen.rows().at(-1)).not.toContain('Ctrl+Y');
  screen.type('kk');
  await screen.until(/▸ ● {2}1 admin\$ aws iam list-users/);
  expect(screen.rows().at(-1)).toContain('Ctrl+Y why');
  screen.type('\u0019');
  await screen.until(/▸ Decision[\s\S]*iam:ListUsers/);
  screen.type('\u001b');
  await screen.until(/▸ Timeline[\s\S]*▸ ● {2}1 admin\$ aws iam list-users/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
