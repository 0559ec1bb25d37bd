import { expect, test } from 'vitest';
import { buildWorld, findActor } from '../../src/cloud/index.ts';
import type { WorldSpec } from '../../src/cloud/world-spec.ts';
import { complete, type OpenedPolicy, openSession, savingLine } from '../../src/shell/index.ts';
import type { Session, Turn } from '../../src/shell/session.ts';
import { openCompany, run } from './company.ts';

const ACCOUNT = '111122223333';
const KEY = '11111111-2222-4333-8444-555555555555';

function policy(...statements: readonly Record<string, unknown>[]) {
  return { Version: '2012-10-17', Statement: statements };
}

const READ = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const EVERYONE = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
const LEAVE = policy({ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' });
const PERIMETER = policy({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: '*' });

/** One of everything that has a policy, in a management account. */
const WORLD: WorldSpec = {
  clock: '2026-03-02T09:00:00Z',
  seed: 'edit',
  accounts: {
    [ACCOUNT]: {
      name: 'everything',
      users: { admin: { policies: ['AdministratorAccess'] }, ana: { inline: { Read: READ } } },
      groups: { devs: { inline: { Read: READ } } },
      roles: {
        app: {
          trust: policy({ ...EVERYONE, Action: 'sts:AssumeRole' }),
          inline: { Read: READ },
        },
      },
      policies: { Deploy: { document: READ }, Twice: { document: READ } },
      buckets: { 'edit-logs': {} },
      kmsKeys: { app: { id: KEY } },
      secrets: { 'db/main': { text: 'x' } },
      queues: { jobs: {} },
      topics: { alarms: {} },
      vpcs: { main: { endpoints: { s3: { id: 'vpce-0a1b2c3d4e5f60001' } } } },
    },
    '444455556666': {
      name: 'ops',
      roles: {
        ops: { trust: policy({ ...EVERYONE, Action: 'sts:AssumeRole' }), policies: ['AdministratorAccess'] },
      },
      policies: { Ship: { document: READ } },
    },
  },
  organization: {
    management: ACCOUNT,
    scps: { NoLeaving: { document: LEAVE }, Twice: { document: LEAVE } },
    rcps: { Perimeter: { document: PERIMETER } },
  },
  identityCenter: { permissionSets: { Audit: { inline: READ } } },
};

function openEverything(actor = 'admin', files: Readonly<Record<string, string>> = {}): Session {
  const built = buildWorld(WORLD);
  if ('problems' in built) throw new Error(JSON.stringify(built.problems));
  const found = findActor(built.world, actor);
  if (found === undefined) throw new Error(`nobody is called ${actor}`);
  return openSession({ world: built.world, actor: found, files });
}

function opened({ effect, output }: Turn): OpenedPolicy {
  if (effect.kind !== 'edit-policy') throw new Error(`not opened: ${output}`);
  return effect.policy;
}

/** Opens a policy, saves this in its place and opens it again. */
function saved(session: Session, word: string, document: Readonly<Record<string, unknown>>): Turn {
  const first = run(session, `edit ${word}`);
  const line = savingLine(opened(first), `${JSON.stringify(document, null, 4)}\n`);
  if (line === null) throw new Error('nothing to save');
  return run(first.session, line);
}

const TO_ROOT = { ...EVERYONE, Resource: '*' };

test.each([
  ['Deploy', 'iam create-policy-version', LEAVE, ['identity', 'permissions-boundary']],
  [
    `arn:aws:iam::${ACCOUNT}:policy/Deploy`,
    'iam create-policy-version',
    LEAVE,
    ['identity', 'permissions-boundary'],
  ],
  ['user/ana/Read', 'iam put-user-policy', LEAVE, ['identity']],
  ['group/devs/Read', 'iam put-group-policy', LEAVE, ['identity']],
  ['role/app/Read', 'iam put-role-policy', LEAVE, ['identity']],
  [
    'trust/app',
    'iam update-assume-role-policy',
    policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    ['trust'],
  ],
  [
    'bucket/edit-logs',
    's3api put-bucket-policy',
    policy({ ...EVERYONE, Action: 's3:GetObject', Resource: 'arn:aws:s3:::edit-logs/*' }),
    ['resource'],
  ],
  ['key/alias/app', 'kms put-key-policy', policy({ ...TO_ROOT, Action: ['kms:*'] }), ['resource']],
  [`key/${KEY}`, 'kms put-key-policy', policy({ ...TO_ROOT, Action: ['kms:*'] }), ['resource']],
  [
    'secret/db/main',
    'secretsmanager put-resource-policy',
    policy({ ...TO_ROOT, Action: 'secretsmanager:GetSecretValue' }),
    ['resource'],
  ],
  [
    'queue/jobs',
    'sqs set-queue-attributes',
    policy({ ...EVERYONE, Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs` }),
    ['resource'],
  ],
  [
    'topic/alarms',
    'sns set-topic-attributes',
    policy({ ...EVERYONE, Action: 'sns:Publish', Resource: `arn:aws:sns:us-east-1:${ACCOUNT}:alarms` }),
    ['resource'],
  ],
  [
    'endpoint/vpce-0a1b2c3d4e5f60001',
    'ec2 modify-vpc-endpoint',
    policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }),
    ['vpc-endpoint'],
  ],
  ['NoLeaving', 'organizations update-policy', READ, ['service-control']],
  ['scp/NoLeaving', 'organizations update-policy', READ, ['service-control']],
  [
    'rcp/Perimeter',
    'organizations update-policy',
    policy({ Effect: 'Deny', Principal: '*', Action: 's3:PutBucketPolicy', Resource: '*' }),
    ['resource-control'],
  ],
  ['permission-set/Audit', 'sso-admin put-inline-policy-to-permission-set', LEAVE, ['identity']],
])('edit %s: read, and put back by `aws %s`', (word, command, document, kinds) => {
  const turn = saved(openEverything(), word, document);
  expect(turn.output).not.toContain('An error occurred');
  expect(turn.exit).toBe(0);
  const again = run(turn.session, `edit ${word}`);
  expect(again.session.log.map((entry) => (entry.kind === 'line' ? entry.line : ''))).toEqual([
    `edit ${word}`,
    expect.stringMatching(new RegExp(`^aws ${command} `)),
    `edit ${word}`,
  ]);
  expect(opened(again).kinds).toEqual(kinds);
  expect(JSON.parse(opened(again).content)).toEqual(document);
});

test('what is saved is one command: undone by one `undo`, and the same again when the log is played', () => {
  const turn = saved(openEverything(), 'Deploy', LEAVE);
  const undone = run(turn.session, 'undo');
  expect(undone.output).toMatch(/^Taken back: aws iam create-policy-version/);
  expect(JSON.parse(opened(run(undone.session, 'edit Deploy')).content)).toEqual(READ);
  const again = run(turn.session, 'save log.json', 'reset', 'load log.json');
  expect(again.session.now).toEqual(turn.session.now);
});

test('AWS decides who may open and who may save', () => {
  const visitor = run(openCompany('visitor'), 'edit WorkloadBoundary');
  expect(visitor.output).toContain('(AccessDenied) when calling the GetPolicy operation');
  expect(visitor.effect).toEqual({ kind: 'none' });
  expect(visitor.attempts).toHaveLength(1);

  const joanne = saved(openCompany('joanne'), 'WorkloadBoundary', READ);
  expect(joanne.output).toContain(
    'because no permissions boundary allows the iam:CreatePolicyVersion action',
  );
});

test('AWS refuses what is no policy, and a sixth version', () => {
  const session = openEverything();
  const line = savingLine(opened(run(session, 'edit Deploy')), '{"Version": "2012-10-17"') ?? '';
  expect(run(session, line).output).toContain('(MalformedPolicyDocument)');
  const full = [1, 2, 3, 4].reduce(
    (at, number) => saved(at, 'Deploy', policy({ ...LEAVE.Statement[0], Sid: `S${number}` })).session,
    session,
  );
  expect(saved(full, 'Deploy', READ).output).toContain('(LimitExceeded)');
});

test('nothing is sent for a policy that is as it was, and white space is not sent', () => {
  const policy = opened(run(openEverything(), 'edit Deploy'));
  expect(savingLine(policy, policy.content)).toBeNull();
  expect(savingLine(policy, '{ "Id": "a  \\" b",\n "Id": 1 }')).toMatch(/ '\{"Id":"a {2}\\" b","Id":1\}'$/);
});

test('a resource without a policy is opened with an empty one', () => {
  for (const word of ['bucket/edit-logs', 'secret/db/main', 'queue/jobs', 'arn:aws:s3:::edit-logs']) {
    expect(JSON.parse(opened(run(openEverything(), `edit ${word}`)).content)).toEqual(policy());
  }
});

test('a file of the workspace comes first', () => {
  expect(run(openEverything('admin', { Deploy: '{}' }), 'edit Deploy').effect).toEqual({
    kind: 'edit-file',
    name: 'Deploy',
  });
});

test.each([
  ['Twice', 'Several policies are called Twice. Which one? policy/Twice, scp/Twice'],
  ['ReadOnlyAccess', 'ReadOnlyAccess is a policy of AWS, and only AWS changes it.'],
  ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'ReadOnlyAccess is a policy of AWS'],
  ['scp/FullAWSAccess', 'FullAWSAccess is a policy of AWS'],
  ['Deplyo', 'Maybe you meant: Deploy\n`edit Deplyo.json` makes a new file.'],
  ['user/ana', 'It is written user/NAME/POLICY.\nMaybe you meant: user/ana/Read'],
  ['queue/job', 'Maybe you meant: queue/jobs'],
  ['arn:aws:iam::444455556666:role/app', 'That is in account 444455556666'],
  ['arn:aws:iam::111122223333:user/ana', '`edit` opens no policy by this ARN.'],
])('edit %s: %s', (word, message) => {
  const turn = run(openEverything(), `edit ${word}`);
  expect(turn).toMatchObject({ exit: 1, effect: { kind: 'none' }, session: { log: [] } });
  expect(turn.output).toContain(message);
});

test("what is not there is AWS's to say", () => {
  for (const [word, code] of [
    ['bucket/nowhere', 'NoSuchBucket'],
    ['trust/nobody', 'NoSuchEntity'],
    ['user/ana/Write', 'NoSuchEntity'],
    ['arn:aws:iam::111122223333:policy/None', 'NoSuchEntity'],
  ]) {
    expect(run(openEverything(), `edit ${word}`).output).toContain(`(${code})`);
  }
});

test('names are those of the account whose credentials are used', () => {
  const { session } = run(
    openEverything(),
    'aws configure set role_arn arn:aws:iam::444455556666:role/ops --profile other',
    'aws configure set source_profile default --profile other',
    'export AWS_PROFILE=other',
  );
  const turn = run(session, 'edit Ship');
  expect(opened(turn).saving.words).toContain('arn:aws:iam::444455556666:policy/Ship');
  expect(turn.attempts.map(({ request }) => request.operation)).toEqual([
    ...['sts:AssumeRole', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  ]);
  expect(run(openEverything(), 'edit Ship').effect).toEqual({ kind: 'edit-file', name: 'Ship' });
});

test('help and completion say how policies are spelled', () => {
  const session = openEverything('admin', { 'a.json': '{}' });
  expect(complete(session, 'edit ')).toEqual(
    ['Deploy', 'NoLeaving', 'Perimeter', 'Twice', 'a.json', 'bucket/', 'endpoint/', 'group/', 'key/'].concat([
      'permission-set/',
      'policy/',
      'queue/',
      'rcp/',
      'role/',
      'scp/',
      'secret/',
      'topic/',
      'trust/',
      'user/',
    ]),
  );
  expect(complete(session, 'edit key/')).toEqual([`key/${KEY}`, 'key/alias/app']);
  expect(complete(session, 'edit user/a')).toEqual(['user/ana/Read']);
  const help = run(session, 'help edit').output;
  for (const word of ['bucket/NAME', 'trust/ROLE', 'scp/NAME', 'user/NAME/POLICY']) {
    expect(help).toContain(word);
  }
  expect(help.split('\n').filter((row) => row.length > 80)).toEqual([]);
});
