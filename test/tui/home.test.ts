import { expect, it } from 'vitest';
import { start } from './running.ts';

it('finds lessons by their words, and keys are keys again once the search is kept', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('/');
  await screen.until(/Search \//);
  screen.type('joanne may q');
  await screen.until(/No lesson has these words/);
  screen.type('\u007f\u007f');
  await screen.until(/▸ +\d+ {2}Joanne/);
  expect(screen.text()).not.toContain('Three instances, one bucket  ');
  screen.type('\r');
  await screen.until(/Esc shows all again/);
  screen.type('\u001b');
  await screen.until(/\d {2}Policies and their kinds/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('goes to what is next with one key, wherever the marker stands', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('j');
  await screen.until(/n goes to what is next: Three instances/);
  screen.type('n');
  await screen.until(/Three instances, one bucket {2}Reading/);
  screen.type('\u0003\u0003');
  expect(await exit).toBe(0);
});

it('shows a long notice whole, above the last row', async () => {
  const notice = `Your progress file could not be read: it is not JSON. It is kept as /home/ann/${'x'.repeat(60)}/progress.json.unreadable-1, and you start with none.`;
  const { screen, exit } = await start(60, 20, { notice });
  const text = await screen.until(/with none\./);
  expect(text).toContain('progress.json.unreadable-1');
  expect(screen.rows()).toHaveLength(20);
  screen.type('j');
  await screen.until(/q quit/);
  expect(screen.text()).not.toContain('unreadable');
  screen.type('q');
  expect(await exit).toBe(0);
});
