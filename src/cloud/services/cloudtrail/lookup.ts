import type { Json } from '../../operation.ts';
import type { TrailEvent } from '../../trail.ts';
import type { AccountId, World } from '../../world.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { eventKind } from './event-kind.ts';
import { eventId, eventRecord } from './event-record.ts';
import { eventResources } from './resources.ts';
import { userNameOf } from './user-identity.ts';

/** How far back the event history goes, in milliseconds: 90 days. */
const HISTORY = 90 * 86_400_000;

type Test = (event: TrailEvent, recipient: AccountId, value: string) => boolean;

const ATTRIBUTES: Readonly<Record<string, Test>> = {
  EventId: (event, recipient, value) => eventId(event, recipient) === value,
  EventName: ({ operation }, _, value) => eventKind(operation).name === value,
  ReadOnly: ({ operation }, _, value) => String(eventKind(operation).readOnly) === value,
  Username: (event, recipient, value) => event.accounts[0] === recipient && userNameOf(event) === value,
  ResourceType: (event, _, value) => eventResources(event).some(({ type }) => type === value),
  ResourceName: (event, _, value) => eventResources(event).some(({ name }) => name === value),
  EventSource: ({ operation }, _, value) => eventKind(operation).source === value,
  AccessKeyId: (event, _, value) => event.accessKey === value,
};

/** A time in a request: ISO 8601 or seconds since 1970; null when it is neither. */
function instant(text: string): number | null {
  const parsed = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

function described(world: World, event: TrailEvent, recipient: AccountId): Json {
  const { name, source, readOnly } = eventKind(event.operation);
  const user = event.accounts[0] === recipient ? userNameOf(event) : null;
  return {
    EventId: eventId(event, recipient),
    EventName: name,
    ReadOnly: String(readOnly),
    ...(event.accessKey === '' ? {} : { AccessKeyId: event.accessKey }),
    EventTime: isoTime(event.time),
    EventSource: source,
    ...(user === null ? {} : { Username: user }),
    Resources: eventResources(event).map(({ type, name: resource }) => ({
      ResourceType: type,
      ResourceName: resource,
    })),
    CloudTrailEvent: JSON.stringify(eventRecord(world, event, recipient)),
  };
}

const lookupEvents = define({
  id: 'cloudtrail:LookupEvents',
  summary: 'look up management events of the last 90 days, the latest first',
  input: {
    LookupAttributes: {
      type: 'structures',
      members: ['AttributeKey', 'AttributeValue'],
      help: 'one of EventId, EventName, ReadOnly, Username, ResourceType, ResourceName, EventSource, AccessKeyId',
    },
    StartTime: { type: 'string', help: 'not before this time, such as 2026-03-02T09:00:00Z' },
    EndTime: { type: 'string', help: 'not after this time' },
  },
  notSimulated({ StartTime, EndTime }) {
    const wrong = [StartTime, EndTime].find((text) => text !== undefined && instant(text) === null);
    return wrong === undefined ? null : `${wrong} is not a time. Write it as 2026-03-02T09:00:00Z.`;
  },
  needs: (_, caller) => [
    { action: 'cloudtrail:LookupEvents', resource: '*', resourceAccount: caller.account },
  ],
  effect(input, caller, world) {
    const { LookupAttributes: attributes = [], StartTime, EndTime } = input;
    const from = instant(StartTime ?? '0') ?? 0;
    const until = EndTime === undefined ? world.clock : (instant(EndTime) ?? world.clock);
    if (from > until) {
      return failed('InvalidTimeRangeException', 'Invalid time range: the start time is after the end time.');
    }
    const [attribute, more] = attributes;
    const test = attribute && ATTRIBUTES[attribute.AttributeKey ?? ''];
    if (more !== undefined || (attribute !== undefined && !test)) {
      return failed(
        'InvalidLookupAttributesException',
        'Invalid lookup attributes.',
        `One attribute at most, out of: ${Object.keys(ATTRIBUTES).join(', ')}.`,
      );
    }
    const events = world.trail.filter(
      (event) =>
        event.accounts.includes(caller.account) &&
        event.time >= Math.max(from, world.clock - HISTORY) &&
        event.time <= until &&
        eventKind(event.operation).category === 'Management' &&
        (test?.(event, caller.account, attribute?.AttributeValue ?? '') ?? true),
    );
    return done(world, { Events: events.reverse().map((event) => described(world, event, caller.account)) });
  },
});

/**
 * The event history, which nobody has to turn on: management events, read-only ones and writes, allowed and denied.
 * Events about data, such as `GetObject`, are never in it. Requests whose credentials AWS does not accept leave none.
 * Source: CloudTrail User Guide, view-cloudtrail-events.html; logging-management-events-with-cloudtrail.html.
 */
export const lookupOperations = [lookupEvents];
