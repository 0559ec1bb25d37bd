import { describe, expect, test } from 'vitest';
import { complete } from '../../../src/shell/index.ts';
import { openCompany, run } from '../company.ts';

const EXPORT = 'aws configure export-credentials';
const TRUST =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}';

describe('aws configure export-credentials', () => {
  test('prints a long-term key as JSON, and sends nothing', () => {
    const turn = run(openCompany(), EXPORT);
    expect(JSON.parse(turn.output)).toEqual({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^AKIA/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
    });
    expect(turn).toMatchObject({ exit: 0, attempts: [] });
    expect(run(openCompany(), `${EXPORT} --format process`).output).toBe(turn.output);
  });

  test.each([
    ['env', /^export AWS_ACCESS_KEY_ID=ASIA\w+\nexport AWS_SECRET_ACCESS_KEY=\S+\nexport AWS_SESSION_TOKEN=/],
    [
      'env-no-export',
      /^AWS_ACCESS_KEY_ID=ASIA[\s\S]*\nAWS_CREDENTIAL_EXPIRATION=2026-03-02T15:00:00\+00:00$/,
    ],
    ['powershell', /^\$Env:AWS_ACCESS_KEY_ID="ASIA\w+"\n/],
    ['windows-cmd', /^set AWS_ACCESS_KEY_ID=ASIA\w+\n/],
    ['fish', /^set -gx AWS_ACCESS_KEY_ID "ASIA\w+"\n/],
  ])('prints what an instance is served as %s', (format, text) => {
    expect(run(openCompany('web-2'), `${EXPORT} --format ${format}`).output).toMatch(text);
    expect(run(openCompany('web-2'), `${EXPORT} --format=${format}`).output).toMatch(text);
  });

  test('assumes the role of a profile, once, and what it prints can be used', () => {
    const session = run(
      openCompany(),
      `aws iam create-role --role-name Reader --assume-role-policy-document '${TRUST}'`,
      'aws configure set role_arn arn:aws:iam::111122223333:role/Reader --profile reader',
      'aws configure set source_profile default --profile reader',
    ).session;
    const turn = run(session, `${EXPORT} --profile reader --format env`);
    expect(turn.attempts.map(({ request }) => request.operation)).toEqual(['sts:AssumeRole']);
    expect(turn.output).toContain('AWS_CREDENTIAL_EXPIRATION=2026-03-02T10:00:00+00:00');
    const again = run(turn.session, `${EXPORT} --profile reader --format env`);
    expect([again.output, again.attempts]).toEqual([turn.output, []]);
    const used = run(
      turn.session,
      'as visitor',
      ...turn.output.split('\n').slice(0, 3),
      'aws sts get-caller-identity',
    );
    expect(used.output).toContain('assumed-role/Reader/');
  });

  test('finds what the environment holds before the profile', () => {
    const turn = run(
      openCompany(),
      'export AWS_ACCESS_KEY_ID=AKIAOTHER AWS_SECRET_ACCESS_KEY=other',
      `${EXPORT} --format env-no-export`,
    );
    expect(turn.output).toBe('AWS_ACCESS_KEY_ID=AKIAOTHER\nAWS_SECRET_ACCESS_KEY=other');
  });

  test.each([
    ['web-1', EXPORT, 253, 'Unable to retrieve credentials: no credentials found'],
    ['nokeys', EXPORT, 253, 'Unable to retrieve credentials: no credentials found'],
    ['admin', `${EXPORT} --profile none`, 255, 'The config profile (none) could not be found'],
    ['admin', `${EXPORT} --no-sign-request`, 252, 'There are no credentials then'],
    ['admin', `${EXPORT} --format bash`, 252, 'Invalid choice, valid choices are:'],
    ['admin', `${EXPORT} --format`, 252, 'argument --format: expected one argument'],
    ['admin', `${EXPORT} --formt env`, 252, 'Unknown options: --formt, env'],
    ['admin', `${EXPORT} --format env x`, 252, 'Unknown options: x'],
  ])('as %s: %s', (who, line, exit, text) => {
    const turn = run(openCompany(who), line);
    expect([turn.exit, turn.output]).toEqual([exit, expect.stringContaining(text)]);
  });

  test('Tab knows it, its formats and profiles', () => {
    expect(complete(openCompany(), 'aws configure ex')).toEqual(['export-credentials']);
    expect(complete(openCompany(), `${EXPORT} --f`)).toEqual(['--format']);
    expect(complete(openCompany(), `${EXPORT} --format e`)).toEqual(['env', 'env-no-export']);
    expect(complete(openCompany(), `${EXPORT} --profile d`)).toEqual(['default']);
  });
});
