import { describe, expect, it } from 'vitest';
import { keyRow } from '../../src/tui/footer.tsx';
import { footerKeys } from '../../src/tui/key-help.ts';
import type { Action, Context } from '../../src/tui/keys.ts';
import { lineWidth, plainText } from '../../src/tui/styled-text.ts';
import { MemoryCourse } from './course.ts';
import { start } from './running.ts';

const footer = (contexts: readonly Context[], columns: number, hidden: readonly Action[] = []): string => {
  const row = keyRow(footerKeys([...contexts, 'everywhere'], new Set(hidden), 4), columns);
  expect(lineWidth(row)).toBeLessThanOrEqual(columns);
  return plainText(row);
};

describe.each([60, 80, 100])('at %i columns', (columns) => {
  it.each<[readonly Context[], string, string]>([
    [['home'], '/', 'q quit'],
    [['search'], 'Enter', 'Esc end the search'],
    [['read', 'player'], '←', 'Esc back'],
    [['reread', 'read', 'player'], '←', 'Esc'],
    [['run', 'player'], '←', 'Esc back'],
    [['choose', 'player'], '←', 'Esc back'],
    [['task', 'player'], 'Ctrl+T', 'Esc back'],
    [['task-empty', 'task', 'player'], 'Ctrl+T', 'Esc back'],
    [['asking', 'player'], 'Enter answer', 'Esc leave the questions'],
    [['end', 'player'], '←', 'Esc back'],
    [['text-pane', 'player'], 'Shift+Tab', 'Esc back'],
    [['timeline', 'text-pane', 'player'], 'g ', 'Esc back'],
    [['decision', 'player'], '←→', 'Esc close'],
    [['editor'], 'Ctrl+S', 'Esc leave'],
    [['keeping'], '↑↓', 'Esc back'],
    [['naming'], 'Enter', 'Esc back'],
  ])('%j: the footer names what nothing else stands for, help and the way back', (contexts, key, way) => {
    const row = footer(contexts, columns);
    expect(row).toMatch(/(\?|F1) help/);
    expect(row).toContain(` ${key}`);
    expect(row).toContain(way);
  });
});

it('names at a busy task of 80 columns how to read the page before, and how to reach the other panes', () => {
  const row = footer(['task-empty', 'task', 'player'], 80, ['page-up', 'lesson-up', 'lesson-down']);
  expect(row).toMatch(/Enter run .*Ctrl\+T hint .*Shift\+Tab next pane .*← page before /);
});

it.each([
  [60, 20],
  [80, 24],
  [100, 30],
])('leaves every border whole at %i×%i while it says something long', async (columns, rows) => {
  const words = `It could not be written: ${'there is no room left. '.repeat(7)}`;
  class FullDisk extends MemoryCourse {
    override async keep(): Promise<string> {
      return words;
    }
  }
  const course = new FullDisk();
  const { screen, exit } = await start(columns, rows, {
    course,
    start: { kind: 'lesson', lesson: 'three-instances' },
  });
  await screen.until(/page 1 of/);
  screen.type('\r');
  await screen.until(/page 2 of[\s\S]*╰─+╯\n ! It could not be written:[\s\S]*room/);
  expect(screen.rows().filter((row) => /^[╭├╰│]/.test(row))).toHaveLength(
    screen.rows().findIndex((row) => row.startsWith(' ! ')) - 1,
  );
  screen.type('\u001bOP');
  await screen.until(/Help: keys[\s\S]*╰─+╯\n[^\n]*$/);
  screen.signal('SIGTERM');
  expect(await exit).toBe(143);
});
