import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderAt } from '../../src/cli/folder.ts';

let here: string;
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'walkthrough-test-'));
});
afterEach(() => rmSync(here, { recursive: true }));

test('writes a file, and beside one that is there already', async () => {
  const folder = folderAt(here);
  expect(await folder.write({ name: 'try.json', content: 'a' })).toContain(`Written to ${here}/try.json`);
  const second = await folder.write({ name: 'try.json', content: 'b' });
  expect(second).toContain(`is taken in your folder: written to ${here}/try-2.json`);
  expect(await folder.write({ name: 'notes', content: 'c' })).toContain(`${here}/notes`);
  expect(await folder.write({ name: 'notes', content: 'd' })).toContain(`${here}/notes-2`);
  expect(readdirSync(here).sort()).toEqual(['notes', 'notes-2', 'try-2.json', 'try.json']);
  expect(readFileSync(join(here, 'try.json'), 'utf8')).toBe('a');
});

test.each([
  ...['..', '.', '...', '.bashrc', '../up.json', 'a/b.json', '/etc/x', 'a\\b', 'c:x', '~x', '-x', ' x', 'x '],
  ...['a\nb', 'a\u0000b', 'a\u001b[2Jb', 'a\u202eb', 'x.', '', 'x'.repeat(101)],
])('never touches a file called %j', async (name) => {
  const folder = folderAt(here);
  expect(await folder.write({ name, content: 'a' })).toContain('was not written');
  expect(await folder.read(name)).toBeNull();
  expect(readdirSync(here)).toEqual([]);
});

test('says why a file could not be written or read', async () => {
  const folder = folderAt(join(here, 'gone'));
  expect(await folder.write({ name: 'a.json', content: '' })).toMatch(
    /a\.json could not be written to .*gone/,
  );
  expect(await folder.read('a.json')).toBeNull();
  mkdirSync(join(here, 'dir'));
  expect(await folderAt(here).read('dir')).toEqual({ problem: `load: ${here}/dir is not a file.` });
  writeFileSync(join(here, 'big'), 'x'.repeat(1_000_001));
  expect(await folderAt(here).read('big')).toMatchObject({ problem: expect.stringContaining('larger than') });
});
