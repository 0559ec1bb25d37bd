import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { podIdentityOperations } from './assume-role-for-pod-identity.ts';
import { clusterOperations } from './clusters.ts';
import { podIdentityAssociationOperations } from './pod-identity-associations.ts';
import { type EksRecords, NO_EKS_RECORDS } from './records.ts';
import { type EksSpec, readEks } from './spec.ts';

/** Amazon Elastic Kubernetes Service: clusters, and which of their service accounts have roles. */
export const eks: Service<EksRecords, EksSpec> = {
  name: 'eks',
  operations: [...clusterOperations, ...podIdentityAssociationOperations],
  inAccount: NO_EKS_RECORDS,
  inWorld: {},
  readAccount: readEks,
  wording: JSON_WORDING,
};

/** EKS Auth: what the agent on a node calls. */
export const eksAuth: Service = {
  name: 'eks-auth',
  operations: podIdentityOperations,
  inAccount: {},
  inWorld: {},
  wording: JSON_WORDING,
};
