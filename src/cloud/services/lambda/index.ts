import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { lambdaResource } from './function.ts';
import { functionOperations } from './functions.ts';
import { invokeOperations } from './invoke.ts';
import { permissionOperations } from './permissions.ts';
import { type LambdaRecords, NO_LAMBDA_RECORDS } from './records.ts';
import { type LambdaSpec, readLambda } from './spec.ts';
import { tagOperations } from './tags.ts';

/** AWS Lambda. A function's code is a list of requests to AWS, which `code.ts` reads. */
export const lambda: Service<LambdaRecords, LambdaSpec> = {
  name: 'lambda',
  operations: [...functionOperations, ...invokeOperations, ...permissionOperations, ...tagOperations],
  inAccount: NO_LAMBDA_RECORDS,
  inWorld: {},
  resource: lambdaResource,
  readAccount: readLambda,
  wording: JSON_WORDING,
};
