import { createHash } from 'node:crypto';
import { authorize, isRefusal } from '../../../iam/index.ts';
import { bucketArn, objectArn, REGION } from '../../arn.ts';
import { joined } from '../../authorization.ts';
import { serviceSide } from '../../caller-side.ts';
import { accountOf, put } from '../../change.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { resourceSide } from '../../resource-side.ts';
import type { TrailEvent } from '../../trail.ts';
import type { AccountId, EventSelector, EventTrail, Instant, World } from '../../world.ts';
import { sourceContext } from '../organizations/control.ts';
import { eventKind } from './event-kind.ts';
import { eventRecord } from './event-record.ts';

/** How long a log file gathers events, in milliseconds: CloudTrail delivers about every 5 minutes. */
const SLOT = 5 * 60_000;

/**
 * The world with an event in the log files of every trail that takes it. A log file is an object of the trail's
 * bucket: JSON with `Records`, here not compressed.
 * Source: CloudTrail User Guide, get-and-view-cloudtrail-log-files.html.
 */
export function delivered(world: World, event: TrailEvent): World {
  return event.accounts.reduce((before, recipient) => {
    const trails = Object.values(own(before.accounts, recipient)?.trails ?? {});
    return trails
      .filter(
        ({ logging, selectors }) => logging.state === 'on' && selectors.some((one) => takes(one, event)),
      )
      .reduce((after, trail) => withRecord(after, trail, recipient, event), before);
  }, world);
}

/** True when CloudTrail may put log files of an account into a bucket: the bucket's policy decides. */
export function mayDeliver(world: World, bucket: string, account: AccountId, trailArn: string): boolean {
  return (
    isAllowed(world, 's3:GetBucketAcl', bucketArn(bucket), bucket, trailArn) &&
    isAllowed(world, 's3:PutObject', objectArn(bucket, `${folder(account)}/log`), bucket, trailArn)
  );
}

function isAllowed(
  world: World,
  action: string,
  resource: string,
  bucket: string,
  trailArn: string,
): boolean {
  const needed = { action, resource, resourceAccount: own(world.bucketOwners, bucket) ?? '' };
  const context = {
    's3:x-amz-acl': 'bucket-owner-full-control',
    ...sourceContext(world, trailArn.split(':')[4] ?? '', trailArn),
  };
  const question = joined(serviceSide(world, 'cloudtrail.amazonaws.com'), resourceSide(world, needed), {
    ...needed,
    context,
  });
  const decision = authorize(question);
  return !isRefusal(decision) && decision.decision === 'allowed';
}

function takes({ readWrite, management, data }: EventSelector, event: TrailEvent): boolean {
  const { readOnly, category } = eventKind(event.operation);
  if (readWrite !== 'All' && (readWrite === 'ReadOnly') !== readOnly) {
    return false;
  }
  if (category === 'Management') {
    return management;
  }
  const service = event.operation.startsWith('s3:') ? 'AWS::S3::Object' : 'AWS::Lambda::Function';
  const beginnings = data.filter(({ type }) => type === service).flatMap(({ values }) => values);
  return event.resources.some((arn) =>
    // A bucket is listed as a whole: `arn:aws:s3:::assets` is in `arn:aws:s3:::assets/`.
    beginnings.some((beginning) => arn.startsWith(beginning) || `${arn}/` === beginning),
  );
}

function withRecord(world: World, trail: EventTrail, recipient: AccountId, event: TrailEvent): World {
  const owner = own(world.bucketOwners, trail.bucket);
  const bucket = owner === undefined ? undefined : own(accountOf(world, owner).buckets, trail.bucket);
  if (owner === undefined || bucket === undefined || !mayDeliver(world, trail.bucket, recipient, trail.arn)) {
    return world;
  }
  const key = fileOf(recipient, event.time);
  const before = own(bucket.objects, key);
  const records = [...recordsIn(before?.body), eventRecord(world, event, recipient)];
  const object = { ...before, body: `${JSON.stringify({ Records: records })}\n`, modified: world.clock };
  return put(world, owner, 'buckets', bucket.name, {
    ...bucket,
    objects: { ...bucket.objects, [key]: object },
  });
}

/** What a log file holds so far; nothing when somebody wrote over it. */
function recordsIn(body = ''): readonly Json[] {
  try {
    const file: { readonly Records?: readonly Json[] } | null = JSON.parse(body);
    return Array.isArray(file?.Records) ? file.Records : [];
  } catch {
    return [];
  }
}

function folder(account: AccountId): string {
  return `AWSLogs/${account}/CloudTrail`;
}

/** True for the key of an object that holds delivered events. */
export function isLogFile(key: string): boolean {
  return /^AWSLogs\/\d{12}\/CloudTrail\//.test(key);
}

function fileOf(account: AccountId, time: Instant): string {
  const end = new Date((Math.floor(time / SLOT) + 1) * SLOT).toISOString();
  const minute = `${end.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  const unique = createHash('sha256').update(`${account} ${minute}`).digest('hex').slice(0, 16);
  const day = end.slice(0, 10).replaceAll('-', '/');
  return `${folder(account)}/${REGION}/${day}/${account}_CloudTrail_${REGION}_${minute}_${unique}.json`;
}
