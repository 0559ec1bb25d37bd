import { expect, test } from 'vitest';
import { restore, save } from '../../src/shell/index.ts';
import type { Session } from '../../src/shell/session.ts';
import { ACCOUNT, openCompany, run } from './company.ts';

const WHO = 'aws sts get-caller-identity --query Arn --output text';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const TRUST = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"sts:AssumeRole"}]}`;

/** A new key of joanne, made by admin: its id and secret. */
function keyOfJoanne(session: Session) {
  const made = run(session, 'aws iam create-access-key --user-name joanne');
  const { AccessKeyId: id, SecretAccessKey: secret } = JSON.parse(made.output).AccessKey;
  return { session: made.session, id, secret };
}

function withRole(): Session {
  return run(
    openCompany('admin', { 'trust.json': TRUST }),
    'aws iam create-role --role-name deploy --assume-role-policy-document file://trust.json',
    'aws iam attach-role-policy --role-name deploy --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    `aws configure set role_arn ${ROLE} --profile deploy`,
    'aws configure set source_profile default --profile deploy',
  ).session;
}

test('keys in the environment come before the own ones, until they are unset', () => {
  const { session, id, secret } = keyOfJoanne(openCompany());
  const set = run(session, `export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret}`);
  expect(run(set.session, WHO).output).toBe(`arn:aws:iam::${ACCOUNT}:user/joanne`);
  expect(run(set.session, 'env').output).toBe(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}`);
  expect(run(set.session, 'whoami').output).toContain(
    `Principal: arn:aws:iam::${ACCOUNT}:user/joanne\nCredentials: access key ${id}`,
  );
  expect(run(set.session, 'whoami').output).toContain('They come from the environment variables.');
  expect(run(set.session, 'as visitor', 'env').output).toBe('');
  expect(run(set.session, 'unset AWS_ACCESS_KEY_ID', WHO).output).toBe(`arn:aws:iam::${ACCOUNT}:user/admin`);
  expect(run(set.session, 'undo', WHO).output).toBe(`arn:aws:iam::${ACCOUNT}:user/admin`);
  expect(
    run(set.session, 'as web-1', `export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret}`, WHO)
      .output,
  ).toContain('user/joanne');
});

test('variables before a command are for that command alone', () => {
  const { session, id, secret } = keyOfJoanne(openCompany());
  const turn = run(session, `AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret} ${WHO}`);
  expect(turn.output).toContain('user/joanne');
  expect(run(turn.session, WHO).output).toContain('user/admin');
  expect(run(turn.session, 'env').output).toBe('');
  expect(run(turn.session, 'why 2').output).toContain('user/joanne');
  expect(run(session, `AWS_DEFAULT_OUTPUT=text ${WHO}`).exit).toBe(0);
});

test('a key that is wrong is refused as AWS words it', () => {
  const { session, id, secret } = keyOfJoanne(openCompany());
  const as = (key: string, value: string, token = '') =>
    run(session, `AWS_ACCESS_KEY_ID=${key} AWS_SECRET_ACCESS_KEY=${value} AWS_SESSION_TOKEN=${token} ${WHO}`);
  expect(as(id, secret).exit).toBe(0);
  expect(as(id, 'wrong').output).toContain('An error occurred (SignatureDoesNotMatch) when calling');
  expect(as('AKIANOBODY', secret).output).toContain('(InvalidClientTokenId)');
  expect(as(id, secret, 'token').output).toContain('(InvalidClientTokenId)');
  expect(run(session, `AWS_ACCESS_KEY_ID=${id} ${WHO}`)).toMatchObject({
    exit: 255,
    output: 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY',
  });
});

test('profiles hold keys, and --profile outranks the environment', () => {
  const { session, id, secret } = keyOfJoanne(openCompany());
  const set = run(
    session,
    `aws configure set aws_access_key_id ${id} --profile joanne`,
    `aws configure set profile.joanne.aws_secret_access_key ${secret}`,
    'export AWS_ACCESS_KEY_ID=AKIANOBODY AWS_SECRET_ACCESS_KEY=x',
  ).session;
  expect(run(set, `${WHO} --profile joanne`).output).toContain('user/joanne');
  expect(run(set, `AWS_PROFILE=joanne ${WHO}`).output).toContain('InvalidClientTokenId');
  expect(run(set, 'unset AWS_ACCESS_KEY_ID', 'export AWS_PROFILE=joanne', WHO).output).toContain(
    'user/joanne',
  );
  expect(run(set, `${WHO} --profile default`).output).toContain('user/admin');
  expect(run(set, 'aws configure list-profiles').output).toBe('default\njoanne');
  expect(run(set, 'aws configure get aws_access_key_id --profile joanne').output).toBe(id);
  expect(run(set, 'aws configure get region').exit).toBe(1);
  expect(run(set, `${WHO} --profile jo`)).toMatchObject({
    exit: 255,
    output: 'The config profile (jo) could not be found',
    attempts: [],
  });
  const partial = run(openCompany(), 'aws configure set aws_access_key_id AKIAX', WHO);
  expect(partial.output).toBe(
    'Partial credentials found in shared-credentials-file, missing: aws_secret_access_key',
  );
  expect(
    run(openCompany(), 'aws configure set region us-east-1 --profile x', `${WHO} --profile x`),
  ).toMatchObject({
    exit: 253,
    output: expect.stringContaining('Unable to locate credentials'),
  });
});

test('aws configure list says where credentials come from', () => {
  const { session, id, secret } = keyOfJoanne(openCompany());
  const list = run(session, 'aws configure list').output.split('\n');
  expect(list[0]).toBe('      Name                    Value             Type    Location');
  expect(list[2]).toBe('   profile                <not set>             None    None');
  expect(list[3]).toMatch(/^access_key {5}\*{16}\w{4} shared-credentials-file$/);
  expect(list[5]).toBe('    region                us-east-1      config-file    ~/.aws/config');
  const env = run(
    session,
    `export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret} AWS_REGION=us-east-1`,
    'aws configure list',
  ).output;
  expect(env).toContain(`${'*'.repeat(16)}${id.slice(-4)}              env`);
  expect(env).toContain('env    AWS_REGION');
  expect(run(openCompany('web-2'), 'aws configure list').output).toContain('iam-role');
  expect(run(openCompany('web-1'), 'aws configure list').output).toContain(
    'access_key                <not set>',
  );
  expect(run(withRole(), 'aws configure list --profile deploy').output).toContain('assume-role');
});

test.each([
  ['aws configure', 'AWS Access Key ID [****************'],
  ['aws configure set', 'required: varname, value'],
  ['aws configure set region', 'required: value'],
  ['aws configure set aws_acces_key_id x', 'aws configure set aws_access_key_id'],
  ['aws configure set region a b', 'Unknown options: b'],
  ['aws configure set region x --profile __proto__', 'cannot be the name of a profile'],
  ['aws configure lst', 'aws configure list'],
  ['aws configure get', 'required: varname'],
  ['export AWS_PROFIL=x', 'Maybe you meant: AWS_PROFILE'],
  ['export AWS_PROFILE', 'export takes NAME=value'],
  ['unset', 'Which variable?'],
])('%s: nothing changes', (line, message) => {
  const session = openCompany();
  const turn = run(session, line);
  expect(turn.output).toContain(message);
  expect(turn.exit).toBeGreaterThan(0);
  expect(turn.session).toBe(session);
});

test('output and region may be settings', () => {
  const set = run(openCompany(), 'aws configure set output text', 'aws sts get-caller-identity');
  expect(set.output).toMatch(/^111122223333\t/);
  expect(run(set.session, 'aws sts get-caller-identity --output json').output).toMatch(/^\{/);
  expect(run(set.session, 'AWS_DEFAULT_OUTPUT=table aws sts get-caller-identity').output).toMatch(/^-{5}/);
  expect(run(openCompany(), 'export AWS_REGION=eu-west-1', 'aws ec2 describe-instances').output).toBe(
    'Everything here stands in us-east-1, and eu-west-1 was asked for. Give --region us-east-1.',
  );
});

test('a profile with a role assumes it once, and again when its credentials run out', () => {
  const session = withRole();
  const first = run(session, `${WHO} --profile deploy`);
  expect(first.output).toMatch(/assumed-role\/deploy\/botocore-session-\d+$/);
  expect(first.attempts.map(({ request }) => request.operation)).toEqual([
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
  ]);
  expect(first.attempts[0]?.request.input).toMatchObject({ RoleArn: ROLE });
  const second = run(first.session, 'aws s3 ls --profile deploy');
  expect(second).toMatchObject({ exit: 0, attempts: [{ request: { operation: 's3:ListBuckets' } }] });
  expect(run(second.session, 'wait 50m', 'aws s3 ls --profile deploy').attempts).toHaveLength(2);
  expect(run(second.session, 'why').output).toContain('assumed-role/deploy');
  expect(run(session, 'export AWS_PROFILE=deploy', 'whoami').output).toContain(`Principal: the role ${ROLE}`);
  const back = restore(
    JSON.parse(JSON.stringify(save(second.session))),
    openCompany('admin', { 'trust.json': TRUST }).now,
  );
  expect(back).toEqual(second.session);
});

test('when the role may not be assumed, the line ends with that', () => {
  const session = run(withRole(), 'aws iam delete-role-policy --role-name x --policy-name y').session;
  const refused = run(
    session,
    'as visitor',
    `aws configure set role_arn ${ROLE} --profile d`,
    'aws configure set source_profile default --profile d',
    `${WHO} --profile d`,
  );
  expect(refused).toMatchObject({ exit: 254, attempts: [{ request: { operation: 'sts:AssumeRole' } }] });
  expect(refused.output).toContain('An error occurred (AccessDenied) when calling the AssumeRole operation');
});

test.each([
  [{ source_profile: 'a' }, 'Infinite loop in credential configuration detected.'],
  [{ source_profile: 'b' }, 'The config profile (b) could not be found'],
  [{}, 'Partial credentials found in assume-role, missing: source_profile or credential_source'],
  [{ credential_source: 'Environment' }, 'Partial credentials found in env'],
  [
    { credential_source: 'Ec2InstanceMetadata' },
    'Error when retrieving credentials from Ec2InstanceMetadata',
  ],
  [
    { source_profile: 'default', credential_source: 'Environment' },
    'has both source_profile and credential_source',
  ],
  [{ source_profile: 'default', mfa_serial: 'x' }, 'Enter MFA code for x:'],
  [{ source_profile: 'default', duration_seconds: 'x' }, 'must be a whole number'],
])('a role profile with %j sends nothing', (settings, message) => {
  const lines = Object.entries({ role_arn: ROLE, ...settings }).map(
    ([name, value]) => `aws configure set ${name} ${value} --profile a`,
  );
  const turn = run(withRole(), ...lines, `${WHO} --profile a`);
  expect(turn).toMatchObject({ exit: 255, attempts: [] });
  expect(turn.output).toContain(message);
});

test('roles may be chained, and an instance may be the source', () => {
  const chained = run(
    withRole(),
    `aws configure set role_arn ${ROLE} --profile again`,
    'aws configure set source_profile deploy --profile again',
    'aws configure set role_session_name twice --profile again',
    'aws iam attach-role-policy --role-name deploy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
    `${WHO} --profile again`,
  );
  expect(chained.attempts.map(({ request }) => request.operation)).toEqual([
    'sts:AssumeRole',
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
  ]);
  expect(chained.output).toContain('assumed-role/deploy/twice');
  const instance = run(
    withRole(),
    'as web-2',
    `aws configure set role_arn ${ROLE} --profile d`,
    'aws configure set credential_source Ec2InstanceMetadata --profile d',
    `${WHO} --profile d`,
  );
  expect(instance.attempts[0]?.request.operation).toBe('sts:AssumeRole');
});
