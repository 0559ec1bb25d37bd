/**
 * IAM and STS quotas, at their defaults.
 * Source: IAM User Guide, reference_iam-quotas.html; the page gives policy sizes without white space.
 */
export const LIMITS = {
  /** Characters of a managed policy. */
  managedPolicySize: 6_144,
  /** Characters of all inline policies of one user, group, role together. */
  userInlineSize: 2_048,
  groupInlineSize: 5_120,
  roleInlineSize: 10_240,
  /** Characters of a role's trust policy. */
  trustPolicySize: 2_048,
  policyVersions: 5,
  accessKeysPerUser: 2,
  groupsPerUser: 10,
  rolesPerInstanceProfile: 1,
  attachedPerUser: 10,
  attachedPerGroup: 10,
  attachedPerRole: 10,
  tagsPerEntity: 50,
  /** Characters of names. */
  userName: 64,
  roleName: 64,
  groupName: 128,
  policyName: 128,
  instanceProfileName: 128,
  mfaDeviceName: 226,
  samlProviderName: 128,
  path: 512,
  /** Characters of an ARN at least (IAM, data type arnType). */
  arnLeast: 20,
  /** Seconds: 1 to 12 hours. */
  sessionDurationLeast: 3_600,
  sessionDurationMost: 43_200,
  /** Seconds of a role's session at least, and at most when it was made with a role's session (STS, API_AssumeRole). */
  roleSessionLeast: 900,
  chainedSessionMost: 3_600,
  /** Seconds of the sessions of GetSessionToken and GetFederationToken, and the most for a root user's. */
  tokenLeast: 900,
  tokenUsual: 43_200,
  tokenMost: 129_600,
  rootTokenMost: 3_600,
  /** MFA devices of one user, and OIDC and SAML providers of an account (reference_iam-quotas.html). */
  mfaDevicesPerUser: 8,
  oidcProviders: 100,
  samlProviders: 100,
  clientIdsPerProvider: 100,
  /** Bytes of a bucket policy. Source: S3 User Guide, bucket policies. */
  bucketPolicySize: 20_480,
  /** Bytes of an object's key. Source: S3 User Guide, object-keys.html. */
  objectKey: 1_024,
  /** Characters of SCPs and RCPs, white space too. Source: Organizations User Guide, orgs_reference_limits.html. */
  serviceControlPolicySize: 10_240,
  resourceControlPolicySize: 5_120,
  /** Policies attached to one root, OU or account; `RCPFullAWSAccess` counts. */
  serviceControlPoliciesPerTarget: 10,
  resourceControlPoliciesPerTarget: 5,
  /** OUs below one another. */
  unitDepth: 5,
  accountsPerOrganization: 10,
} as const;
