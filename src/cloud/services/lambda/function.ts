import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { AccountId, World } from '../../world.ts';
import { failed, isoTime } from '../define.ts';
import type { Resource } from '../service.ts';
import type { LambdaFunction } from './records.ts';

export const FUNCTION_NAME = { type: 'string', required: true, help: 'name or ARN of the function' } as const;

export function functionArn(account: AccountId, name: string): string {
  return `arn:aws:lambda:${REGION}:${account}:function:${name}`;
}

/** The account and name that a function's name or ARN stands for. */
function readName(caller: Pick<Caller, 'account'>, text: string): { account: AccountId; name: string } {
  const [, account = caller.account, name = text] =
    /^arn:aws:lambda:[a-z0-9-]+:(\d{12}):function:([\w-]+)$/.exec(text) ?? [];
  return { account, name };
}

/** A function by its name in the caller's account, or by its ARN in whichever, or Lambda's error. */
export function functionNamed(
  world: World,
  caller: Pick<Caller, 'account'>,
  text: string,
): { readonly fn: LambdaFunction; readonly owner: AccountId } | { readonly error: ApiError } {
  const { account, name } = readName(caller, text);
  const fn = own(own(world.accounts, account)?.functions ?? {}, name);
  return fn
    ? { fn, owner: account }
    : failed('ResourceNotFoundException', `Function not found: ${functionArn(account, name)}`);
}

/** Permission for a Lambda action on a function. */
export function onFunction(
  caller: Caller,
  text: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const { account, name } = readName(caller, text);
  return {
    action: `lambda:${action}`,
    resource: functionArn(account, name),
    resourceAccount: account,
    context,
  };
}

/** The function an ARN names. */
export function lambdaResource(world: World, arn: string): Resource | null {
  const found = functionNamed(world, { account: '' }, arn);
  if ('error' in found) {
    return null;
  }
  const { fn, owner } = found;
  return {
    owner,
    policy: fn.policy && resourcePolicy(`resource policy of ${fn.name}`, fn.policy),
    tags: fn.tags,
  };
}

/** A function as Lambda shows it, without its code. */
export function configuration(fn: LambdaFunction): { readonly [key: string]: Json } {
  return {
    FunctionName: fn.name,
    FunctionArn: fn.arn,
    Runtime: fn.runtime,
    Role: fn.role,
    Handler: fn.handler,
    CodeSize: Buffer.from(fn.code).length,
    Description: fn.description,
    Timeout: fn.timeout ?? 3,
    MemorySize: fn.memorySize ?? 128,
    ...(fn.environment === undefined ? {} : { Environment: { Variables: fn.environment } }),
    LastModified: isoTime(fn.modified).replace('+00:00', '.000+0000'),
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
