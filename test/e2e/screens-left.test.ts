import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtLessons } from './learner.ts';
import { Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 120_000 };
const RESTORED = { alternateScreen: false, cursorShown: true, bracketedPaste: false };
const LESSON = builtLessons()[0]?.id ?? '';
const POLICY = `{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
}`;

let home: ReturnType<typeof temporaryHome>;
let terminal: Terminal;
beforeEach(() => {
  home = temporaryHome();
  terminal = Terminal.open({
    columns: 100,
    rows: 30,
    args: ['sandbox', LESSON],
    cwd: home.path,
    env: { WALKTHROUGH_HOME: join(home.path, 'progress') },
  });
});
afterEach(() => {
  terminal.close();
  home.remove();
});

/** The screens of free play: the keys that open each once something was done, and what is there then. */
const SCREENS: readonly (readonly [string, string, RegExp])[] = [
  ['sandbox', '', /Prompt: your turn/],
  ['timeline', '\u0012', /The account now/],
  ['changes', '\u0018', /\+ Opened \d+ request/],
  ['decision', '\u0019', /in AWS’s order/],
  ['policy editor', 'edit mine.json\r', /Editing mine\.json/],
  ['help', '\u001bOP', /Help: keys/],
];

async function open(keys: string, there: RegExp): Promise<void> {
  await terminal.waitFor(/Prompt: your turn/);
  terminal.type('aws iam create-user --user-name sam\r');
  await terminal.waitFor('"UserName": "sam"');
  terminal.type(keys);
  await terminal.waitFor(there);
}

describe.each(SCREENS)('the %s', (_name, keys, there) => {
  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('gives the terminal back at %s', LONG, async (signal, exitCode) => {
    await open(keys, there);
    terminal.kill(signal);
    expect((await terminal.ended()).exitCode).toBe(exitCode);
    expect(terminal.modes()).toEqual(RESTORED);
  });

  test('follows every resize, and comes back from one that is too small', LONG, async () => {
    await open(keys, there);
    const sizes = [
      [80, 24],
      [120, 40],
      [60, 20],
      [59, 19],
      [200, 50],
      [40, 8],
      [100, 30],
    ] as const;
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      const isTooSmall = columns < 60 || rows < 20;
      await terminal.waitFor(
        (screen) => /needs 60 columns/.test(screen) === isTooSmall && screen.trim() !== '',
      );
    }
    await terminal.waitFor(there);
  });
});

test('JSON of several rows arrives whole, at the prompt and in the policy editor', LONG, async () => {
  await terminal.waitFor(/Prompt: your turn/);
  terminal.type("aws iam create-policy --policy-name p --policy-document '");
  terminal.paste(POLICY);
  terminal.type("'\r");
  await terminal.waitFor('"IsAttachable"');
  terminal.type('edit mine.json\r');
  await terminal.waitFor('Editing mine.json');
  terminal.paste(POLICY);
  await terminal.waitFor('"s3:GetObject"');
  terminal.type('\u0013');
  await terminal.waitFor(/Prompt: your turn/);
  terminal.type('clear\rcat mine.json\r');
  const screen = await terminal.waitFor('"s3:GetObject"');
  for (const row of POLICY.split('\n')) expect(screen).toContain(row);
});
