import { LAYERS } from '../iam/index.ts';
import { nearest } from '../iam/spelling.ts';

/** The layers that an author may name, in `because` and in claims: that the root user is one decides nothing. */
export const CLAIMED_LAYERS = LAYERS.filter((layer) => layer !== 'root');

/** What people call them as well. */
const OTHER_NAMES: Readonly<Record<string, (typeof CLAIMED_LAYERS)[number]>> = {
  boundary: 'permissions-boundary',
  bucket: 'resource',
  rcp: 'resource-control',
  scp: 'service-control',
};

/** What to write in place of a layer that is none, in one or two lines. */
export function layerAdvice(name: string): string {
  const meant =
    (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined) ?? nearest(name, CLAIMED_LAYERS);
  const advice = meant === null ? '' : `\nDid you mean \`${meant}\`?`;
  return `One of ${CLAIMED_LAYERS.join(', ')}.${advice}`;
}
