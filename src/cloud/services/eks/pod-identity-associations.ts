import { REGION, resourceArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { drop, generated, put } from '../../change.ts';
import { newAssociationId } from '../../identifiers.ts';
import type { ApiError, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, PodIdentityAssociation } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { passRole } from '../iam/pass-role.ts';
import { CLUSTER_NAME, clusterArn, clusterNamed, permission } from './clusters.ts';

const ASSOCIATION_ID = { type: 'string', required: true, help: 'a-…' } as const;

function associationArn(caller: Pick<Caller, 'account'>, cluster: string, id: string): string {
  return `arn:aws:eks:${REGION}:${caller.account}:podidentityassociation/${cluster}/${id}`;
}

function associationNamed(
  account: Account,
  cluster: string,
  id: string,
): { readonly association: PodIdentityAssociation } | { readonly error: ApiError } {
  const found = clusterNamed(account, cluster);
  if ('error' in found) {
    return found;
  }
  const association = own(account.podIdentityAssociations, id);
  return association?.cluster === cluster
    ? { association }
    : failed('ResourceNotFoundException', `No association found for ID: ${id}`);
}

function brief({ cluster, namespace, serviceAccount, arn, id }: PodIdentityAssociation) {
  return { clusterName: cluster, namespace, serviceAccount, associationArn: arn, associationId: id };
}

function described(association: PodIdentityAssociation): Json {
  const created = isoTime(association.created);
  return {
    association: {
      ...brief(association),
      roleArn: association.roleArn,
      tags: {},
      createdAt: created,
      modifiedAt: created,
    },
  };
}

const createPodIdentityAssociation = define({
  id: 'eks:CreatePodIdentityAssociation',
  summary: 'give the pods of a service account a role',
  input: {
    clusterName: CLUSTER_NAME,
    namespace: { type: 'string', required: true, help: 'Kubernetes namespace' },
    serviceAccount: { type: 'string', required: true, help: 'Kubernetes service account' },
    roleArn: { type: 'string', required: true, help: 'ARN of the role' },
  },
  needs: (input, caller) => [
    permission('CreatePodIdentityAssociation', caller, clusterArn(caller.account, input.clusterName)),
    passRole(
      caller,
      resourceArn(input.roleArn),
      clusterArn(caller.account, input.clusterName),
      'pods.eks.amazonaws.com',
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const { clusterName: cluster, namespace, serviceAccount, roleArn } = input;
    const found = clusterNamed(home, cluster);
    if ('error' in found) {
      return found;
    }
    if (!Object.values(home.roles).some(({ arn }) => arn === roleArn)) {
      return failed('InvalidParameterException', `Role provided in the request does not exist.`);
    }
    const taken = Object.values(home.podIdentityAssociations).some(
      (each) =>
        each.cluster === cluster && each.namespace === namespace && each.serviceAccount === serviceAccount,
    );
    if (taken) {
      return failed(
        'ResourceInUseException',
        `Association already exists: ${cluster}, ${namespace}, ${serviceAccount}`,
      );
    }
    const [id, next] = generated(world, newAssociationId);
    const association: PodIdentityAssociation = {
      id,
      arn: associationArn(caller, cluster, id),
      cluster,
      namespace,
      serviceAccount,
      roleArn,
      created: world.clock,
    };
    return done(put(next, home.id, 'podIdentityAssociations', id, association), described(association));
  },
});

const listPodIdentityAssociations = define({
  id: 'eks:ListPodIdentityAssociations',
  summary: 'list which service accounts have roles',
  input: { clusterName: CLUSTER_NAME },
  needs: (input, caller) => [
    permission('ListPodIdentityAssociations', caller, clusterArn(caller.account, input.clusterName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = clusterNamed(home, input.clusterName);
    return 'error' in found
      ? found
      : done(world, {
          associations: Object.values(home.podIdentityAssociations)
            .filter(({ cluster }) => cluster === input.clusterName)
            .map(brief),
        });
  },
});

const describePodIdentityAssociation = define({
  id: 'eks:DescribePodIdentityAssociation',
  summary: 'show which role a service account has',
  input: { clusterName: CLUSTER_NAME, associationId: ASSOCIATION_ID },
  needs: (input, caller) => [
    permission(
      'DescribePodIdentityAssociation',
      caller,
      associationArn(caller, input.clusterName, input.associationId),
    ),
  ],
  effect(input, caller, world) {
    const found = associationNamed(homeOf(world, caller), input.clusterName, input.associationId);
    return 'error' in found ? found : done(world, described(found.association));
  },
});

const deletePodIdentityAssociation = define({
  id: 'eks:DeletePodIdentityAssociation',
  summary: "take a service account's role away",
  input: { clusterName: CLUSTER_NAME, associationId: ASSOCIATION_ID },
  needs: (input, caller) => [
    permission(
      'DeletePodIdentityAssociation',
      caller,
      associationArn(caller, input.clusterName, input.associationId),
    ),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = associationNamed(home, input.clusterName, input.associationId);
    return 'error' in found
      ? found
      : done(
          drop(world, home.id, 'podIdentityAssociations', found.association.id),
          described(found.association),
        );
  },
});

/** Source: Amazon EKS User Guide, pod-identities.html. */
export const podIdentityAssociationOperations = [
  createPodIdentityAssociation,
  listPodIdentityAssociations,
  describePodIdentityAssociation,
  deletePodIdentityAssociation,
];
