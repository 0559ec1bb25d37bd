import type { Json } from '../../operation.ts';
import type { DataResourceType, EventSelector, EventTrail } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { DATA_RESOURCE_TYPES } from './records.ts';
import { changeTrail, onTrail, trailNamed } from './trails.ts';

const TRAIL = { type: 'string', required: true, help: 'name or ARN of the trail' } as const;
const MOST_SELECTORS = 5;

interface GivenSelector {
  readonly ReadWriteType?: string | undefined;
  readonly IncludeManagementEvents?: boolean | undefined;
  readonly DataResources?:
    | readonly { readonly Type?: string | undefined; readonly Values?: readonly string[] | undefined }[]
    | undefined;
}

/** A selector as it was given; null when there is no such type of events or resources. */
function readSelector(given: GivenSelector): EventSelector | null {
  const { ReadWriteType: readWrite = 'All', IncludeManagementEvents: management = true } = given;
  const data = (given.DataResources ?? []).map(({ Type, Values: values = [] }) => ({
    type: DATA_RESOURCE_TYPES.find((type) => type === Type),
    values,
  }));
  const known = data.flatMap(({ type, values }): { type: DataResourceType; values: readonly string[] }[] =>
    type !== undefined && values.every((value) => value.startsWith('arn:aws:')) ? [{ type, values }] : [],
  );
  return known.length === data.length && isReadWrite(readWrite)
    ? { readWrite, management, data: known }
    : null;
}

function isReadWrite(type: string): type is EventSelector['readWrite'] {
  return ['ReadOnly', 'WriteOnly', 'All'].includes(type);
}

function described({ arn, selectors }: EventTrail): Json {
  return {
    TrailARN: arn,
    EventSelectors: selectors.map(({ readWrite, management, data }) => ({
      ReadWriteType: readWrite,
      IncludeManagementEvents: management,
      DataResources: data.map(({ type, values }) => ({ Type: type, Values: values })),
      ExcludeManagementEventSources: [],
    })),
  };
}

const putEventSelectors = define({
  id: 'cloudtrail:PutEventSelectors',
  summary: 'say which events a trail takes, data events among them',
  input: {
    TrailName: TRAIL,
    EventSelectors: {
      type: 'nested',
      required: true,
      help: 'which events; DataResources of AWS::S3::Object name beginnings of ARNs, such as arn:aws:s3:::assets/',
      of: {
        list: {
          structure: {
            ReadWriteType: 'string',
            IncludeManagementEvents: 'boolean',
            DataResources: { list: { structure: { Type: 'string', Values: { list: 'string' } } } },
          },
        },
      },
    },
  },
  needs: (input, caller) => [onTrail(caller, 'PutEventSelectors', input.TrailName)],
  effect(input, caller, world) {
    const given = input.EventSelectors.map(readSelector);
    const selectors = given.filter((each) => each !== null);
    if (selectors.length < given.length || given.length === 0 || given.length > MOST_SELECTORS) {
      return failed(
        'InvalidEventSelectorsException',
        'Invalid event selectors.',
        `1 to ${MOST_SELECTORS} selectors; ReadWriteType is ReadOnly, WriteOnly or All; data resources are ${DATA_RESOURCE_TYPES.join(' or ')}, with ARNs as values.`,
      );
    }
    return changeTrail(world, caller, input.TrailName, (trail) => ({ ...trail, selectors }), described);
  },
});

const getEventSelectors = define({
  id: 'cloudtrail:GetEventSelectors',
  summary: 'show which events a trail takes',
  input: { TrailName: TRAIL },
  needs: (input, caller) => [onTrail(caller, 'GetEventSelectors', input.TrailName)],
  effect(input, caller, world) {
    const found = trailNamed(homeOf(world, caller), input.TrailName);
    return 'error' in found ? found : done(world, described(found.trail));
  },
});

/** Source: CloudTrail API Reference, API_PutEventSelectors.html; basic selectors only. */
export const eventSelectorOperations = [putEventSelectors, getEventSelectors];
