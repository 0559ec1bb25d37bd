import { describe, expect, it } from 'vitest';
import { buildWorld } from '../../../src/cloud/index.ts';
import type { WorldSpec } from '../../../src/cloud/world-spec.ts';
import { ACCOUNT, COMPANY, Stage, spec } from '../stage.ts';

const DEV = '222233334444';
const PROD = '333344445555';
const ACCOUNTS: WorldSpec['accounts'] = {
  [DEV]: {
    name: 'dev',
    users: { dora: { policies: ['AdministratorAccess'] } },
    usage: { 's3-storage-gb': 40_000, 'ec2-hours': 1_000 },
  },
  [PROD]: { name: 'prod', usage: { 's3-storage-gb': 60_000 } },
};
const TOGETHER = { organization: { management: ACCOUNT, accounts: [DEV, PROD] } };
const FEBRUARY = {
  TimePeriod: { Start: '2026-02-01', End: '2026-03-01' },
  Granularity: 'MONTHLY',
  Metrics: ['UnblendedCost'],
};
const BY_ACCOUNT = { GroupBy: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }] };

interface Answer {
  readonly ResultsByTime: readonly {
    readonly Total: Readonly<Record<string, { readonly Amount: string; readonly Unit: string }>>;
    readonly Groups: readonly {
      readonly Keys: readonly string[];
      readonly Metrics: Readonly<Record<string, { readonly Amount: string }>>;
    }[];
    readonly Estimated: boolean;
  }[];
}

function ask(stage: Stage, who: string, input: Record<string, unknown> = {}): Answer {
  return stage.do(who, 'ce:GetCostAndUsage', { ...FEBRUARY, ...input }) as Answer;
}

function cost(stage: Stage, who: string, input: Record<string, unknown> = {}): number {
  return Number(ask(stage, who, input).ResultsByTime[0]?.Total.UnblendedCost?.Amount);
}

/** 50,000 GB at 0.023, the next 50,000 at 0.022; 1,000 hours at 0.0104. */
const POOLED_STORAGE = 50_000 * 0.023 + 50_000 * 0.022;
const HOURS = 1_000 * 0.0104;

describe('the consolidated bill', () => {
  it('pools usage, so that its tiers are reached together, and each account carries its share', () => {
    const alone = new Stage({}, ACCOUNTS);
    expect(cost(alone, 'dora')).toBeCloseTo(40_000 * 0.023 + HOURS, 6);
    const stage = new Stage({}, ACCOUNTS, TOGETHER);
    expect(cost(stage, 'dora')).toBeCloseTo(POOLED_STORAGE * 0.4 + HOURS, 6);
    expect(cost(stage, 'admin')).toBeCloseTo(POOLED_STORAGE + HOURS, 6);
  });

  it('is pooled with consolidated billing alone as well', () => {
    const organization = { ...TOGETHER.organization, features: 'consolidated-billing' as const };
    expect(cost(new Stage({}, ACCOUNTS, { organization }), 'admin')).toBeCloseTo(POOLED_STORAGE + HOURS, 6);
  });

  it('shows the management account every account, and a member itself alone', () => {
    const stage = new Stage({}, ACCOUNTS, TOGETHER);
    const accountsFor = (who: string) =>
      ask(stage, who, BY_ACCOUNT).ResultsByTime[0]?.Groups.map(({ Keys: [id] }) => id);
    expect(accountsFor('admin')).toEqual([DEV, PROD]);
    expect(accountsFor('dora')).toEqual([DEV]);
    expect(ask(stage, 'admin', BY_ACCOUNT)).toMatchObject({
      GroupDefinitions: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }],
      DimensionValueAttributes: [
        { Value: DEV, Attributes: { description: 'dev' } },
        { Value: PROD, Attributes: { description: 'prod' } },
      ],
    });
  });

  it('is grouped, filtered and measured', () => {
    const stage = new Stage({}, ACCOUNTS, TOGETHER);
    const services = ask(stage, 'admin', { GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] });
    expect(services.ResultsByTime[0]?.Groups.map(({ Keys }) => Keys)).toEqual([
      ['Amazon Simple Storage Service'],
      ['Amazon Elastic Compute Cloud - Compute'],
    ]);
    const Filter = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [PROD] } };
    expect(cost(stage, 'admin', { Filter })).toBeCloseTo(POOLED_STORAGE * 0.6, 6);
    expect(ask(stage, 'admin', { Filter, Metrics: ['UsageQuantity'] }).ResultsByTime[0]?.Total).toEqual({
      UsageQuantity: { Amount: '60000.0000000000', Unit: 'GB-Mo' },
    });
  });

  it('grows day by day, up to now', () => {
    const stage = new Stage({}, ACCOUNTS, TOGETHER);
    const march = { TimePeriod: { Start: '2026-02-01', End: '2026-04-01' } };
    const [february, now] = ask(stage, 'admin', march).ResultsByTime;
    expect(february?.Estimated).toBe(false);
    expect(now?.Estimated).toBe(true);
    // A day and nine hours of March have passed.
    expect(Number(now?.Total.UnblendedCost?.Amount)).toBeCloseTo(
      ((POOLED_STORAGE + HOURS) * (1 + 9 / 24)) / 31,
      6,
    );
    const days = ask(stage, 'admin', { Granularity: 'DAILY' }).ResultsByTime;
    expect(days).toHaveLength(28);
    expect(Number(days[0]?.Total.UnblendedCost?.Amount)).toBeCloseTo((POOLED_STORAGE + HOURS) / 28, 6);
  });

  it('is refused to those who may not see it, and to questions it cannot answer', () => {
    const stage = new Stage({}, ACCOUNTS, TOGETHER);
    const error = (input: Record<string, unknown>) =>
      stage.error('admin', 'ce:GetCostAndUsage', { ...FEBRUARY, ...input });
    expect(stage.error('nobody', 'ce:GetCostAndUsage', FEBRUARY)).toBe(
      `denied: AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:user/nobody is not authorized to perform: ce:GetCostAndUsage on resource: arn:aws:ce:us-east-1:${ACCOUNT}:/GetCostAndUsage because no identity-based policy allows the ce:GetCostAndUsage action`,
    );
    expect(error({ TimePeriod: { Start: '2026-03-01', End: '2026-03-01' } })).toBe(
      'failed: ValidationException: Start date (and hour) should be before end date (and hour)',
    );
    expect(error({ TimePeriod: { Start: 'February' } })).toMatch(/^failed: ValidationException/);
    expect(error({ Granularity: 'HOURLY' })).toMatch(/^failed: DataUnavailableException/);
    expect(error({ Metrics: ['Joy'] })).toMatch(/^failed: ValidationException/);
    expect(error({ GroupBy: [{ Type: 'DIMENSION', Key: 'MOOD' }] })).toMatch(/^failed: ValidationException/);
  });
});

it('is told what cannot be used', () => {
  const built = buildWorld(spec({ ...COMPANY, usage: { 'ec2-hours': -1 } }));
  expect(built).toMatchObject({ problems: [{ path: ['accounts', ACCOUNT, 'usage', 'ec2-hours'] }] });
});
