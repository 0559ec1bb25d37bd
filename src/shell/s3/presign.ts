import type { Actor } from '../../cloud/actor.ts';
import { readied } from '../../cloud/credentials.ts';
import type { World } from '../../cloud/world.ts';
import type { Ending } from '../plan.ts';
import { signingKey } from '../signing-key.ts';
import { type ObjectToSign, presignedUrl } from './presigned-url.ts';

/** Most seconds for which a URL can be signed: 7 days. Source: AWS CLI Command Reference, s3 presign. */
export const LONGEST = 604_800;

/** The ending of `aws s3 presign`: nothing is sent, whatever the signer may do. */
export function signedUrl(world: World, actor: Actor, object: ObjectToSign): Ending {
  const fetched = readied(world, actor);
  const key = signingKey(fetched, actor);
  if ('output' in key) return key;
  const url = presignedUrl(object, key, world.clock);
  const ending = { output: url, exit: 0, presigned: url };
  return fetched === world ? ending : { ...ending, world: fetched };
}
