/** Everything that is metered, by the name an author gives it in a world. */
export const USAGES = ['s3-storage-gb', 'data-transfer-gb', 'ec2-hours', 'lambda-gb-seconds'] as const;
export type UsageName = (typeof USAGES)[number];

/** Up to how much of a month's usage a price holds; the last tier has no end. */
interface Tier {
  readonly upTo: number;
  /** US dollars a unit. */
  readonly price: number;
}

interface Meter {
  /** As Cost Explorer names the service. */
  readonly service: string;
  readonly usageType: string;
  readonly unit: string;
  readonly tiers: readonly Tier[];
}

/**
 * Prices a unit and month. Illustrative: they are like those of us-east-1 and show how tiers work, and nobody's real
 * bill follows from them.
 */
export const METERS: Readonly<Record<UsageName, Meter>> = {
  's3-storage-gb': {
    service: 'Amazon Simple Storage Service',
    usageType: 'TimedStorage-ByteHrs',
    unit: 'GB-Mo',
    tiers: [
      { upTo: 50_000, price: 0.023 },
      { upTo: 500_000, price: 0.022 },
      { upTo: Number.POSITIVE_INFINITY, price: 0.021 },
    ],
  },
  'data-transfer-gb': {
    service: 'AWS Data Transfer',
    usageType: 'DataTransfer-Out-Bytes',
    unit: 'GB',
    tiers: [
      { upTo: 10_000, price: 0.09 },
      { upTo: 50_000, price: 0.085 },
      { upTo: 150_000, price: 0.07 },
      { upTo: Number.POSITIVE_INFINITY, price: 0.05 },
    ],
  },
  'ec2-hours': {
    service: 'Amazon Elastic Compute Cloud - Compute',
    usageType: 'BoxUsage:t3.micro',
    unit: 'Hrs',
    tiers: [{ upTo: Number.POSITIVE_INFINITY, price: 0.0104 }],
  },
  'lambda-gb-seconds': {
    service: 'AWS Lambda',
    usageType: 'Lambda-GB-Second',
    unit: 'GB-Seconds',
    tiers: [
      { upTo: 6_000_000_000, price: 0.0000166667 },
      { upTo: 15_000_000_000, price: 0.000015 },
      { upTo: Number.POSITIVE_INFINITY, price: 0.0000133334 },
    ],
  },
};

/** What a month's usage costs, tier by tier, in US dollars. */
export function tieredCost(tiers: readonly Tier[], quantity: number): number {
  let cost = 0;
  let below = 0;
  for (const { upTo, price } of tiers) {
    cost += Math.max(0, Math.min(quantity, upTo) - below) * price;
    below = upTo;
  }
  return cost;
}
