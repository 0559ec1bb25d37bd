import type { MapRequest } from './universe.ts';

/**
 * What services ask for in their own name, here as in AWS: what else a policy lets them do, they never do.
 * Sources: CloudTrail User Guide, create-s3-bucket-policy-for-cloudtrail.html; EKS User Guide, pod-id-role.html;
 * Roles Anywhere User Guide, trust-model.html; IAM User Guide, id_roles_create_for-service.html.
 */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  // That it may look at a bucket's ACL too is in no answer: without s3:PutObject nothing comes of it.
  'cloudtrail.amazonaws.com': ['s3:PutObject'],
  'ec2.amazonaws.com': ['sts:AssumeRole'],
  'lambda.amazonaws.com': ['sts:AssumeRole'],
  'pods.eks.amazonaws.com': ['sts:AssumeRole', 'sts:TagSession'],
  'rolesanywhere.amazonaws.com': ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
  // Whether SNS could deliver is in nobody's answer.
  'sns.amazonaws.com': [],
};

/**
 * Whether a request is ever sent, so that somebody sees what comes of it. A service that is not known may send whatever
 * it is allowed.
 */
export function isNoticed({ principal, permission }: MapRequest): boolean {
  if (principal.kind !== 'service' || !Object.hasOwn(ASKED, principal.service)) return true;
  return ASKED[principal.service]?.includes(permission.action) ?? false;
}
