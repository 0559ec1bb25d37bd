import { emptyAccount, emptyWorld } from './services/index.ts';
import type { Account, World } from './world.ts';

/**
 * A world that an earlier program kept, with what this one keeps besides: nothing, or what `like` has. `like`: a world
 * that this program made, of the same scenario.
 */
export function completed(world: World, like: World): World {
  const accounts = Object.entries(world.accounts).map(([id, account]): readonly [string, Account] => [
    id,
    { ...emptyAccount(id, account.name), ...account },
  ]);
  return {
    ...emptyWorld(world.clock, world.seed),
    ...world,
    accounts: Object.fromEntries(accounts),
    organization: world.organization ? { ...like.organization, ...world.organization } : null,
    identityCenter: world.identityCenter ? { ...like.identityCenter, ...world.identityCenter } : null,
  };
}
