import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accessMap,
  decisionAt,
  deriveUniverse,
  explainAt,
  indexOf,
  isAllowedAt,
  type MapPrincipal,
  permissionOn,
  sizeOf,
  type Universe,
  universeOf,
  updateMap,
} from '../../../src/cloud/access-map/index.ts';
import { under } from '../../../src/cloud/access-map/universe.ts';
import { examine } from '../../../src/cloud/index.ts';
import { ACCOUNT, OTHER, Stage } from '../stage.ts';
import { changedWorlds, company } from './world-changes.ts';

const OBJECT = 'arn:aws:s3:::assets/site/index.html';
const USER = (user: string, account = ACCOUNT): MapPrincipal => ({ kind: 'user', account, user });
const MFA = { label: 'with MFA', context: { 'aws:MultiFactorAuthPresent': true } };

describe('an access map', () => {
  const { world } = company();
  const principals: readonly MapPrincipal[] = [
    USER('admin'),
    USER('bob'),
    USER('nobody-of-that-name'),
    { kind: 'role', account: ACCOUNT, role: 'web' },
    { kind: 'root', account: ACCOUNT },
    { kind: 'service', service: 'ec2.amazonaws.com' },
  ];
  const role = `arn:aws:iam::${ACCOUNT}:role/web`;
  const universe = universeOf(world, principals, ['s3:GetObject', 's3:PutObject'], [OBJECT]);
  const map = accessMap(world, universe);

  it('says of every request what decided', () => {
    expect(sizeOf(universe)).toBe(12);
    const said = Array.from({ length: 12 }, (_, index) => {
      const decision = decisionAt(map, index);
      return decision.kind === 'decided' ? `${decision.decision} by ${decision.decidedBy}` : decision.kind;
    });
    expect(said).toEqual([
      'allowed by identity',
      'allowed by identity',
      'allowed by identity',
      'implicit-deny by identity',
      'absent',
      'absent',
      'allowed by identity',
      'implicit-deny by identity',
      'allowed by root',
      'allowed by root',
      'implicit-deny by resource',
      'implicit-deny by resource',
    ]);
  });

  it('knows that a service may do what a trust policy lets it', () => {
    const asked: Universe = { ...universe, permissions: [permissionOn(world, 'sts:AssumeRole', role)] };
    const trusted = accessMap(world, asked);
    expect(decisionAt(trusted, 5)).toMatchObject({ decision: 'allowed', decidedBy: 'trust' });
    expect(isAllowedAt(trusted, 1)).toBe(false);
  });

  it('supposes circumstances, which never change what the request itself says', () => {
    const permission = {
      ...permissionOn(world, 's3:ListBucket', 'arn:aws:s3:::assets'),
      context: { 'aws:MultiFactorAuthPresent': false },
    };
    const asked = { principals, permissions: [permission], circumstances: [MFA] };
    expect(explainAt(accessMap(world, asked), 0)).toMatchObject({ decision: 'allowed' });
  });

  it('marks what is outside the engine, and names a place that is not there', () => {
    const odd = universeOf(world, principals, ['not an action'], [OBJECT]);
    expect(decisionAt(accessMap(world, odd), 0)).toEqual({ kind: 'unsupported' });
    expect(() => decisionAt(map, 12)).toThrow(RangeError);
    expect(() => explainAt(map, 12)).toThrow(RangeError);
  });

  it('says the same as the examination of a request that is sent', () => {
    const stage = company();
    for (const [who, operation] of [
      ['bob', 's3:GetObject'],
      ['bob', 's3:PutObject'],
      ['admin', 's3:GetObject'],
    ] as const) {
      const input = { Bucket: 'assets', Key: 'site/index.html' };
      const examination = examine(stage.world, stage.actor(who), { operation, input });
      const asked = universeOf(stage.world, [USER(who)], [operation], [OBJECT]);
      const [check] = examination.kind === 'examined' ? examination.checks : [];
      const explained = explainAt(accessMap(stage.world, asked), 0);
      expect(explained).toMatchObject({ message: check?.decision.message, policy: check?.decision.policy });
    }
  });
});

describe('every map', () => {
  it('agrees with the decision that explains it', () => {
    fc.assert(
      fc.property(changedWorlds, ({ after, universe }) => {
        const map = accessMap(after, universe);
        for (let index = 0; index < sizeOf(universe); index += 1) {
          const told = decisionAt(map, index);
          const explained = explainAt(map, index);
          expect(told).toMatchObject(
            explained !== null && 'decision' in explained
              ? { decision: explained.decision, decidedBy: explained.decidedBy }
              : { kind: explained === null ? 'absent' : 'unsupported' },
          );
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is the same whether made anew or brought up to date', () => {
    fc.assert(
      fc.property(changedWorlds, ({ before, after, universe }) => {
        const fresh = accessMap(after, universe);
        const updated = updateMap(accessMap(before, universe), after);
        expect(updated.codes).toEqual(fresh.codes);
        expect(updated.decided).toBeLessThanOrEqual(fresh.decided);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('a map brought up to date', () => {
  it('decides only what the change can affect', () => {
    const stage = company();
    const universe = deriveUniverse(stage.world);
    const before = accessMap(stage.world, universe);
    const mine = universe.permissions.length * universe.circumstances.length;

    stage.do('admin', 'sts:GetCallerIdentity');
    expect(updateMap(before, stage.world).decided).toBe(0);

    stage.do('admin', 'iam:DetachGroupPolicy', {
      GroupName: 'devs',
      PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/Read`,
    });
    const after = updateMap(before, stage.world);
    expect(after.decided).toBe(mine);
    const bob = universe.principals.findIndex((each) => each.kind === 'user' && each.user === 'bob');
    const read = universe.permissions.findIndex(
      ({ action, resource }) => action === 's3:GetObject' && resource === OBJECT,
    );
    expect(isAllowedAt(before, indexOf(universe, bob, read, 0))).toBe(true);
    expect(isAllowedAt(after, indexOf(universe, bob, read, 0))).toBe(false);

    stage.do('admin', 's3:PutBucketPolicy', {
      Bucket: 'assets',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::assets/*' },
      }),
    });
    const objects = universe.permissions.filter(({ resource }) => /:::assets(\/|$)/.test(resource)).length;
    const withPolicy = updateMap(after, stage.world);
    expect(withPolicy.decided).toBe(objects * universe.principals.length * universe.circumstances.length);

    const [scp] = Object.values(stage.world.organization?.policies ?? {});
    stage.do('zoe', 'organizations:AttachPolicy', { PolicyId: scp?.id, TargetId: ACCOUNT });
    const inCompany = universe.principals.filter((each) => 'account' in each && each.account === ACCOUNT);
    expect(updateMap(withPolicy, stage.world).decided).toBe(inCompany.length * mine);

    stage.wait(1000);
    expect(updateMap(after, stage.world).decided).toBe(sizeOf(universe));
  });
});

describe('a universe derived from a world', () => {
  it('has everybody, and what the operations need about what is there and what is not', () => {
    const { world } = company();
    const universe = deriveUniverse(world);
    expect(universe.principals).toEqual(
      expect.arrayContaining([
        USER('bob'),
        USER('zoe', OTHER),
        { kind: 'role', account: ACCOUNT, role: 'web' },
        { kind: 'root', account: OTHER },
        { kind: 'service', service: 'ec2.amazonaws.com' },
      ]),
    );
    const permissions = universe.permissions.map(({ action, resource }) => `${action} ${resource}`);
    expect(permissions).toEqual(
      expect.arrayContaining([
        `s3:GetObject ${OBJECT}`,
        's3:PutObject arn:aws:s3:::any-other/any-other',
        `iam:DeleteUser arn:aws:iam::${ACCOUNT}:user/team/bob`,
        `iam:DeleteUser arn:aws:iam::${ACCOUNT}:user/any-other`,
        `iam:DeletePolicy arn:aws:iam::${ACCOUNT}:policy/Read`,
        's3:ListAllMyBuckets *',
      ]),
    );
    expect(universe.isPartial).toBe(false);
  });

  it('is cut where there is too much, and has what changed', () => {
    const users = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`user-${n}`, { accessKeys: 0 as const }]),
    );
    const [OLD, NEW] = ['000000000001', '000000000002'];
    const crowd = new Stage(
      { name: 'crowd' },
      { [OLD]: { name: 'old', users }, [NEW]: { name: 'new', users: { eve: {} } } },
    );
    const before = crowd.world;
    expect(deriveUniverse(before)).toMatchObject({ isPartial: true });
    expect(deriveUniverse(before).principals).not.toContainEqual(USER('eve', NEW));
    const account = before.accounts[NEW];
    if (account === undefined) throw new Error('The account is there.');
    const after = { ...before, accounts: { ...before.accounts, [NEW]: { ...account, name: 'newer' } } };
    const universe = deriveUniverse(before, after);
    expect(universe.principals).toContainEqual(USER('eve', NEW));
    expect(sizeOf(universe)).toBeLessThanOrEqual(100_000);
  });

  it('takes a role for a session of it, which was issued before or after what a condition names', () => {
    const stage = company();
    const revoke = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-02T10:00:00Z' } },
    };
    const web: MapPrincipal = { kind: 'role', account: ACCOUNT, role: 'web' };
    const may = () => {
      const universe = { ...deriveUniverse(stage.world), principals: [web] };
      const reading = {
        ...universe,
        permissions: [permissionOn(stage.world, 's3:GetObject', 'arn:aws:s3:::assets/site/index.html')],
      };
      const map = accessMap(stage.world, reading);
      return reading.circumstances.flatMap(({ label }, at) =>
        isAllowedAt(map, indexOf(reading, 0, 0, at)) ? [label] : [],
      );
    };
    const before = may();
    expect(before[0]).toBe('');
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'web',
      PolicyName: 'AWSRevokeOlderSessions',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [revoke] }),
    });
    expect(may()).toEqual(['aws:TokenIssueTime is 2026-03-02T10:00:01.000Z']);
    const unless = { ...revoke, Condition: { DateLessThanIfExists: revoke.Condition.DateLessThan } };
    stage.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'web',
      PolicyName: 'AWSRevokeOlderSessions',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [unless] }),
    });
    expect(may()).toEqual(['aws:TokenIssueTime is 2026-03-02T10:00:01.000Z']);
  });

  it('supposes a key for the actions alone whose requests can have it', () => {
    const context = { 'iam:PassedToService': 'lambda.amazonaws.com', 'aws:SourceIp': '10.0.0.1' };
    const asked = (action: string) =>
      under({ action, resource: '*', resourceAccount: ACCOUNT }, { label: '', context }).context;
    expect(asked('iam:PassRole')).toEqual(context);
    expect(asked('iam:PutRolePermissionsBoundary')).toEqual({ 'aws:SourceIp': '10.0.0.1' });
    expect(asked('s3:GetObject')).toEqual({ 'aws:SourceIp': '10.0.0.1' });
  });

  it('supposes what conditions ask for, and only that', () => {
    const stage = company();
    expect(deriveUniverse(stage.world).circumstances.map(({ label }) => label)).toEqual([
      '',
      'aws:SecureTransport is true',
      'aws:SecureTransport is false',
    ]);
    const Condition = {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      StringLike: { 's3:prefix': 'site/*', 'aws:PrincipalTag/team': 'red' },
      IpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] },
      'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] },
      Null: { 'aws:TokenIssueTime': 'true' },
    };
    stage.do('admin', 'iam:PutUserPolicy', {
      UserName: 'ann',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition },
      }),
    });
    expect(deriveUniverse(stage.world).circumstances).toEqual([
      { label: '', context: {} },
      { label: 'aws:MultiFactorAuthPresent is true', context: { 'aws:MultiFactorAuthPresent': true } },
      { label: 'aws:MultiFactorAuthPresent is false', context: { 'aws:MultiFactorAuthPresent': false } },
      { label: 's3:prefix is site/any', context: { 's3:prefix': 'site/any' } },
      { label: 'aws:SourceIp is 10.0.0.0', context: { 'aws:SourceIp': '10.0.0.0' } },
      { label: 'aws:TagKeys is team', context: { 'aws:TagKeys': ['team'] } },
      { label: 'aws:SecureTransport is true', context: { 'aws:SecureTransport': true } },
      { label: 'aws:SecureTransport is false', context: { 'aws:SecureTransport': false } },
    ]);
  });
});
