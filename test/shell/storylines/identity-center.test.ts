import { expect, it } from 'vitest';
import { buildWorld, findActor } from '../../../src/cloud/index.ts';
import {
  type Asking,
  complete,
  openSession,
  readLogFile,
  restore,
  runLine,
  save,
  withAnswer,
} from '../../../src/shell/index.ts';
import { logFileText } from '../../../src/shell/log-file.ts';
import type { Session } from '../../../src/shell/session.ts';

const MANAGEMENT = '111122223333';
const PROD = '222233334444';

/** A company whose people have no IAM users, but for one who looks after the directory. */
function prompt(setsOfMaria: readonly string[] = []) {
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: 'portal',
    accounts: {
      [MANAGEMENT]: { name: 'management', users: { adam: { policies: ['AdministratorAccess'] } } },
      [PROD]: { name: 'prod', buckets: { shop: { objects: { 'a.txt': 'hello' } } } },
    },
    organization: { management: MANAGEMENT, accounts: [PROD] },
    identityCenter: {
      groups: { Developers: {} },
      users: { maria: { groups: ['Developers'] } },
      permissionSets: {
        ReadOnly: { policies: ['ViewOnlyAccess'], sessionDuration: 'PT1H' },
        Wide: { policies: ['PowerUserAccess'] },
      },
      assignments: setsOfMaria.flatMap((permissionSet) =>
        [MANAGEMENT, PROD].map((account) => ({ account, permissionSet, user: 'maria' })),
      ),
    },
  });
  if ('problems' in built) {
    throw new Error(JSON.stringify(built.problems));
  }
  const actor = findActor(built.world, 'adam');
  if (actor === undefined) {
    throw new Error('There is no adam.');
  }
  const start = { world: built.world, actor, files: {} };
  let session = openSession(start);
  return {
    start,
    session: () => session,
    run(line: string): string {
      const turn = runLine(session, line);
      session = turn.session;
      return turn.output.trim();
    },
  };
}

it('Identity Center: assign a permission set, sign in, work, and change it', () => {
  const { run, session, start } = prompt();
  const instance = run("aws sso-admin list-instances --query 'Instances[0].InstanceArn' --output text");
  const store = run("aws sso-admin list-instances --query 'Instances[0].IdentityStoreId' --output text");
  const set = run(
    `aws sso-admin list-permission-sets --instance-arn ${instance} --query 'PermissionSets[0]' --output text`,
  );
  const portal = `https://${store}.awsapps.com/start`;
  const group = run(
    `aws identitystore list-groups --identity-store-id ${store} --query 'Groups[0].GroupId' --output text`,
  );
  expect(complete(session(), 'aws sso-admin create-account-assignment --instance-arn ')).toEqual([instance]);
  expect(complete(session(), 'aws identitystore delete-group --group-id ')).toEqual([group]);

  const target = `--instance-arn ${instance} --permission-set-arn ${set} --target-id ${PROD} --target-type AWS_ACCOUNT`;

  run('as maria');
  expect(run('aws sso login')).toMatch(/Successfully logged into.*\nNothing is assigned to you/);
  expect(run('aws s3 ls')).toMatch(/Unable to locate credentials/);
  expect(run(`aws configure sso\n> work\n> ${portal}\n> us-east-1\n>`)).toMatch(
    /No AWS accounts are available to you/,
  );
  run('as adam');
  expect(run('aws sso login')).toMatch(/Only users of the directory/);
  expect(run('aws configure sso')).toMatch(/Only users of the directory/);
  run(`aws sso-admin create-account-assignment ${target} --principal-type GROUP --principal-id ${group}`);

  run('as maria');
  expect(run('whoami')).toMatch(
    /signed in to the access portal until .*\nYou can be: maria\/ReadOnly@prod\./,
  );
  expect(run(`aws sts get-caller-identity --profile ReadOnly-${PROD} --query Arn --output text`)).toMatch(
    new RegExp(`^arn:aws:sts::${PROD}:assumed-role/AWSReservedSSO_ReadOnly_[0-9a-f]{16}/maria$`),
  );
  expect(run('aws configure list-profiles')).toBe(`ReadOnly-${PROD}`);
  expect(run(`aws configure sso --profile prod\n> work\n> ${portal}/#/\n> us-east-1\n>\n>\n> text`)).toBe(
    [
      'SSO session name (Recommended): work',
      `SSO start URL [None]: ${portal}/#/`,
      'SSO region [None]: us-east-1',
      'SSO registration scopes [sso:account:access]:',
      `Successfully logged into Start URL: ${portal}`,
      `The only AWS account available to you is: ${PROD}`,
      `Using the account ID ${PROD}`,
      'The only role available to you is: ReadOnly',
      'Using the role name "ReadOnly"',
      'Default client Region [None]:',
      'CLI default output format (json if not specified) [None]: text',
      'To use this profile, specify the profile name using --profile, as shown:',
      '',
      'aws sts get-caller-identity --profile prod',
    ].join('\n'),
  );
  expect(run('aws sts get-caller-identity --profile prod')).toMatch(/^222233334444\t/);
  expect(run('aws sts get-caller-identity --profile prod --query Arn --output text')).toMatch(
    /AWSReservedSSO_ReadOnly_/,
  );
  expect(run('aws configure get sso_role_name --profile prod')).toBe('ReadOnly');
  expect(run('aws configure list --profile prod')).toMatch(/access_key +\*{16}\w{4} +sso$/m);
  expect(run('aws configure sso --session x')).toMatch(/Unknown options: --session/);
  expect(run('as maria/ReadOnly@prod')).toBe('You are maria/ReadOnly@prod now.');
  expect(run('whoami')).toMatch(
    /with the permission set ReadOnly in account 222233334444 \(prod\)[\s\S]*temporary key ASIA/,
  );
  expect(run('aws s3 ls')).toMatch(/shop/);
  expect(run('aws s3 cp s3://shop/a.txt a.txt')).toMatch(/403|Forbidden/);

  run('as adam');
  const policy =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
  const ofSet = `--instance-arn ${instance} --permission-set-arn ${set}`;
  run(`aws sso-admin put-inline-policy-to-permission-set ${ofSet} --inline-policy '${policy}'`);
  run('as maria/ReadOnly@prod');
  expect(run('aws s3 cp s3://shop/a.txt a.txt')).toMatch(/403|Forbidden/);
  run('as adam');
  run(`aws sso-admin provision-permission-set ${ofSet} --target-type ALL_PROVISIONED_ACCOUNTS`);
  run('as maria/ReadOnly@prod');
  expect(run('aws s3 cp s3://shop/a.txt a.txt')).toMatch(/download/);

  const log = readLogFile(logFileText(session()));
  expect(log).toMatchObject({ kind: 'log', log: { entries: session().log } });

  const key = session().now.world.trail.at(-1)?.accessKey ?? '';
  expect(run('aws sso logout')).toBe('');
  expect(run('aws s3 ls')).toMatch(/Token has expired and refresh failed/);
  run(`as ${key}`);
  expect(run('aws s3 ls')).toMatch(/shop/);
  run('wait 2h');
  expect(run('aws s3 ls')).toMatch(/ExpiredToken/);
  expect(restore(save(session()), start).now).toEqual(session().now);
});

it('aws sso says what it cannot do', () => {
  const { run, session } = prompt();
  run('as maria');
  expect(run('aws sso')).toMatch(/the following arguments are required: operation/);
  expect(run('aws sso lgin')).toMatch(/not simulated here[\s\S]*aws sso login/);
  expect(run('aws sso login now')).toMatch(/Unknown options: now/);
  expect(run('aws sso help')).toMatch(/for 8 hours/);
  expect(complete(session(), 'aws sso lo')).toEqual(['login', 'logout']);
  expect(run(`aws s3 ls --profile Nothing-${PROD}`)).toMatch(/Error loading SSO Token/);
  run('aws sso login');
  expect(run(`aws s3 ls --profile Nothing-${PROD}`)).toMatch(/ForbiddenException.*No access/);
});

/** Answers a line, each answer to the question that is open: what was asked, and the last turn. */
function answered(session: Session, line: string, ...answers: readonly string[]) {
  let turn = runLine(session, line);
  const asked: (Asking | null)[] = [turn.asks];
  for (const answer of answers) {
    turn = runLine(session, withAnswer(turn.asks?.line ?? line, answer));
    asked.push(turn.asks);
  }
  return { turn, asked, questions: asked.flatMap((each) => (each === null ? [] : [each.question])) };
}

it('aws configure sso lets somebody choose an account and a role in it', () => {
  const { run, session } = prompt(['Wide', 'ReadOnly']);
  run('as maria');
  const first = answered(session(), 'aws configure sso', 'work');
  const [url = ''] = first.asked[1]?.choices ?? [];
  const { turn, asked, questions } = answered(
    session(),
    'aws configure sso',
    ...['work', url, 'us-east-1', '', 'prod', '2', 'us-east-1', '', ''],
  );
  expect(questions.slice(4)).toEqual([
    'Account, by number, name or ID [1]: ',
    'Role, by number or name [1]: ',
    'Default client Region [None]: ',
    'CLI default output format (json if not specified) [None]: ',
    `Profile name [ReadOnly-${PROD}]: `,
  ]);
  expect(asked[4]).toMatchObject({
    before: `Successfully logged into Start URL: ${url}\nThere are 2 AWS accounts available to you.\n  1  management (${MANAGEMENT})\n  2  prod (${PROD})`,
    choices: [MANAGEMENT, 'management', PROD, 'prod'],
  });
  expect(turn).toMatchObject({ exit: 0, asks: null });
  expect(turn.output).toContain(`Using the account ID ${PROD}\nThere are 2 roles available to you.`);
  expect(turn.output).toMatch(new RegExp(`get-caller-identity --profile ReadOnly-${PROD}$`));
  const setting = (name: string) =>
    runLine(turn.session, `aws configure get ${name} --profile ReadOnly-${PROD}`).output;
  expect(['sso_session', 'sso_role_name', 'region'].map(setting)).toEqual(['work', 'ReadOnly', 'us-east-1']);

  // What is there already is not asked again, and no session name is the old way.
  expect(answered(turn.session, 'aws configure sso', 'work').questions[1]).toBe(
    'Account, by number, name or ID [1]: ',
  );
  const old = answered(
    turn.session,
    'aws configure sso --profile default',
    '',
    url,
    'us-east-1',
    '',
    '',
    '',
    '',
  );
  expect(old.asked[1]?.before).toMatch(/^WARNING: Configuring using legacy format/);
  expect(old.turn.output).toMatch(/now configured to use the default profile[\s\S]*get-caller-identity$/);
  expect(runLine(old.turn.session, 'aws sts get-caller-identity').output).toMatch(/AWSReservedSSO_Wide_/);
});

it('aws configure sso asks again where an answer leads nowhere, and has done nothing by then', () => {
  const { run, session } = prompt(['Wide']);
  run('as maria');
  const asking = (...answers: readonly string[]) => answered(session(), 'aws configure sso', ...answers);
  const [url = ''] = asking('work').turn.asks?.choices ?? [];
  expect(asking('work', 'portal').turn.asks?.problem).toBe(
    `Not a valid Start URL. The access portal here is ${url}`,
  );
  expect(asking('work', 'https://acme.awsapps.com/start').turn.asks?.problem).toMatch(
    /There is no access portal at https:\/\/acme/,
  );
  expect(asking('work', url, 'eu-west-1').turn.asks?.problem).toMatch(
    /stands in us-east-1, not in eu-west-1/,
  );
  const last = asking('work', url, 'us-east-1', '', 'production');
  expect(last.turn.asks?.problem).toBe("'production' is not in the list.");
  expect(last.turn.session).toBe(session());
  expect(run('whoami')).toMatch(/You are not signed in/);
  run('aws configure sso-session\n> far\n> https://acme.awsapps.com/start\n> us-east-1\n>');
  expect(run('aws configure sso\n> far')).toMatch(/There is no access portal at/);
  expect(run('aws sso login --sso-session far')).toMatch(/There is no access portal at/);
  expect(run('aws sso login --sso-session none')).toBe('The specified sso-session does not exist: "none"');
  run(`aws configure sso-session\n> near\n> ${url}\n> us-east-1\n>`);
  expect(run('aws sso login --sso-session near')).toMatch(/^Successfully logged into Start URL/);
});
