import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { DocumentUse } from '../../documents.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { AccountId, World } from '../../world.ts';
import { failed } from '../define.ts';
import type { Resource } from '../service.ts';
import type { Queue } from './records.ts';

export const QUEUE_URL = {
  type: 'string',
  required: true,
  help: 'address of the queue, https://sqs.…',
} as const;

/** Most seconds that a message is hidden: 12 hours. */
export const LONGEST_TIMEOUT = 43_200;

/** What SQS has against documents that cannot be queue policies. */
export const QUEUE_POLICY: DocumentUse = {
  kind: 'resource',
  code: 'InvalidAttributeValue',
  syntax: 'Invalid value for the parameter Policy.',
  principal: 'Invalid value for the parameter Policy.',
};

export function queueArn(account: AccountId, name: string, region: string = REGION): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

export function queueUrl(account: AccountId, name: string): string {
  return `https://sqs.${REGION}.amazonaws.com/${account}/${name}`;
}

/** What a queue's address says. */
interface QueueAddress {
  readonly region: string;
  readonly account: AccountId;
  readonly name: string;
}

/** A queue's address in parts, or null for what is none. */
export function readQueueUrl(url: string): QueueAddress | null {
  const [, region, account, name] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\/(\d{12})\/([\w-]+)$/.exec(url) ?? [];
  return region === undefined || account === undefined || name === undefined
    ? null
    : { region, account, name };
}

/** A queue by its address, in whichever account, or SQS's error. */
export function queueAt(
  world: World,
  url: string,
): { readonly queue: Queue; readonly owner: AccountId } | { readonly error: ApiError } {
  const address = readQueueUrl(url);
  if (address === null) {
    return failed('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  const queue = own(own(world.accounts, address.account)?.queues ?? {}, address.name);
  // Everything here stands in one region: another has no queues.
  return queue && address.region === REGION ? { queue, owner: address.account } : noSuchQueue();
}

/** SQS's error for a queue that is not there. */
export function noSuchQueue(): { readonly error: ApiError } {
  return failed('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.');
}

/** Permission for an SQS action on the queue of an address. */
export function onQueue(
  caller: Caller,
  url: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const address = readQueueUrl(url);
  return {
    action: `sqs:${action}`,
    resource: address === null ? '*' : queueArn(address.account, address.name, address.region),
    resourceAccount: address?.account ?? caller.account,
    context,
  };
}

/** The queue an ARN names. */
export function sqsResource(world: World, arn: string): Resource | null {
  const [, , , , owner = '', name = ''] = arn.split(':');
  const queue = own(own(world.accounts, owner)?.queues ?? {}, name);
  return queue === undefined
    ? null
    : {
        owner,
        policy: queue.policy && resourcePolicy(`queue policy of ${name}`, queue.policy),
        tags: queue.tags,
      };
}
