import { expect, it } from 'vitest';
import { helpLines } from '../../src/tui/help-text.ts';
import { helpKeys } from '../../src/tui/key-help.ts';
import { bindings } from '../../src/tui/keys.ts';
import { lineWidth, plainText } from '../../src/tui/styled-text.ts';
import { start } from './running.ts';

const contexts = [...new Set(bindings.map(({ context }) => context))];

it.each([56, 76, 116])('shows every key beside what it does, at %i columns', (width) => {
  for (const context of contexts) {
    const rows = helpLines([context], width);
    expect(Math.max(...rows.map(lineWidth)), context).toBeLessThanOrEqual(width);
    const texts = rows.map(plainText);
    for (const { keys, label } of helpKeys(context)) {
      const [first = ''] = keys.split(' ');
      expect(
        texts.some(
          (row) =>
            row.startsWith(`  ${first}`) &&
            / {2,}\S/.test(row.slice(3)) &&
            row.includes(` ${label.split(' ').slice(0, 5).join(' ')}`),
        ),
        `${context}: ${keys} ${label}\n${texts.join('\n')}`,
      ).toBe(true);
      for (const key of keys.split(' ')) expect(texts.join('\n'), context).toContain(key);
    }
  }
});

it('scrolls by its own height, to its ends and no further', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('?');
  await screen.until(/1–21 of \d+/);
  expect(screen.rows().at(-1)).toContain('PgDn scroll a page');
  screen.type('\u001b[6~');
  await screen.until(/ 21–41 of \d+/);
  screen.type('\u001b[F');
  await screen.until(/–(\d+) of \1 /);
  screen.type('\u001b[6~\u001b[6~\u001b[B');
  await screen.until(/–(\d+) of \1 /);
  const [, end] = /–(\d+) of/.exec(screen.text()) ?? [];
  screen.type('\u001b[A');
  await screen.until((text) => text.includes(`–${Number(end) - 1} of ${end}`));
  screen.type('\u001b[H');
  await screen.until(/1–21 of \d+/);
  screen.type('q');
  await screen.until(/Lessons/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('finds keys and terms by their words, those named so first, in the manner of the list of lessons', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('?/');
  await screen.until(/Search \/▏/);
  expect(screen.rows().at(-1)).toContain('Enter keep what is found');
  screen.type('STRANGER deputy x');
  await screen.until(/Nothing here has these words/);
  screen.type('\u007f\u007f');
  await screen.until(/confused deputy {2}Somebody trusted/);
  expect(screen.text()).not.toContain('forged request');
  screen.type('\r');
  await screen.until(/Search \/STRANGER deputy {2}Esc shows all again/);
  screen.type('\u001b');
  await screen.until(/Help: keys, then the glossary.*1–21 of/);
  screen.type('/boundary');
  await screen.until(/permissions boundary[\s\S]*root user/);
  screen.type('\u001b');
  await screen.until(/Help: keys/);
  screen.type('/sandbox');
  await screen.until(/Choosing a lesson\s+│\n│ +s +sandbox/);
  screen.type('\u001b');
  await screen.until(/1–21 of/);
  screen.type('\u001b');
  await screen.until(/Lessons/);
  screen.type('q');
  expect(await exit).toBe(0);
});

it('scrolls what it finds while it is typed, and closes at once with a key that closes', async () => {
  const { screen, exit } = await start(80, 24);
  screen.type('?/polic');
  await screen.until(/Search \/polic▏ .*1–21 of/);
  screen.type('\u001b[B');
  await screen.until(/Search \/polic▏ .*2–22 of/);
  screen.type('\r');
  await screen.until(/Search \/polic {2}Esc shows all again.*2–22 of/);
  screen.type('q');
  await screen.until(/Lessons/);
  screen.type('q');
  expect(await exit).toBe(0);
});
