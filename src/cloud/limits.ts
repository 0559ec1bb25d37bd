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
  path: 512,
  /** Seconds: 1 to 12 hours. */
  sessionDurationLeast: 3_600,
  sessionDurationMost: 43_200,
  /** Bytes of a bucket policy. Source: S3 User Guide, bucket policies. */
  bucketPolicySize: 20_480,
  /** Bytes of an object's key. Source: S3 User Guide, object-keys.html. */
  objectKey: 1_024,
} as const;
