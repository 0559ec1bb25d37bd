import { expect, it } from 'vitest';
import { type Running, start } from './running.ts';

/** The first lesson where it has just shown a file that is longer than the lower pane. */
async function afterLongAnswer(columns: number, rows: number): Promise<Running> {
  const running = await start(columns, rows, { start: { kind: 'lesson', lesson: 'three-instances' } });
  const { screen } = running;
  await screen.until(/page 1 of/);
  for (const [key, wanted] of [
    ['\r', /page 2 of/],
    ['\r', /page 3 of/],
    ['\r', /page 4 of/],
    ['\r', /\$ whoami/],
    ['\r', /▸ admin\$ aws s3 ls/],
    ['\r', /Enter go on/],
    ['\r', /What will come of this request/],
    ['1', /How sure are you/],
    ['1', /What happened/],
    ['\r', /\$ cat ec2-trust\.json/],
    ['\r', /▸ admin\$ aws iam create-role/],
  ] as const) {
    screen.type(key);
    await screen.until(wanted);
  }
  return running;
}

it('scrolls a long answer with the arrows where all of the lesson is in sight, and says so', async () => {
  const { screen, exit } = await afterLongAnswer(80, 24);
  expect(screen.text()).not.toContain('"Version"');
  expect(screen.rows().at(-1)).toContain('↑↓ scroll');
  screen.type('\u001b[A'.repeat(9));
  await screen.until(/\$ cat ec2-trust\.json\s+│[\s\S]*"Version"/);
  screen.type('\u001b[B'.repeat(9));
  await screen.until(/▸ admin\$ aws iam create-role/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});

it('names the page keys for an answer that the arrows do not scroll', async () => {
  const { screen, exit } = await start(80, 24, { start: { kind: 'sandbox', lesson: null } });
  await screen.until(/admin\$/);
  expect(screen.rows().at(-1)).not.toContain('PgUp');
  screen.type('help\r');
  await screen.until(/\d+–(\d+) of \1 ─┤/);
  expect(screen.rows().at(-1)).toContain('PgUp scroll back');
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
