import type { PolicyDocument } from '../../../iam/request.ts';
import { bucketArn } from '../../arn.ts';
import type { Account } from '../../world.ts';

/** A resource with a policy that can let others in. */
export interface GuardedResource {
  /** As in findings, such as `AWS::S3::Bucket`. */
  readonly type: string;
  readonly arn: string;
  readonly owner: string;
  readonly policy: PolicyDocument;
}

/** Every resource of an account that has a resource policy, roles with their trust policies among them. */
export function guardedResources(account: Account): readonly GuardedResource[] {
  const owner = account.id;
  const guarded = (type: string, arn: string, policy: PolicyDocument | null): readonly GuardedResource[] =>
    policy === null ? [] : [{ type, arn, owner, policy }];
  return [
    ...Object.values(account.buckets).flatMap(({ name, policy }) =>
      guarded('AWS::S3::Bucket', bucketArn(name), policy),
    ),
    ...Object.values(account.roles).flatMap(({ arn, trust }) => guarded('AWS::IAM::Role', arn, trust)),
    ...Object.values(account.kmsKeys).flatMap(({ arn, policy }) => guarded('AWS::KMS::Key', arn, policy)),
    ...Object.values(account.queues).flatMap(({ arn, policy }) => guarded('AWS::SQS::Queue', arn, policy)),
    ...Object.values(account.topics).flatMap(({ arn, policy }) => guarded('AWS::SNS::Topic', arn, policy)),
    ...Object.values(account.secrets).flatMap(({ arn, policy }) =>
      guarded('AWS::SecretsManager::Secret', arn, policy),
    ),
    ...Object.values(account.functions).flatMap(({ arn, policy }) =>
      guarded('AWS::Lambda::Function', arn, policy),
    ),
  ];
}

/** Actions that stand for a pattern such as `s3:*`: what outsiders are let do. */
export const TYPICAL_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:ListBucket',
    's3:GetBucketPolicy',
    's3:PutBucketPolicy',
    's3:DeleteBucketPolicy',
    's3:DeleteBucket',
  ],
  'AWS::IAM::Role': [
    'sts:AssumeRole',
    'sts:AssumeRoleWithSAML',
    'sts:AssumeRoleWithWebIdentity',
    'sts:TagSession',
  ],
  'AWS::KMS::Key': [
    'kms:Decrypt',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:DescribeKey',
    'kms:PutKeyPolicy',
  ],
  'AWS::SQS::Queue': ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  'AWS::SNS::Topic': ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes'],
  'AWS::SecretsManager::Secret': [
    'secretsmanager:GetSecretValue',
    'secretsmanager:DescribeSecret',
    'secretsmanager:PutSecretValue',
  ],
  'AWS::Lambda::Function': ['lambda:InvokeFunction', 'lambda:GetFunction'],
};
