import { type Arn, isAccountId, parseArn } from './arn.ts';
import type { PatternProblem } from './problem.ts';

/** The kinds of principal that a policy can name. */
export const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

export type PrincipalType = (typeof PRINCIPAL_TYPES)[number];

/**
 * What is wrong with one name in a principal element; null when nothing is. Whether there is such a principal is not
 * asked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalNameProblem(type: PrincipalType, name: string): PatternProblem | null {
  const message = nameProblem(type, name);
  if (message === null) return null;
  const isPattern = type === 'AWS' && parseArn(name) !== null && /[*?]/.test(name);
  return { code: isPattern ? 'UNSUPPORTED_WILDCARD_IN_PRINCIPAL' : 'INVALID_PRINCIPAL_FORMAT', message };
}

function nameProblem(type: PrincipalType, name: string): string | null {
  if (name === '*') return null;
  switch (type) {
    case 'AWS':
      return awsProblem(name);
    case 'Service':
      return HOST.test(name)
        ? null
        : `${quoted(name)} is no principal: a service is named as ec2.amazonaws.com.`;
    case 'Federated':
      return isProvider(name)
        ? null
        : `${quoted(name)} is no principal: name the ARN of a SAML or OIDC provider, or accounts.google.com and the like.`;
    case 'CanonicalUser':
      return /^[0-9a-f]{64}$/.test(name)
        ? null
        : `${quoted(name)} is no principal: a canonical user id has 64 hexadecimal digits.`;
  }
}

/** True for a unique id of IAM, such as `AIDA…` or `AROA…`. */
function isUniqueId(name: string): boolean {
  return /^A[A-Z]{3}[A-Z0-9]{8,124}$/.test(name);
}

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function quoted(name: string): string {
  return JSON.stringify(name);
}

function isProvider(name: string): boolean {
  const arn = parseArn(name);
  if (arn === null) return HOST.test(name.split('/', 1)[0] ?? '');
  return arn.service === 'iam' && isAccountId(arn.account) && /^(saml|oidc)-provider\/./.test(arn.resource);
}

function awsProblem(name: string): string | null {
  if (isAccountId(name) || isUniqueId(name)) return null;
  const arn = parseArn(name);
  if (arn === null) return `${quoted(name)} is no AWS principal: use an account id, an ARN, or "*".`;
  if (/[*?]/.test(name)) return `A principal cannot hold a wildcard within a name: ${quoted(name)}.`;
  if (arn.service === 'iam' && arn.resource.startsWith('group/')) {
    return `A group cannot be a principal: ${quoted(name)}. Name its users, a role or the account.`;
  }
  if (!isPrincipalArn(arn)) {
    return `${quoted(name)} is no principal: use the ARN of a user, role, role session, federated user or account root.`;
  }
  if (arn.partition !== 'aws' && !/^aws(-[a-z]+)+$/.test(arn.partition)) {
    return `${quoted(name)} is no principal: the partition is aws, aws-cn or aws-us-gov.`;
  }
  if (arn.region !== '') return `${quoted(name)} is no principal: its ARN has no region.`;
  if (isAccountId(arn.account) || isOriginAccessIdentity(arn)) return null;
  return `${quoted(name)} is no principal: its account id must have twelve digits.`;
}

function isPrincipalArn({ service, resource }: Arn): boolean {
  if (service === 'iam') {
    const named = resource.startsWith('user/') || resource.startsWith('role/');
    return resource === 'root' || (named && resource.length > 'user/'.length);
  }
  return (
    service === 'sts' &&
    (/^federated-user\/./.test(resource) || /^assumed-role\/[^/]+\/[^/]+$/.test(resource))
  );
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
function isOriginAccessIdentity({ account, resource }: Arn): boolean {
  return account === 'cloudfront' && resource.startsWith('user/CloudFront Origin Access Identity ');
}
