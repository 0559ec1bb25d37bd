import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, put } from '../../change.ts';
import type { ApiError, Effect, Json, PermissionNeeded } from '../../operation.ts';
import { listed } from '../../own.ts';
import type { Account, EventTrail, World } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { mayDeliver } from './delivery.ts';

const TRAIL = { type: 'string', required: true, help: 'name or ARN of the trail' } as const;

/** Most trails of a region. Source: CloudTrail User Guide, WhatIsCloudTrail-Limits.html. */
const MOST_TRAILS = 5;

/** What a trail takes unless it is told otherwise: management events, no data events. */
export const MANAGEMENT_ONLY = [{ readWrite: 'All', management: true, data: [] }] as const;

export function trailArn(account: string, name: string): string {
  return `arn:aws:cloudtrail:${REGION}:${account}:trail/${name}`;
}

/** 3 to 128 letters, digits, dots, underscores and hyphens; a letter or digit at both ends, no two others in a row. */
export function isTrailName(name: string): boolean {
  return (
    /^[A-Za-z0-9][\w.-]{1,126}[A-Za-z0-9]$/.test(name) &&
    !/[._-]{2}/.test(name) &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}

/** Permission for an action on a trail given by name or ARN. */
export function onTrail(caller: Caller, action: string, trail: string): PermissionNeeded {
  const resource = /^arn:aws:[a-z-]+:[^:]*:\d*:./.test(trail) ? trail : trailArn(caller.account, trail);
  return { action: `cloudtrail:${action}`, resource, resourceAccount: caller.account };
}

/** A trail of the account by name or ARN, or CloudTrail's error. */
export function trailNamed(
  account: Account,
  given: string,
): { readonly trail: EventTrail } | { readonly error: ApiError } {
  const trail = Object.values(account.trails).find(({ name, arn }) => name === given || arn === given);
  const arn = given.startsWith('arn:') ? given : trailArn(account.id, given);
  return trail
    ? { trail }
    : failed('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${account.id}`);
}

/** Changes a trail, which the input names. */
export function changeTrail(
  world: World,
  caller: Caller,
  given: string,
  changed: (trail: EventTrail) => EventTrail,
  output: (trail: EventTrail) => Json = () => null,
): Effect {
  const home = homeOf(world, caller);
  const found = trailNamed(home, given);
  if ('error' in found) {
    return found;
  }
  const trail = changed(found.trail);
  return done(put(world, home.id, 'trails', trail.name, trail), output(trail));
}

function described({ name, arn, bucket, multiRegion }: EventTrail): { readonly [key: string]: Json } {
  return {
    Name: name,
    S3BucketName: bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: multiRegion,
    TrailARN: arn,
    LogFileValidationEnabled: false,
    IsOrganizationTrail: false,
  };
}

const createTrail = define({
  id: 'cloudtrail:CreateTrail',
  summary: 'make a trail, which puts events into a bucket once its logging is started',
  input: {
    Name: { type: 'string', required: true, help: 'name of the new trail' },
    S3BucketName: { type: 'string', required: true, help: 'bucket for its log files' },
    IsMultiRegionTrail: { type: 'boolean', help: 'take the events of all regions' },
  },
  needs: (input, caller) => [onTrail(caller, 'CreateTrail', input.Name)],
  effect(input, caller, world) {
    const { Name: name, S3BucketName: bucket } = input;
    const home = homeOf(world, caller);
    if (!isTrailName(name)) {
      return failed(
        'InvalidTrailNameException',
        'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
        'It has 3 to 128 characters and begins and ends with a letter or digit.',
      );
    }
    if (Object.hasOwn(home.trails, name)) {
      return failed('TrailAlreadyExistsException', `Trail ${name} already exists for customer: ${home.id}`);
    }
    if (Object.keys(home.trails).length >= MOST_TRAILS) {
      return failed(
        'MaximumNumberOfTrailsExceededException',
        `User: ${home.id} already has ${MOST_TRAILS} trails in ${REGION}.`,
      );
    }
    if (!Object.hasOwn(world.bucketOwners, bucket)) {
      return failed('S3BucketDoesNotExistException', `S3 bucket ${bucket} does not exist!`);
    }
    const arn = trailArn(home.id, name);
    if (!mayDeliver(world, bucket, home.id, arn)) {
      return failed(
        'InsufficientS3BucketPolicyException',
        `Incorrect S3 bucket policy is detected for bucket: ${bucket}`,
        `The bucket's policy must let cloudtrail.amazonaws.com do s3:GetBucketAcl on the bucket and s3:PutObject on AWSLogs/${home.id}/* in it.`,
      );
    }
    const trail: EventTrail = {
      name,
      arn,
      bucket,
      multiRegion: input.IsMultiRegionTrail ?? false,
      logging: { state: 'off', since: null },
      selectors: MANAGEMENT_ONLY,
    };
    return done(put(world, home.id, 'trails', name, trail), described(trail));
  },
});

const describeTrails = define({
  id: 'cloudtrail:DescribeTrails',
  summary: 'list the trails',
  input: { TrailNameList: { type: 'strings', help: 'only these; unknown ones are left out' } },
  needs: (_, caller) => [
    { action: 'cloudtrail:DescribeTrails', resource: '*', resourceAccount: caller.account },
  ],
  effect: ({ TrailNameList: names }, caller, world) =>
    done(world, {
      trailList: listed(homeOf(world, caller).trails)
        .filter(({ name, arn }) => names === undefined || names.includes(name) || names.includes(arn))
        .map(fully),
    }),
});

function fully(trail: EventTrail): Json {
  return {
    ...described(trail),
    HomeRegion: REGION,
    HasCustomEventSelectors: trail.selectors.some(
      ({ readWrite, management, data }) => readWrite !== 'All' || !management || data.length > 0,
    ),
    HasInsightSelectors: false,
  };
}

const getTrail = define({
  id: 'cloudtrail:GetTrail',
  summary: 'show a trail',
  input: { Name: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'GetTrail', input.Name)],
  effect(input, caller, world) {
    const found = trailNamed(homeOf(world, caller), input.Name);
    return 'error' in found ? found : done(world, { Trail: fully(found.trail) });
  },
});

const listTrails = define({
  id: 'cloudtrail:ListTrails',
  summary: 'list the names of the trails',
  input: {},
  needs: (_, caller) => [{ action: 'cloudtrail:ListTrails', resource: '*', resourceAccount: caller.account }],
  effect: (_, caller, world) =>
    done(world, {
      Trails: listed(homeOf(world, caller).trails).map(({ name, arn }) => ({
        TrailARN: arn,
        Name: name,
        HomeRegion: REGION,
      })),
    }),
});

const deleteTrail = define({
  id: 'cloudtrail:DeleteTrail',
  summary: 'delete a trail; its log files stay in the bucket',
  input: { Name: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'DeleteTrail', input.Name)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = trailNamed(home, input.Name);
    return 'error' in found ? found : done(drop(world, home.id, 'trails', found.trail.name));
  },
});

const startLogging = define({
  id: 'cloudtrail:StartLogging',
  summary: 'let a trail put events into its bucket from now on',
  input: { Name: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'StartLogging', input.Name)],
  effect: (input, caller, world) =>
    changeTrail(world, caller, input.Name, (trail) =>
      trail.logging.state === 'on' ? trail : { ...trail, logging: { state: 'on', since: world.clock } },
    ),
});

const stopLogging = define({
  id: 'cloudtrail:StopLogging',
  summary: 'stop a trail; the event history goes on all the same',
  input: { Name: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'StopLogging', input.Name)],
  effect: (input, caller, world) =>
    changeTrail(world, caller, input.Name, (trail) =>
      trail.logging.state === 'off' ? trail : { ...trail, logging: { state: 'off', since: world.clock } },
    ),
});

const getTrailStatus = define({
  id: 'cloudtrail:GetTrailStatus',
  summary: 'show whether a trail is logging',
  input: { Name: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'GetTrailStatus', input.Name)],
  effect(input, caller, world) {
    const found = trailNamed(homeOf(world, caller), input.Name);
    if ('error' in found) {
      return found;
    }
    const { state, since } = found.trail.logging;
    const member = state === 'on' ? 'StartLoggingTime' : 'StopLoggingTime';
    return done(world, {
      IsLogging: state === 'on',
      ...(since === null ? {} : { [member]: isoTime(since) }),
    });
  },
});

/** Trails. Source: CloudTrail API Reference. Log files are delivered only while the bucket's policy lets CloudTrail write. */
export const trailOperations = [
  createTrail,
  getTrail,
  listTrails,
  describeTrails,
  deleteTrail,
  startLogging,
  stopLogging,
  getTrailStatus,
];
