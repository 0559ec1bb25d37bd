import { expect, test } from 'vitest';
import { Terminal, temporaryHome } from './terminal.ts';

/** Lines that are cut to the width go through the bundled packages, which no test of the sources does. */
test('opens on the smallest terminal, and on a smaller one asks for a larger', async () => {
  const home = temporaryHome();
  const terminals: Terminal[] = [];
  const open = (columns: number, rows: number): Terminal => {
    const terminal = Terminal.open({ columns, rows, env: { WALKTHROUGH_HOME: home.path } });
    terminals.push(terminal);
    return terminal;
  };
  try {
    const narrow = open(60, 20);
    await narrow.waitFor('Lessons');
    narrow.press('enter');
    await narrow.waitFor('page 1 of');
    expect(narrow.screen()).not.toMatch(/TypeError|Node\.js/);
    await open(40, 10).waitFor('60');
  } finally {
    for (const terminal of terminals) terminal.close();
    home.remove();
  }
}, 120_000);

test('says what to do on a terminal that cannot move its cursor', async () => {
  const home = temporaryHome();
  const terminal = Terminal.open({ env: { WALKTHROUGH_HOME: home.path, TERM: 'dumb' } });
  try {
    expect((await terminal.ended()).exitCode).toBe(2);
    expect(terminal.screen().replaceAll('\n', '')).toContain('walkthrough --plain');
  } finally {
    terminal.close();
    home.remove();
  }
}, 120_000);
