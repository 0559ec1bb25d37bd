import { describe, expect, test } from 'vitest';
import { isTaken } from '../../../src/shell/s3/filters.ts';
import { openCompany, run } from '../company.ts';

const FILES = { 'site/a.html': 'a', 'site/b.txt': 'b', 'site/c/d.html': 'd', 'note.txt': 'n' };

/** What a line prints, in the company with some files. */
function printed(...lines: readonly string[]): string {
  return run(openCompany('admin', FILES), ...lines).output;
}

describe('--exclude and --include', () => {
  const filters = (...words: readonly string[]) =>
    words.map((word) => {
      const [sign, ...pattern] = word;
      return { kind: sign === '-' ? 'exclude' : 'include', pattern: pattern.join('') } as const;
    });

  test.each([
    ['a.txt', [], true],
    ['a.txt', ['-*'], false],
    ['a.txt', ['-*', '+*.txt'], true],
    ['a.txt', ['+*.txt', '-*'], false],
    ['dir/a.txt', ['-*.txt'], false],
    ['dir/a.txt', ['-dir/*'], false],
    ['dir/a.txt', ['-dir/*', '+dir/a.*', '-*b*'], true],
    ['a.txt', ['-?.txt'], false],
    ['ab.txt', ['-?.txt'], true],
    ['b1', ['-[ab][0-9]'], false],
    ['c1', ['-[ab][0-9]'], true],
    ['c1', ['-[!ab]1'], false],
    ['a1', ['-[!ab]1'], true],
    ['a.txt', ['-a+txt'], true],
    ['[', ['-['], false],
  ])('%s with %j: %s', (name, words, taken) => expect(isTaken(name, filters(...words))).toBe(taken));

  test('a pattern of many stars is decided at once', () => {
    expect(isTaken('a'.repeat(1000), filters(`-${'*a'.repeat(200)}b`))).toBe(true);
  });

  test('choose what is copied, moved and deleted, below what is named', () => {
    const filtered = '--exclude "*" --include "*.html"';
    expect(printed(`aws s3 cp site s3://shop-data/up --recursive ${filtered}`)).toBe(
      'upload: site/a.html to s3://shop-data/up/a.html\nupload: site/c/d.html to s3://shop-data/up/c/d.html',
    );
    expect(printed('aws s3 cp s3://shop-data/site/ down --recursive --exclude "evil*"')).toBe(
      'download: s3://shop-data/site/index.html to down/index.html',
    );
    expect(printed('aws s3 mv s3://shop-data/site/ s3://shop-data/x/ --recursive --exclude "*.txt"')).toBe(
      'move: s3://shop-data/site/index.html to s3://shop-data/x/index.html',
    );
    expect(printed('aws s3 rm s3://shop-data --recursive --exclude "site/*" --exclude "payroll/*"')).toBe(
      'delete: s3://shop-data/readme.txt',
    );
    expect(printed('aws s3 cp note.txt s3://shop-data/ --exclude "*.txt"')).toBe('');
    expect(printed('aws s3 rm s3://shop-data/readme.txt --exclude "readme*"')).toBe('');
  });

  test('keep sync from deleting what they leave out', () => {
    const sync = 'aws s3 sync site s3://shop-data/site --delete';
    expect(printed(`${sync} --exclude "*.txt"`)).toBe(
      [
        'upload: site/a.html to s3://shop-data/site/a.html',
        'upload: site/c/d.html to s3://shop-data/site/c/d.html',
        'delete: s3://shop-data/site/index.html',
      ].join('\n'),
    );
  });

  test('without a pattern are no line', () => {
    const turn = run(openCompany(), 'aws s3 cp . s3://shop-data --recursive --exclude');
    expect(turn.exit).toBe(252);
    expect(turn.output).toContain('argument --exclude: expected one argument');
  });
});

test('a slash at the end of a prefix makes no difference', () => {
  for (const path of ['s3://shop-data/site', 's3://shop-data/site/']) {
    expect(printed(`aws s3 rm ${path} --recursive --dryrun`).split('\n')).toHaveLength(2);
    expect(printed(`aws s3 cp ${path} . --recursive --dryrun`).split('\n')).toHaveLength(2);
  }
  expect(printed('aws s3 rm s3://shop-data/si --recursive')).toBe('');
});

test('--dryrun of one file says what would be done, once it is there', () => {
  expect(printed('aws s3 cp note.txt s3://shop-data/docs/ --dryrun')).toBe(
    '(dryrun) upload: ./note.txt to s3://shop-data/docs/note.txt',
  );
  const turn = run(openCompany(), 'aws s3 mv s3://shop-data/readme.txt docs/ --dryrun');
  expect(turn.output).toBe('(dryrun) move: s3://shop-data/readme.txt to docs/readme.txt');
  expect(turn.attempts.map(({ request }) => request.operation)).toEqual(['s3:HeadObject']);
  expect(run(openCompany(), 'aws s3 cp s3://shop-data/none . --dryrun')).toMatchObject({
    output: 'fatal error: An error occurred (404) when calling the HeadObject operation: Not Found',
    exit: 1,
  });
  expect(run(openCompany(), 'aws s3 cp none.txt s3://shop-data/ --dryrun').exit).toBe(255);
});

test('--quiet and --only-show-errors print less', () => {
  const both = 'aws s3 cp site s3://shop-data/site --recursive';
  expect(printed(`${both} --quiet`)).toBe('');
  expect(printed(`${both} --only-show-errors`)).toBe('');
  const refused = 'aws s3 cp note.txt s3://shop-data/ --acl public-read';
  expect(printed(`${refused} --only-show-errors`)).toContain('upload failed: ./note.txt');
  expect(printed(`${refused} --quiet`)).toBe('');
  expect(printed('aws s3 cp s3://shop-data/readme.txt - --quiet')).toBe('hello');
});

test('--sse and --acl go along with what is written', () => {
  const written = (line: string) =>
    run(openCompany('admin', FILES), line)
      .attempts.filter(({ request }) => /Put|Copy/.test(request.operation))
      .map(({ request: { input } }) => [input.ServerSideEncryption, input.SSEKMSKeyId, input.ACL]);
  expect(written('aws s3 cp note.txt s3://shop-data/ --sse')).toEqual([['AES256', undefined, undefined]]);
  expect(written('aws s3 cp --sse note.txt s3://shop-data/')).toEqual([['AES256', undefined, undefined]]);
  expect(written('aws s3 cp note.txt s3://shop-data/ --sse aws:kms --sse-kms-key-id alias/a')).toEqual([
    ['aws:kms', 'alias/a', undefined],
  ]);
  expect(written('aws s3 sync s3://shop-data/site s3://shop-data/x --acl bucket-owner-full-control')).toEqual(
    [
      [undefined, undefined, 'bucket-owner-full-control'],
      [undefined, undefined, 'bucket-owner-full-control'],
    ],
  );
});

test.each([
  ['aws s3 cp note.txt s3://shop-data/ --storage-class GLACIER', 252, '--storage-class of'],
  ['aws s3 rm s3://shop-data/x --acl private', 252, "--acl of 'aws s3 rm' is not simulated"],
  ['aws s3 cp - s3://shop-data/x', 255, 'Nothing comes in on standard input here'],
])('%s', (line, exit, text) => {
  const turn = run(openCompany('admin', FILES), line);
  expect([turn.exit, turn.output]).toEqual([exit, expect.stringContaining(text)]);
  expect(turn.attempts).toEqual([]);
});
