import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { delivered } from './delivery.ts';
import { eventSelectorOperations } from './event-selectors.ts';
import { lookupOperations } from './lookup.ts';
import { type CloudTrailRecords, NO_CLOUDTRAIL_RECORDS } from './records.ts';
import { type CloudTrailSpec, readCloudTrail } from './spec.ts';
import { trailOperations } from './trails.ts';

/** AWS CloudTrail. Errors: CloudTrail API Reference. */
export const cloudtrail: Service<CloudTrailRecords, CloudTrailSpec> = {
  name: 'cloudtrail',
  operations: [...lookupOperations, ...trailOperations, ...eventSelectorOperations],
  inAccount: NO_CLOUDTRAIL_RECORDS,
  inWorld: {},
  readAccount: readCloudTrail,
  recorded: delivered,
  wording: JSON_WORDING,
};
