import type { Operation } from '../operation.ts';
import { userOperations } from './iam/users.ts';
import { callerIdentityOperations } from './sts/caller-identity.ts';

/** Every API operation that is simulated, by its id. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [...userOperations, ...callerIdentityOperations].map((operation) => [operation.id, operation]),
);
