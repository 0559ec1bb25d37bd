import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { costOperations } from './cost-and-usage.ts';
import { type CeRecords, NO_USAGE } from './records.ts';
import { type CeSpec, readUsage } from './spec.ts';

/** AWS Cost Explorer: what is used, and what it costs. That IAM users may see billing at all is taken to be switched on. */
export const ce: Service<CeRecords, CeSpec> = {
  name: 'ce',
  operations: costOperations,
  inAccount: NO_USAGE,
  inWorld: {},
  readAccount: readUsage,
  wording: JSON_WORDING,
};
