import type { Draft } from 'immer';
import { bucketArn } from '../../arn.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import { isTrailName, trailArn } from './trails.ts';

/** What an author says of CloudTrail in an account. */
export interface CloudTrailSpec {
  /** By name. They log from the start. */
  readonly trails?: Readonly<Record<string, TrailSpec>>;
}

export interface TrailSpec {
  /** A bucket for the log files. When it has no policy, it gets the one that CloudTrail asks for. */
  readonly bucket: string;
  /** Buckets whose objects' events are taken too. */
  readonly dataEvents?: readonly string[];
}

/** Fills an account with its trails. */
export function readCloudTrail(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: CloudTrailSpec,
): void {
  for (const [name, trail] of entries(spec.trails)) {
    const path = [...at, 'trails', name];
    if (!isTrailName(name)) {
      reader.problem(
        path,
        'A trail needs a name of 3 to 128 letters, digits, dots, underscores and hyphens.',
      );
      continue;
    }
    account.trails[name] = {
      name,
      arn: trailArn(account.id, name),
      bucket: trail.bucket,
      multiRegion: true,
      logging: { state: 'on', since: reader.world.clock },
      selectors: [
        {
          readWrite: 'All',
          management: true,
          data: trail.dataEvents
            ? [{ type: 'AWS::S3::Object', values: trail.dataEvents.map((bucket) => `${bucketArn(bucket)}/`) }]
            : [],
        },
      ],
    };
    reader.later(() => openBucket(reader, path, account, name, trail));
  }
}

function openBucket(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: TrailSpec,
): void {
  const { bucketOwners, accounts } = reader.world;
  for (const [i, bucket] of (spec.dataEvents ?? []).entries()) {
    reader.refersTo([...path, 'dataEvents', i], 'bucket', bucket, bucketOwners);
  }
  if (!reader.refersTo([...path, 'bucket'], 'bucket', spec.bucket, bucketOwners)) {
    return;
  }
  const bucket = accounts[bucketOwners[spec.bucket] ?? '']?.buckets[spec.bucket];
  if (bucket && bucket.policy === null) {
    bucket.policy = deliveryPolicy(spec.bucket, account.id, name);
  }
}

/** The policy CloudTrail asks of a bucket. Source: CloudTrail User Guide, create-s3-bucket-policy-for-cloudtrail.html. */
function deliveryPolicy(bucket: string, account: string, trail: string) {
  const condition = { StringEquals: { 'aws:SourceArn': trailArn(account, trail) } };
  const principal = { Service: 'cloudtrail.amazonaws.com' };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'AWSCloudTrailAclCheck',
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:GetBucketAcl',
        Resource: bucketArn(bucket),
        Condition: condition,
      },
      {
        Sid: 'AWSCloudTrailWrite',
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:PutObject',
        Resource: `${bucketArn(bucket)}/AWSLogs/${account}/*`,
        Condition: {
          StringEquals: { ...condition.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      },
    ],
  };
}
