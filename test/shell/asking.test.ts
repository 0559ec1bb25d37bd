import { expect, test } from 'vitest';
import { buildWorld, findActor } from '../../src/cloud/index.ts';
import {
  complete,
  linesOf,
  openSession,
  playEntry,
  readAnswered,
  restore,
  save,
  withAnswer,
} from '../../src/shell/index.ts';
import { logFileText, readLogFile } from '../../src/shell/log-file.ts';
import type { Session } from '../../src/shell/session.ts';
import { ACCOUNT, openCompany, run } from './company.ts';

const WHO = 'aws sts get-caller-identity --query Arn --output text';

/** Types a line and then answers, each to the question that is open; the questions, and the last turn. */
function answer(session: Session, line: string, ...answers: readonly string[]) {
  let turn = run(session, line);
  const questions: string[] = [];
  for (const each of answers) {
    questions.push(turn.asks?.question ?? '');
    turn = run(session, withAnswer(turn.asks?.line ?? line, each));
  }
  return { turn, questions };
}

/** A session whose log played from its start leads to the same bytes, as a file and as it is kept. */
function expectReplay(session: Session, start: Session): void {
  const read = readLogFile(logFileText(session));
  if (read.kind === 'problem') throw new Error(read.message);
  const again = read.log.entries.reduce((at, entry) => playEntry(at, entry).session, start);
  expect(JSON.stringify(again)).toBe(JSON.stringify({ ...session, logs: {} }));
  expect(restore(JSON.parse(JSON.stringify(save(session))), start.now)).toEqual(session);
}

test('aws configure asks its four questions, and the profile can be used', () => {
  const made = run(openCompany(), 'aws iam create-access-key --user-name joanne');
  const { AccessKeyId: id, SecretAccessKey: secret } = JSON.parse(made.output).AccessKey;
  const { turn, questions } = answer(
    made.session,
    'aws configure --profile joanne',
    id,
    secret,
    'us-east-1',
    '',
  );
  expect(questions).toEqual([
    'AWS Access Key ID [None]: ',
    'AWS Secret Access Key [None]: ',
    'Default region name [None]: ',
    'Default output format [None]: ',
  ]);
  expect(turn).toMatchObject({ exit: 0, asks: null, attempts: [] });
  expect(turn.output).toBe(
    `AWS Access Key ID [None]: ${id}\nAWS Secret Access Key [None]: ${secret}\nDefault region name [None]: us-east-1\nDefault output format [None]:`,
  );
  const { session } = turn;
  expect(session.log.at(-1)).toMatchObject({
    line: `aws configure --profile joanne\n> ${id}\n> ${secret}\n> us-east-1\n>`,
  });
  expect(run(session, `${WHO} --profile joanne`).output).toBe(`arn:aws:iam::${ACCOUNT}:user/joanne`);
  expect(run(session, 'aws configure get region --profile joanne').output).toBe('us-east-1');
  expect(run(session, 'aws configure get output --profile joanne').exit).toBe(1);
  expectReplay(session, openCompany());
  expect(linesOf(session).at(-1)).toBe('aws configure --profile joanne');
  expect(run(session, 'log').output).not.toContain(secret.slice(0, 8));
  expect(run(session, 'undo').output).toBe('Taken back: aws configure --profile joanne');
  expect(run(session, 'undo', 'redo').session.now).toEqual(session.now);
  const again = answer(session, 'aws configure --profile joanne', '', '', '', 'table');
  expect(again.questions).toEqual([
    `AWS Access Key ID [****************${id.slice(-4)}]: `,
    `AWS Secret Access Key [****************${secret.slice(-4)}]: `,
    'Default region name [us-east-1]: ',
    'Default output format [None]: ',
  ]);
  expect(run(again.turn.session, 'aws sts get-caller-identity --profile joanne').output).toMatch(
    /^-+\n\|\s+GetCallerIdentity/,
  );
});

test('Enter keeps what is there: with every answer empty nothing is done', () => {
  const session = openCompany();
  const { turn } = answer(session, 'aws configure', '', '', '', '');
  expect(turn).toMatchObject({ exit: 0, asks: null });
  expect(turn.session).toBe(session);
});

test('the key that somebody has is what aws configure keeps when only half of it is changed', () => {
  const list = run(openCompany(), 'aws iam list-access-keys --query AccessKeyMetadata[0].AccessKeyId');
  const own: string = JSON.parse(list.output);
  const half = answer(openCompany(), 'aws configure', '', 'wrong', '', '');
  expect(half.questions[0]).toBe(`AWS Access Key ID [****************${own.slice(-4)}]: `);
  expect(run(half.turn.session, WHO).output).toContain('(SignatureDoesNotMatch)');
  const only = answer(openCompany(), 'aws configure', '', '', '', 'text').turn.session;
  expect(run(only, 'aws configure get aws_access_key_id').exit).toBe(1);
  expect(run(only, WHO).output).toContain('user/admin');
  expect(answer(openCompany('web-2'), 'aws configure', '').questions).toEqual(['AWS Access Key ID [None]: ']);
});

test.each([
  ['aws configure', /^AWS Access Key ID \[\*{16}\w{4}\]:\nThe line ends here, without an answer/, 255],
  ['aws configure\n> a\n> b', /\]: a\nAWS Secret .*: b\nDefault region name \[None\]:\nThe line ends/, 255],
  ['aws configure --profile __proto__', /cannot be the name of a profile here/, 252],
  ['aws configure\n> a\n> b\n> c\n> d\n> e', /Nothing asks for the answer '> e'/, 2],
  [
    'aws iam list-users --cli-auto-prompt',
    /The wizard for options is not simulated: Tab completes them/,
    252,
  ],
  ['aws s3 ls\n> 123456', /Nothing asks for the answer '> 123456'/, 2],
  ['whoami\n> x', /Nothing asks for the answer '> x'/, 2],
  ['aws configure\nAKIA', /takes one command a line/, 2],
  ['aws configure\n> AKIA\naws s3 ls', /takes one command a line/, 2],
])('%j does nothing', (line, said, exit) => {
  const session = openCompany();
  const turn = run(session, line);
  expect(turn.output).toMatch(said);
  expect(turn).toMatchObject({ exit, attempts: [] });
  expect(turn.session).toBe(session);
});

test('answers are taken as they are, and a quoted row that looks like one is none', () => {
  expect(readAnswered('aws configure\r\n> it\'s "x" # $HOME\n>   y  \n>\n')).toEqual({
    command: 'aws configure',
    answers: ['it\'s "x" # $HOME', 'y', ''],
  });
  const quoted = "aws iam create-role --role-name x --description 'a\n> b'";
  expect(readAnswered(quoted)).toEqual({ command: quoted, answers: [] });
  expect(withAnswer('aws configure', '> AKIA ')).toBe('aws configure\n> AKIA');
  const odd = answer(openCompany(), 'aws configure', "it's", 'a b', '', '').turn.session;
  expect(run(odd, 'aws configure get aws_access_key_id').output).toBe("it's");
  expect(run(odd, 'aws configure get aws_secret_access_key').output).toBe('a b');
});

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/vera` },
      Action: 'sts:AssumeRole',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
};
const SERIAL = `arn:aws:iam::${ACCOUNT}:mfa/vera`;

/** Vera, whose profile `deploy` is a role that asks for MFA. */
function openWithMfa(): Session {
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: 'mfa',
    accounts: {
      [ACCOUNT]: {
        name: 'company',
        users: { vera: { mfa: true }, olaf: {} },
        roles: { deploy: { trust: TRUST, policies: ['AmazonS3ReadOnlyAccess'] } },
      },
    },
  });
  if ('problems' in built) throw new Error(JSON.stringify(built.problems));
  const vera = findActor(built.world, 'vera');
  if (vera === undefined) throw new Error('nobody is called vera');
  return openSession({ world: built.world, actor: vera, files: {} });
}

function withProfile(session: Session, ...more: readonly string[]): Session {
  const settings = [
    `role_arn arn:aws:iam::${ACCOUNT}:role/deploy`,
    'source_profile default',
    `mfa_serial ${SERIAL}`,
    ...more,
  ];
  return run(session, ...settings.map((each) => `aws configure set ${each} --profile deploy`)).session;
}

const codeOf = (session: Session): string => /shows (\d{6})/.exec(run(session, 'mfa vera').output)?.[1] ?? '';

test('a profile with an MFA device asks for its code once, and keeps the session until it is about to end', () => {
  const session = withProfile(openWithMfa());
  const asked = run(session, 'aws s3 ls --profile deploy');
  expect(asked.asks).toMatchObject({
    question: `Enter MFA code for ${SERIAL}: `,
    isHidden: true,
    line: 'aws s3 ls --profile deploy',
  });
  expect(asked).toMatchObject({ session, attempts: [] });
  const code = codeOf(session);
  const { turn } = answer(session, 'aws s3 ls --profile deploy', code);
  expect(turn).toMatchObject({ exit: 0, asks: null });
  // What is typed is not shown, as at work.
  expect(turn.output).toBe(`Enter MFA code for ${SERIAL}:`);
  expect(turn.attempts.map(({ request }) => request)).toMatchObject([
    { operation: 'sts:AssumeRole', input: { SerialNumber: SERIAL, TokenCode: code } },
    { operation: 's3:ListBuckets' },
  ]);
  expect(run(turn.session, `${WHO} --profile deploy`)).toMatchObject({
    asks: null,
    attempts: [{ request: { operation: 'sts:GetCallerIdentity' } }],
  });
  expect(run(turn.session, 'why').output).toContain('deploy');
  expect(run(turn.session, 'wait 50m', 'aws s3 ls --profile deploy').asks).not.toBeNull();
  expect(run(turn.session, 'export AWS_PROFILE=deploy', 'aws s3 ls').asks).toBeNull();
  expectReplay(turn.session, openWithMfa());
  // Variables before the command, a URL to sign and a policy to edit ask for it, too.
  const once = answer(session, 'AWS_PROFILE=deploy aws s3 ls', code).turn;
  expect(once).toMatchObject({ exit: 0, asks: null });
  expect(run(once.session, 'env').output).toBe('');
  expect(answer(session, 'aws s3 presign s3://a/b --profile deploy', code).turn.output).toMatch(
    /https:\/\/a\.s3/,
  );
  const edit = run(session, 'export AWS_PROFILE=deploy', 'edit role/deploy/trust');
  expect(edit.asks?.question).toMatch(/^Enter MFA code/);
});

test.each([
  ['000000', 254, /\(AccessDenied\).*MultiFactorAuthentication failed with invalid MFA one time pass code/],
  ['', 252, /Parameter validation failed:\nInvalid length for parameter TokenCode, value: 0, valid min/],
])('an MFA code %j is refused as AWS refuses it', (code, exit, said) => {
  const session = withProfile(openWithMfa());
  const { turn } = answer(session, 'aws s3 ls --profile deploy', code);
  expect(turn).toMatchObject({ exit, asks: null });
  expect(turn.output).toMatch(said);
  expect(turn.session === session).toBe(code === '');
});

test('a role on the way to another role asks for its own code, after the last one', () => {
  const session = withProfile(openWithMfa());
  const chained = run(
    session,
    `aws configure set role_arn arn:aws:iam::${ACCOUNT}:role/other --profile other`,
    'aws configure set source_profile deploy --profile other',
    'aws configure set mfa_serial arn:aws:iam::111122223333:mfa/olaf --profile other',
  ).session;
  const { questions } = answer(chained, 'aws s3 ls --profile other', '111111', '222222');
  expect(questions).toEqual([
    'Enter MFA code for arn:aws:iam::111122223333:mfa/olaf: ',
    `Enter MFA code for ${SERIAL}: `,
  ]);
});

test('aws configure sso-session asks for what profiles share, and aws sso login takes it', () => {
  const session = openCompany();
  const line = 'aws configure sso-session';
  expect(run(session, `${line}\n>`).asks?.problem).toBe('A value is required.');
  expect(run(session, `${line}\n> a b`).asks?.problem).toMatch(/cannot be the name of an SSO session/);
  expect(run(session, `${line}\n> work\n> acme`).asks?.problem).toBe('Not a valid Start URL.');
  expect(run(session, `${line}\n> work\n> https://acme.awsapps.com/start\n>`).asks).toMatchObject({
    problem: 'A value is required.',
    line: `${line}\n> work\n> https://acme.awsapps.com/start`,
  });
  const url = 'https://acme.awsapps.com/start';
  const { turn, questions } = answer(session, line, 'work', url, 'us-east-1', '');
  expect(questions).toEqual([
    'SSO session name: ',
    'SSO start URL [None]: ',
    'SSO region [None]: ',
    'SSO registration scopes [sso:account:access]: ',
  ]);
  expect(turn.output).toMatch(
    /Completed configuring SSO session: work\n[\s\S]*aws sso login --sso-session work$/,
  );
  expectReplay(turn.session, session);
  expect(answer(turn.session, line, 'work', '', '', 'a b').questions[1]).toBe(`SSO start URL [${url}]: `);
  expect(run(turn.session, `${line}\n> work\n>\n>\n> a b`).asks?.problem).toBe(
    'Scope values must be separated by commas.',
  );
  expect(complete(turn.session, 'aws configure sso')).toEqual(['sso-session']);
  expect(complete(turn.session, 'aws sso login --s')).toEqual(['--sso-session']);
  expect(complete(turn.session, 'aws sso login --sso-session ')).toEqual(['work']);
  expect(run(session, `${line} now`)).toMatchObject({ exit: 252, asks: null });
});

test('aws configure mfa-login asks for a code, and makes a profile with a session that shows it', () => {
  const session = openWithMfa();
  const code = codeOf(session);
  const { turn, questions } = answer(session, 'aws configure mfa-login', SERIAL, code, '');
  expect(questions.slice(0, 2)).toEqual(['MFA serial number or ARN: ', 'MFA token code: ']);
  const [, profile = ''] = /^Profile to update \[(session-\w{5})\]: $/.exec(questions[2] ?? '') ?? [];
  expect(turn.output).toContain(
    `Temporary credentials written to profile '${profile}'\nCredentials will expire at 2026-03-02 21:00:00 UTC\n`,
  );
  expect(turn).toMatchObject({ exit: 0, attempts: [{ request: { operation: 'sts:GetSessionToken' } }] });
  const role = `arn:aws:iam::${ACCOUNT}:role/deploy`;
  const assume = `aws sts assume-role --role-arn ${role} --role-session-name xx`;
  expect(run(turn.session, `${assume} --profile ${profile}`).exit).toBe(0);
  expect(run(turn.session, assume).exit).toBe(254);
  expectReplay(turn.session, session);
  const given = `aws configure mfa-login --serial-number=${SERIAL} --update-profile in --duration-seconds 900`;
  expect(answer(session, given, code).turn.output).toContain(
    "profile 'in'\nCredentials will expire at 2026-03-02 09:15",
  );
  const known = run(session, `aws configure set mfa_serial ${SERIAL}`).session;
  expect(run(known, 'aws configure mfa-login').asks?.question).toBe('MFA token code: ');
});

test.each([
  [`\n>`, /MFA serial number or ARN is required$/, 1],
  [`\n> ${SERIAL}\n>`, /MFA token code is required$/, 1],
  [`\n> ${SERIAL}\n> 12345\n> x`, /Invalid length for parameter TokenCode, value: 5/, 252],
  [
    `\n> ${SERIAL}\n> 000000\n> x`,
    /An error occurred: An error occurred \(AccessDenied\) when .*GetSessionToken/,
    1,
  ],
  [`\n> ${SERIAL}\n> 000000\n> a b`, /'a b' cannot be the name of a profile here\.$/, 255],
  [' --duration-seconds soon', /invalid int value: 'soon'/, 252],
  [' --serial-number', /argument --serial-number: expected one argument/, 252],
  [' now', /Unknown options: now/, 252],
  [' --profile nobody', /The config profile \(nobody\) could not be found/, 255],
])('aws configure mfa-login%j makes no profile', (rest, said, exit) => {
  const turn = run(openWithMfa(), `aws configure mfa-login${rest}`);
  expect(turn.output).toMatch(said);
  expect(turn.exit).toBe(exit);
  expect(turn.session.now.machines).toBeUndefined();
});
