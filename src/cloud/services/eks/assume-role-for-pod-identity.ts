import { sessionArn } from '../../arn.ts';
import { readIdToken } from '../../outside/id-token.ts';
import { serviceMayAssume } from '../../service-trust.ts';
import type { Account, Role } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { issueSession } from '../sts/sessions.ts';
import { CLUSTER_NAME, clusterArn, clusterNamed } from './clusters.ts';

/** The audience of the tokens that EKS Pod Identity takes. */
export const POD_AUDIENCE = 'pods.eks.amazonaws.com';

/** Seconds that the credentials of a pod are good for. Source: Amazon EKS User Guide, pod-id-how-it-works.html. */
const LIFETIME = 6 * 3_600;

function roleOf(account: Account, arn: string): Role | undefined {
  return Object.values(account.roles).find((role) => role.arn === arn);
}

/**
 * The agent on the node asks in the pod's name, with the credentials of the node: the pod itself has none. The
 * role trusts EKS, and the session carries where the pod runs as session tags.
 * Sources: EKS Auth API Reference, API_AssumeRoleForPodIdentity.html; EKS User Guide, pod-id-abac.html.
 */
const assumeRoleForPodIdentity = define({
  id: 'eks-auth:AssumeRoleForPodIdentity',
  summary: "trade a pod's token for its role's credentials, as the agent on the node does",
  input: {
    clusterName: CLUSTER_NAME,
    token: {
      type: 'string',
      required: true,
      help: "the pod's token, for the audience pods.eks.amazonaws.com",
    },
  },
  needs: (input, caller) => [
    {
      action: 'eks-auth:AssumeRoleForPodIdentity',
      resource: clusterArn(caller.account, input.clusterName),
      resourceAccount: caller.account,
    },
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = clusterNamed(home, input.clusterName);
    if ('error' in found) {
      return found;
    }
    const token = readIdToken(world, input.token);
    const pod = token === null || token === 'forged' ? null : token.workload.pod;
    if (token === null || token === 'forged' || pod === null) {
      return failed('InvalidTokenException', 'The specified Kubernetes service account token is invalid.');
    }
    if (pod.cluster !== input.clusterName || token.audience !== POD_AUDIENCE) {
      return failed(
        'InvalidTokenException',
        'The specified Kubernetes service account token is invalid.',
        `It is for ${token.audience} and the cluster ${pod.cluster}.`,
      );
    }
    if (token.expires <= world.clock) {
      return failed('ExpiredTokenException', 'The specified Kubernetes service account token is expired.');
    }
    const association = Object.values(home.podIdentityAssociations).find(
      ({ cluster, namespace, serviceAccount }) =>
        cluster === pod.cluster && namespace === pod.namespace && serviceAccount === pod.serviceAccount,
    );
    if (association === undefined) {
      return failed(
        'ResourceNotFoundException',
        'The specified resource could not be found.',
        `No association gives ${pod.namespace}/${pod.serviceAccount} a role.`,
      );
    }
    const role = roleOf(home, association.roleArn);
    const tags = {
      'eks-cluster-arn': found.cluster.arn,
      'eks-cluster-name': found.cluster.name,
      'kubernetes-namespace': pod.namespace,
      'kubernetes-service-account': pod.serviceAccount,
      'kubernetes-pod-name': token.workload.name,
    };
    const context = {
      'aws:TagKeys': Object.keys(tags),
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      'aws:SourceArn': association.arn,
      'aws:SourceAccount': home.id,
    };
    const actions = ['sts:AssumeRole', 'sts:TagSession'];
    if (role === undefined || !serviceMayAssume(world, home, role, POD_AUDIENCE, actions, context)) {
      return failed(
        'AccessDeniedException',
        'Unauthorized Exception! EKS does not have permissions to assume the associated role.',
        'Its trust policy must let pods.eks.amazonaws.com call sts:AssumeRole and sts:TagSession.',
      );
    }
    const sessionName = `eks-${pod.cluster}-${token.workload.name}`.slice(0, 64);
    const [session, next] = issueSession(world, home.id, {
      holder: {
        kind: 'assumed-role',
        role: role.name,
        roleId: role.id,
        sessionName,
      },
      seconds: LIFETIME,
      context: Object.fromEntries(
        Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
      ),
      transitive: Object.keys(tags),
    });
    return done(next, {
      subject: { namespace: pod.namespace, serviceAccount: pod.serviceAccount },
      audience: POD_AUDIENCE,
      podIdentityAssociation: { associationArn: association.arn, associationId: association.id },
      assumedRoleUser: {
        arn: sessionArn(home.id, role.name, sessionName),
        assumeRoleId: `${role.id}:${sessionName}`,
      },
      credentials: {
        sessionToken: session.token,
        secretAccessKey: session.secret,
        accessKeyId: session.id,
        expiration: isoTime(session.expires),
      },
    });
  },
});

export const podIdentityOperations = [assumeRoleForPodIdentity];
