import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/shell/session.ts';
import { openCompany, run } from './company.ts';

const EVERYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'],
      Resource: ['arn:aws:s3:::shop-data', 'arn:aws:s3:::shop-data/site/*'],
    },
  ],
});
const UNBLOCK = 'aws s3api delete-public-access-block --bucket shop-data';
const PUBLISH = 'aws s3api put-bucket-policy --bucket shop-data --policy file://public.json';
const PAGE = 'https://shop-data.s3.amazonaws.com/site/index.html';

/** The company with its bucket open to everybody, at somebody's seat. */
function opened(who = 'nokeys'): Session {
  const files = { 'public.json': EVERYBODY, 'new.txt': 'new' };
  return run(openCompany('admin', files), UNBLOCK, PUBLISH, `as ${who}`).session;
}

describe('curl of a URL that is not signed', () => {
  test.each([
    PAGE,
    'http://shop-data.s3.amazonaws.com/site/index.html',
    'https://shop-data.s3.us-east-1.amazonaws.com/site/index.html',
    'https://s3.amazonaws.com/shop-data/site/index.html',
    'https://s3.us-east-1.amazonaws.com/shop-data/site/index.html',
  ])('%s reads an object that everybody may read, without any key', (url) => {
    expect(run(opened(), `curl ${url}`)).toMatchObject({ output: '<h1>Shop</h1>', exit: 0 });
    const refused = run(openCompany('admin'), `curl ${url}`);
    expect(refused.output).toContain('<Code>AccessDenied</Code><Message>Access Denied</Message>');
    expect(refused.exit).toBe(22);
  });

  test('is sent by anybody, and `why` tells how it was decided', () => {
    const turn = run(opened('admin'), `curl ${PAGE}`);
    expect(turn.attempts).toMatchObject([
      { actor: { kind: 'anonymous' }, request: { operation: 's3:GetObject' } },
    ]);
    expect(run(turn.session, 'trail').output).toMatch(/anonymous +s3:GetObject +done/);
    expect(run(turn.session, 'why').output).toContain('Principal: anonymous');
    expect(run(openCompany('admin'), `curl ${PAGE}`, 'why').output).toContain(
      'Only the resource policy can allow a caller that belongs to no account.',
    );
  });

  test('writes to a file, asks for headers, uploads and deletes', () => {
    expect(run(opened(), `curl -s -O ${PAGE}`, 'cat index.html').output).toBe('<h1>Shop</h1>');
    expect(run(opened(), `curl -fsSL -o page ${PAGE}`, 'cat page').output).toBe('<h1>Shop</h1>');
    expect(run(opened(), `curl -I ${PAGE}`).output).toMatch(
      /^HTTP\/1.1 200 OK\nLast-Modified: Mon, 02 Mar 2026 09:00:00 GMT\nETag: "\w+"\n.*\nContent-Length: 13$/,
    );
    expect(run(openCompany(), `curl --head ${PAGE}`)).toMatchObject({
      output: 'HTTP/1.1 403 Forbidden',
      exit: 22,
    });
    const there = 'https://shop-data.s3.amazonaws.com/site/new.txt';
    const uploaded = run(opened(), `curl -T new.txt ${there}`, `curl ${there}`);
    expect(uploaded.output).toBe('new');
    expect(run(uploaded.session, `curl -X DELETE ${there}`, `curl ${there}`).output).toContain('NoSuchKey');
    expect(run(opened(), `curl -T none.txt ${there}`)).toMatchObject({
      output: "curl: Can't open 'none.txt'!",
      exit: 26,
    });
  });

  test('of a bucket lists it, in either way', () => {
    const all = run(opened(), 'curl https://shop-data.s3.amazonaws.com');
    expect(all.output).toContain('<Key>payroll/june.csv</Key>');
    expect(all.attempts[0]?.request.operation).toBe('s3:ListObjects');
    const some = run(
      opened(),
      "curl 'https://shop-data.s3.amazonaws.com/?list-type=2&prefix=site/&max-keys=1'",
    );
    expect(some.output).toMatch(
      /<MaxKeys>1<\/MaxKeys><IsTruncated>true<\/IsTruncated>\n<Contents><Key>site\/evil.txt/,
    );
    expect(some.attempts[0]?.request).toEqual({
      operation: 's3:ListObjectsV2',
      input: { Bucket: 'shop-data', Prefix: 'site/', MaxKeys: 1 },
    });
    const levels = run(opened(), "curl 'https://shop-data.s3.amazonaws.com/?delimiter=/'");
    expect(levels.output).toContain('<CommonPrefixes><Prefix>site/</Prefix></CommonPrefixes>');
  });

  test.each([
    ['curl https://none.s3.amazonaws.com/x', 22, '<Code>NoSuchBucket</Code>'],
    ['curl https://shop-data.s3.eu-west-1.amazonaws.com/x', 6, 'stands in us-east-1'],
    ['curl https://shop-data.s3.amazonaws.com/?policy', 6, '?policy is not simulated'],
    ['curl https://shop-data.s3-website-us-east-1.amazonaws.com/', 6, 'Nobody answers there'],
    ['curl https://example.org/', 6, 'Nobody answers there'],
    ['curl https://example.org/shop-data/readme.txt', 6, 'Nobody answers there'],
    [`curl -v ${PAGE}`, 2, "Of curl's options, -v is not simulated"],
    ['curl', 2, 'Which URL?'],
  ])('%s', (line, exit, text) => {
    const turn = run(opened(), line);
    expect([turn.exit, turn.output]).toEqual([exit, expect.stringContaining(text)]);
  });
});

describe('--no-sign-request', () => {
  test('asks S3 as anybody, whatever credentials there are', () => {
    const turn = run(opened('admin'), 'aws s3 cp s3://shop-data/site/index.html - --no-sign-request');
    expect(turn.output).toBe('<h1>Shop</h1>');
    expect(turn.attempts.map(({ actor }) => actor.kind)).toEqual(['anonymous', 'anonymous']);
    expect(run(opened(), 'aws s3 ls s3://shop-data/site/ --no-sign-request').output).toContain('index.html');
    expect(
      run(openCompany('admin'), 'aws s3api list-objects --bucket shop-data --no-sign-request'),
    ).toMatchObject({
      output: 'An error occurred (AccessDenied) when calling the ListObjects operation: Access Denied',
      exit: 254,
    });
  });

  test('is not simulated for other services, and leaves nothing to sign with', () => {
    expect(run(openCompany(), 'aws iam list-users --no-sign-request').output).toContain(
      'simulated for S3 alone',
    );
    expect(run(openCompany(), 'aws s3 presign s3://shop-data/x --no-sign-request').exit).toBe(252);
  });

  test('on an instance starts in its network', () => {
    const turn = run(openCompany('web-2'), 'aws s3 ls s3://shop-data --no-sign-request');
    expect(turn.attempts[0]?.actor).toMatchObject({ kind: 'anonymous', seat: { kind: 'instance' } });
  });
});

test('anybody can sit down, has no credentials, and can be in a log', () => {
  const session = run(opened(), 'as anonymous').session;
  expect(run(session, 'whoami').output).toMatch(/^You are anybody on the internet/);
  expect(run(session, 'aws s3 ls')).toMatchObject({ exit: 253 });
  expect(run(session, `curl ${PAGE}`, 'save log.json', 'reset', 'load log.json', 'trail').output).toMatch(
    /anonymous +s3:GetObject +done/,
  );
});
