import { expect, it } from 'vitest';
import { start } from './running.ts';

it('opens the world of a lesson for free play, comes back to it, and warns that it is forgotten', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('/joannes-boundary\r');
  await screen.until(/▸ +\d+ {2}Joanne's boundary/);
  screen.type('s');
  await screen.until(/Joanne's boundary {2}Sandbox/);
  screen.type('aws iam create-user --user-name sam\r');
  await screen.until(/○ sam|\[Account ✓ allowed\]/);
  screen.type('\u001b');
  await screen.until(/lessons done/);
  screen.type('s');
  await screen.until(/"UserName": "sam"/);
  screen.type('\u0003');
  await screen.until(/A sandbox is forgotten when you quit/);
  screen.type('\u0003');
  expect(await exit).toBe(0);
});

it('opens an account with nothing in it', async () => {
  const { screen, exit } = await start(120, 40, { start: { kind: 'sandbox', lesson: null } });
  const text = await screen.until(/An empty account {2}Sandbox/);
  expect(text).toMatch(/● admin/);
  screen.signal('SIGHUP');
  expect(await exit).toBe(129);
});
