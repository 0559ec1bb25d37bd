import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { editorFrom, words } from '../../src/cli/editor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'editor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** An editor: a program of Node that is given the file, and the arguments before it. */
function program(source: string): string {
  const path = join(folder, 'editor with spaces.mjs');
  writeFileSync(
    path,
    `import fs from 'node:fs'; const [file] = process.argv.slice(-1); const args = process.argv.slice(2, -1); ${source}`,
  );
  return `'${process.execPath}' "${path}"`;
}

const file = { name: 'trust.json', content: '{"Version": 1}' };

describe('the editor', () => {
  test('opens the content and gives back what was saved', async () => {
    const EDITOR = program('fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("1", "2"))');
    expect(await editorFrom({ EDITOR })(file)).toEqual({ content: '{"Version": 2}' });
  });

  test('is $VISUAL before $EDITOR, with the arguments that the variable holds', async () => {
    const VISUAL = `${program('fs.writeFileSync(file, JSON.stringify(args))')} --wait -c 'set spell'`;
    expect(await editorFrom({ VISUAL, EDITOR: 'false' })(file)).toEqual({
      content: '["--wait","-c","set spell"]',
    });
  });

  test('works on a file of the same name that only this user can reach, and that is gone afterwards', async () => {
    const note = join(folder, 'note');
    const EDITOR = program(`fs.writeFileSync(${JSON.stringify(note)}, file)`);
    await editorFrom({ EDITOR })({ ...file, name: '../../etc/trust.json' });
    const path = readFileSync(note, 'utf8');
    expect(path).toMatch(/walkthrough-[^/]+[/\\]trust\.json$/);
    expect(existsSync(dirname(path))).toBe(false);
  });

  test('keeps others out of that folder', async () => {
    const EDITOR = program(
      'const folder = file.slice(0, file.lastIndexOf("/")); fs.writeFileSync(file, (fs.statSync(folder).mode & 0o777).toString(8))',
    );
    expect(await editorFrom({ EDITOR })(file)).toEqual({ content: '700' });
  });

  test('that fails, is not there or is not set changes nothing, and says so', async () => {
    const problem = async (env: Record<string, string>) => {
      const answer = await editorFrom(env)(file);
      return 'problem' in answer ? answer.problem : '';
    };
    expect(await problem({ EDITOR: program('process.exit(3)') })).toMatch(
      /ended with code 3\. trust\.json is as it was/,
    );
    expect(await problem({ EDITOR: 'no-such-editor-anywhere' })).toMatch(/could not be started/);
    expect(await problem({})).toMatch(/EDITOR=nano/);
    expect(await problem({ EDITOR: '  ' })).toMatch(/EDITOR=nano/);
  });
});

test.each([
  ['vim', ['vim']],
  ['code --wait', ['code', '--wait']],
  [`"/my apps/ed" -c 'a "b"' c\\ d`, ['/my apps/ed', '-c', 'a "b"', 'c d']],
  [String.raw`"a\"b\n" ''`, [String.raw`a"b\n`, '']],
  ['   ', []],
])('a command line is split as a shell splits it: %s', (line, split) => {
  expect(words(line)).toEqual(split);
});
