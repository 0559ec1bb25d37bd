import { produce } from 'immer';
import { conclude } from './attempt.ts';
import type { Plan } from './outside/records.ts';
import { own } from './own.ts';
import { withCredentialsServed, withTimePassed } from './serving.ts';
import type { World } from './world.ts';

const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';

/**
 * The world after some milliseconds. On the way credentials are renewed, strangers use keys they found, and AWS
 * quarantines users whose keys it found, each at its time.
 */
export function passTime(world: World, milliseconds: number): World {
  const until = world.clock + milliseconds;
  let now = world;
  for (let plan = nextPlan(now); plan !== undefined && plan.due <= until; plan = nextPlan(now)) {
    now = carriedOut(without(later(now, plan.due), plan), plan);
  }
  return later(now, until);
}

function later(world: World, until: number): World {
  return until > world.clock
    ? withCredentialsServed(null, withTimePassed(world, until - world.clock))
    : world;
}

function nextPlan({ codeHost }: World): Plan | undefined {
  return codeHost?.plans[0];
}

function without(world: World, plan: Plan): World {
  const { codeHost } = world;
  return codeHost
    ? { ...world, codeHost: { ...codeHost, plans: codeHost.plans.filter((each) => each !== plan) } }
    : world;
}

function carriedOut(world: World, { kind, account, key }: Plan): World {
  if (kind === 'quarantine') {
    return quarantined(world, account, key);
  }
  const actor = { kind: 'attacker', account, accessKey: key } as const;
  return (world.codeHost?.attacker.does ?? []).reduce((now, request) => conclude(now, actor, request), world);
}

/**
 * AWS reads public code too. It denies the user of a key it finds some of what thieves do, and leaves the key as it
 * is: that is for its owner to settle.
 */
function quarantined(world: World, accountId: string, id: string): World {
  const account = own(world.accounts, accountId);
  const key = account && own(account.accessKeys, id);
  const user = key && key.user !== null ? own(account.users, key.user) : undefined;
  if (user === undefined || key?.status !== 'Active') {
    return world;
  }
  return produce(world, (draft) => {
    const target = draft.accounts[accountId]?.users[user.name];
    if (target && !target.attached.includes(QUARANTINE)) {
      target.attached.push(QUARANTINE);
    }
    draft.codeHost?.news.push({
      at: draft.clock,
      text: `A mail from AWS: the access key ${id} of ${user.name} is public (${key.exposed?.where ?? 'code host'}). AWSCompromisedKeyQuarantineV3 is attached to ${user.name}. The key still works for everything else.`,
    });
  });
}
