import type { PolicyKind } from './finding.ts';

/** How long a policy may be, in characters, and whether white space counts. */
export interface SizeLimit {
  readonly characters: number;
  readonly whiteSpaceCounts: boolean;
  /** What the limit is of, in words. */
  readonly of: string;
}

/**
 * Limits of size by kind. For identity policies it is that of a managed policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const SIZE_LIMITS: Readonly<Record<PolicyKind, SizeLimit | null>> = {
  identity: { characters: 6144, whiteSpaceCounts: false, of: 'a managed policy' },
  'permissions-boundary': { characters: 6144, whiteSpaceCounts: false, of: 'a managed policy' },
  trust: { characters: 2048, whiteSpaceCounts: false, of: 'a trust policy, unless the quota was raised' },
  session: { characters: 2048, whiteSpaceCounts: true, of: 'a session policy' },
  'service-control': { characters: 10_240, whiteSpaceCounts: true, of: 'an SCP' },
  'resource-control': { characters: 5120, whiteSpaceCounts: true, of: 'an RCP' },
  // Each service has its own.
  resource: null,
  'vpc-endpoint': { characters: 20_480, whiteSpaceCounts: false, of: 'an endpoint policy' },
};

/** The size of a policy's text, without white space where that does not count. */
export function policySize(text: string, limit: SizeLimit): number {
  return limit.whiteSpaceCounts ? text.length : text.replace(/\s/g, '').length;
}
