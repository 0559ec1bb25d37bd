import type { Instant } from '../../world.ts';

/** What CloudTrail keeps in an account. The event history needs no record: it follows from the world's trail. */
export interface CloudTrailRecords {
  /** By name. */
  readonly trails: Readonly<Record<string, EventTrail>>;
}

export const NO_CLOUDTRAIL_RECORDS: CloudTrailRecords = { trails: {} };

/** A trail: which events go as log files to which bucket. */
export interface EventTrail {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly multiRegion: boolean;
  readonly logging:
    | { readonly state: 'off'; readonly since: Instant | null }
    | { readonly state: 'on'; readonly since: Instant };
  readonly selectors: readonly EventSelector[];
}

/** Which events of an account a trail takes. */
export interface EventSelector {
  readonly readWrite: 'ReadOnly' | 'WriteOnly' | 'All';
  readonly management: boolean;
  /** Beginnings of ARNs whose data events are taken, such as `arn:aws:s3:::assets/`. */
  readonly data: readonly { readonly type: DataResourceType; readonly values: readonly string[] }[];
}

export const DATA_RESOURCE_TYPES = ['AWS::S3::Object', 'AWS::Lambda::Function'] as const;
export type DataResourceType = (typeof DATA_RESOURCE_TYPES)[number];
