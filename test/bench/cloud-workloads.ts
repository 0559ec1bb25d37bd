import { type MapPrincipal, type Universe, universeOf } from '../../src/cloud/access-map/index.ts';
import { type Actor, buildWorld, findActor } from '../../src/cloud/index.ts';
import type { World } from '../../src/cloud/world.ts';
import type { AccountSpec, RoleSpec } from '../../src/cloud/world-spec.ts';
import { seeded } from './engine-workloads.ts';

export const ACCOUNTS = 50;
const ROLES = 40;
const POLICIES = 100;
const TEAMS = ['web', 'api', 'data', 'pay', 'ops'];

/** Twelve digits for the n-th account. */
export function accountId(n: number): string {
  return String(100000000000 + n * 1111);
}

/** A large organization: 50 accounts with 40 roles and 100 customer managed policies each, and an administrator. */
export function largeWorld(seed = 1): World {
  const random = seeded(seed);
  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => [accountId(n), account(random, n)] as const);
  const built = buildWorld({
    clock: '2026-03-02T09:00:00Z',
    seed: `large ${seed}`,
    accounts: Object.fromEntries(accounts),
  });
  if ('problems' in built) throw new Error(JSON.stringify(built.problems.slice(0, 3)));
  return built.world;
}

function account(random: () => number, n: number): AccountSpec {
  const policies = Array.from({ length: POLICIES }, (_, i) => [`policy-${i}`, policy(random, n, i)] as const);
  const roles = Array.from({ length: ROLES }, (_, i) => [`role-${i}`, role(random, i)] as const);
  return {
    name: `account ${n}`,
    users: { admin: { policies: ['AdministratorAccess'] } },
    policies: Object.fromEntries(policies),
    roles: Object.fromEntries(roles),
    buckets: {
      [bucketName(n)]: { policy: bucketPolicy(n), objects: { 'web/a.txt': 'a', 'pay/b.txt': 'b' } },
    },
  };
}

function bucketName(n: number): string {
  return `data-of-account-${n}`;
}

function statement(Action: readonly string[], Resource: string, Condition?: object) {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}

function policy(random: () => number, n: number, i: number) {
  const team = TEAMS[i % TEAMS.length] ?? '';
  const of = Math.floor(random() * ACCOUNTS);
  return {
    document: {
      Version: '2012-10-17',
      Statement: [
        statement(['s3:Get*', 's3:List*'], `arn:aws:s3:::${bucketName(random() < 0.5 ? n : of)}/${team}/*`),
        statement(['iam:Get*', 'iam:List*'], `arn:aws:iam::${accountId(n)}:role/role-${i % ROLES}`),
        statement(['iam:PassRole'], `arn:aws:iam::${accountId(n)}:role/*`, {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        }),
      ],
    },
  };
}

function role(random: () => number, i: number): RoleSpec {
  const first = Math.floor(random() * (POLICIES - 1));
  const others = Array.from({ length: 4 }, (_, k) => `policy-${1 + ((first + k * 7) % (POLICIES - 1))}`);
  return {
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    policies: ['policy-0', ...others],
    tags: { team: TEAMS[i % TEAMS.length] ?? '' },
  };
}

function bucketPolicy(n: number) {
  const bucket = `arn:aws:s3:::${bucketName(n)}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucket, `${bucket}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'Neighbour',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId((n + 1) % ACCOUNTS)}:root` },
        Action: 's3:GetObject',
        Resource: `${bucket}/web/*`,
      },
    ],
  };
}

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'iam:GetRole', 'iam:PassRole'];

/** 100,000 requests: each of the 2,000 roles with 25 permissions, with and without MFA. */
export function everyRole(world: World): Universe {
  return universeOf(world, rolesOf(world), ACTIONS, resourcesOf(1), [
    { label: '', context: {} },
    { label: 'aws:MultiFactorAuthPresent is true', context: { 'aws:MultiFactorAuthPresent': true } },
  ]);
}

/** 100,000 requests: each of 800 roles with 125 permissions. A policy that 40 roles have affects 5,000. */
export function manyResources(world: World): Universe {
  return universeOf(world, rolesOf(world).slice(0, 800), ACTIONS, resourcesOf(5));
}

function rolesOf(world: World): readonly MapPrincipal[] {
  return Object.values(world.accounts).flatMap(({ id: account, roles }) =>
    Object.keys(roles).map((role): MapPrincipal => ({ kind: 'role', account, role })),
  );
}

/** Five resources of each of some accounts. */
function resourcesOf(accounts: number): readonly string[] {
  return Array.from({ length: accounts }, (_, n) => [
    `arn:aws:s3:::${bucketName(n)}`,
    `arn:aws:s3:::${bucketName(n)}/web/a.txt`,
    `arn:aws:s3:::${bucketName(n + 1)}/pay/b.txt`,
    `arn:aws:iam::${accountId(n)}:role/role-1`,
    `arn:aws:iam::${accountId(n)}:role/role-2`,
  ]).flat();
}

/** The administrator of the first account. */
export function administrator(world: World): Actor {
  const actor = findActor(world, `${accountId(0)}:admin`);
  if (actor === undefined) throw new Error('There is no administrator.');
  return actor;
}

/** Command lines as people type them, some that change something, some that fail. */
export function commands(count: number, seed = 2): readonly string[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const role = `role-${Math.floor(random() * ROLES)}`;
    const arn = `arn:aws:iam::${accountId(0)}:policy/policy-${Math.floor(random() * POLICIES)}`;
    const lines = [
      `aws iam list-attached-role-policies --role-name ${role}`,
      `aws iam attach-role-policy --role-name ${role} --policy-arn ${arn}`,
      `aws iam detach-role-policy --role-name ${role} --policy-arn ${arn}`,
      `aws iam create-user --user-name user-${i}`,
      `aws iam get-role --role-name ${role}`,
      `aws s3api put-object --bucket ${bucketName(0)} --key web/file-${i % 20}`,
      `aws s3api get-object --bucket ${bucketName(0)} --key web/a.txt out.txt`,
      'aws sts get-caller-identity',
    ];
    return lines[i % lines.length] ?? '';
  });
}
