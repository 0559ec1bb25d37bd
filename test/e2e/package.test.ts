import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const MINUTES = 60_000;

describe('the packed archive', () => {
  let folder: string;
  /** A folder with the archive in it and nothing else. */
  let empty: string;
  let archive: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'walkthrough-pack-'));
    // dist/ was built just before the tests; building it again here would change it under the tests beside this one.
    empty = join(folder, 'empty');
    mkdirSync(empty);
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', empty]);
    archive = readdirSync(empty)[0] ?? '';
  }, 2 * MINUTES);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** `npx` as a stranger has it: an empty folder, an empty cache, and no network. */
  async function npx(...args: string[]) {
    return run('npx', ['--yes', `./${archive}`, ...args], {
      cwd: empty,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        WALKTHROUGH_HOME: join(folder, 'progress'),
        npm_config_cache: join(folder, 'cache'),
        npm_config_offline: 'true',
        npm_config_audit: 'false',
        npm_config_update_notifier: 'false',
      },
    });
  }

  test('runs from an empty folder with npx', { timeout: 3 * MINUTES }, async () => {
    const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8'));
    expect((await npx('--version')).stdout.trim()).toBe(version);
    const { stdout } = await npx('list');
    expect(stdout).toContain('three-instances');
    expect(stdout).toContain('joannes-boundary');
  });

  test('has nothing else to install, and is small', () => {
    const manifest = JSON.parse(readFileSync(resolve('package.json'), 'utf8'));
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.optionalDependencies ?? {}).toEqual({});
    expect(manifest.peerDependencies ?? {}).toEqual({});
    expect(statSync(join(empty, archive)).size).toBeLessThan(1_500_000);
  });

  test('holds the program, the library with its types, the schemas and the licence', async () => {
    const { stdout } = await run('tar', ['-tzf', join(empty, archive)]);
    const names = stdout.trim().split('\n');
    for (const name of [
      'package/LICENSE',
      'package/README.md',
      'package/dist/walkthrough.js',
      'package/dist/iam.js',
      'package/dist/licenses.txt',
      'package/dist/types/iam/index.d.ts',
      'package/dist/schemas/scenario.json',
      'package/dist/schemas/lesson.json',
      'package/dist/course/course.json',
    ]) {
      expect(names).toContain(name);
    }
    expect(names.filter((name) => /\/(src|test|node_modules)\//.test(name))).toEqual([]);
  });
});
