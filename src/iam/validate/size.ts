import type { IssueCode } from '../issue.ts';
import type { PolicyKind } from './finding.ts';

/** How long a policy may be, in characters, and whether white space counts. */
export interface SizeLimit {
  readonly characters: number;
  readonly whiteSpaceCounts: boolean;
  /** What the limit is of, in words. */
  readonly of: string;
  readonly code: IssueCode;
}

const MANAGED: SizeLimit = {
  characters: 6144,
  whiteSpaceCounts: false,
  of: 'a managed policy',
  code: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
};
const OTHER = 'POLICY_SIZE_EXCEEDS_QUOTA';

/**
 * Limits of size by kind. For identity policies it is that of a managed policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const SIZE_LIMITS: Readonly<Record<PolicyKind, SizeLimit | null>> = {
  identity: MANAGED,
  'permissions-boundary': MANAGED,
  trust: {
    characters: 2048,
    whiteSpaceCounts: false,
    of: 'a trust policy, unless the quota was raised',
    code: OTHER,
  },
  session: { characters: 2048, whiteSpaceCounts: true, of: 'a session policy', code: OTHER },
  'service-control': {
    characters: 10_240,
    whiteSpaceCounts: true,
    of: 'an SCP',
    code: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
  },
  'resource-control': {
    characters: 5120,
    whiteSpaceCounts: true,
    of: 'an RCP',
    code: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  },
  // Each service has its own.
  resource: null,
  'vpc-endpoint': { characters: 20_480, whiteSpaceCounts: false, of: 'an endpoint policy', code: OTHER },
};

/** The size of a policy's text, without white space where that does not count. */
export function policySize(text: string, limit: SizeLimit): number {
  return limit.whiteSpaceCounts ? text.length : text.replace(/\s/g, '').length;
}
