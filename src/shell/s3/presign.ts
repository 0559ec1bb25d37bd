import type { Actor } from '../../cloud/actor.ts';
import { readied } from '../../cloud/credentials.ts';
import { callerOf, findActor } from '../../cloud/index.ts';
import type { World } from '../../cloud/world.ts';
import { NO_CREDENTIALS, UNABLE } from '../aws/usage.ts';
import type { Ending } from '../plan.ts';
import { type ObjectToSign, presignedUrl, type SigningKey } from './presigned-url.ts';

/** Most seconds for which a URL can be signed: 7 days. Source: AWS CLI Command Reference, s3 presign. */
export const LONGEST = 604_800;

/** The ending of `aws s3 presign`: nothing is sent, whatever the signer may do. */
export function signedUrl(world: World, actor: Actor, object: ObjectToSign): Ending {
  const fetched = readied(world, actor);
  const key = actor.kind === 'key' ? actor : keyOf(fetched, actor);
  if ('output' in key) return key;
  const url = presignedUrl(object, key, world.clock);
  const ending = { output: url, exit: 0, presigned: url };
  return fetched === world ? ending : { ...ending, world: fetched };
}

/** The key that an actor's requests are signed with. */
function keyOf(world: World, actor: Actor): SigningKey | Ending {
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
