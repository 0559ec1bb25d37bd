import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  accessMap,
  counterexample,
  diffMaps,
  isAllowedAt,
  type MapPrincipal,
  universeOf,
} from '../../../src/cloud/access-map/index.ts';
import { ACCOUNT, allow, policy } from '../stage.ts';
import { changedWorlds, company } from './world-changes.ts';

const ANN: MapPrincipal = { kind: 'user', account: ACCOUNT, user: 'ann' };
const ZOE: MapPrincipal = { kind: 'user', account: ACCOUNT, user: 'nobody' };
const SITE = 'arn:aws:s3:::assets/site/index.html';
const PAYROLL = 'arn:aws:s3:::assets/payroll/march.csv';

/** The company's map of reading two objects, with ann allowed to read these. */
function reading(resource: string) {
  const stage = company();
  const universe = universeOf(stage.world, [ANN, ZOE], ['s3:PutObject', 's3:GetObject'], [PAYROLL, SITE]);
  return [...[resource, SITE]].map((each) => {
    const PolicyDocument = JSON.stringify(policy(allow('s3:GetObject', each)));
    stage.do('admin', 'iam:PutUserPolicy', { UserName: 'ann', PolicyName: 'own', PolicyDocument });
    return accessMap(stage.world, universe);
  });
}

it('finds a request that one world allows and another must not, beside one that is rightly allowed', () => {
  const [wide, right] = reading('arn:aws:s3:::assets/*');
  if (wide === undefined || right === undefined) throw new Error('Two maps were asked for.');
  expect(counterexample(wide, right)).toMatchObject({
    request: { principal: ANN, permission: { action: 's3:GetObject', resource: PAYROLL } },
    beside: { factor: 'resource', request: { permission: { action: 's3:GetObject', resource: SITE } } },
  });
  expect(counterexample(right, wide)).toBeNull();
});

it('finds a request that is forbidden by a pattern', () => {
  const [wide] = reading('*');
  if (wide === undefined) throw new Error('A map was asked for.');
  expect(counterexample(wide, [{ resource: '*/payroll/*' }])).toMatchObject({
    request: { permission: { resource: PAYROLL } },
    beside: { factor: 'resource' },
  });
  expect(counterexample(wide, [{ principal: `${ACCOUNT}:ann`, action: 'S3:get*' }])).toMatchObject({
    request: { principal: ANN },
    beside: null,
  });
  expect(counterexample(wide, [{ action: 'iam:*' }])).toBeNull();
});

it('refuses to compare maps of two universes', () => {
  const [wide] = reading('*');
  const [other] = reading('*');
  if (wide === undefined || other === undefined) throw new Error('Two maps were asked for.');
  expect(() => counterexample(wide, other)).toThrow('of the same universe');
});

it('finds one exactly when the one world allows what the other does not', () => {
  fc.assert(
    fc.property(changedWorlds, ({ before, after, universe }) => {
      const was = accessMap(before, universe);
      const is = accessMap(after, universe);
      const found = counterexample(is, was);
      expect(found === null).toBe(diffMaps(was, is).opened.length === 0);
      if (found !== null) {
        expect([isAllowedAt(is, found.index), isAllowedAt(was, found.index)]).toEqual([true, false]);
        const { beside } = found;
        expect(beside === null || (isAllowedAt(is, beside.index) && isAllowedAt(was, beside.index))).toBe(
          true,
        );
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
