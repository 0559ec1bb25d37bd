import type { Actor } from '../cloud/actor.ts';
import { callerOf, findActor } from '../cloud/index.ts';
import type { World } from '../cloud/world.ts';
import { NO_CREDENTIALS, UNABLE } from './aws/usage.ts';
import type { Ending } from './plan.ts';
import type { SigningKey } from './s3/presigned-url.ts';

/** The key that an actor's requests are signed with, or an ending that says why there is none. */
export function signingKey(world: World, actor: Actor): SigningKey | Ending {
  if (actor.kind === 'key') return actor;
  const caller = callerOf(world, actor);
  if (caller.kind === 'not-sent') return { output: caller.message, exit: NO_CREDENTIALS };
  const holder = findActor(world, caller.accessKey);
  if (holder?.kind === 'key') return holder;
  const advice =
    actor.kind === 'root'
      ? 'You are signed in to the console, and have no key to sign with. `aws iam create-access-key` makes one.'
      : `The key ${caller.accessKey} is gone: nothing that it signs is accepted.`;
  return { output: advice, exit: UNABLE };
}
