import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessMap,
  accessMap,
  changeText,
  deriveUniverse,
  diffInWords,
  diffMaps,
  groupRequests,
  isAllowedAt,
  type MapDiff,
  type MapPrincipal,
  type Universe,
  universeOf,
  updateMap,
} from '../../../src/cloud/access-map/index.ts';
import { atOnce } from '../../../src/cloud/in-parts.ts';
import { ACCOUNT, allow, policy, type Stage } from '../stage.ts';
import { changedWorlds, company } from './world-changes.ts';

const BOB: MapPrincipal = { kind: 'user', account: ACCOUNT, user: 'bob' };
const ANN: MapPrincipal = { kind: 'user', account: ACCOUNT, user: 'ann' };

function textOf(diff: MapDiff): string {
  return changeText(atOnce(diffInWords(diff)));
}

/** What a change made of a stage's world, as text. */
function told(stage: Stage, universe: Universe, change: () => unknown): string {
  const before = accessMap(stage.world, universe);
  change();
  return textOf(diffMaps(before, updateMap(before, stage.world)));
}

function put(stage: Stage, user: string, ...statements: readonly Record<string, unknown>[]): void {
  const PolicyDocument = JSON.stringify(policy(...statements));
  stage.do('admin', 'iam:PutUserPolicy', { UserName: user, PolicyName: 'own', PolicyDocument });
}

function arn(resource: string): string {
  return `arn:aws:iam::${ACCOUNT}:${resource}`;
}

describe('the difference of two maps', () => {
  it('is empty when nothing changed', () => {
    const { world } = company();
    const universe = deriveUniverse(world);
    const map = accessMap(world, universe);
    expect(diffMaps(map, accessMap(world, universe))).toEqual({ universe, opened: [], closed: [] });
    expect(textOf(diffMaps(map, map))).toBe('Opened: nothing.\nClosed: nothing.');
  });

  it('needs maps of one universe', () => {
    const { world } = company();
    const of = (): AccessMap => accessMap(world, universeOf(world, [BOB], ['s3:GetObject'], ['*']));
    expect(() => diffMaps(of(), of())).toThrow('of the same universe');
  });

  it('names requests that were denied before and are allowed after, and the other way about', () => {
    fc.assert(
      fc.property(changedWorlds, ({ before, after, universe }) => {
        const was = accessMap(before, universe);
        const is = accessMap(after, universe);
        const { opened, closed } = diffMaps(was, is);
        expect(opened.every((index) => !isAllowedAt(was, index) && isAllowedAt(is, index))).toBe(true);
        expect(closed.every((index) => isAllowedAt(was, index) && !isAllowedAt(is, index))).toBe(true);
        const changed = [...was.codes.keys()].filter(
          (index) => isAllowedAt(was, index) !== isAllowedAt(is, index),
        );
        expect(opened.length + closed.length).toBe(changed.length);
        const grouped = [...groupRequests(universe, opened), ...groupRequests(universe, closed)];
        expect(grouped.reduce((sum, { size }) => sum + size, 0)).toBe(changed.length);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('the text of a difference', () => {
  it('counts actions by family and gives resources one pattern where it fits no others', () => {
    const stage = company();
    const actions = ['CreateUser', 'DeleteUser', 'TagUser', 'PutUserPolicy', 'GetUser'].map(
      (each) => `iam:${each}`,
    );
    const resources = ['user/team/bob', 'user/team/new', 'user/ann'].map(arn);
    const universe = universeOf(stage.world, [BOB, ANN], actions, resources);
    expect(told(stage, universe, () => put(stage, 'ann', allow('iam:*', arn('user/team/*'))))).toBe(
      'Opened: 10 requests.\n  ann: 4 iam write actions on user/team/*\n  ann: iam:GetUser on user/team/*\nClosed: nothing.',
    );
    expect(told(stage, universe, () => put(stage, 'ann', allow('iam:TagUser')))).toBe(
      'Opened: 1 request.\n  ann: iam:TagUser on user/ann\n' +
        'Closed: 8 requests.\n  ann: iam:CreateUser, iam:DeleteUser, iam:PutUserPolicy on user/team/*\n  ann: iam:GetUser on user/team/*',
    );
  });

  it('says what a made-up name stands for', () => {
    const stage = company();
    const universe = universeOf(stage.world, [ANN], ['s3:GetObject'], ['arn:aws:s3:::assets/any-other']);
    expect(told(stage, universe, () => put(stage, 'ann', allow('s3:GetObject')))).toBe(
      `Opened: 1 request.
  ann: s3:GetObject on assets/any-other
Closed: nothing.
any-other stands for any name that nothing has yet.`,
    );
  });

  it('spells resources out where a pattern would say too much, and counts those beyond three', () => {
    const stage = company();
    const keys = ['a', 'b', 'c', 'd', 'e', 'other'].map((key) => `arn:aws:s3:::assets/${key}`);
    const universe = universeOf(stage.world, [ANN], ['s3:GetObject'], keys);
    const statement = allow('s3:GetObject', keys.slice(0, 5));
    expect(told(stage, universe, () => put(stage, 'ann', statement))).toContain(
      '  ann: s3:GetObject on assets/a, assets/b, assets/c and 2 more\n',
    );
  });

  it('names a thing and all that is in it', () => {
    const stage = company();
    const resources = ['', '/a', '/b'].map((key) => `arn:aws:s3:::assets${key}`);
    const universe = universeOf(stage.world, [ANN], ['s3:ListBucket', 's3:GetObject'], resources);
    expect(told(stage, universe, () => put(stage, 'ann', allow(['s3:Get*', 's3:List*'])))).toContain(
      '  ann: s3:GetObject, s3:ListBucket on assets and assets/*\n',
    );
  });

  it('tells those who gained the same together', () => {
    const stage = company();
    const universe = universeOf(stage.world, [BOB, ANN], ['s3:PutObject'], ['arn:aws:s3:::assets/a']);
    const attach = (UserName: string) =>
      stage.do('admin', 'iam:AttachUserPolicy', {
        UserName,
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      });
    const both = told(stage, universe, () => {
      attach('ann');
      attach('bob');
      stage.do('admin', 'iam:DeleteUserPermissionsBoundary', { UserName: 'bob' });
    });
    expect(both).toBe('Opened: 2 requests.\n  bob and ann: s3:PutObject on assets/a\nClosed: nothing.');
  });

  it('says under which circumstances, when it is not under all', () => {
    const stage = company();
    const circumstances = [
      { label: '', context: {} },
      { label: 'MFA was shown', context: { 'aws:MultiFactorAuthPresent': true } },
    ];
    const objects = ['arn:aws:s3:::assets/a'];
    const universe = universeOf(stage.world, [ANN], ['s3:GetObject'], objects, circumstances);
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const read = allow('s3:GetObject');
    expect(told(stage, universe, () => put(stage, 'ann', { ...read, Condition }))).toContain(
      'ann: s3:GetObject on assets/a, only when MFA was shown',
    );
    stage.do('admin', 'iam:DeleteUserPolicy', { UserName: 'ann', PolicyName: 'own' });
    const deny = { Effect: 'Deny', Action: '*', Resource: '*', Condition };
    expect(told(stage, universe, () => put(stage, 'ann', read, deny))).toContain(
      'ann: s3:GetObject on assets/a, except when MFA was shown',
    );
  });
});
