import type { Layer } from '../iam/decision.ts';
import type { CompiledScenario } from './content.ts';
import type { Confidence, PredictedOutcome } from './view.ts';

/** What can be predicted of a request, in the order it is offered. */
export const OUTCOMES: readonly { readonly outcome: PredictedOutcome; readonly words: string }[] = [
  { outcome: 'allowed', words: 'Allowed' },
  { outcome: 'denied', words: 'Denied' },
  { outcome: 'not-sent', words: 'Never sent: no request leaves the machine' },
  { outcome: 'rejected', words: 'Rejected: AWS does not accept the credentials, and asks no policy' },
];

/** A layer that a denial can be put down to, and how it is offered. */
export interface PredictableLayer {
  readonly layer: Layer;
  readonly words: string;
}

const EVERYWHERE: readonly PredictableLayer[] = [
  { layer: 'identity', words: 'Identity policies: none allows it, or one of them denies it' },
  { layer: 'permissions-boundary', words: 'The permissions boundary: it does not reach that far' },
  { layer: 'resource', words: "The resource's own policy: a bucket, key or trust policy" },
  { layer: 'session', words: 'A session policy' },
];
const IN_AN_ORGANIZATION: readonly PredictableLayer[] = [
  { layer: 'service-control', words: 'A service control policy (SCP) of the organization' },
  { layer: 'resource-control', words: 'A resource control policy (RCP) of the organization' },
];
const BEHIND_AN_ENDPOINT: readonly PredictableLayer[] = [
  { layer: 'vpc-endpoint', words: 'The policy of the VPC endpoint' },
];
const WITH_A_BUCKET: readonly PredictableLayer[] = [
  { layer: 'service', words: 'No policy, but a rule of the service: S3 Block Public Access' },
];

/** The layers that are offered: those that its world can have, or that one of its lines makes. */
export function predictableLayers({ world, steps }: CompiledScenario): readonly PredictableLayer[] {
  const told = JSON.stringify(steps);
  const accounts = Object.values(world.accounts);
  const has = (made: RegExp, isThere: boolean): boolean => isThere || made.test(told);
  const endpoints = accounts.some(({ vpcs }) =>
    Object.values(vpcs ?? {}).some(({ endpoints }) => endpoints !== undefined),
  );
  const buckets = accounts.some((account) => account.buckets !== undefined);
  return [
    ...EVERYWHERE,
    ...(has(/aws organizations create-/, world.organization !== undefined) ? IN_AN_ORGANIZATION : []),
    ...(has(/create-vpc-endpoint/, endpoints) ? BEHIND_AN_ENDPOINT : []),
    ...(has(/create-bucket|aws s3 mb/, buckets) ? WITH_A_BUCKET : []),
  ];
}

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
