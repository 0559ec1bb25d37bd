import { REGION } from '../../arn.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Instant, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { type BillLine, billOf } from './bill.ts';
import { METERS } from './prices.ts';

const DAY = 86_400_000;

/** What bills can be grouped and filtered by. */
const DIMENSIONS: Readonly<Record<string, (line: BillLine) => string>> = {
  LINKED_ACCOUNT: ({ account }) => account,
  SERVICE: ({ usage }) => METERS[usage].service,
  USAGE_TYPE: ({ usage }) => METERS[usage].usageType,
  REGION: () => REGION,
};

const METRICS: Readonly<Record<string, (line: BillLine) => number>> = {
  UnblendedCost: ({ cost }) => cost,
  BlendedCost: ({ cost }) => cost,
  AmortizedCost: ({ cost }) => cost,
  NetUnblendedCost: ({ cost }) => cost,
  UsageQuantity: ({ quantity }) => quantity,
};

/** Part of a month, in whole days. */
interface Period {
  readonly start: Instant;
  readonly end: Instant;
  /** How much of the month's usage had come together in it by now. */
  readonly share: number;
  readonly estimated: boolean;
}

const getCostAndUsage = define({
  id: 'ce:GetCostAndUsage',
  summary: 'show the bill: of all accounts to the management account, of its own to a member',
  input: {
    TimePeriod: {
      type: 'structure',
      members: ['Start', 'End'],
      required: true,
      help: 'Start=2026-02-01,End=2026-03-01; the end is not part of it',
    },
    Granularity: { type: 'string', required: true, help: 'MONTHLY or DAILY' },
    Metrics: { type: 'strings', required: true, help: 'such as UnblendedCost UsageQuantity' },
    GroupBy: {
      type: 'structures',
      members: ['Type', 'Key'],
      help: 'such as Type=DIMENSION,Key=LINKED_ACCOUNT; or SERVICE, USAGE_TYPE, REGION',
    },
    Filter: {
      type: 'nested',
      of: { structure: { Dimensions: { structure: { Key: 'string', Values: { list: 'string' } } } } },
      help: 'such as {"Dimensions":{"Key":"SERVICE","Values":["AWS Lambda"]}}',
    },
  },
  needs: (_, caller) => [
    {
      action: 'ce:GetCostAndUsage',
      resource: `arn:aws:ce:${REGION}:${caller.account}:/GetCostAndUsage`,
      resourceAccount: caller.account,
    },
  ],
  effect(input, caller, world) {
    const read = periods(input.TimePeriod, input.Granularity, world.clock);
    if ('error' in read) {
      return read;
    }
    const unknown = input.Metrics.find((metric) => !Object.hasOwn(METRICS, metric));
    if (unknown !== undefined || input.Metrics.length === 0) {
      return invalid(`Invalid metrics: ${unknown ?? 'none'}`, `Here: ${Object.keys(METRICS).join(', ')}.`);
    }
    const { GroupBy: groups = [], Filter: { Dimensions: wanted } = {} } = input;
    const keys = [...groups.map(({ Key = '' }) => Key), ...(wanted ? [wanted.Key ?? ''] : [])];
    if (
      keys.some((key) => !Object.hasOwn(DIMENSIONS, key)) ||
      groups.some(({ Type }) => Type !== 'DIMENSION')
    ) {
      return invalid(
        'Group Definition dimension is invalid.',
        `Dimensions here: ${Object.keys(DIMENSIONS).join(', ')}.`,
      );
    }
    const values = wanted?.Values ?? [];
    const bill = billOf(world, caller.account).filter(
      (line) => wanted === undefined || values.includes(dimensionOf(line, wanted.Key ?? '')),
    );
    return done(world, {
      ...(groups.length > 0
        ? { GroupDefinitions: groups.map(({ Key = '' }) => ({ Type: 'DIMENSION', Key })) }
        : {}),
      ResultsByTime: read.periods.map((period) => result(period, bill, input.Metrics, groups)),
      DimensionValueAttributes: groups.some(({ Key }) => Key === 'LINKED_ACCOUNT')
        ? accountNames(world, bill)
        : [],
    });
  },
});

function invalid(message: string, advice?: string): { readonly error: ApiError } {
  return failed('ValidationException', message, advice);
}

function dimensionOf(line: BillLine, dimension: string): string {
  return own(DIMENSIONS, dimension)?.(line) ?? '';
}

function accountNames(world: World, bill: readonly BillLine[]): readonly Json[] {
  return [...new Set(bill.map(({ account }) => account))].map((id) => ({
    Value: id,
    Attributes: { description: own(world.accounts, id)?.name ?? id },
  }));
}

function result(
  { start, end, share, estimated }: Period,
  bill: readonly BillLine[],
  metrics: readonly string[],
  groups: readonly { readonly Key?: string }[],
): Json {
  const isGrouped = groups.length > 0;
  return {
    TimePeriod: { Start: dateOf(start), End: dateOf(end) },
    Total: isGrouped ? {} : amounts(bill, metrics, share),
    Groups: isGrouped
      ? grouped(bill, groups).map(({ keys, lines }) => ({
          Keys: keys,
          Metrics: amounts(lines, metrics, share),
        }))
      : [],
    Estimated: estimated,
  };
}

function grouped(bill: readonly BillLine[], groups: readonly { readonly Key?: string }[]) {
  const found = new Map<string, { readonly keys: readonly string[]; readonly lines: BillLine[] }>();
  for (const line of bill) {
    const keys = groups.map(({ Key = '' }) => dimensionOf(line, Key));
    const id = JSON.stringify(keys);
    const group = found.get(id) ?? { keys, lines: [] };
    group.lines.push(line);
    found.set(id, group);
  }
  return [...found.values()];
}

function amounts(lines: readonly BillLine[], metrics: readonly string[], share: number): Json {
  return Object.fromEntries(
    metrics.map((metric) => {
      const sum = lines.reduce((total, line) => total + (own(METRICS, metric)?.(line) ?? 0), 0);
      const units = new Set(lines.map(({ usage }) => METERS[usage].unit));
      const unit = metric === 'UsageQuantity' ? (units.size === 1 ? [...units].join() : 'N/A') : 'USD';
      return [metric, { Amount: (sum * share).toFixed(10), Unit: unit }];
    }),
  );
}

/** The months or days of a time period, cut at its ends, or Cost Explorer's error. */
function periods(
  { Start = '', End = '' }: { readonly Start?: string; readonly End?: string },
  granularity: string,
  now: Instant,
): { readonly periods: readonly Period[] } | { readonly error: ApiError } {
  const [start, end] = [timeOf(Start), timeOf(End)];
  if (start === null || end === null) {
    return invalid('Start time or end time is invalid.', 'Write dates as 2026-02-01.');
  }
  if (start >= end) {
    return invalid('Start date (and hour) should be before end date (and hour)');
  }
  if (granularity !== 'MONTHLY' && granularity !== 'DAILY') {
    return failed('DataUnavailableException', 'The requested data is unavailable.', 'MONTHLY or DAILY here.');
  }
  const found: Period[] = [];
  for (let from = start; from < end && found.length < 1_000; ) {
    const month = new Date(from);
    const first = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1);
    const next = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1);
    const to = Math.min(end, granularity === 'MONTHLY' ? next : from + DAY);
    const used = Math.max(0, Math.min(to, now) - from);
    found.push({ start: from, end: to, share: used / (next - first), estimated: next > now });
    from = to;
  }
  return { periods: found };
}

function timeOf(date: string): Instant | null {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function dateOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The bill, as Cost Explorer answers it. */
export const costOperations = [getCostAndUsage];
