import { buildWorld, findActor } from '../../src/cloud/index.ts';
import type { AccountSpec } from '../../src/cloud/world-spec.ts';
import { openSession, runLine } from '../../src/shell/index.ts';
import type { Session, Turn } from '../../src/shell/session.ts';

export const ACCOUNT = '111122223333';

const EC2_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const COMPANY: AccountSpec = {
  name: 'company',
  users: {
    admin: { policies: ['AdministratorAccess'] },
    joanne: {
      inline: {
        wide: {
          Version: '2012-10-17',
          Statement: { Sid: 'AllOfIam', Effect: 'Allow', Action: 'iam:*', Resource: '*' },
        },
      },
      boundary: 'WorkloadBoundary',
    },
    visitor: {},
    nokeys: { accessKeys: 0 },
  },
  policies: {
    WorkloadBoundary: {
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['s3:*', 'iam:Get*', 'iam:List*'], Resource: '*' }],
      },
    },
  },
  roles: {
    'site-reader': {
      trust: EC2_TRUST,
      inline: {
        read: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop-data/site/*' }],
        },
      },
    },
  },
  instanceProfiles: { 'site-profile': 'site-reader' },
  instances: {
    'web-1': {},
    'web-2': { profile: 'site-profile', processes: { app: 'refreshes', worker: 'copies' } },
  },
  buckets: {
    'shop-data': {
      objects: {
        'site/index.html': '<h1>Shop</h1>',
        'site/evil.txt': 'a\u001b[31mb',
        'payroll/june.csv': 'secret',
        'readme.txt': 'hello',
      },
    },
  },
};

/** A session in a small company: joanne with her boundary, instances with and without a role, one bucket. */
export function openCompany(
  actor = 'admin',
  files: Readonly<Record<string, string>> = { 'policy.json': '{"Version":"2012-10-17","Statement":[]}' },
): Session {
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: 'shell',
    accounts: { [ACCOUNT]: COMPANY },
  });
  if ('problems' in built) throw new Error(JSON.stringify(built.problems));
  const found = findActor(built.world, actor);
  if (found === undefined) throw new Error(`nobody is called ${actor}`);
  return openSession({ world: built.world, actor: found, files });
}

/** Runs lines one after the other; the last line's turn. */
export function run(session: Session, ...lines: readonly string[]): Turn {
  const [line = '', ...more] = lines;
  const turn = runLine(session, line);
  return more.length === 0 ? turn : run(turn.session, ...more);
}
