import { type AccessKeyEvent, stepAccessKey } from '../../access-key.ts';
import { REGION, rootArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put, without } from '../../change.ts';
import { newAccessKeyId, newSecret } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, Effect } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccessKey, Account, World } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime } from '../define.ts';
import { accessKeysOf, overQuota, permission } from './entities.ts';
import { userArn, userNamed } from './users.ts';

const USER_NAME = { type: 'string', help: 'name of the user; your own keys unless said' } as const;
const KEY_ID = { type: 'string', required: true, help: 'id of the key, AKIA…' } as const;

/**
 * Whose keys a request is about: the user named, or the caller. Called as root without a name it is about the root
 * user's own, which nobody else can manage.
 * Source: IAM API Reference, API_CreateAccessKey.html; AWS Account Management, root-user-access-key.html.
 */
function ownerOf(
  account: Account,
  name: string | undefined,
  caller: Caller,
): { readonly owner: string | null } | { readonly error: ApiError } {
  if (name === undefined && caller.kind === 'root') {
    return { owner: null };
  }
  const found = userNamed(account, name, caller);
  return 'error' in found ? found : { owner: found.user.name };
}

function ownerArn(account: Account, name: string | undefined, caller: Caller): string {
  return name === undefined && caller.kind === 'root' ? rootArn(account.id) : userArn(account, name, caller);
}

/** The name that goes into an answer; the root user has none. */
function userName(owner: string | null): { readonly UserName?: string } {
  return owner === null ? {} : { UserName: owner };
}

/** A key event for a key of the user a request is about: the machine says what becomes of it. */
function stepKey(
  world: World,
  caller: Caller,
  input: { readonly UserName?: string | undefined; readonly AccessKeyId: string },
  event: AccessKeyEvent['type'],
): Effect {
  const home = homeOf(world, caller);
  const found = ownerOf(home, input.UserName, caller);
  if ('error' in found) {
    return found;
  }
  const key = own(home.accessKeys, input.AccessKeyId);
  if (key?.user !== found.owner) {
    return failed('NoSuchEntity', `The Access Key with id ${input.AccessKeyId} cannot be found.`);
  }
  const exposure = key.exposed === null ? 'hidden' : 'exposed';
  const { status } = stepAccessKey({ status: key.status, exposure }, event);
  if (status !== 'Deleted') {
    return done(put(world, home.id, 'accessKeys', key.id, { ...key, status }));
  }
  const { keyAccounts, ...rest } = drop(world, home.id, 'accessKeys', key.id);
  return done({ ...rest, keyAccounts: without(keyAccounts, key.id) });
}

const createAccessKey = define({
  id: 'iam:CreateAccessKey',
  summary: 'make an access key for a user, or for the root user',
  input: { UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('CreateAccessKey', caller, ownerArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = ownerOf(home, input.UserName, caller);
    if ('error' in found) {
      return found;
    }
    const { owner: user } = found;
    if (accessKeysOf(home, user).length >= LIMITS.accessKeysPerUser) {
      return overQuota('AccessKeysPerUser', LIMITS.accessKeysPerUser);
    }
    const [key, next] = generated(
      world,
      (generator): AccessKey => ({
        id: newAccessKeyId(generator, 'AKIA'),
        secret: newSecret(generator),
        user,
        status: 'Active',
        created: world.clock,
        lastUsed: null,
        exposed: null,
      }),
    );
    const keyAccounts = { ...next.keyAccounts, [key.id]: home.id };
    const after = put({ ...next, keyAccounts }, home.id, 'accessKeys', key.id, key);
    return done(after, {
      AccessKey: {
        ...userName(user),
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: key.secret,
        CreateDate: isoTime(key.created),
      },
    });
  },
});

const listAccessKeys = define({
  id: 'iam:ListAccessKeys',
  summary: "list a user's access keys",
  input: { UserName: USER_NAME },
  needs: (input, caller, world) => [
    permission('ListAccessKeys', caller, ownerArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = ownerOf(home, input.UserName, caller);
    return 'error' in found
      ? found
      : done(world, {
          AccessKeyMetadata: accessKeysOf(home, found.owner).map((key) => ({
            ...userName(key.user),
            AccessKeyId: key.id,
            Status: key.status,
            CreateDate: isoTime(key.created),
          })),
        });
  },
});

const updateAccessKey = define({
  id: 'iam:UpdateAccessKey',
  summary: 'activate or deactivate an access key',
  input: {
    UserName: USER_NAME,
    AccessKeyId: KEY_ID,
    Status: { type: 'string', required: true, help: 'Active or Inactive' },
  },
  needs: (input, caller, world) => [
    permission('UpdateAccessKey', caller, ownerArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect(input, caller, world) {
    switch (input.Status) {
      case 'Active':
        return stepKey(world, caller, input, 'key.activated');
      case 'Inactive':
        return stepKey(world, caller, input, 'key.deactivated');
      default:
        return breaksConstraint(
          'ValidationError',
          'status',
          input.Status,
          'satisfy enum value set: [Active, Inactive, Expired]',
        );
    }
  },
});

const deleteAccessKey = define({
  id: 'iam:DeleteAccessKey',
  summary: 'delete an access key for good',
  input: { UserName: USER_NAME, AccessKeyId: KEY_ID },
  needs: (input, caller, world) => [
    permission('DeleteAccessKey', caller, ownerArn(homeOf(world, caller), input.UserName, caller)),
  ],
  effect: (input, caller, world) => stepKey(world, caller, input, 'key.deleted'),
});

/** Source: IAM API Reference, API_GetAccessKeyLastUsed.html. */
const getAccessKeyLastUsed = define({
  id: 'iam:GetAccessKeyLastUsed',
  summary: 'show whose an access key is, and when it was used last',
  input: { AccessKeyId: KEY_ID },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const user = own(home.accessKeys, input.AccessKeyId)?.user;
    const arn = user === null ? rootArn(home.id) : user === undefined ? '*' : userArn(home, user, caller);
    return [permission('GetAccessKeyLastUsed', caller, arn)];
  },
  effect(input, caller, world) {
    const key = own(homeOf(world, caller).accessKeys, input.AccessKeyId);
    if (key === undefined) {
      return failed('NoSuchEntity', `The Access Key with id ${input.AccessKeyId} cannot be found.`);
    }
    const { lastUsed } = key;
    return done(world, {
      ...userName(key.user),
      AccessKeyLastUsed:
        lastUsed === null
          ? { ServiceName: 'N/A', Region: 'N/A' }
          : { LastUsedDate: isoTime(lastUsed.at), ServiceName: lastUsed.service, Region: REGION },
    });
  },
});

/** Keys for people. `CreateAccessKey` does not know the condition key `iam:PermissionsBoundary`. */
export const accessKeyOperations = [
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
];
