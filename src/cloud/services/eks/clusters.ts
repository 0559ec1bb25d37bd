import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { listed, own } from '../../own.ts';
import type { Account, AccountId, Cluster } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';

/** The member by which an operation names a cluster. */
export const CLUSTER_NAME = { type: 'string', required: true, help: 'name of the cluster' } as const;

/** ARN of a cluster. */
export function clusterArn(account: AccountId, name: string): string {
  return `arn:aws:eks:${REGION}:${account}:cluster/${name}`;
}

/** Permission for an EKS action on a resource of the caller's account. */
export function permission(action: string, caller: Caller, resource: string): PermissionNeeded {
  return { action: `eks:${action}`, resource, resourceAccount: caller.account };
}

/** A cluster by its name, or EKS's error. */
export function clusterNamed(
  account: Account,
  name: string,
): { readonly cluster: Cluster } | { readonly error: ApiError } {
  const cluster = own(account.clusters, name);
  return cluster ? { cluster } : failed('ResourceNotFoundException', `No cluster found for name: ${name}.`);
}

const listClusters = define({
  id: 'eks:ListClusters',
  summary: 'list the clusters',
  input: {},
  needs: (_, caller) => [permission('ListClusters', caller, '*')],
  effect: (_, caller, world) =>
    done(world, { clusters: listed(homeOf(world, caller).clusters).map(({ name }) => name) }),
});

const describeCluster = define({
  id: 'eks:DescribeCluster',
  summary: 'show a cluster and the address of its token issuer',
  input: { name: CLUSTER_NAME },
  needs: (input, caller) => [permission('DescribeCluster', caller, clusterArn(caller.account, input.name))],
  effect(input, caller, world) {
    const found = clusterNamed(homeOf(world, caller), input.name);
    return 'error' in found ? found : done(world, { cluster: described(found.cluster) });
  },
});

function described({ name, arn, created, issuer }: Cluster): Json {
  return { name, arn, createdAt: isoTime(created), identity: { oidc: { issuer } }, status: 'ACTIVE' };
}

export const clusterOperations = [listClusters, describeCluster];
