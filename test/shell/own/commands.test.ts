import { expect, test } from 'vitest';
import { runLine } from '../../../src/shell/index.ts';
import { ACCOUNT, openCompany, run } from '../company.ts';

test('as sits somebody else down, and says who there is', () => {
  const turn = run(openCompany(), 'as web-2/worker');
  expect(turn.output).toBe('You are web-2/worker now.');
  expect(turn.session.now.actor).toMatchObject({ kind: 'instance', process: 'worker' });
  expect(turn.session.log).toHaveLength(1);
  expect(run(openCompany(), 'as joane')).toMatchObject({
    exit: 1,
    output: expect.stringContaining(
      'There is nobody called joane here.\nMaybe you meant: joanne\nYou can be: admin',
    ),
  });
  expect(run(openCompany(), 'as').output).toContain('You are admin. You can be: admin, joanne');
  expect(run(openCompany(), 'as joanne aws s3 ls').output).toContain('as takes one name');
  expect(run(openCompany(), 'as admin').session.log).toEqual([]);
});

test('a line run as somebody else leaves the session where it was', () => {
  const session = openCompany();
  const turn = runLine(session, 'aws sts get-caller-identity', run(session, 'as joanne').session.now.actor);
  expect(turn.output).toContain('user/joanne');
  expect(turn.session.now.actor).toEqual(session.now.actor);
  expect(turn.session.log).toMatchObject([{ actor: { user: 'joanne' } }]);
});

test('whoami names the principal and the credentials, and sends nothing', () => {
  const user = run(openCompany(), 'whoami');
  expect(user.output).toContain(
    `Principal: arn:aws:iam::${ACCOUNT}:user/admin\nCredentials: access key AKIA`,
  );
  expect(user).toMatchObject({ attempts: [], exit: 0 });
  expect(user.session.now.world.trail).toEqual([]);
  expect(user.session.log).toEqual([]);

  const instance = run(openCompany('web-2'), 'wait 90m', 'whoami').output;
  expect(instance).toContain(`Principal: arn:aws:sts::${ACCOUNT}:assumed-role/site-reader/i-`);
  expect(instance).toContain(
    'of the role site-reader, from the instance metadata service. 4h 30m left, until 2026-03-02 15:00:00 UTC.',
  );

  const bare = run(openCompany('web-1'), 'whoami').output;
  expect(bare).toContain(
    'Principal: none.\nCredentials: none. The metadata service serves none: the instance has no instance profile.',
  );
  expect(run(openCompany('nokeys'), 'whoami').output).toContain('The user has no access key');
});

test('whoever holds a key of the root user is the root user', () => {
  const made = run(openCompany(), `as root@${ACCOUNT}`, 'aws iam create-access-key');
  const { AccessKey: key } = JSON.parse(made.output);
  const held = run(
    made.session,
    'as visitor',
    `export AWS_ACCESS_KEY_ID=${key.AccessKeyId} AWS_SECRET_ACCESS_KEY=${key.SecretAccessKey}`,
    'aws sts get-caller-identity',
  );
  expect(held.output).toContain(`"Arn": "arn:aws:iam::${ACCOUNT}:root"`);
  expect(run(held.session, 'whoami').output).toMatch(
    /Credentials: access key AKIA\w+ of the root user, whom no identity-based policy limits, which lasts until/,
  );
});

test('a worker that copied its keys is left with expired ones', () => {
  const read = 'aws s3api get-object --bucket shop-data --key site/index.html out.html';
  const worker = run(openCompany('web-2/worker'), read, 'wait 7h', read);
  expect(worker.output).toBe(
    'An error occurred (ExpiredToken) when calling the GetObject operation: The provided token has expired.',
  );
  expect(run(worker.session, 'whoami').output).toMatch(
    /Principal: none, since the credentials prove nobody\.\nCredentials: ASIA\w+, expired on 2026-03-02 15:00:00 UTC\./,
  );
  expect(run(worker.session, 'why').output).toContain('AWS did not accept the credentials (ExpiredToken)');
  expect(run(openCompany('web-2/app'), read, 'wait 7h', read).exit).toBe(0);
});

test('why shows every permission of a request, layer by layer, and the statement that decided', () => {
  const turn = run(openCompany('joanne'), 'aws iam create-user --user-name ana', 'why');
  expect(turn.effect).toEqual({ kind: 'show-decision', event: 1 });
  expect(turn.output).toContain(
    'Request 1: iam:CreateUser by joanne, 2026-03-02 09:00:00 UTC: denied (AccessDenied).',
  );
  expect(turn.output).toContain(`Permission: iam:CreateUser on arn:aws:iam::${ACCOUNT}:user/ana`);
  expect(turn.output).toContain('Decided by: permissions boundary.');
  expect(turn.output).toMatch(
    /1\. identity policy: allows\. [\s\S]*2\. permissions boundary: says nothing, and decides\./,
  );
  expect(turn.session.log).toHaveLength(1);

  const allowed = run(openCompany('web-2'), 'aws s3 cp s3://shop-data/site/index.html .', 'why 2');
  expect(allowed.effect).toEqual({ kind: 'show-decision', event: 2 });
  expect(allowed.output).toContain('The statement that decided, in read:\n  {\n    "Effect": "Allow",');
});

test('why shows of a long list in a statement what matched', () => {
  const attach =
    'aws iam attach-user-policy --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess --user-name visitor';
  const why = run(openCompany(), attach, 'as visitor', 'aws s3 ls', 'why').output;
  expect(why).toMatch(/"Action": \[\n {6}"s3:List\*",\n {6}… and \d{3,4} more\n {4}\],/);
  expect(why.split('\n').length).toBeLessThan(30);
});

test('why of an association shows that passing the role was checked too', () => {
  const { session } = run(openCompany(), 'as web-1');
  const { actor } = session.now;
  const instance = actor.kind === 'instance' ? actor.instance : '';
  const turn = run(
    openCompany(),
    `aws ec2 associate-iam-instance-profile --instance-id ${instance} --iam-instance-profile Name=site-profile`,
    'why',
  );
  expect(turn.output).toContain('2 permissions were checked. All must be allowed.');
  expect(turn.output).toContain('Permission 1 of 2: ec2:AssociateIamInstanceProfile on');
  expect(turn.output).toContain(
    `Permission 2 of 2: iam:PassRole on arn:aws:iam::${ACCOUNT}:role/site-reader`,
  );
});

test('why without a request explains that nothing was decided', () => {
  expect(run(openCompany(), 'why')).toMatchObject({
    output: 'No request has been sent yet, so AWS has decided nothing: the trail is empty.',
    effect: { kind: 'none' },
  });
  const unsent = run(openCompany(), 'aws s3 ls', 'as web-1', 'aws s3 ls', 'why');
  expect(unsent.output).toContain('The last request, s3:ListBuckets by web-1, was never sent');
  expect(unsent.effect).toEqual({ kind: 'none' });
  expect(run(unsent.session, 'why 1').effect).toEqual({ kind: 'show-decision', event: 1 });
  expect(run(unsent.session, 'why 7')).toMatchObject({
    exit: 1,
    output: expect.stringContaining('numbers 1 to 1'),
  });
  expect(run(unsent.session, 'why x').exit).toBe(1);
});

test('trail lists what reached AWS', () => {
  expect(run(openCompany(), 'trail').output).toBe('The trail is empty: no request has reached AWS yet.');
  const turn = run(openCompany('visitor'), 'aws iam list-users', 'aws sts get-caller-identity', 'trail');
  expect(turn.output.split('\n')).toEqual([
    '#  time      who      operation              outcome',
    '1  09:00:00  visitor  iam:ListUsers          denied (AccessDenied)',
    '2  09:00:00  visitor  sts:GetCallerIdentity  done',
  ]);
  expect(run(turn.session, 'wait 1d', 'aws iam list-users', 'trail').output).toContain(
    '3  03-03 09:00:00  visitor  iam:ListUsers',
  );
});

test('wait moves the clock, and only for a time that makes sense', () => {
  const turn = run(openCompany(), 'wait 1h30m');
  expect(turn.output).toBe('1h 30m later. It is now 2026-03-02 10:30:00 UTC.');
  expect(turn.session.log).toHaveLength(1);
  for (const line of ['wait', 'wait soon', 'wait 0s', 'wait -1h', 'wait 9999d', 'wait 6']) {
    expect(run(openCompany(), line)).toMatchObject({ exit: 1, session: { log: [] } });
  }
});

test('the workspace is listed, shown and edited', () => {
  const session = openCompany('admin', { 'policy.json': '{}\u001b[2J', 'a.txt': 'a' });
  expect(run(session, 'ls').output).toBe('a.txt\npolicy.json');
  expect(run(session, 'cat policy.json').output).toBe('{}\\x1b[2J');
  expect(run(session, 'cat polcy.json').output).toBe(
    'cat: polcy.json: No such file or directory\nMaybe you meant: policy.json',
  );
  expect(run(session, 'cat constructor').exit).toBe(1);
  expect(run(session, 'edit ./new.json').effect).toEqual({ kind: 'edit-file', name: 'new.json' });
  for (const line of ['edit', 'edit ../x', 'edit /etc/passwd', 'edit a/', 'edit __proto__']) {
    expect(run(session, line)).toMatchObject({ exit: 1, effect: { kind: 'none' } });
  }
  expect(run(openCompany('admin', {}), 'ls').output).toBe('The workspace has no files yet.');
});

test.each([
  ['whoam', 'Maybe you meant: whoami'],
  ['iam create-user --user-name x', 'Maybe you meant: aws iam create-user --user-name x'],
  ['s3 ls', 'Maybe you meant: aws s3 ls'],
  ['$ aws s3 ls', 'Maybe you meant: aws s3 ls'],
  ['vim policy.json', 'Maybe you meant: edit policy.json'],
  ['awss s3 ls', 'Maybe you meant: aws'],
  ['frobnicate', "frobnicate: there is no such command at this prompt.\nType 'help' to see what there is."],
])('%s: says what was meant', (line, message) => {
  const turn = run(openCompany(), line);
  expect(turn.output).toContain(message);
  expect(turn.exit).toBe(127);
});

test('help fits a window of 80 columns', () => {
  for (const line of [
    'help',
    'aws help',
    'aws iam help',
    'aws s3api get-object help',
    'aws s3 help',
    'help configure',
  ]) {
    const rows = run(openCompany(), line).output.split('\n');
    expect(rows.filter((row) => row.length > 76)).toEqual([]);
  }
});

test('help, clear and an empty line', () => {
  expect(run(openCompany(), 'help').output).toMatch(/whoami +Who you are/);
  expect(run(openCompany(), 'help why').output).toContain('why [n]');
  const help = (line: string) => run(openCompany(), line).output;
  expect(help('help')).toMatch(/As at work: \d+ operations, which `aws help` lists/);
  expect(help('help aws')).toBe(help('aws help'));
  for (const tool of ['configure', 'sso']) expect(help(`help ${tool}`)).toBe(help(`aws ${tool} help`));
  expect(help('aws configure sso help')).toBe(help('help configure'));
  expect(help('aws help')).toMatch(
    /\nconfigure \(8\)\n {2}set, get, list, list-profiles, export-credentials, sso,/,
  );
  expect(help('help iam')).toBe(help('aws iam help'));
  expect(help('help create-login-profile')).toBe(help('aws iam create-login-profile help'));
  expect(help('help aws iam create-user')).toBe(help('aws iam create-user help'));
  expect(help('help create-usr')).toContain('Maybe you meant:\n  help create-user');
  expect(help('help whi')).toContain('help: there is no command called whi.');
  expect(help('help whomi')).toContain('  help whoami');
  expect(run(openCompany(), 'clear').effect).toEqual({ kind: 'clear' });
  expect(run(openCompany(), '  # just a note')).toMatchObject({ output: '', exit: 0 });
});
