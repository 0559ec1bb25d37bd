import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROGRAM, Terminal, temporaryHome } from './terminal.ts';

const LONG = { timeout: 120_000 };

const VERA = 'arn:aws:iam::111122223333:user/vera';
const SERIAL = 'arn:aws:iam::111122223333:mfa/vera';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: VERA },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  },
});
/** What makes a role that vera assumes with MFA, and a profile of hers for it. */
const WITH_MFA = [
  `aws iam create-role --role-name Keeper --assume-role-policy-document '${TRUST}' --query Role.Arn`,
  'as vera',
  'aws configure set role_arn arn:aws:iam::111122223333:role/Keeper --profile keeper',
  'aws configure set source_profile default --profile keeper',
  `aws configure set mfa_serial ${SERIAL} --profile keeper`,
];

let home: ReturnType<typeof temporaryHome>;
const opened: Terminal[] = [];
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  home.remove();
});

function env() {
  return { PATH: process.env.PATH ?? '', HOME: home.path, WALKTHROUGH_HOME: join(home.path, 'progress') };
}

/** Free play in the world of the lesson on conditions, on the smallest usual terminal. */
async function sandbox(): Promise<Terminal> {
  const terminal = Terminal.open({
    columns: 80,
    rows: 24,
    args: ['sandbox', 'conditions'],
    cwd: home.path,
    env: env(),
  });
  opened.push(terminal);
  await terminal.waitFor(/alma\$ *│$/m);
  return terminal;
}

/** Types a line and waits for what comes of it. */
async function enter(terminal: Terminal, line: string, until: string | RegExp): Promise<string> {
  terminal.type(line);
  terminal.press('enter');
  return terminal.waitFor(until);
}

test('aws configure asks its four questions one by one, and what was answered is used', LONG, async () => {
  const terminal = await sandbox();
  const made = await enter(
    terminal,
    "aws iam create-access-key --user-name iris --output text --query 'AccessKey.[AccessKeyId,SecretAccessKey]'",
    /AKIA\w{16} +\S{40}/,
  );
  const [, id = '', secret = ''] = /(AKIA\w{16}) +(\S{40})/.exec(made) ?? [];
  await enter(terminal, 'aws configure --profile iris', 'AWS Access Key ID [None]:');
  expect(terminal.screen()).toContain('Enter keeps what stands in brackets. Esc leaves the questions.');
  await enter(terminal, id, 'AWS Secret Access Key [None]:');
  await enter(terminal, secret, 'Default region name [None]:');
  await enter(terminal, 'us-east-1', 'Default output format [None]:');
  terminal.type('tableau');
  terminal.press('backspace', 'backspace');
  await enter(terminal, '', /alma\$ *│$/m);
  expect(terminal.lines().filter((row) => /\[None\]/.test(row))).toHaveLength(4);
  await enter(terminal, 'aws sts get-caller-identity --profile iris', /Arn +\| +arn:aws:iam::\d+:user\/iris/);

  // What is asked again shows the end of a key, and every way out leaves it as it is.
  await enter(terminal, 'aws configure --profile iris', `[****************${id.slice(-4)}]:`);
  terminal.type('wrong');
  terminal.press('escape');
  await terminal.waitFor('You left its questions: nothing was done.');
  terminal.press('up', 'enter');
  await terminal.waitFor((screen) => screen.trimEnd().includes('Esc leave the questions'));
  terminal.press('ctrl+c');
  await terminal.waitFor(/nothing was done\.[\s\S]*nothing was done\./);
  await enter(terminal, 'aws configure get aws_access_key_id --profile iris', new RegExp(`│ ${id} `));

  await enter(terminal, 'save asked.json', 'Written to');
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'replay', 'asked.json', '--text'], {
    cwd: home.path,
    env: env(),
    encoding: 'utf8',
  });
  expect(stdout).toContain(`alma$ aws configure --profile iris\nAWS Access Key ID [None]: ${id}\n`);
  expect(status).toBe(0);
});

test('a profile with an MFA device asks for its code, shows none of it, and goes on', LONG, async () => {
  const terminal = await sandbox();
  terminal.paste([...WITH_MFA, 'mfa'].join('\n'));
  const shown = await enter(terminal, '', /shows \d{6}/);
  const [, code = ''] = /shows (\d{6})/.exec(shown) ?? [];
  await enter(terminal, 'aws s3 ls --profile keeper', `Enter MFA code for ${SERIAL}:`);
  expect(terminal.screen()).toContain(
    '`mfa` shows the code. What you type is not shown. Esc leaves the questions.',
  );
  terminal.type(code);
  expect(await terminal.settled()).not.toMatch(new RegExp(`mfa/vera: *${code}`));
  await enter(terminal, '', /not authorized to perform: s3:ListAllMyBuckets/);
  // The session is kept: the code is not asked for again.
  await enter(terminal, 'aws sts get-caller-identity --profile keeper', /assumed-role\/Keeper\/botocore/);
});

/** Everything said to lines that come through a pipe. */
function plain(...lines: readonly string[]): string {
  return spawnSync(process.execPath, [PROGRAM, '--plain', 'sandbox', 'conditions'], {
    cwd: home.path,
    env: env(),
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
  }).stdout;
}

test('in plain text the questions are said, and the next lines answer them', LONG, () => {
  const said = plain(
    'aws configure --profile iris',
    'AKIAIOSFODNN7EXAMPLE',
    'secret',
    '',
    'text',
    'aws configure get output --profile iris',
  );
  expect(said).toContain(
    'Enter keeps what stands in brackets.\nAWS Access Key ID [None]:\n\nAWS Secret Access Key [None]:\n\nDefault region name [None]:\n\nDefault output format [None]:\n\nalma$ aws configure --profile iris\nAWS Access Key ID [None]: AKIAIOSFODNN7EXAMPLE\n',
  );
  expect(said).toContain('alma$ aws configure get output --profile iris\ntext\n');
  expect(said).not.toContain('no such command');

  const [, code = ''] = /shows (\d{6})/.exec(plain(...WITH_MFA, 'mfa')) ?? [];
  const kept = 'aws sts get-caller-identity --profile keeper --query Arn --output text';
  const asked = plain(...WITH_MFA, kept, code, kept);
  expect(asked).toContain(`\`mfa\` shows the code.\nEnter MFA code for ${SERIAL}:\n`);
  expect(
    asked.match(/^arn:aws:sts::111122223333:assumed-role\/Keeper\/botocore-session-\d+$/gm),
  ).toHaveLength(2);
  expect(asked.split('\n').filter((row) => row.startsWith('Enter MFA code'))).toHaveLength(2);

  // The input ends before a question is answered: nothing is done, and the program ends as ever.
  expect(plain('aws configure', 'AKIAIOSFODNN7EXAMPLE')).toMatch(/AWS Secret Access Key \[\*{16}\w{4}\]:\n/);
});
