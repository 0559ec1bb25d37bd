import { REGION, rootArn } from '../../../arn.ts';
import { change } from '../../../change.ts';
import { listed } from '../../../own.ts';
import type { AccessKey, Account, Instant, LoginProfile, User } from '../../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../../define.ts';
import { accessKeysOf, permission } from '../entities.ts';

/** How long a report stands before it expires and another can be made, in milliseconds: 4 hours. */
const LIFETIME = 4 * 3_600_000;

const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...['1', '2'].flatMap((number) => [
    `access_key_${number}_active`,
    `access_key_${number}_last_rotated`,
    `access_key_${number}_last_used_date`,
    `access_key_${number}_last_used_region`,
    `access_key_${number}_last_used_service`,
  ]),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];

const NO_CERTIFICATES = ['false', 'N/A', 'false', 'N/A'];

/** The credentials of all users as CSV. Source: IAM User Guide, id_credentials_getting-report.html. */
function report(account: Account, created: Instant): string {
  const rows = [
    COLUMNS,
    rootRow(account, created),
    ...listed(account.users).map((user) => userRow(account, user)),
  ];
  return rows.map((row) => row.join(',')).join('\n');
}

/** The root user has a password in any case. */
function rootRow(account: Account, created: Instant): readonly string[] {
  const [first, second] = accessKeysOf(account, null);
  return [
    '<root_account>',
    rootArn(account.id),
    isoTime(created),
    'not_supported',
    'no_information',
    'not_supported',
    'not_supported',
    'false',
    ...keyCells(first),
    ...keyCells(second),
    ...NO_CERTIFICATES,
  ];
}

function userRow(account: Account, user: User): readonly string[] {
  const [first, second] = accessKeysOf(account, user.name);
  const hasMfa = Object.values(account.mfaDevices).some((device) => device.user === user.name);
  const password = user.loginProfile
    ? ['true', 'no_information', ...passwordTimes(user.loginProfile, account.passwordPolicy?.maxAge ?? null)]
    : ['false', 'N/A', 'N/A', 'N/A'];
  return [
    user.name,
    user.arn,
    isoTime(user.created),
    ...password,
    String(hasMfa),
    ...keyCells(first),
    ...keyCells(second),
    ...NO_CERTIFICATES,
  ];
}

const DAY = 24 * 60 * 60 * 1000;

/** When a password was last changed, and when it must be changed next. */
function passwordTimes(
  { created, changed = created }: LoginProfile,
  maxAge: number | null,
): readonly string[] {
  return [isoTime(changed), maxAge === null ? 'N/A' : isoTime(changed + maxAge * DAY)];
}

function keyCells(key: AccessKey | undefined): readonly string[] {
  if (key === undefined) {
    return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  }
  const used = key.lastUsed
    ? [isoTime(key.lastUsed.at), REGION, key.lastUsed.service]
    : ['N/A', 'N/A', 'N/A'];
  return [String(key.status === 'Active'), isoTime(key.created), ...used];
}

const generateCredentialReport = define({
  id: 'iam:GenerateCredentialReport',
  summary: 'make a report of all users’ passwords, keys and MFA devices',
  input: {},
  needs: (_, caller) => [permission('GenerateCredentialReport', caller, '*')],
  effect(_, caller, world) {
    const home = homeOf(world, caller);
    const last = home.credentialReport;
    if (last !== null && world.clock - last.generated < LIFETIME) {
      return done(world, { State: 'COMPLETE' });
    }
    const started = Math.min(world.clock, ...Object.values(home.users).map(({ created }) => created));
    const credentialReport = { generated: world.clock, content: report(home, started) };
    return done(change(world, home.id, { credentialReport }), {
      State: 'STARTED',
      Description: 'No report exists. Starting a new report generation task',
    });
  },
});

const getCredentialReport = define({
  id: 'iam:GetCredentialReport',
  summary: 'show the credential report, which is base64-encoded CSV',
  input: {},
  needs: (_, caller) => [permission('GetCredentialReport', caller, '*')],
  effect(_, caller, world) {
    const last = homeOf(world, caller).credentialReport;
    if (last === null) {
      return failed('ReportNotPresent', 'Credential report is not present');
    }
    return world.clock - last.generated < LIFETIME
      ? done(world, {
          Content: Buffer.from(last.content).toString('base64'),
          ReportFormat: 'text/csv',
          GeneratedTime: isoTime(last.generated),
        })
      : failed('ReportExpired', 'Credential report has expired');
  },
});

/** The report is ready at once: there is no moment in which it is in progress. */
export const credentialReportOperations = [generateCredentialReport, getCredentialReport];
