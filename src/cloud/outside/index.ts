import type { Service } from '../services/service.ts';
import { NO_OUTSIDE_RECORDS, NO_OUTSIDE_WORLD, type OutsideRecords, type OutsideWorld } from './records.ts';
import { type OutsideSpec, type OutsideWorldSpec, readOutside, readOutsideWorld } from './spec.ts';

/** No service of AWS, and put together like one: workloads with proofs of their own, and a public code host. */
export const outside: Service<OutsideRecords, OutsideSpec, OutsideWorld, OutsideWorldSpec> = {
  name: 'outside',
  operations: [],
  inAccount: NO_OUTSIDE_RECORDS,
  inWorld: NO_OUTSIDE_WORLD,
  readAccount: readOutside,
  readWorld: readOutsideWorld,
};
