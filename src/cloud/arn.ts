import type { AccountId, World } from './world.ts';

/** The one region everything stands in; IAM and STS answer from it too. */
export const REGION = 'us-east-1';

/** ARN of an IAM resource: the path is part of it, as in `user/team/bob`. */
export function iamArn(
  account: AccountId,
  kind: 'user' | 'group' | 'role' | 'policy' | 'instance-profile' | 'mfa',
  name: string,
  path = '/',
): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`;
}

/** ARN of a role's session: it drops the role's path. */
export function sessionArn(account: AccountId, role: string, sessionName: string): string {
  return `arn:aws:sts::${account}:assumed-role/${role}/${sessionName}`;
}

/** ARN of somebody for whom `GetFederationToken` was called. */
export function federatedUserArn(account: AccountId, name: string): string {
  return `arn:aws:sts::${account}:federated-user/${name}`;
}

/** ARN of an account's root user. */
export function rootArn(account: AccountId): string {
  return `arn:aws:iam::${account}:root`;
}

export function instanceArn(account: AccountId, id: string): string {
  return `arn:aws:ec2:${REGION}:${account}:instance/${id}`;
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** The bucket an S3 ARN is about, or null when the ARN is not one of S3. */
export function bucketOfArn(arn: string): string | null {
  return /^arn:aws:s3:::([^/]+)/.exec(arn)?.[1] ?? null;
}

/** What a request says is about: the text when it is an ARN, else `*`, for there is no such resource. */
export function resourceArn(text: string): string {
  return /^arn:[^:]*:[^:]+:[^:]*:[^:]*:[^:]/.test(text) ? text : '*';
}

/** The account named in an ARN, when it is one of this world. */
export function accountOfArn(world: World, arn: string): AccountId | null {
  const account = arn.split(':')[4] ?? '';
  return Object.hasOwn(world.accounts, account) ? account : null;
}
