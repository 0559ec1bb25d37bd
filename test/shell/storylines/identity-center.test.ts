import { expect, it } from 'vitest';
import { buildWorld, findActor } from '../../../src/cloud/index.ts';
import { complete, openSession, readLogFile, restore, runLine, save } from '../../../src/shell/index.ts';
import { logFileText } from '../../../src/shell/log-file.ts';

const MANAGEMENT = '111122223333';
const PROD = '222233334444';

/** A company whose people have no IAM users, but for one who looks after the directory. */
function prompt() {
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
      permissionSets: { ReadOnly: { policies: ['ViewOnlyAccess'], sessionDuration: 'PT1H' } },
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
  const group = run(
    `aws identitystore list-groups --identity-store-id ${store} --query 'Groups[0].GroupId' --output text`,
  );
  expect(complete(session(), 'aws sso-admin create-account-assignment --instance-arn ')).toEqual([instance]);
  expect(complete(session(), 'aws identitystore delete-group --group-id ')).toEqual([group]);

  const target = `--instance-arn ${instance} --permission-set-arn ${set} --target-id ${PROD} --target-type AWS_ACCOUNT`;

  run('as maria');
  expect(run('aws sso login')).toMatch(/Successfully logged into.*\nNothing is assigned to you/);
  expect(run('aws s3 ls')).toMatch(/Unable to locate credentials/);
  expect(run('aws configure sso')).toMatch(/No AWS accounts are available to you/);
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
  expect(run('aws configure sso --profile prod')).toMatch(
    /^Successfully logged into Start URL: https:.*\nThe only role available to you is:\n {2}ReadOnly in prod/,
  );
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
