import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { DocumentUse } from '../../documents.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { resourcePolicy } from '../../resource-policy.ts';
import type { AccountId, World } from '../../world.ts';
import { failed } from '../define.ts';
import { awsManagedKey, onKey } from '../kms/find-key.ts';
import type { Resource } from '../service.ts';
import type { Secret } from './records.ts';

export const SECRET_ID = { type: 'string', required: true, help: 'name or ARN of the secret' } as const;

/** What Secrets Manager has against documents that cannot be resource policies. */
export const SECRET_POLICY: DocumentUse = {
  kind: 'resource',
  code: 'MalformedPolicyDocumentException',
  syntax: 'This resource policy contains a syntax error.',
  principal: 'This resource policy contains an unsupported principal.',
};

/** ARN of a secret; without the suffix while there is none. */
export function secretArn(account: AccountId, name: string, suffix?: string): string {
  return `arn:aws:secretsmanager:${REGION}:${account}:secret:${name}${suffix === undefined ? '' : `-${suffix}`}`;
}

interface Found {
  readonly secret: Secret;
  readonly owner: AccountId;
}

/** A secret by its name in the caller's account, or by its ARN in whichever; null when there is none. */
export function findSecret(world: World, caller: Pick<Caller, 'account'>, id: string): Found | null {
  const [, owner = caller.account, name = id] = readSecretArn(id) ?? [];
  const secrets = own(world.accounts, owner)?.secrets ?? {};
  // An ARN may come without its suffix.
  const secret = own(secrets, name) ?? own(secrets, name.replace(/-[A-Za-z0-9]{6}$/, ''));
  if (secret === undefined || (name !== secret.name && !secret.arn.endsWith(`:secret:${name}`))) {
    return null;
  }
  const isGone = secret.deletion !== null && secret.deletion <= world.clock;
  return isGone ? null : { secret, owner };
}

function readSecretArn(id: string): RegExpExecArray | null {
  return /^arn:aws:secretsmanager:[a-z0-9-]+:(\d{12}):secret:(.+)$/.exec(id);
}

/** A secret that is there and not about to go, or Secrets Manager's error. */
export function secretNamed(world: World, caller: Caller, id: string): Found | { readonly error: ApiError } {
  const found = findSecret(world, caller, id);
  if (found === null) {
    return failed('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return found.secret.deletion === null
    ? found
    : failed(
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
}

/** Permission for a Secrets Manager action on a secret. */
export function onSecret(
  world: World,
  caller: Caller,
  id: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const found = findSecret(world, caller, id);
  const owner = found?.owner ?? readSecretArn(id)?.[1] ?? caller.account;
  const resource = found?.secret.arn ?? (readSecretArn(id) === null ? secretArn(owner, id) : id);
  const tags = Object.entries(found?.secret.tags ?? {});
  return {
    action: `secretsmanager:${action}`,
    resource,
    resourceAccount: owner,
    context: {
      'secretsmanager:SecretId': resource,
      ...Object.fromEntries(tags.map(([key, value]) => [`secretsmanager:ResourceTag/${key}`, value])),
      ...context,
    },
  };
}

/**
 * Permission to use the key of a secret: Secrets Manager asks KMS in the caller's name. The key that AWS manages takes
 * callers of its own account only.
 * Source: Secrets Manager User Guide, security-encryption.html.
 */
export function onSecretKey(
  world: World,
  caller: Caller,
  key: string | null,
  owner: AccountId,
  secret: string,
  actions: readonly string[],
): readonly PermissionNeeded[] {
  const used = key ?? awsManagedKey(owner, 'secretsmanager').arn;
  const context = { 'kms:EncryptionContext:SecretARN': secret };
  return actions.map((action) => onKey(world, caller, used, action, context, 'secretsmanager'));
}

/** The secret an ARN names. */
export function secretsManagerResource(world: World, arn: string): Resource | null {
  const found = findSecret(world, { account: '' }, arn);
  if (found === null) {
    return null;
  }
  const { secret, owner } = found;
  const policy = secret.policy && resourcePolicy(`resource policy of ${secret.name}`, secret.policy);
  return { owner, policy, tags: secret.tags };
}
