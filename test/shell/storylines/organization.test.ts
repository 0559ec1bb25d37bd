import { expect, it } from 'vitest';
import { buildWorld, findActor } from '../../../src/cloud/index.ts';
import type { AccountSpec, WorldSpec } from '../../../src/cloud/world-spec.ts';
import { complete, openSession, runLine, writeFile } from '../../../src/shell/index.ts';

/** Five accounts of one company, and one bill. */
const member = (name: string, admin: string, gigabytes: number): AccountSpec => ({
  name,
  users: { [admin]: { policies: ['AdministratorAccess'] } },
  usage: { 's3-storage-gb': gigabytes },
});
const COMPANY: WorldSpec = {
  clock: '2026-03-02T09:00:00Z',
  seed: 'five accounts',
  accounts: {
    '111122223333': member('management', 'maria', 0),
    '222233334444': member('shop-dev', 'dora', 20_000),
    '333344445555': member('shop-prod', 'pam', 50_000),
    '444455556666': member('data', 'dan', 30_000),
    '555566667777': member('security', 'sue', 0),
  },
  organization: {
    management: '111122223333',
    accounts: ['222233334444', '333344445555', '444455556666', '555566667777'],
  },
};
const KEEP_TRAILS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'KeepTrails',
      Effect: 'Deny',
      Action: ['cloudtrail:StopLogging', 'organizations:LeaveOrganization', 's3:CreateBucket'],
      Resource: '*',
    },
  ],
});

/** A prompt in the company, at which maria sits unless somebody else is named. */
function prompt() {
  const built = buildWorld(COMPANY);
  if ('problems' in built) {
    throw new Error(JSON.stringify(built.problems));
  }
  const actor = findActor(built.world, 'maria');
  if (actor === undefined) {
    throw new Error('There is no maria.');
  }
  let session = openSession({ world: built.world, actor, files: {} });
  return {
    session: () => session,
    write(name: string, content: string) {
      session = writeFile(session, name, content);
    },
    run(line: string, as = 'maria'): string {
      const who = findActor(session.now.world, as);
      const turn = runLine(session, line, who);
      session = turn.session;
      return turn.output.trim();
    },
  };
}

it('puts five accounts under OUs, binds them by an SCP, and pays one bill', () => {
  const { run, write, session } = prompt();
  const root = run("aws organizations list-roots --query 'Roots[0].Id' --output text");
  expect(root).toMatch(/^r-\w{4}$/);
  const unit = (name: string) =>
    run(
      `aws organizations create-organizational-unit --parent-id ${root} --name ${name} --query OrganizationalUnit.Id --output text`,
    );
  expect(complete(session(), 'aws organizations list-children --parent-id r')).toEqual([root]);
  const [workloads, security] = [unit('Workloads'), unit('Security')];
  for (const [account, to] of [
    ['222233334444', workloads],
    ['333344445555', workloads],
    ['444455556666', workloads],
    ['555566667777', security],
  ]) {
    run(
      `aws organizations move-account --account-id ${account} --source-parent-id ${root} --destination-parent-id ${to}`,
    );
  }
  expect(
    run(
      `aws organizations list-accounts-for-parent --parent-id ${workloads} --query 'Accounts[].Name' --output text`,
    ).split(/\s+/),
  ).toEqual(['shop-dev', 'shop-prod', 'data']);

  expect(run('aws s3api create-bucket --bucket dora-test', 'dora')).toContain('dora-test');
  write('keep-trails.json', KEEP_TRAILS);
  const policy = run(
    'aws organizations create-policy --name KeepTrails --description "no way out" --type SERVICE_CONTROL_POLICY --content file://keep-trails.json --query Policy.PolicySummary.Id --output text',
  );
  run(`aws organizations attach-policy --policy-id ${policy} --target-id ${workloads}`);
  const refused = /AccessDenied.*with an explicit deny in a service control policy/;
  expect(run('aws s3api create-bucket --bucket dora-more', 'dora')).toMatch(refused);
  expect(run('aws organizations leave-organization', 'dora')).toMatch(/explicit deny in a service control/);
  expect(run('why', 'dora')).toMatch(/KeepTrails/);
  expect(run('aws s3api create-bucket --bucket root-more', 'root@222233334444')).toMatch(refused);
  expect(run('aws s3api create-bucket --bucket sue-more', 'sue')).toContain('sue-more');
  expect(run('aws s3api create-bucket --bucket maria-more')).toContain('maria-more');
  expect(run('whoami', 'root@222233334444')).toContain('root user');

  const bill = (as: string) =>
    run(
      "aws ce get-cost-and-usage --time-period Start=2026-02-01,End=2026-03-01 --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=LINKED_ACCOUNT --query 'ResultsByTime[0].Groups[].[Keys[0],Metrics.UnblendedCost.Amount]' --output text",
      as,
    )
      .split('\n')
      .map((row) => row.split(/\s+/));
  const pooled = (50_000 * 0.023 + 50_000 * 0.022) / 100_000;
  expect(bill('maria')).toEqual([
    ['222233334444', (20_000 * pooled).toFixed(10)],
    ['333344445555', (50_000 * pooled).toFixed(10)],
    ['444455556666', (30_000 * pooled).toFixed(10)],
  ]);
  expect(bill('dora')).toEqual([['222233334444', (20_000 * pooled).toFixed(10)]]);
});

it('makes a new account, into which the management account goes by its role', () => {
  const { run } = prompt();
  run('aws organizations create-account --email new@example.com --account-name sandbox');
  const account = run(
    'aws organizations list-accounts --query "Accounts[?Name==\'sandbox\'].Id" --output text',
  );
  const role = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
  run(`aws sts assume-role --role-arn ${role} --role-session-name maria`);
  expect(run('aws sts get-caller-identity', 'OrganizationAccountAccessRole/maria')).toContain(
    `arn:aws:sts::${account}:assumed-role/OrganizationAccountAccessRole/maria`,
  );
  expect(run('aws iam create-user --user-name first', 'OrganizationAccountAccessRole/maria')).toContain(
    'first',
  );
});
