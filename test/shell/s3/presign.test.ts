import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/shell/index.ts';
import { objectOf, presignedUrl, readPresignedUrl, signature } from '../../../src/shell/s3/presigned-url.ts';
import type { Session } from '../../../src/shell/session.ts';
import { ACCOUNT, openCompany, run } from '../company.ts';

const OBJECT = 's3://shop-data/payroll/june.csv';

/** A URL that somebody presigned, and the session after. */
function presigned(who: string, ...before: readonly string[]): { url: string; session: Session } {
  const turn = run(openCompany(who), ...before, `aws s3 presign ${OBJECT}`);
  expect(turn.output).toMatch(
    /^https:\/\/shop-data\.s3\.us-east-1\.amazonaws\.com\/payroll\/june\.csv\?X-Amz-/,
  );
  expect(turn).toMatchObject({ exit: 0, attempts: [] });
  return { url: turn.output, session: turn.session };
}

function denied(output: string): string {
  return /<Code>(\w+)<\/Code>/.exec(output)?.[1] ?? output;
}

test("the signature is that of AWS's example", () => {
  const query =
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host';
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const at = Date.parse('2013-05-24T00:00:00Z');
  expect(signature('examplebucket.s3.amazonaws.com', '/test.txt', query, secret, at)).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

test.each([
  ['shop-data', 'a/b c+d.txt', 'https://shop-data.s3.us-east-1.amazonaws.com/a/b%20c%2Bd.txt?'],
  ['shop.data', "it's.txt", 'https://s3.us-east-1.amazonaws.com/shop.data/it%27s.txt?'],
])('a URL of %s and %s can be read again', (bucket, key, start) => {
  const signer = { accessKey: 'ASIAX', secret: 's', token: 'T/o+k=' };
  const url = presignedUrl({ bucket, key, seconds: 60 }, signer, 1_700_000_000_000);
  expect(url.startsWith(start)).toBe(true);
  expect(readPresignedUrl(url)).toMatchObject({
    bucket,
    key,
    seconds: 60,
    ...{ accessKey: 'ASIAX', token: 'T/o+k=' },
  });
  expect(readPresignedUrl(url)?.signed).toBe(1_700_000_000_000);
});

test.each([
  'https://example.org/a',
  'https://shop-data.s3.amazonaws.com/',
  'https://x.s3.amazonaws.com/%zz',
  'x',
])('%s is no object', (text) => expect(objectOf(text)).toBeNull());

describe('a presigned URL', () => {
  test('is opened by anybody, as the one who signed it', () => {
    const { url, session } = presigned('admin');
    const turn = run(session, 'as nokeys', `curl '${url}'`);
    expect(turn).toMatchObject({ output: 'secret', exit: 0 });
    expect(turn.attempts[0]?.request).toEqual({
      operation: 's3:GetObject',
      input: { Bucket: 'shop-data', Key: 'payroll/june.csv' },
    });
    expect(turn.session.now.world.trail.at(-1)?.principal).toBe(`arn:aws:iam::${ACCOUNT}:user/admin`);
    expect(run(turn.session, `curl -s -o june.csv '${url}'`, 'cat june.csv').output).toBe('secret');
    expect(run(turn.session, 'why').output).toContain('s3:GetObject');
  });

  test('gives no more than its signer may do, and is looked at when it is opened', () => {
    const { url, session } = presigned('visitor');
    expect(denied(run(session, `curl '${url}'`).output)).toBe('AccessDenied');
    const policy = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`;
    const put = `aws iam put-user-policy --user-name visitor --policy-name r --policy-document '${policy}'`;
    expect(run(session, 'as admin', put, `curl '${url}'`).output).toBe('secret');
  });

  test('works for an hour unless it is said, and seven days at most', () => {
    const { url, session } = presigned('admin');
    expect(run(session, 'wait 59m', `curl '${url}'`).output).toBe('secret');
    const late = run(session, 'wait 1h', `curl '${url}'`);
    expect(late.output).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
    expect(late.exit).toBe(22);
    expect(late.session.now.world.trail.at(-1)?.outcome).toEqual({ kind: 'rejected', code: 'AccessDenied' });
    const week = run(session, `aws s3 presign ${OBJECT} --expires-in 604800`).output;
    expect(run(session, 'wait 6d', `curl '${week}'`).output).toBe('secret');
    for (const seconds of ['604801', '0', 'soon', '']) {
      expect(run(session, `aws s3 presign ${OBJECT} --expires-in=${seconds}`)).toMatchObject({ exit: 252 });
    }
  });

  test('ends with the credentials it was signed with, and with the key', () => {
    const read = 'aws s3 presign s3://shop-data/site/index.html --expires-in 604800';
    const instance = run(openCompany('web-2'), read);
    expect(instance.output).toContain('X-Amz-Security-Token=');
    const opened = (...before: string[]) =>
      run(instance.session, 'as nokeys', ...before, `curl '${instance.output}'`).output;
    expect(opened()).toBe('<h1>Shop</h1>');
    expect(denied(opened('wait 7h'))).toBe('ExpiredToken');

    const { url, session } = presigned('admin');
    const key = /Credential=(\w+)/.exec(url)?.[1] ?? '';
    const off = `aws iam update-access-key --access-key-id ${key} --status Inactive`;
    expect(denied(run(session, off, `curl '${url}'`).output)).toBe('InvalidAccessKeyId');
  });

  test('cannot be made to mean another object, nor a longer time', () => {
    const { url, session } = presigned('admin');
    for (const forged of [
      url.replace('payroll/june.csv', 'readme.txt'),
      url.replace('Expires=3600', 'Expires=7200'),
      url.replace(/Signature=./, 'Signature=z'),
    ]) {
      expect(denied(run(session, `curl '${forged}'`).output)).toBe('SignatureDoesNotMatch');
    }
    expect(denied(run(session, `curl '${url.replace(/AKIA\w{4}/, 'AKIAZZZZ')}'`).output)).toBe(
      'InvalidAccessKeyId',
    );
  });

  test('can be told from other requests by a policy, by its age too', () => {
    const { url, session } = presigned('admin');
    const old = { NumericGreaterThan: { 's3:signatureAge': '600000' } };
    const statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::shop-data/*',
    };
    const policy = (Condition: object) =>
      `aws s3api put-bucket-policy --bucket shop-data --policy '${JSON.stringify({ Version: '2012-10-17', Statement: { ...statement, Condition } })}'`;
    const limited = run(session, policy(old)).session;
    expect(run(limited, 'wait 10m', `curl '${url}'`).output).toBe('secret');
    expect(denied(run(limited, 'wait 11m', `curl '${url}'`).output)).toBe('AccessDenied');
    const never = run(session, policy({ StringEquals: { 's3:authType': 'REST-QUERY-STRING' } })).session;
    expect(denied(run(never, `curl '${url}'`).output)).toBe('AccessDenied');
    expect(run(never, `aws s3 cp ${OBJECT} -`).output).toBe('secret');
  });

  test('is signed with the role of a profile, and by nobody without a key', () => {
    expect(run(openCompany('nokeys'), `aws s3 presign ${OBJECT}`)).toMatchObject({
      exit: 253,
      output: expect.stringContaining('Unable to locate credentials'),
    });
    expect(run(openCompany(), `as root@${ACCOUNT}`, `aws s3 presign ${OBJECT}`).output).toContain(
      '`aws iam create-access-key` makes one',
    );
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' },
    });
    const assumed = run(
      openCompany(),
      `aws iam update-assume-role-policy --role-name site-reader --policy-document '${trust}'`,
      `aws configure set role_arn arn:aws:iam::${ACCOUNT}:role/site-reader --profile site`,
      'aws configure set source_profile default --profile site',
      'aws s3 presign s3://shop-data/site/index.html --profile site',
    );
    expect(assumed.output).toContain('X-Amz-Credential=ASIA');
    expect(run(assumed.session, `curl '${assumed.output}'`).output).toBe('<h1>Shop</h1>');
  });
});

test.each([
  ['curl', 'Which URL?'],
  ['curl -X PUT https://shop-data.s3.amazonaws.com/x', 'Which URL?'],
  ['curl https://example.org/', 'Nobody answers there'],
  ['curl http://169.254.169.254/latest/meta-data/', 'imds GET /latest/meta-data/'],
  ['aws s3 presign', 'the following arguments are required: path'],
  ['aws s3 presign readme.txt', 'Error: Invalid argument type'],
  ['aws s3 presign s3://shop-data', 'Error: Invalid argument type'],
  ['aws s3 presign s3://shop-data/x --expires 60', '--expires-in'],
])('%s: %s', (line, message) => {
  const turn = run(openCompany(), line);
  expect(turn.output).toContain(message);
  expect(turn.exit).not.toBe(0);
  expect(turn.attempts).toEqual([]);
});

test('help and completion know it', () => {
  expect(run(openCompany(), 'help curl').output).toContain('aws s3 presign s3://bucket/key');
  expect(run(openCompany(), 'aws s3 presign help').output).toContain('[--expires-in <seconds>]');
  expect(complete(openCompany(), 'aws s3 pres')).toEqual(['presign']);
  expect(complete(openCompany(), 'aws s3 presign s3://shop-data/r')).toEqual(['s3://shop-data/readme.txt']);
  expect(complete(openCompany(), 'aws s3 presign --e')).toEqual(['--expires-in']);
  const { url, session } = presigned('admin');
  expect(complete(session, 'curl ')).toEqual([`'${url}'`]);
  expect(complete(openCompany(), 'curl ')).toEqual([]);
  expect(run(session, 'undo').output).toContain('There is nothing to take back');
  expect(run(session, 'save a.json', 'reset', 'load a.json').session.now).toEqual(session.now);
});
