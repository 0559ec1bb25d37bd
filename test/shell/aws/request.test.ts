import { expect, test } from 'vitest';
import { operations } from '../../../src/cloud/index.ts';
import { commandOf } from '../../../src/shell/names.ts';
import { ACCOUNT, openCompany, run } from '../company.ts';

const NOTHING_SENT = { attempts: [], exit: 252 };

/** Every operation but those that another program calls. */
const ofTheCli = [...operations.values()].filter(({ tool }) => tool === undefined).map(({ id }) => id);

test('a request and its answer as JSON with four spaces', () => {
  const turn = run(openCompany(), 'aws sts get-caller-identity');
  expect(turn.exit).toBe(0);
  expect(JSON.parse(turn.output)).toMatchObject({
    Account: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:user/admin`,
  });
  expect(turn.output).toMatch(/^\{\n {4}"UserId": "AIDA/);
  expect(turn.session.log).toHaveLength(1);
  expect(turn.attempts.map(({ request }) => request.operation)).toEqual(['sts:GetCallerIdentity']);
});

test('every way to write an option', () => {
  const turn = run(
    openCompany(),
    'aws --output json iam create-user --user-name=ana --path /team/ --tags Key=team,Value=red Key=a,Value=b --no-cli-pager',
  );
  expect(turn.attempts[0]?.request.input).toEqual({
    UserName: 'ana',
    Path: '/team/',
    Tags: [
      { Key: 'team', Value: 'red' },
      { Key: 'a', Value: 'b' },
    ],
  });
  expect(turn.exit).toBe(0);
});

test('what the AWS CLI itself does not take is a mistake in the line', () => {
  const turn = run(openCompany('nokeys'), 'aws sts assume-role --role-arn Deploy --role-session-name ci');
  expect(turn).toMatchObject(NOTHING_SENT);
  expect(turn.output).toBe(
    'Parameter validation failed:\nInvalid length for parameter RoleArn, value: 6, valid min length: 20',
  );
});

test('the beginning of an option is enough where it fits one', () => {
  const turn = run(
    openCompany(),
    'aws iam create-user --user=ana --perm arn:aws:iam::aws:policy/ReadOnlyAccess',
  );
  expect(turn.exit).toBe(0);
  expect(turn.attempts[0]?.request.input).toEqual({
    UserName: 'ana',
    PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  });
  const two = run(openCompany(), 'aws iam create-user --user-name ana --p /team/');
  expect(two).toMatchObject(NOTHING_SENT);
  expect(two.output).toContain(
    'aws: error: ambiguous option: --p could match --path, --permissions-boundary',
  );
});

test('booleans have two forms', () => {
  const line = `aws iam create-policy-version --policy-arn arn:aws:iam::${ACCOUNT}:policy/WorkloadBoundary --policy-document file://policy.json`;
  expect(run(openCompany(), `${line} --set-as-default`).attempts[0]?.request.input).toMatchObject({
    SetAsDefault: true,
    PolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
  });
  expect(run(openCompany(), `${line} --no-set-as-default`).attempts[0]?.request.input).toMatchObject({
    SetAsDefault: false,
  });
});

test("errors of AWS carry its code and sentence, and the AWS CLI's exit code", () => {
  const missing = run(openCompany(), 'aws iam get-user --user-name nobody');
  expect(missing.output).toBe(
    'An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.',
  );
  expect(missing.exit).toBe(254);
  const denied = run(openCompany('joanne'), 'aws iam create-user --user-name ana');
  expect(denied.output).toBe(
    `An error occurred (AccessDenied) when calling the CreateUser operation: User: arn:aws:iam::${ACCOUNT}:user/joanne is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${ACCOUNT}:user/ana because no permissions boundary allows the iam:CreateUser action`,
  );
  expect(denied.exit).toBe(254);
});

test('without credentials nothing is sent', () => {
  const turn = run(openCompany('web-1'), 'aws sts get-caller-identity');
  expect(turn.output).toBe(
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
  );
  expect(turn.exit).toBe(253);
  expect(turn.session.now.world.trail).toEqual([]);
  expect(turn.session.log).toHaveLength(1);
});

test.each([
  ['aws', 'aws: error: the following arguments are required: command'],
  ['aws iam', 'aws: error: the following arguments are required: operation'],
  ['aws iam create-user', 'aws: error: the following arguments are required: --user-name'],
  ['aws iam create-user --usr-name ana', 'required: --user-name\n\nMaybe you meant: --user-name'],
  [
    'aws iam get-user --usr-name ana',
    'aws: error: Unknown options: --usr-name, ana\n\nMaybe you meant: --user-name',
  ],
  ['aws iam get-user ana', 'aws: error: Unknown options: ana'],
  [
    'aws s3api get-object --bucket b --key k --range bytes=0-3 out',
    'the following arguments are required: outfile\n--range is not simulated here.',
  ],
  ['aws iam create-user --user-name', 'aws: error: argument --user-name: expected one argument'],
  ['aws iam create-user --user-name --path /', 'aws: error: argument --user-name: expected one argument'],
  ['aws iam get-user --output', 'aws: error: argument --output: expected one argument'],
  ['aws iam get-user --output xml', 'argument --output: Invalid choice'],
  ['aws iam get-user --output yaml', 'output format yaml is not simulated here'],
  ['aws s3 ls --region eu-west-1', 'Everything here stands in us-east-1, and eu-west-1 was asked for.'],
  [
    'aws iam creat-user',
    "'aws iam creat-user' is not simulated here.\nMaybe you meant:\n  aws iam create-user",
  ],
  ['aws iam get-object', 'Maybe you meant:\n  aws s3api get-object'],
  ['aws s3api ls', 'Maybe you meant:\n  aws s3 ls'],
  ['aws iam pass-role --role-name x', 'There is no operation pass-role. iam:PassRole is a permission only'],
  ['aws iamm get-user', "'aws iamm' is not simulated here.\nMaybe you meant:\n  aws iam"],
  ['aws dynamodb list-tables', "'aws dynamodb' is not simulated here."],
  [
    'aws iam put-user-policy --user-name joanne --policy-name x --policy-document file://none.json',
    "Error parsing parameter '--policy-document': Unable to load paramfile file://none.json: [Errno 2] No such file or directory: 'none.json'",
  ],
  ['aws iam create-user --user-name ana --tags team', "Error parsing parameter '--tags': Expected: '='"],
  [`aws iam create-user --user-name ana --tags '[{"Key"'`, "Error parsing parameter '--tags': Invalid JSON"],
  [
    'aws s3api get-object --bucket shop-data --key readme.txt',
    'the following arguments are required: outfile',
  ],
])('%s: nothing is sent, and it says why', (line, message) => {
  const session = openCompany();
  const turn = run(session, line);
  expect(turn).toMatchObject(NOTHING_SENT);
  expect(turn.output).toContain(message);
  expect(turn.session).toBe(session);
});

test('a quote left open says where', () => {
  const session = openCompany();
  const turn = run(session, `aws iam create-policy --policy-name x --policy-document '{"Version"`);
  expect(turn.output).toContain("A ' is opened at character 57 and never closed");
  expect(turn).toMatchObject({ exit: 2, attempts: [] });
  expect(turn.session).toBe(session);
});

test('a document that is not JSON is sent, and AWS refuses it', () => {
  const turn = run(openCompany(), 'aws iam create-policy --policy-name x --policy-document {');
  expect(turn.output).toContain(
    'An error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: ',
  );
  expect(turn.exit).toBe(254);
});

test('get-object writes the object into the workspace and prints the rest', () => {
  const turn = run(openCompany(), 'aws s3api get-object --bucket shop-data --key readme.txt ./out.txt');
  expect(turn.session.now.files['out.txt']).toBe('hello');
  expect(turn.output).not.toContain('hello');
  expect(JSON.parse(turn.output)).toMatchObject({ ContentLength: 5 });
  expect(
    run(openCompany(), 'aws s3api get-object --bucket shop-data --key readme.txt ../x').attempts,
  ).toEqual([]);
});

test('put-object sends the content of a file', () => {
  const turn = run(
    openCompany('admin', { 'new.txt': 'fresh' }),
    'aws s3api put-object --bucket shop-data --key new.txt --body new.txt',
    'aws s3 cp s3://shop-data/new.txt -',
  );
  expect(turn.output).toBe('fresh');
});

test('an operation that answers nothing prints nothing', () => {
  const turn = run(
    openCompany(),
    'aws iam create-user --user-name ana',
    'aws iam delete-user --user-name ana',
  );
  expect(turn).toMatchObject({ output: '', exit: 0 });
});

test('help lists every operation with their number', () => {
  const { output } = run(openCompany(), 'aws help');
  const count = Number(/: (\d+) operations/.exec(output)?.[1]);
  expect(count).toBe(ofTheCli.length);
  for (const id of ofTheCli) expect(output).toContain(commandOf(id).command);
  expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(84);
  expect(run(openCompany(), 'aws iam help').output).toMatch(/create-user {2,}\S/);
  expect(run(openCompany(), 'aws s3 help').output).toContain('aws s3 cp <LocalPath> <S3Uri>');
  expect(run(openCompany(), 'aws s3 cp help').output).toContain('Permissions it needs: s3:GetObject to read');
});

test('help of an operation has its synopsis, its options and the permissions it needs', () => {
  const { output, exit } = run(openCompany(), 'aws iam create-policy-version help');
  expect(exit).toBe(0);
  expect(output).toContain('aws iam create-policy-version\n    --policy-arn <text>\n');
  expect(output).toContain('[--set-as-default | --no-set-as-default]');
  expect(output).toMatch(/--policy-document .*\(required\)/);
  expect(output).toContain('Permissions it needs: iam:CreatePolicyVersion');
  const associate = run(openCompany(), 'aws ec2 associate-iam-instance-profile help').output;
  expect(associate).toContain('Permissions it needs: ec2:AssociateIamInstanceProfile, iam:PassRole');
  expect(run(openCompany(), 'aws iam list-users help').output).toContain('[--max-items <value>]');
});

test('every operation explains itself, also to somebody without credentials', () => {
  for (const session of [openCompany(), openCompany('web-1')]) {
    for (const id of ofTheCli) {
      const { service, command } = commandOf(id);
      const turn = run(session, `aws ${service} ${command} help`);
      expect(turn).toMatchObject({ exit: 0, session });
      expect(turn.output).toMatch(/Permissions it needs: [a-z0-9-]+:\w/);
    }
  }
});

test('hostile values are refused, however deep or long', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const session = openCompany();
  const refused = [
    `aws iam create-user --user-name a --tags '${deep}'`,
    `aws iam create-user --user-name ${'x'.repeat(100_000)}`,
    `aws iam put-user-policy --user-name joanne --policy-name p --policy-document '${deep}'`,
    `aws iam put-user-policy --user-name joanne --policy-name p --policy-document '{"Statement":${deep}}'`,
    'aws iam create-user --user-name __proto__',
    'aws s3 cp policy.json s3://shop-data/__proto__',
    'aws iam get-user --user-name constructor',
  ];
  for (const line of refused) {
    const turn = run(session, line);
    expect(turn.exit).not.toBe(0);
    expect(turn.session.now.world.accounts[ACCOUNT]?.users).toEqual(
      session.now.world.accounts[ACCOUNT]?.users,
    );
  }
});

test.each([
  ['site-read.json', 'To take it from a file, write file:// before its name: file://site-read.json.'],
  ['{"Version":"2012-10-17"}', 'The quotes were lost on the way'],
  [`'{"Version": "2012-10-17" "Statement": []}'`, 'Line 1, column 26: This is not JSON'],
])('says after the error of AWS why %s is no JSON', (typed, advice) => {
  const create = `aws iam create-policy --policy-name p --policy-document ${typed}`;
  const bucket = `aws s3api put-bucket-policy --bucket shop-data --policy ${typed}`;
  for (const line of [create, bucket]) {
    const { output } = run(openCompany(), line);
    expect(output).toMatch(/contains invalid Json|must be valid JSON/);
    expect(output).toContain(advice);
  }
});
