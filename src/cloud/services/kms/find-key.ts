import { createHash } from 'node:crypto';
import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountId, World } from '../../world.ts';
import { failed } from '../define.ts';
import { awsManagedKeyPolicy } from './key-policy.ts';
import type { KmsKey } from './records.ts';

/** ARN of a key by its id. */
export function keyArn(account: AccountId, id: string): string {
  return `arn:aws:kms:${REGION}:${account}:key/${id}`;
}

/** ARN of an alias; its name begins with `alias/`. */
export function aliasArn(account: AccountId, alias: string): string {
  return `arn:aws:kms:${REGION}:${account}:${alias}`;
}

/** A key and the account it is in. */
export interface FoundKey {
  readonly key: KmsKey;
  readonly account: AccountId;
  /** The alias it was asked for by, such as `alias/payroll`; null for its id or ARN. */
  readonly alias: string | null;
}

/** How a request may name a key. `id` is a key's id or an alias, without an account of its own. */
interface Reference {
  readonly account: AccountId;
  readonly id: string;
}

/** Reads a key's id, alias or ARN; those without an account are in the caller's. */
export function readReference(caller: Pick<Caller, 'account'>, text: string): Reference {
  const [, account = '', kind = '', rest = ''] =
    /^arn:aws:kms:[^:]*:(\d{12}):(key|alias)\/(.+)$/.exec(text) ?? [];
  if (kind === '') {
    return { account: caller.account, id: text };
  }
  return { account, id: kind === 'key' ? rest : `alias/${rest}` };
}

/** The key a request names, in whichever account; null when there is none, or it was deleted. */
export function findKey(world: World, caller: Pick<Caller, 'account'>, text: string): FoundKey | null {
  const { account: id, id: name } = readReference(caller, text);
  const account = own(world.accounts, id);
  if (account === undefined) {
    return null;
  }
  const managed = /^alias\/aws\/([a-z0-9]+)$/.exec(name)?.[1];
  if (managed !== undefined) {
    return isManagedService(managed) ? { key: awsManagedKey(id, managed), account: id, alias: name } : null;
  }
  const alias = name.startsWith('alias/') ? name : null;
  const key =
    own(account.kmsKeys, alias === null ? name : (own(account.kmsAliases, alias) ?? '')) ??
    MANAGED_SERVICES.map((service) => awsManagedKey(id, service)).find((each) => each.id === name);
  return key === undefined || isGone(key, world) ? null : { key, account: id, alias };
}

/** True once the waiting period before a key's deletion is over. */
export function isGone({ state }: KmsKey, { clock }: Pick<World, 'clock'>): boolean {
  return state.name === 'PendingDeletion' && state.deletion <= clock;
}

/** The aliases that lead to a key. */
export function aliasesOf(
  world: World,
  { key, account }: Pick<FoundKey, 'key' | 'account'>,
): readonly string[] {
  const service = MANAGED_SERVICES.find((each) => awsManagedKey(account, each).id === key.id);
  return service === undefined
    ? Object.entries(own(world.accounts, account)?.kmsAliases ?? {})
        .filter(([, id]) => id === key.id)
        .map(([alias]) => alias)
    : [`alias/aws/${service}`];
}

/** Services with an AWS managed key in every account. */
export const MANAGED_SERVICES = ['s3', 'secretsmanager'] as const;
export type ManagedService = (typeof MANAGED_SERVICES)[number];

function isManagedService(name: string): name is ManagedService {
  return MANAGED_SERVICES.some((service) => service === name);
}

const managedKeys = new Map<string, KmsKey>();

/** The key that AWS manages in an account for a service, such as `alias/aws/s3`. It follows from the two names. */
export function awsManagedKey(account: AccountId, service: ManagedService): KmsKey {
  const name = `${account}/${service}`;
  const known = managedKeys.get(name);
  if (known !== undefined) {
    return known;
  }
  const hash = createHash('sha256').update(name).digest('hex');
  const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const key: KmsKey = {
    id,
    arn: keyArn(account, id),
    created: Date.UTC(2024, 0, 1),
    description: `Default key that protects my ${service === 's3' ? 'S3 objects' : 'Secrets Manager data'} when no other key is defined`,
    policy: awsManagedKeyPolicy(account, service),
    state: { name: 'Enabled' },
    manager: 'AWS',
    material: hash,
    tags: {},
  };
  managedKeys.set(name, key);
  return key;
}

/**
 * Permission for a KMS action on a key, with what conditions can ask about it. `via` is the service that asks in the
 * caller's name.
 * Source: Service Authorization Reference, list_awskeymanagementservice.html.
 */
export function onKey(
  world: World,
  caller: Caller,
  reference: string,
  action: string,
  context: PermissionNeeded['context'] = {},
  via?: ManagedService,
): PermissionNeeded {
  const found = findKey(world, caller, reference);
  const { account, id } = readReference(caller, reference);
  const aliases = found === null ? [] : aliasesOf(world, found);
  const missing = id.startsWith('alias/') ? aliasArn(account, id) : keyArn(account, id);
  return {
    action: `kms:${action}`,
    resource: found?.key.arn ?? missing,
    resourceAccount: account,
    context: {
      ...(aliases.length > 0 ? { 'kms:ResourceAliases': aliases } : {}),
      ...(found?.alias ? { 'kms:RequestAlias': found.alias } : {}),
      ...(via === undefined ? {} : throughService(via)),
      ...context,
    },
    ...(via === undefined ? {} : { via }),
  };
}

/**
 * What conditions see when a service asks in the caller's name: the service, and nothing of the caller's network.
 * Source: IAM User Guide, access_forward_access_sessions.html; KMS Developer Guide, conditions-kms.html.
 */
function throughService(via: ManagedService): NonNullable<PermissionNeeded['context']> {
  return {
    'kms:ViaService': `${via}.${REGION}.amazonaws.com`,
    'aws:ViaAWSService': true,
    'aws:SourceIp': [],
  };
}

/** The key a request names, or KMS's error. */
export function keyNamed(
  world: World,
  caller: Pick<Caller, 'account'>,
  text: string,
): FoundKey | { readonly error: ApiError } {
  const found = findKey(world, caller, text);
  if (found !== null) {
    return found;
  }
  const { account, id } = readReference(caller, text);
  if (id.startsWith('alias/')) {
    return failed('NotFoundException', `Alias ${aliasArn(account, id)} is not found.`);
  }
  return /^[0-9a-f-]{36}$/.test(id)
    ? failed('NotFoundException', `Key '${keyArn(account, id)}' does not exist`)
    : failed('NotFoundException', `Invalid keyId '${text}'`);
}

/** The key a request names by its id or ARN: most operations that manage a key take no alias. */
export function keyManaged(
  world: World,
  caller: Caller,
  text: string,
): FoundKey | { readonly error: ApiError } {
  const found = keyNamed(world, caller, text);
  return 'error' in found || found.alias === null
    ? found
    : failed(
        'NotFoundException',
        `Invalid keyId '${text}'`,
        'Name the key by its id or ARN, not by an alias.',
      );
}
