import { iamArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { LIMITS } from '../../limits.ts';
import { managedPolicy } from '../../managed-policies.ts';
import { hasNameCharacters, isPath } from '../../names.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccessKey, Account, Role, Tags, User, World } from '../../world.ts';
import { breaksConstraint, failed } from '../define.ts';

/** Users, groups and roles: what holds policies. */
export type Holder = 'user' | 'group' | 'role';

type Entity = Holder | 'instance-profile';

const RECORDS = {
  user: 'users',
  group: 'groups',
  role: 'roles',
  'instance-profile': 'instanceProfiles',
} as const;

const CANNOT_BE_FOUND = {
  user: (name: string) => `The user with name ${name} cannot be found.`,
  group: (name: string) => `The group with name ${name} cannot be found.`,
  role: (name: string) => `The role with name ${name} cannot be found.`,
  'instance-profile': (name: string) => `Instance Profile ${name} cannot be found.`,
};

/** Members that name a managed policy: one to act on, and the boundary of somebody new. */
export const POLICY_ARN = {
  type: 'string',
  required: true,
  least: LIMITS.arnLeast,
  help: 'ARN of the managed policy',
} as const;
export const NEW_BOUNDARY = {
  type: 'string',
  least: LIMITS.arnLeast,
  help: 'ARN of the policy that will be its boundary',
} as const;

/** The access keys of a user; null: of the root user. */
export function accessKeysOf(account: Account, user: string | null): readonly AccessKey[] {
  return Object.values(account.accessKeys).filter((key) => key.user === user);
}

/** The record of an account that holds entities of one kind. */
export function recordOf<K extends Entity>(kind: K): (typeof RECORDS)[K] {
  return RECORDS[kind];
}

/** ARN of an entity of the account; of one that is not there, the ARN it would have without a path. */
export function entityArn(account: Account, kind: Entity, name: string): string {
  return own<{ readonly arn: string }>(account[RECORDS[kind]], name)?.arn ?? iamArn(account.id, kind, name);
}

/** Permission for an IAM action on one resource of the caller's account. */
export function permission(
  action: string,
  caller: Caller,
  resource: string,
  context?: PermissionNeeded['context'],
): PermissionNeeded {
  return {
    action: `iam:${action}`,
    resource,
    resourceAccount: caller.account,
    ...(context ? { context } : {}),
  };
}

/** `iam:PermissionsBoundary`, when there is a boundary to tell of. */
export function boundaryContext(boundary: string | null | undefined): PermissionNeeded['context'] {
  return boundary ? { 'iam:PermissionsBoundary': boundary } : {};
}

/** The boundary that a user or role has now. */
export function boundaryOf(account: Account, kind: 'user' | 'role', name: string): string | null {
  return own<User | Role>(account[RECORDS[kind]], name)?.boundary ?? null;
}

/** `NoSuchEntity`, in IAM's words for this kind of thing. */
export function noSuch(kind: Entity, name: string): { readonly error: ApiError } {
  return failed('NoSuchEntity', CANNOT_BE_FOUND[kind](name));
}

/** The error for changing a role that belongs to AWS, a service's or Identity Center's; null for all else. */
export function unmodifiable(entity: {
  readonly name: string;
  readonly path: string;
}): { readonly error: ApiError } | null {
  return /^\/(aws-service-role|aws-reserved)\//.test(entity.path)
    ? failed(
        'UnmodifiableEntity',
        `Cannot perform the operation on the protected role '${entity.name}' - this role is only modifiable by AWS`,
      )
    : null;
}

/** `LimitExceeded`, in IAM's words: the quota's name and its value. */
export function overQuota(quota: string, limit: number): { readonly error: ApiError } {
  return failed('LimitExceeded', `Cannot exceed quota for ${quota}: ${limit}`);
}

/** A policy that may be attached in this account, or undefined. */
export function attachable(world: World, account: Account, arn: string) {
  return /^arn:aws:iam::(aws|\d{12}):/.exec(arn)?.[1]?.match(`^(aws|${account.id})$`)
    ? managedPolicy(world, arn)
    : undefined;
}

/** The error for a policy that cannot be attached or be a boundary. */
export function notAttachable(arn: string): { readonly error: ApiError } {
  return /^arn:aws:iam::(aws|\d{12}):policy\/./.test(arn)
    ? failed('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
    : failed('ValidationError', `ARN ${arn} is not valid.`);
}

/** What IAM has against a name, or null. `member` as in its messages: `userName`. */
export function nameProblem(
  member: string,
  name: string,
  limit: number,
): { readonly error: ApiError } | null {
  if (name.length > limit) {
    return breaksConstraint('ValidationError', member, name, `have length less than or equal to ${limit}`);
  }
  return hasNameCharacters(name)
    ? null
    : failed(
        'ValidationError',
        `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
      );
}

/** What IAM has against a path, or null. */
export function pathProblem(path: string): { readonly error: ApiError } | null {
  if (path.length > LIMITS.path) {
    return breaksConstraint(
      'ValidationError',
      'path',
      path,
      `have length less than or equal to ${LIMITS.path}`,
    );
  }
  return isPath(path)
    ? null
    : failed(
        'ValidationError',
        'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
      );
}

/** Tags given in a request as a record, or what IAM has against them. */
export function readTags(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  present: Tags = {},
): { readonly tags: Tags } | { readonly error: ApiError } {
  const given = (tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  if (given.some(([key]) => key === '' || key.length > 128)) {
    return failed('ValidationError', 'A tag key must have 1 to 128 characters.');
  }
  const all = { ...present, ...Object.fromEntries(given) };
  return Object.keys(all).length > LIMITS.tagsPerEntity
    ? overQuota('TagsPerResource', LIMITS.tagsPerEntity)
    : { tags: all };
}

/**
 * The tags of a user or role after a request. The case of their keys is kept and makes no difference: `team` takes the
 * place of `Team`, and a request has one of them at most. No key may begin with `aws:`.
 * Source: IAM User Guide, id_tags.html (naming conventions).
 */
export function readPrincipalTags(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
  present: Tags = {},
): { readonly tags: Tags } | { readonly error: ApiError } {
  const keys = (tags ?? []).map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    return failed(
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    return failed(
      'InvalidInput',
      'The request was rejected because an invalid or out-of-range value was supplied for an input parameter.',
      'Tag keys that begin with aws: are for AWS.',
    );
  }
  return readTags(tags, withoutTags(present, keys));
}

/** Tags of a user or role without those of some keys, whatever their case. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = keys.map((key) => key.toLowerCase());
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.includes(key.toLowerCase())));
}

/** Tags as the AWS CLI prints them. */
export function tagList(tags: Tags): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** `aws:RequestTag/…` and `aws:TagKeys` for a request that sets tags. */
export function tagContext(
  tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined,
): PermissionNeeded['context'] {
  if (tags === undefined || tags.length === 0) {
    return {};
  }
  return {
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value])),
  };
}
