import { expect, test } from 'vitest';
import { ACCOUNT, openCompany, run } from '../company.ts';

const DENIED = (action: string, resource: string) =>
  `is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;

/** The operations a line sent. */
function sent(line: string, actor = 'admin'): readonly string[] {
  return run(openCompany(actor), line).attempts.map(({ request }) => request.operation);
}

test('ls lists buckets, then one level of keys, then all of them', () => {
  expect(run(openCompany(), 'aws s3 ls').output).toBe('2026-03-02 09:00:00 shop-data');
  expect(run(openCompany(), 'aws s3 ls s3://shop-data').output).toBe(
    [
      '                           PRE payroll/',
      '                           PRE site/',
      '2026-03-02 09:00:00          5 readme.txt',
    ].join('\n'),
  );
  expect(run(openCompany(), 'aws s3 ls shop-data/payroll/').output).toBe(
    '2026-03-02 09:00:00          6 june.csv',
  );
  expect(run(openCompany(), 'aws s3 ls s3://shop-data --recursive').output).toContain('13 site/index.html');
  expect(run(openCompany(), 'aws s3 ls s3://shop-data/nothing')).toMatchObject({ output: '', exit: 1 });
});

test('ls shows sizes for people, and sums up', () => {
  const put = `aws s3api put-object --bucket shop-data --key site/big --body big.bin`;
  const turn = run(
    openCompany('admin', { 'big.bin': 'x'.repeat(1536) }),
    put,
    'aws s3 ls s3://shop-data/site/ --human-readable --summarize',
  );
  expect(turn.output).toBe(
    [
      '2026-03-02 09:00:00    1.5 KiB big',
      '2026-03-02 09:00:00    7 Bytes evil.txt',
      '2026-03-02 09:00:00   13 Bytes index.html',
      '',
      'Total Objects: 3',
      '   Total Size: 1.5 KiB',
    ].join('\n'),
  );
});

test('rm says what it would delete, and rb --force empties the bucket first', () => {
  const dry = run(openCompany(), 'aws s3 rm s3://shop-data/site/ --recursive --dryrun');
  expect(dry.output).toBe(
    '(dryrun) delete: s3://shop-data/site/evil.txt\n(dryrun) delete: s3://shop-data/site/index.html',
  );
  expect(dry.attempts.map(({ request }) => request.operation)).toEqual(['s3:ListObjectsV2']);
  const gone = run(openCompany(), 'aws s3 rb s3://shop-data --force');
  expect(gone.output).toMatch(/^delete: s3:[\s\S]*\nremove_bucket: shop-data$/);
  expect(gone.exit).toBe(0);
  const kept = run(openCompany('visitor'), 'aws s3 rb s3://shop-data --force');
  expect(kept.output).toMatch(/^fatal error: .*\nremove_bucket failed: Unable to delete all objects/);
  expect(kept.exit).toBe(1);
});

test('ls that is denied fails as a request does', () => {
  const turn = run(openCompany('web-2'), 'aws s3 ls s3://shop-data/site/');
  expect(turn.output).toContain(
    'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: ',
  );
  expect(turn.output).toContain(DENIED('s3:ListBucket', 'arn:aws:s3:::shop-data'));
  expect(turn.exit).toBe(254);
});

test('cp downloads into the workspace after asking for the head', () => {
  const turn = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/index.html .');
  expect(turn.output).toBe('download: s3://shop-data/site/index.html to ./index.html');
  expect(turn.attempts.map(({ request }) => request.operation)).toEqual(['s3:HeadObject', 's3:GetObject']);
  expect(turn.session.now.files['index.html']).toBe('<h1>Shop</h1>');
  const folder = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/index.html down/');
  expect(folder.output).toBe('download: s3://shop-data/site/index.html to down/index.html');
});

test('cp to - prints the object, with control characters made visible', () => {
  expect(run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/index.html -').output).toBe(
    '<h1>Shop</h1>',
  );
  expect(run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/evil.txt -').output).toBe('a\\x1b[31mb');
});

test('cp of what one may not read, and of what is not there', () => {
  const forbidden = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/payroll/june.csv .');
  expect(forbidden.output).toBe(
    'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden',
  );
  expect(forbidden.exit).toBe(1);
  const missing = run(openCompany(), 'aws s3 cp s3://shop-data/none .');
  expect(missing.output).toBe(
    'fatal error: An error occurred (404) when calling the HeadObject operation: Key "none" does not exist',
  );
  const unseen = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/none .');
  expect(unseen.output).toContain('(403)');
  const stdout = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/payroll/june.csv -');
  expect(stdout.output).toBe(
    'download failed: s3://shop-data/payroll/june.csv to - An error occurred (403) when calling the HeadObject operation: Forbidden',
  );
});

test('cp without credentials sends nothing', () => {
  const turn = run(openCompany('web-1'), 'aws s3 cp s3://shop-data/readme.txt .');
  expect(turn).toMatchObject({ output: 'fatal error: Unable to locate credentials', exit: 1 });
  expect(turn.attempts).toMatchObject([{ answer: { kind: 'not-sent' } }]);
  expect(turn.session.now.world.trail).toEqual([]);
});

test('cp uploads a file of the workspace', () => {
  const turn = run(
    openCompany(),
    'aws s3 cp policy.json s3://shop-data/site/',
    'aws s3 ls s3://shop-data/site/',
  );
  expect(turn.output).toContain(' policy.json');
  expect(run(openCompany(), 'aws s3 cp ./policy.json s3://shop-data/p').output).toBe(
    'upload: ./policy.json to s3://shop-data/p',
  );
  expect(run(openCompany('web-2'), 'aws s3 cp policy.json s3://shop-data/p').output).toContain(
    'upload failed: ./policy.json to s3://shop-data/p An error occurred (AccessDenied) when calling the PutObject operation: ',
  );
  expect(run(openCompany(), 'aws s3 cp none.json s3://shop-data/p')).toMatchObject({
    output: 'The user-provided path none.json does not exist.',
    exit: 255,
    attempts: [],
  });
});

test('rm deletes one object, or every object with a prefix', () => {
  expect(run(openCompany(), 'aws s3 rm s3://shop-data/readme.txt').output).toBe(
    'delete: s3://shop-data/readme.txt',
  );
  expect(run(openCompany(), 'aws s3 rm s3://shop-data/site --recursive').output).toBe(
    'delete: s3://shop-data/site/evil.txt\ndelete: s3://shop-data/site/index.html',
  );
  const denied = run(openCompany('web-2'), 'aws s3 rm s3://shop-data/readme.txt');
  expect(denied.output).toContain(
    'delete failed: s3://shop-data/readme.txt An error occurred (AccessDenied) when calling the DeleteObject operation: User: ' +
      `arn:aws:sts::${ACCOUNT}:assumed-role/site-reader/`,
  );
  expect(denied.exit).toBe(1);
});

test('what does not make sense is not sent', () => {
  expect(sent('aws s3 cp a b')).toEqual([]);
  expect(run(openCompany(), 'aws s3 cp a b').output).toContain('Error: Invalid argument type');
  expect(run(openCompany(), 'aws s3').output).toContain('required: subcommand');
  expect(run(openCompany(), 'aws s3 cp s3://shop-data/x').output).toContain('required: paths');
  expect(run(openCompany(), 'aws s3 ls a b').output).toContain('Unknown options: b');
  expect(run(openCompany(), 'aws s3 cp x s3://shop-data --storage-class GLACIER').output).toContain(
    'is not simulated here',
  );
  expect(run(openCompany(), 'aws s3 website s3://shop-data/').output).toContain(
    "'aws s3 website' is not simulated here",
  );
  expect(run(openCompany(), 'aws s3 cp s3://shop-data/ .').output).toContain(
    'Invalid length for parameter Key',
  );
  expect(run(openCompany(), 'aws s3 cp s3://shop-data/readme.txt /etc/passwd')).toMatchObject({
    attempts: [],
    exit: 1,
  });
});

test('mv copies, then deletes where it was', () => {
  const turn = run(openCompany(), 'aws s3 mv s3://shop-data/readme.txt s3://shop-data/old/readme.txt');
  expect(turn.output).toBe('move: s3://shop-data/readme.txt to s3://shop-data/old/readme.txt');
  expect(turn.attempts.map(({ request }) => request.operation)).toEqual([
    's3:HeadObject',
    's3:CopyObject',
    's3:DeleteObject',
  ]);
  const files = { 'a.txt': 'a', 'b.txt': 'b' };
  const up = run(openCompany('admin', files), 'aws s3 mv a.txt s3://shop-data/');
  expect(up.output).toBe('move: ./a.txt to s3://shop-data/a.txt');
  expect(Object.keys(up.session.now.files)).toEqual(['b.txt']);
  const denied = run(openCompany('web-2'), 'aws s3 mv s3://shop-data/site/index.html .');
  expect(denied.output).toMatch(
    /^move failed: s3:\/\/shop-data\/site\/index\.html to \.\/index\.html An error occurred \(AccessDenied\) when calling the DeleteObject/,
  );
  expect(denied.exit).toBe(1);
  expect(run(openCompany('web-2'), 'aws s3 mv s3://shop-data/none .')).toMatchObject({ exit: 1 });
  expect(run(openCompany(), 'aws s3 mv a b').output).toContain('Invalid argument type');
});

test('sync copies what is new or differs, and deletes only when told', () => {
  const files = { 'site/index.html': '<h1>Shop</h1>', 'site/new.html': 'new', 'other.txt': 'x' };
  const up = run(openCompany('admin', files), 'aws s3 sync site s3://shop-data/site --delete');
  expect(up.output.split('\n')).toEqual([
    'upload: site/new.html to s3://shop-data/site/new.html',
    'delete: s3://shop-data/site/evil.txt',
  ]);
  const down = run(openCompany('admin', files), 'aws s3 sync s3://shop-data/payroll/ . --delete --dryrun');
  expect(down.output.split('\n')).toEqual([
    '(dryrun) download: s3://shop-data/payroll/june.csv to ./june.csv',
    '(dryrun) delete: site/index.html',
    '(dryrun) delete: site/new.html',
    '(dryrun) delete: ./other.txt',
  ]);
  expect(down.attempts.map(({ request }) => request.operation)).toEqual(['s3:ListObjectsV2']);
  const gone = run(openCompany('admin', files), 'aws s3 sync s3://shop-data/payroll/ . --delete');
  expect(gone.session.now.files).toEqual({ 'june.csv': 'secret' });
  expect(run(openCompany('web-2'), 'aws s3 sync s3://shop-data down').output).toMatch(
    /^fatal error: An error occurred \(AccessDenied\) when calling the ListObjectsV2 operation/,
  );
  expect(run(openCompany(), 'aws s3 sync nothing s3://shop-data')).toMatchObject({
    output: 'The user-provided path nothing does not exist.',
    exit: 255,
  });
});

test('cp and mv take all that is below a prefix with --recursive', () => {
  const copied = run(openCompany(), 'aws s3 cp s3://shop-data/site/ s3://shop-data/copy --recursive');
  expect(copied.output.split('\n')).toEqual([
    'copy: s3://shop-data/site/evil.txt to s3://shop-data/copy/evil.txt',
    'copy: s3://shop-data/site/index.html to s3://shop-data/copy/index.html',
  ]);
  const moved = run(openCompany(), 'aws s3 mv s3://shop-data/payroll/ pay --recursive');
  expect(moved.output).toBe('move: s3://shop-data/payroll/june.csv to pay/june.csv');
  expect(moved.session.now.files['pay/june.csv']).toBe('secret');
  expect(moved.attempts.map(({ request }) => request.operation)).toEqual([
    's3:ListObjectsV2',
    's3:GetObject',
    's3:DeleteObject',
  ]);
});
