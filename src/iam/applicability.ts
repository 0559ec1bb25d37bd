import type { Layer } from './decision.ts';
import type { Question } from './question.ts';
import { RCP_SERVICES } from './rcp-services.ts';

/**
 * Why a layer does not apply to a request, in a sentence; null when it applies. Whether it has policies is another
 * question.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp and
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 */
export function offReason(layer: Layer, question: Question): string | null {
  switch (layer) {
    case 'resource-control':
      return resourceControlOff(question);
    case 'service-control':
      if (question.caller.account === null)
        return 'SCPs bind the users and roles of an account; this caller has none.';
      if (question.serviceLinkedRole) return 'SCPs do not bind service-linked roles.';
      if (question.principalInManagementAccount) return 'SCPs do not bind the management account.';
      return null;
    case 'identity':
    case 'permissions-boundary':
    case 'session':
      if (question.caller.kind === 'root')
        return 'The root user has no identity policies, boundary or session policies.';
      if (question.caller.account === null)
        return 'This caller is no user or role, so nothing is attached to it.';
      return null;
    case 'resource':
      return isBucketPolicyRescue(question)
        ? 'The root user can always read, mend and remove its own bucket policy.'
        : null;
    default:
      return null;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
function isBucketPolicyRescue(question: Question): boolean {
  return (
    question.caller.kind === 'root' &&
    question.service === 's3' &&
    isSameAccount(question) &&
    BUCKET_POLICY_ACTIONS.has(question.actionKey)
  );
}

const BUCKET_POLICY_ACTIONS = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

function resourceControlOff(question: Question): string | null {
  if (question.resourceInManagementAccount) return 'RCPs do not cover resources of the management account.';
  if (question.serviceLinkedRole) return 'RCPs do not bind service-linked roles.';
  if (!RCP_SERVICES.has(question.service)) return `RCPs do not cover ${question.service}.`;
  if (question.actionKey === 'kms:retiregrant') return 'RCPs do not cover kms:RetireGrant.';
  if (question.service === 'kms' && question.resource.includes(':alias/aws/')) {
    return 'RCPs do not cover keys that AWS manages.';
  }
  return null;
}

/**
 * True when the resource must name its callers itself: a role (trust policy) and a KMS key. For them an identity
 * policy alone is not enough, even within one account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function mustNameCallers(question: Question): boolean {
  return question.trust || (question.service === 'kms' && question.resource.includes(':key/'));
}

/** True when caller and resource are in one account. A resource of no known account is taken to be the caller's. */
export function isSameAccount(question: Question): boolean {
  return question.resourceAccount === null || question.resourceAccount === question.caller.account;
}

/**
 * RestrictPublicBuckets keeps everybody but the bucket's own account and AWS services out of a bucket whose policy is
 * public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isKeptOut(question: Question): boolean {
  return question.publicAccessRestricted && question.caller.kind !== 'service' && !isSameAccount(question);
}
