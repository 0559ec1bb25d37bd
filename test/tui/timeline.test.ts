import { expect, it } from 'vitest';
import { MemoryCourse } from './course.ts';
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

it('compares for a typed diff while keys are answered, and says what it comes to in its place', async () => {
  const { screen, exit } = await start(120, 40, { start: { kind: 'sandbox', lesson: 'organization' } });
  await screen.until(/\$ *│/);
  const lines = ['aws iam create-user --user-name sam', 'aws iam create-user --user-name kim'];
  for (const line of lines) screen.type(`${line}\r`);
  await screen.until(/"UserName": "kim"/);
  screen.type('clear\rdiff step\r');
  screen.type('whoami');
  await screen.until(/\$ diff step\s*│\n│ Comparing[\s\S]*\$ whoami/);
  screen.type('\r');
  await screen.until(/Comparing[\s\S]*\$ whoami *│\n│ You are/);
  const told = await screen.until(/diff step *│\n│ Since this step began[\s\S]*\$ whoami/);
  expect(told).not.toContain('Comparing');
  const opened = await new MemoryCourse().sandbox('organization');
  if ('problem' in opened) throw new Error(opened.problem);
  const typed = [...lines, 'diff step'].map((line) => ({ type: 'line.entered', line }) as const);
  const { last } = typed.reduce((play, event) => play.send(event), opened.play);
  expect(last?.output).toContain('Opened: ');
  for (const row of last?.output.split('\n') ?? []) expect(told).toContain(row);
  // What is known already is said at once.
  screen.type('clear\rdiff step\r');
  await screen.until(/\$ diff step\s*│\n│ Since/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
