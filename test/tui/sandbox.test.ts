import { expect, it } from 'vitest';
import { start } from './running.ts';

it('opens the world of a lesson for free play, comes back to it, and warns that it is forgotten', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('j');
  await screen.until(/▸ +2 /);
  screen.type('s');
  await screen.until(/Policies and their kinds {2}Sandbox/);
  screen.type('aws iam create-user --user-name zoe\r');
  await screen.until(/○ zoe|\[Account ✓ allowed\]/);
  screen.type('\u001b');
  await screen.until(/Lessons/);
  screen.type('s');
  await screen.until(/"UserName": "zoe"/);
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
