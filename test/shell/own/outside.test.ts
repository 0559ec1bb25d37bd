import { expect, test } from 'vitest';
import { buildWorld, findActor } from '../../../src/cloud/index.ts';
import { openSession, writeFile } from '../../../src/shell/index.ts';
import type { Session } from '../../../src/shell/session.ts';
import { ACCOUNT, openCompany, run } from '../company.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

function statement(parts: Record<string, unknown>) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...parts }] };
}

function open(actor: string): Session {
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: 'outside',
    accounts: {
      [ACCOUNT]: {
        name: 'shop',
        users: {
          joe: { mfa: true, inline: { all: statement({ Action: ['s3:*', 'sts:*'], Resource: '*' }) } },
        },
        roles: {
          Ci: {
            trust: statement({
              Principal: { Federated: PROVIDER },
              Action: 'sts:AssumeRoleWithWebIdentity',
            }),
            inline: { all: statement({ Action: 's3:*', Resource: '*' }) },
          },
        },
        oidcProviders: { [GITHUB]: ['sts.amazonaws.com'] },
        samlProviders: { Corp: 'https://idp.example.com' },
        workloads: {
          build: { github: { repository: 'octo/shop', environment: 'production' } },
          ann: { saml: { issuer: 'https://idp.example.com', subject: 'ann', tags: { team: 'red' } } },
          backup: { certificate: { issuer: 'Corp CA', subject: { CN: 'backup', OU: 'ops' } } },
        },
      },
    },
    codeHost: {},
  });
  if ('problems' in built) throw new Error(JSON.stringify(built.problems));
  const found = findActor(built.world, actor);
  if (found === undefined) throw new Error(`nobody is called ${actor}`);
  return openSession({ world: built.world, actor: found, files: {} });
}

test('token gives a job its token as a file, which STS takes', () => {
  const turn = run(open('build'), 'token');
  expect(turn.output).toContain('sub: repo:octo/shop:environment:production');
  expect(turn.output).toContain('good until 2026-03-02 09:05:00 UTC');
  const assumed = run(
    turn.session,
    `aws sts assume-role-with-web-identity --role-arn arn:aws:iam::${ACCOUNT}:role/Ci --role-session-name ci --web-identity-token file://build.jwt`,
  );
  expect(assumed).toMatchObject({ exit: 0, output: expect.stringContaining('SessionToken') });
  expect(run(assumed.session, 'as Ci/ci', 'aws s3 ls').exit).toBe(0);
  expect(run(assumed.session, 'whoami').output).toContain('a program outside AWS');
  expect(run(open('build'), 'whoami').output).toContain('It can trade a token');
});

test('token gives assertions and certificates too, and says what it needs', () => {
  const session = open('joe');
  expect(run(session, 'token ann').output).toContain('An assertion is for one role');
  const assertion = run(session, `token ann arn:aws:iam::${ACCOUNT}:role/Ci x`);
  expect(assertion.output).toContain('PrincipalTag:team: red');
  expect(Object.keys(assertion.session.now.files)).toEqual(['ann.saml']);
  expect(run(session, 'token backup').output).toContain('subject: CN=backup,OU=ops');
  expect(run(session, 'token build elsewhere').output).toContain('aud: elsewhere');
  expect(run(session, 'token')).toMatchObject({
    exit: 1,
    output: "Whose token? Name a workload, such as 'token build'. There is: build, ann, backup",
  });
  expect(run(openCompany(), 'token x').output).toContain('There are none here.');
});

test('mfa shows codes that STS takes', () => {
  const session = open('joe');
  const shown = run(session, 'mfa').output;
  const code = /shows (\d{6}), then \d{6}$/.exec(shown)?.[1];
  expect(shown).toContain(`arn:aws:iam::${ACCOUNT}:mfa/joe (of joe)`);
  const serial = `arn:aws:iam::${ACCOUNT}:mfa/joe`;
  expect(run(session, `aws sts get-session-token --serial-number ${serial} --token-code ${code}`).exit).toBe(
    0,
  );
  expect(run(session, 'mfa joe').output).toBe(shown);
  expect(run(session, 'mfa ghost').output).toBe(
    'There is no MFA device ghost in this account. There is: joe',
  );
  expect(run(session, 'mfa a b').exit).toBe(1);
  expect(run(openCompany(), 'mfa').output).toBe('There is no MFA device in this account.');
});

test('the seed of a new MFA device goes into a file, as the AWS CLI insists', () => {
  const create = 'aws iam create-virtual-mfa-device --virtual-mfa-device-name phone';
  expect(run(openCompany(), create).output).toContain(
    'the following arguments are required: --outfile, --bootstrap-method',
  );
  expect(run(openCompany(), `${create} --outfile a --bootstrap-method Seed`).output).toContain(
    'argument --bootstrap-method: Invalid choice, valid choices are:\n\nQRCodePNG | Base32StringSeed',
  );
  const made = run(openCompany(), `${create} --outfile seed.txt --bootstrap-method Base32StringSeed`);
  expect(JSON.parse(made.output)).toEqual({
    VirtualMFADevice: { SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/phone` },
  });
  expect(made.session.now.files['seed.txt']).toMatch(/^[A-Z2-7]{32}$/);
  expect(made.attempts[0]?.request.input).toEqual({ VirtualMFADeviceName: 'phone' });
});

test('push puts a file where everybody reads it, and wait tells what one hears', () => {
  const session = open('joe');
  const key = Object.values(session.now.world.accounts[ACCOUNT]?.accessKeys ?? {})[0];
  const written = writeFile(session, 'config.py', `${key?.id} ${key?.secret}`);
  const pushed = run(written, 'push config.py');
  expect(pushed.output).toContain('Everybody can read it');
  const later = run(pushed.session, 'wait 10m');
  expect(later.output).toMatch(
    /^10m later\..*\n2026-03-02 09:05:00 UTC: A mail from AWS: the access key AKIA/,
  );
  expect(run(later.session, 'trail').output).toContain('attacker  s3:ListBuckets');
  expect(run(later.session, 'as attacker', 'whoami').output).toContain(
    'You are a stranger who found the key',
  );
  expect(run(later.session, 'undo', 'undo', 'trail').output).toContain('The trail is empty');
  expect(run(session, 'push').exit).toBe(1);
  expect(run(session, 'push none.py').output).toBe('push: none.py: No such file or directory');
  expect(run(openCompany(), 'push policy.json').output).toBe('There is no code host in this scenario.');
});

test('a key is used from where its user sits, whosever it is', () => {
  const session = open('joe');
  const key = Object.values(session.now.world.accounts[ACCOUNT]?.accessKeys ?? {})[0];
  const { session: pushed } = run(
    writeFile(session, 'config.py', `${key?.id} ${key?.secret}`),
    'push config.py',
    'wait 10m',
  );
  const use = `AWS_ACCESS_KEY_ID=${key?.id} AWS_SECRET_ACCESS_KEY=${key?.secret} aws sts get-caller-identity`;
  const sourceIp = (turn: ReturnType<typeof run>) => turn.session.now.world.trail.at(-1)?.sourceIp;
  const usual = sourceIp(run(pushed, use));
  const stranger = sourceIp(run(pushed, 'as attacker', 'aws sts get-caller-identity'));
  expect(stranger).not.toBe(usual);
  expect(sourceIp(run(pushed, 'as attacker', use))).toBe(stranger);
});

test('aws_signing_helper trades a certificate for credentials', () => {
  const token = run(open('backup'), 'token backup', 'token backup authority');
  expect(Object.keys(token.session.now.files)).toEqual(['backup.pem', 'backup-authority.pem']);
  const arn = (kind: string) => `arn:aws:rolesanywhere:us-east-1:${ACCOUNT}:${kind}/x`;
  const line = `aws_signing_helper credential-process --certificate backup.pem --private-key backup.pem --trust-anchor-arn ${arn('trust-anchor')} --profile-arn ${arn('profile')} --role-arn arn:aws:iam::${ACCOUNT}:role/Ci`;
  const turn = run(token.session, line);
  expect(turn).toMatchObject({
    exit: 1,
    output: 'AccessDeniedException: Trust anchor not found or disabled',
    attempts: [{ request: { operation: 'rolesanywhere:CreateSession' } }],
  });
  expect(run(turn.session, 'why').output).toContain('AWS did not accept the credentials');
  expect(run(open('backup'), line).output).toBe('open backup.pem: no such file or directory');
  const helper = (rest: string) => run(token.session, `aws_signing_helper ${rest}`).output;
  expect(helper('')).toMatch(/^Usage: aws_signing_helper credential-process/);
  expect(helper('credential-process --certificat x')).toContain('Maybe you meant: --certificate');
  expect(helper('credential-process --certificate')).toBe('flag needs an argument: --certificate');
  expect(helper('credential-process --certificate x')).toMatch(/^required flag\(s\) not set/);
  expect(run(token.session, `${line} --session-duration x`).output).toContain('whole seconds');
  expect(run(token.session, 'aws rolesanywhere create-session').exit).not.toBe(0);
});
