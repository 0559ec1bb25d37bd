import { expect, it } from 'vitest';
import { candidateLines } from '../../src/tui/candidates.ts';
import { plainText } from '../../src/tui/styled-text.ts';
import { start } from './running.ts';

const rowsOf = (words: readonly string[], width: number, most: number) =>
  candidateLines(words, width, most).map(plainText);

it('lists completions side by side and says how many there was no room for', () => {
  expect(rowsOf([], 20, 3)).toEqual([]);
  expect(rowsOf(['one', 'two', 'three'], 20, 3)).toEqual(['one  two  three']);
  expect(rowsOf(['one', 'two', 'three', 'four', 'five'], 10, 3)).toEqual(['one  two', 'three', 'four  five']);
  expect(rowsOf(['one', 'two', 'three', 'four', 'five'], 10, 2)).toEqual([
    'one  two',
    '… and 3 more: type a letter, then Tab.',
  ]);
});

it('says at the prompt that there are more commands than it lists', async () => {
  const { screen, exit } = await start(80, 24, { start: { kind: 'sandbox', lesson: null } });
  await screen.until(/admin\$/);
  screen.type('aws iam \t');
  await screen.until(/… and \d+ more: type a letter, then Tab\./);
  // Esc puts the list away before it leaves anything.
  screen.type('\u001b');
  await screen.until((text) => !text.includes('type a letter') && text.includes('admin$ aws iam'));
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
