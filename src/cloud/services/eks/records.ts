import type { Instant } from '../../world.ts';

/** What EKS keeps in an account. */
export interface EksRecords {
  readonly clusters: Readonly<Record<string, Cluster>>;
  /** By id, `a-…`. */
  readonly podIdentityAssociations: Readonly<Record<string, PodIdentityAssociation>>;
}

export const NO_EKS_RECORDS: EksRecords = { clusters: {}, podIdentityAssociations: {} };

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  readonly created: Instant;
  /** Address of the OpenID Connect issuer that gives its pods their tokens. */
  readonly issuer: string;
}

/** Which role the pods of a service account get. */
export interface PodIdentityAssociation {
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly created: Instant;
}
