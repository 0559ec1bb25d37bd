import type { Actor } from '../../cloud/actor.ts';
import { callerOf } from '../../cloud/index.ts';
import { own } from '../../cloud/own.ts';
import type { World } from '../../cloud/world.ts';

/** An access key as `aws configure` handles it. */
export interface KeyPair {
  readonly accessKey: string;
  readonly secret: string;
}

/** Where somebody's keys come from, as `aws configure list` calls it. */
export function placeOfKeys(actor: Actor): string {
  switch (actor.kind) {
    case 'instance':
      return 'iam-role';
    case 'workforce':
      return 'sso';
    default:
      return 'shared-credentials-file';
  }
}

/** The key that somebody's requests are signed with; null when they have none. */
export function keysOf(world: World, actor: Actor): KeyPair | null {
  if (actor.kind === 'key') return actor;
  const caller = callerOf(world, actor);
  if (caller.kind === 'not-sent') return null;
  const { accessKey } = caller;
  const account = own(world.accounts, own(world.keyAccounts, accessKey) ?? '');
  const key = account && (own(account.accessKeys, accessKey) ?? own(account.sessions, accessKey));
  return { accessKey, secret: key?.secret ?? '' };
}

/** A key as the AWS CLI shows it: its last four characters. */
export function masked(text: string): string {
  return `${'*'.repeat(16)}${text.slice(-4)}`;
}
