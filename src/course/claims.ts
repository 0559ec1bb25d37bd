import type { Layer } from '../iam/decision.ts';
import { CLAIMED_LAYERS } from './layer-names.ts';
import type { Observation } from './observe.ts';

/** What a link `[words](claim:denied/permissions-boundary#request)` says a request comes to. */
export interface Claim {
  readonly words: string;
  /** The address as written, to find it in the file again: `claim:denied/identity`. */
  readonly address: string;
  readonly outcome: Observation['outcome'];
  /** For a denial: the layer that blocks; null when any will do. */
  readonly layer: Layer | null;
  /** For an error: AWS's code. */
  readonly code: string | null;
  /** Id of one of the step's `requests`; null for the step's own request. */
  readonly request: string | null;
}

const LINK = /\[([^\]]+)\]\((claim:[^)\s]*)\)/g;
const ADDRESS = new RegExp(
  `^claim:(?:(allowed|not-sent|rejected)|denied(?:/(${CLAIMED_LAYERS.join('|')}))?|error/([A-Za-z0-9.]+))(?:#([a-z0-9-]+))?$`,
);

/** The claims in a text, in order; a link that is none of the known forms is given with `claim: null`. */
export function claimsIn(
  markdown: string,
): readonly { readonly address: string; readonly claim: Claim | null }[] {
  return [...markdown.matchAll(LINK)].map(([, words = '', address = '']) => ({
    address,
    claim: readClaim(words, address),
  }));
}

function readClaim(words: string, address: string): Claim | null {
  const match = ADDRESS.exec(address);
  if (match === null) return null;
  const [, plain, layer, code, request] = match;
  const named = plain as 'allowed' | 'not-sent' | 'rejected' | undefined;
  return {
    words,
    address,
    outcome: named ?? (code === undefined ? 'denied' : 'error'),
    layer: (layer as Layer | undefined) ?? null,
    code: code ?? null,
    request: request ?? null,
  };
}

/** What the words of a link say in so many words; null when they leave it to the claim. */
export function saidOutcome({ words }: Claim): Observation['outcome'] | null {
  if (/\b(not allowed|denied|refused)\b/i.test(words)) return 'denied';
  if (/\bnever sent\b/i.test(words)) return 'not-sent';
  if (/\brejected\b/i.test(words)) return 'rejected';
  return /\ballowed\b/i.test(words) ? 'allowed' : null;
}

/** The text with its claims as plain words. */
export function withoutClaims(markdown: string): string {
  return markdown.replace(LINK, '$1');
}

/** Whether what happened is what the claim says. */
export function claimHolds(claim: Claim, observed: Observation): boolean {
  if (claim.code !== null) return claim.code === observed.code;
  if (claim.outcome !== observed.outcome) return false;
  return claim.layer === null || observed.layers.includes(claim.layer);
}

/** The claim that says what happened, such as `claim:denied/trust#my-request`; null when it can be no claim. */
export function claimAddress({ outcome, layers, code }: Observation, request: string | null): string | null {
  const layer = layers.find((one) => ADDRESS.test(`claim:denied/${one}`));
  const told =
    outcome === 'denied' && layer !== undefined
      ? `denied/${layer}`
      : outcome === 'error'
        ? code && `error/${code}`
        : outcome;
  return told === null ? null : `claim:${told}${request === null ? '' : `#${request}`}`;
}
