import { createHash } from 'node:crypto';
import { bucketArn, REGION } from '../../arn.ts';
import type { Json } from '../../operation.ts';
import type { TrailEvent } from '../../trail.ts';
import type { AccountId, World } from '../../world.ts';
import { type EventKind, eventKind } from './event-kind.ts';
import { userIdentity } from './user-identity.ts';

/**
 * An event as CloudTrail writes it down for one of its accounts.
 * Source: CloudTrail User Guide, cloudtrail-event-reference-record-contents.html.
 */
export function eventRecord(world: World, event: TrailEvent, recipient: AccountId): { [key: string]: Json } {
  const kind = eventKind(event.operation);
  const objects = kind.category === 'Data' ? dataResources(event) : [];
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(world, event, recipient),
    eventTime: `${new Date(event.time).toISOString().slice(0, 19)}Z`,
    eventSource: kind.source,
    eventName: kind.name,
    awsRegion: REGION,
    sourceIPAddress: event.sourceIp,
    userAgent: 'aws-cli/2',
    ...errorOf(event, kind),
    requestParameters: parameters(event),
    responseElements: camelCase(event.response),
    requestID: uuid('request', event, event.accounts[0] ?? ''),
    eventID: eventId(event, recipient),
    readOnly: kind.readOnly,
    ...(objects.length > 0 ? { resources: objects } : {}),
    eventType: 'AwsApiCall',
    managementEvent: kind.category === 'Management',
    recipientAccountId: recipient,
    ...(event.accounts.length > 1 ? { sharedEventID: uuid('shared', event, '') } : {}),
    eventCategory: kind.category,
  };
}

/** The unique id of an event, as one of its accounts has it. */
export function eventId(event: TrailEvent, recipient: AccountId): string {
  return uuid('event', event, recipient);
}

function uuid(use: string, { number, time, operation }: TrailEvent, account: AccountId): string {
  const hash = createHash('sha256').update(`${use} ${number} ${time} ${operation} ${account}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** IAM's codes end in `Exception` in the log and EC2's begin with `Client.`, unlike in answers. */
function errorOf({ outcome }: TrailEvent, { source }: EventKind): { [key: string]: Json } {
  if (outcome.kind !== 'denied' && outcome.kind !== 'failed') {
    return {};
  }
  const { code, message } = outcome;
  const ofIam = source === 'iam.amazonaws.com' && outcome.kind === 'failed' && !code.endsWith('Exception');
  const ofEc2 = source === 'ec2.amazonaws.com';
  return {
    errorCode: ofIam ? `${code}Exception` : ofEc2 ? `Client.${code}` : code,
    errorMessage: message,
  };
}

function parameters({ operation, input }: TrailEvent): Json {
  const members = camelCase(input);
  if (typeof members !== 'object' || members === null || Array.isArray(members)) {
    return null;
  }
  const entries = Object.entries(members).map(([name, value]) => [
    operation.startsWith('s3:') && name === 'bucket' ? 'bucketName' : name,
    value,
  ]);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** CloudTrail begins the names of members with a small letter: `UserName` is `userName`. */
function camelCase(value: Json): Json {
  if (isList(value)) {
    return value.map(camelCase);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        camelCase(each),
      ]),
    );
  }
  return value;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function dataResources(event: TrailEvent): readonly Json[] {
  const owner = event.accounts.at(-1) ?? '';
  return event.resources.flatMap((arn): Json[] => {
    const bucket = /^arn:aws:s3:::([^/]+)\/./.exec(arn)?.[1];
    return bucket === undefined
      ? [
          {
            accountId: owner,
            type: arn.startsWith('arn:aws:s3:') ? 'AWS::S3::Bucket' : 'AWS::Lambda::Function',
            ARN: arn,
          },
        ]
      : [
          { type: 'AWS::S3::Object', ARN: arn },
          { accountId: owner, type: 'AWS::S3::Bucket', ARN: bucketArn(bucket) },
        ];
  });
}
