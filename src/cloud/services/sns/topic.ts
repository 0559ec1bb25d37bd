import type { PolicyDocument } from '../../../iam/request.ts';
import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { DocumentUse } from '../../documents.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { AccountId, World } from '../../world.ts';
import { failed } from '../define.ts';
import type { Resource } from '../service.ts';
import type { Topic } from './records.ts';

export const TOPIC_ARN = { type: 'string', required: true, help: 'ARN of the topic' } as const;

/** What SNS has against documents that cannot be topic policies. */
export const TOPIC_POLICY: DocumentUse = {
  kind: 'resource',
  code: 'InvalidParameter',
  syntax: 'Invalid parameter: Policy Error: null',
  principal: 'Invalid parameter: Policy Error: PrincipalNotFound',
};

export function topicArn(account: AccountId, name: string): string {
  return `arn:aws:sns:${REGION}:${account}:${name}`;
}

/**
 * The policy a topic begins with. It speaks of the owner's account, which only services of AWS tell: so a user needs an
 * identity policy all the same.
 * Source: SNS Developer Guide, sns-access-policy-use-cases.html, aws:SourceOwner.
 */
export function defaultTopicPolicy(account: AccountId, name: string): PolicyDocument {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn(account, name),
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  };
}

/** A topic by its ARN, in whichever account, or SNS's error. */
export function topicOf(
  world: World,
  arn: string,
): { readonly topic: Topic; readonly owner: AccountId } | { readonly error: ApiError } {
  const [, owner = '', name = ''] = /^arn:aws:sns:[a-z0-9-]+:(\d{12}):([\w-]+)$/.exec(arn) ?? [];
  if (owner === '') {
    return failed('InvalidParameter', 'Invalid parameter: TopicArn');
  }
  const topic = own(own(world.accounts, owner)?.topics ?? {}, name);
  return topic ? { topic, owner } : failed('NotFound', 'Topic does not exist');
}

/** Permission for an SNS action on a topic. */
export function onTopic(
  caller: Caller,
  arn: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const account = /^arn:aws:sns:[a-z0-9-]+:(\d{12}):[\w-]+(:[\w-]+)?$/.exec(arn)?.[1];
  return {
    action: `sns:${action}`,
    resource: account === undefined ? '*' : arn,
    resourceAccount: account ?? caller.account,
    context,
  };
}

/**
 * Permission for an SNS action on all that an account has: SNS asks for it by an ARN that ends in `*`, as its denials
 * tell, so that an Allow on one topic is not enough.
 */
export function onAll({ account }: Caller, action: string): PermissionNeeded {
  return { action: `sns:${action}`, resource: topicArn(account, '*'), resourceAccount: account };
}

/** The topic an ARN names. */
export function snsResource(world: World, arn: string): Resource | null {
  const found = topicOf(world, arn);
  return 'error' in found
    ? null
    : {
        owner: found.owner,
        policy: resourcePolicy(`topic policy of ${found.topic.name}`, found.topic.policy),
        tags: found.topic.tags,
      };
}
