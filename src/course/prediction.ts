import type { Layer } from '../iam/decision.ts';
import type { Confidence, PredictedOutcome } from './view.ts';

/** What can be predicted of a request, in the order it is offered. */
export const OUTCOMES: readonly { readonly outcome: PredictedOutcome; readonly words: string }[] = [
  { outcome: 'allowed', words: 'Allowed' },
  { outcome: 'denied', words: 'Denied' },
  { outcome: 'not-sent', words: 'Never sent: no request leaves the machine' },
];

/** The layers a denial can be put down to. */
export const PREDICTABLE_LAYERS: readonly { readonly layer: Layer; readonly words: string }[] = [
  { layer: 'identity', words: 'Identity policies: those of the user, its groups or the role' },
  { layer: 'permissions-boundary', words: 'The permissions boundary' },
  { layer: 'resource', words: "The resource's own policy: a bucket, key or trust policy" },
  { layer: 'session', words: 'A session policy' },
  { layer: 'service-control', words: 'A service control policy (SCP) of the organization' },
];

/** How sure a learner can be: as it is offered, and as it is said afterwards. */
export const CONFIDENCES: readonly {
  readonly confidence: Confidence;
  readonly words: string;
  readonly said: string;
}[] = [
  { confidence: 'guess', words: 'A guess', said: 'a guess' },
  { confidence: 'think', words: 'I think so', said: 'you thought so' },
  { confidence: 'sure', words: 'Sure', said: 'you were sure' },
];
