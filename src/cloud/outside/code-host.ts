import { type Draft, produce } from 'immer';
import { stepAccessKey } from '../access-key.ts';
import { own } from '../own.ts';
import type { AccessKeyId, World } from '../world.ts';

/** The keys of the world that a text gives away: their id and their secret both stand in it. */
export function keysIn(world: World, text: string): readonly AccessKeyId[] {
  return Object.values(world.accounts)
    .flatMap(({ accessKeys }) => Object.values(accessKeys))
    .filter(({ id, secret }) => text.includes(id) && text.includes(secret))
    .map(({ id }) => id);
}

/** A file is pushed where everybody can read it. Keys in it are exposed from this moment. */
export function push(
  world: World,
  file: string,
  content: string,
): { readonly world: World; readonly keys: readonly AccessKeyId[] } {
  const keys = keysIn(world, content);
  const pushed = produce(world, (draft) => {
    for (const key of keys) {
      exposeKey(draft, key, file);
    }
  });
  return { world: pushed, keys };
}

/** A key is exposed: it stays so, and what strangers and AWS will do about it is planned. */
export function exposeKey(draft: Draft<World>, id: AccessKeyId, where: string): void {
  const account = draft.accounts[own(draft.keyAccounts, id) ?? ''];
  const key = account?.accessKeys[id];
  const { codeHost } = draft;
  if (account === undefined || key === undefined || key.exposed !== null || codeHost === null) {
    return;
  }
  const before = { status: key.status, exposure: 'hidden' } as const;
  if (stepAccessKey(before, 'key.exposed').exposure === 'exposed') {
    key.exposed = { at: draft.clock, where };
  }
  const plan = (kind: 'attack' | 'quarantine', seconds: number) => ({
    due: draft.clock + seconds * 1000,
    kind,
    account: account.id,
    key: id,
  });
  codeHost.plans.push(plan('attack', codeHost.attacker.after));
  if (codeHost.quarantine !== null) {
    codeHost.plans.push(plan('quarantine', codeHost.quarantine));
  }
  codeHost.plans.sort((a, b) => a.due - b.due);
}
