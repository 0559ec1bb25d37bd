import { expect, test } from 'vitest';
import { openCompany, run } from '../company.ts';

const CREDENTIALS = '/latest/meta-data/iam/security-credentials/';

function token(session = openCompany('web-2')): string {
  return run(session, 'imds PUT /latest/api/token --ttl 21600').output;
}

test('a token, the role, then its credentials, which work from anywhere', () => {
  const session = openCompany('web-2');
  const asked = (path: string) => run(session, `imds GET ${path} --token ${token(session)}`);
  expect(asked(CREDENTIALS).output).toBe('site-reader');
  const found = asked(`${CREDENTIALS}site-reader`);
  expect(found).toMatchObject({ exit: 0, attempts: [] });
  expect(found.session).toBe(session);
  const { AccessKeyId: id, SecretAccessKey: secret, Token, Expiration } = JSON.parse(found.output);
  expect(Expiration).toBe('2026-03-02T15:00:00Z');
  const stolen = run(
    session,
    'as visitor',
    `export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret} AWS_SESSION_TOKEN=${Token}`,
    'aws sts get-caller-identity --query Arn --output text',
  );
  expect(stolen.output).toContain('assumed-role/site-reader/i-');
  expect(run(stolen.session, 'wait 7h', 'aws sts get-caller-identity').output).toContain('(ExpiredToken)');
  expect(run(stolen.session, 'unset AWS_SESSION_TOKEN', 'aws sts get-caller-identity').output).toContain(
    '(InvalidClientTokenId)',
  );
});

test.each([
  ['web-2', 'imds PUT /latest/api/token', 22, 'HTTP 400 Bad Request\nA token is asked for with --ttl'],
  [
    'web-2',
    'imds PUT /latest/api/token --ttl 60 --hops 3',
    28,
    'No answer.\nThe answer to a PUT travels 2 hops at most',
  ],
  [
    'web-2',
    'imds PUT /latest/api/token --ttl 60 --forwarded',
    22,
    'HTTP 403 Forbidden\nA PUT that a proxy passed on',
  ],
  [
    'web-2',
    'imds /latest/meta-data/ --token x',
    22,
    'HTTP 401 Unauthorized\nThis token is not of this instance',
  ],
  ['admin', 'imds /latest/meta-data/', 28, 'Nobody answers at 169.254.169.254'],
  ['web-2', 'imds', 2, 'Which path?'],
  ['web-2', 'imds / --tokn x', 2, 'imds does not know --tokn. Maybe you meant: --token'],
  ['web-2', 'imds / --token', 2, '--token takes a value.'],
  ['web-2', 'imds / --hops x', 2, '--hops takes a number'],
])('as %s: %s', (actor, line, exit, message) => {
  const turn = run(openCompany(actor), line);
  expect(turn.exit).toBe(exit);
  expect(turn.output).toContain(message);
});

test('what is not there, and an address as curl takes it', () => {
  const none = run(openCompany('web-1'), `imds ${CREDENTIALS} --token ${token(openCompany('web-1'))}`);
  expect(none).toMatchObject({ exit: 22, output: 'HTTP 404 Not Found' });
  const session = openCompany('web-2');
  const elsewhere = run(session, `imds GET /latest/meta-data/placement/region --token ${token(session)}`);
  expect(elsewhere.exit).toBe(22);
  expect(elsewhere.output).toMatch(
    /^\/latest\/meta-data\/placement\/region is not simulated here\. There is: /,
  );
  expect(
    run(
      session,
      'curl -s -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 21600" http://169.254.169.254/latest/api/token',
    ).output,
  ).toContain('asked with `imds` here: imds PUT /latest/api/token');
  const address = `http://169.254.169.254/latest/meta-data/instance-id`;
  expect(run(session, `imds GET ${address} --token ${token(session)}`).output).toMatch(/^i-0\w{16}$/);
});

test('an instance that wants a token says how to get one', () => {
  const session = openCompany('web-2');
  const { actor } = session.now;
  const id = actor.kind === 'instance' ? actor.instance : '';
  const required = run(
    session,
    'as admin',
    `aws ec2 modify-instance-metadata-options --instance-id ${id} --http-tokens required`,
    'as web-2',
  ).session;
  expect(run(required, 'imds /latest/meta-data/').output).toContain('This instance wants a token: `imds PUT');
  const off = run(
    session,
    'as admin',
    `aws ec2 modify-instance-metadata-options --instance-id ${id} --http-endpoint disabled`,
    'as web-2',
  ).session;
  expect(run(off, 'imds /latest/meta-data/').output).toContain('is switched off');
});
