import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROGRAM, temporaryHome } from './terminal.ts';

const SOON = { timeout: 60_000 };

let home: ReturnType<typeof temporaryHome>;
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => home.remove());

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program through pipes. */
function walkthrough(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<Result> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: home.path,
      env: { PATH: process.env.PATH, HOME: home.path, WALKTHROUGH_HOME: join(home.path, 'progress'), ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      out += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data: string) => {
      err += data;
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code, out, err }));
    child.stdin.end(input);
  });
}

function write(name: string, text: string): string {
  const path = join(home.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const scenario = (): string => readFileSync('scenarios/three-instances.yaml', 'utf8');
const STACK = /^\s+at .*:\d+:\d+/m;

describe('walkthrough', () => {
  test('without a terminal says what to do, in a sentence', SOON, async () => {
    const { code, out, err } = await walkthrough([]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('walkthrough --plain');
    expect(err).not.toMatch(STACK);
  });

  test('with WALKTHROUGH_PLAIN plays as text', SOON, async () => {
    const { code, out } = await walkthrough([], '', { WALKTHROUGH_PLAIN: '1' });
    expect(code).toBe(0);
    expect(out).toContain('Lessons:');
  });

  test('--help names every command, --version the version', SOON, async () => {
    const help = await walkthrough(['--help']);
    expect(help.code).toBe(0);
    for (const word of ['list', 'play', 'check', 'decide', '--plain']) expect(help.out).toContain(word);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await walkthrough(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('a misspelt command is told the nearest one', SOON, async () => {
    const { code, err } = await walkthrough(['chek']);
    expect(code).toBe(2);
    expect(err).toContain('Did you mean `walkthrough check`?');
  });

  test.each([['--plian'], ['play'], ['list', '--all']])(
    'a wrong use exits 2: %s %s',
    SOON,
    async (...args) => {
      const { code, err } = await walkthrough(args.filter(Boolean));
      expect(code).toBe(2);
      expect(err).not.toBe('');
      expect(err).not.toMatch(STACK);
    },
  );
});

describe('walkthrough list', () => {
  test('gives ids, titles and standing', SOON, async () => {
    const { code, out } = await walkthrough(['list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^three-instances +Three instances, one bucket \(\d+ min\): not begun$/m);
  });

  test('a reader that goes away is no error', SOON, async () => {
    const result = await new Promise<string>((done) => {
      const child = spawn('sh', ['-c', '"$0" "$1" list | true', process.execPath, PROGRAM]);
      let err = '';
      child.stderr.on('data', (data) => {
        err += data;
      });
      child.once('close', () => done(err));
    });
    expect(result).toBe('');
  });
});

describe('walkthrough play', () => {
  test('an unknown lesson is told the nearest one', SOON, async () => {
    const { code, err } = await walkthrough(['play', 'three-instance']);
    expect(code).toBe(1);
    expect(err).toContain('Did you mean three-instances?');
  });

  test('a scenario of one’s own is played, and kept apart from the course', SOON, async () => {
    const path = write('mine/own.yaml', scenario());
    const first = await walkthrough(['--plain', 'play', path], '\n');
    expect(first.code).toBe(0);
    expect(first.out).toContain('Step 1 of');
    const { out } = await walkthrough(['list']);
    expect(out).toMatch(/three-instances .*not begun/);
  });

  test('a faulty one is refused with line and column, and nothing saved is touched', SOON, async () => {
    await walkthrough(['--plain', 'play', 'three-instances'], '\n\n\n');
    const kept = readFileSync(join(home.path, 'progress/progress.json'), 'utf8');
    const path = write('own.yaml', scenario().replace('start: admin', 'strat: admin'));
    const { code, err } = await walkthrough(['play', path]);
    expect(code).toBe(1);
    const line = scenario().split('\n').indexOf('start: admin') + 1;
    expect(err).toMatch(new RegExp(`own\\.yaml:${line}:1: .*strat`));
    expect(err).toContain('start');
    expect(err).not.toMatch(STACK);
    expect(readFileSync(join(home.path, 'progress/progress.json'), 'utf8')).toBe(kept);
  });
});

describe('walkthrough check', () => {
  test('without files proves the course that comes with the program', SOON, async () => {
    const { code, out, err } = await walkthrough(['check']);
    expect(err).toBe('');
    expect(code).toBe(0);
    for (const what of ['goals', 'predictions', 'near misses', 'alternatives', 'claims']) {
      expect(out).toMatch(new RegExp(`${what}: [1-9]`));
    }
  });

  test('a folder is checked with all that is in it', SOON, async () => {
    write('ours/one.yaml', scenario());
    const { code, out } = await walkthrough(['check', 'ours']);
    expect(code).toBe(0);
    expect(out).toContain('1 file sound');
  });

  test.each([
    ['a policy that is not JSON', '"Version": "2012-10-17",', '"Version" "2012-10-17",'],
    ['somebody who is not there', 'start: admin', 'start: nobody-here'],
    ['YAML that does not parse', 'minutes: 20', 'minutes: [20'],
  ])('%s is named with its place', SOON, async (_, sound, broken) => {
    const text = scenario();
    expect(text).toContain(sound);
    const { code, err, out } = await walkthrough([
      'check',
      write('broken.yaml', text.replace(sound, broken)),
    ]);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/broken\.yaml:\d+:\d+: \S/);
    expect(err).toMatch(/\d+ problems? in 1 file/);
    expect(err).not.toMatch(STACK);
  });

  test('terminal sequences in a file are refused, and never printed', SOON, async () => {
    const path = write('evil.yaml', scenario().replace('title: Three', 'title: \u001b]0;owned\u0007Three'));
    const { code, err, out } = await walkthrough(['check', path]);
    expect(code).toBe(1);
    expect(err + out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });

  test('a file that is not there is said so', SOON, async () => {
    const { code, err } = await walkthrough(['check', 'nowhere.yaml']);
    expect(code).toBe(1);
    expect(err).toContain('nowhere.yaml:1:1: There is no such file.');
  });

  test('a folder without lessons and scenarios is not sound', SOON, async () => {
    mkdirSync(join(home.path, 'empty'));
    const { code, err } = await walkthrough(['check', 'empty']);
    expect(code).toBe(1);
    expect(err).toContain('empty:1:1: No lesson and no scenario is in this folder.');
  });
});

describe('walkthrough decide', () => {
  const request = (expected: string) => ({
    id: 'q1',
    expect: expected,
    request: {
      principal: 'arn:aws:iam::111122223333:user/joanne',
      action: 'iam:CreateUser',
      resource: 'arn:aws:iam::111122223333:user/bob',
      resourceAccount: '111122223333',
    },
    policies: {
      identity: [
        { name: 'full-iam', document: { Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } } },
      ],
    },
  });

  test('exits 0 when every expectation holds, and says why', SOON, async () => {
    const { code, out } = await walkthrough(['decide', '-'], JSON.stringify(request('allowed')));
    expect(code).toBe(0);
    expect(out).toContain('full-iam');
  });

  test('exits 1 when one does not, with a line of JSON for each', SOON, async () => {
    const path = write('q.json', JSON.stringify([request('allowed'), request('implicit-deny')]));
    const { code, out } = await walkthrough(['decide', '--json', path]);
    expect(code).toBe(1);
    const results = out.trim().split('\n');
    expect(results.map((line) => JSON.parse(line).decidedBy)).toEqual(['identity', 'identity']);
  });

  test('exits 2 for bad input, and still decides the rest', SOON, async () => {
    const path = write(
      'q.json',
      `${JSON.stringify({ request: {} })}\n${JSON.stringify(request('allowed'))}\n`,
    );
    const { code, out } = await walkthrough(['decide', '--json', '--trace', path, 'nowhere.json']);
    expect(code).toBe(2);
    const [bad, good] = out.trim().split('\n');
    expect(JSON.parse(bad ?? '').error.path).toContain('request');
    expect(JSON.parse(good ?? '').trace).toBeDefined();
  });
});
