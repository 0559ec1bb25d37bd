import { describe, expect, it } from 'vitest';
import { idToken } from '../../../src/cloud/outside/id-token.ts';
import { ACCOUNT, allow, HOUR, policy, Stage } from '../stage.ts';

const roleArn = `arn:aws:iam::${ACCOUNT}:role/Cart`;
const PODS = {
  Effect: 'Allow',
  Principal: { Service: 'pods.eks.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
};
const association = { clusterName: 'shop', namespace: 'web', serviceAccount: 'cart', roleArn };

function company() {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      node: { inline: { agent: policy(allow('eks-auth:AssumeRoleForPodIdentity')) } },
      half: { inline: { eks: policy(allow('eks:*')) } },
      nobody: {},
    },
    roles: {
      Cart: {
        trust: policy(PODS),
        inline: {
          own: policy({
            ...allow('s3:ListAllMyBuckets'),
            Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'web' } },
          }),
        },
      },
    },
    clusters: ['shop', 'lab'],
    workloads: {
      'cart-1': { pod: { cluster: 'shop', namespace: 'web', serviceAccount: 'cart' } },
      'pay-1': { pod: { cluster: 'shop', namespace: 'web', serviceAccount: 'pay' } },
    },
  });
}

function token(stage: Stage, name: string, audience = 'pods.eks.amazonaws.com'): string {
  const workload = stage.account.workloads[name];
  if (workload?.kind !== 'oidc') {
    throw new Error(`${name} gets no tokens.`);
  }
  return idToken(workload, audience, stage.world.clock);
}

describe('EKS Pod Identity', () => {
  const exchange = (stage: Stage, text: string, who = 'node', clusterName = 'shop') =>
    stage.error(who, 'eks-auth:AssumeRoleForPodIdentity', { clusterName, token: text });

  it('gives a pod the role of its service account, with where it runs as tags', () => {
    const stage = company();
    stage.do('admin', 'eks:CreatePodIdentityAssociation', association);
    const output = stage.do('node', 'eks-auth:AssumeRoleForPodIdentity', {
      clusterName: 'shop',
      token: token(stage, 'cart-1'),
    });
    expect(output).toMatchObject({
      subject: { namespace: 'web', serviceAccount: 'cart' },
      assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Cart/eks-shop-cart-1` },
    });
    expect(stage.ask('Cart/eks-shop-cart-1', 's3:ListBuckets').kind).toBe('done');
    stage.wait(6 * HOUR);
    expect(() => stage.actor('Cart/eks-shop-cart-1')).toThrow('Nobody is called');
  });

  it('refuses other tokens, pods without a role and roles that do not trust EKS', () => {
    const stage = company();
    stage.do('admin', 'eks:CreatePodIdentityAssociation', association);
    expect(exchange(stage, token(stage, 'cart-1'), 'nobody')).toMatch(/^denied: AccessDeniedException/);
    expect(exchange(stage, token(stage, 'cart-1'), 'node', 'none')).toMatch(/ResourceNotFoundException/);
    expect(exchange(stage, 'x')).toMatch(/^failed: InvalidTokenException/);
    expect(exchange(stage, token(stage, 'cart-1', 'sts.amazonaws.com'))).toMatch(/InvalidTokenException/);
    expect(exchange(stage, token(stage, 'cart-1'), 'node', 'lab')).toMatch(/InvalidTokenException/);
    expect(exchange(stage, token(stage, 'pay-1'))).toMatch(/ResourceNotFoundException/);
    stage.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Cart',
      PolicyDocument: JSON.stringify(policy({ ...PODS, Action: 'sts:AssumeRole' })),
    });
    expect(exchange(stage, token(stage, 'cart-1'))).toMatch(
      /^failed: AccessDeniedException: Unauthorized Exception!/,
    );
    const old = token(stage, 'cart-1');
    stage.wait(24 * HOUR);
    expect(exchange(stage, old)).toMatch(/^failed: ExpiredTokenException/);
  });

  it('keeps associations, which take iam:PassRole to make', () => {
    const stage = company();
    expect(stage.error('half', 'eks:CreatePodIdentityAssociation', association)).toMatch(
      /^denied: AccessDeniedException: .*iam:PassRole/,
    );
    const made = stage.do('admin', 'eks:CreatePodIdentityAssociation', association);
    const { associationId } = (made as { association: { associationId: string } }).association;
    const one = { clusterName: 'shop', associationId };
    expect(stage.do('half', 'eks:ListPodIdentityAssociations', { clusterName: 'shop' })).toMatchObject({
      associations: [{ associationId, serviceAccount: 'cart' }],
    });
    expect(stage.do('half', 'eks:DescribePodIdentityAssociation', one)).toMatchObject({
      association: { roleArn },
    });
    const create = (rest: Record<string, string>) =>
      stage.error('admin', 'eks:CreatePodIdentityAssociation', { ...association, ...rest });
    expect(create({})).toMatch(/^failed: ResourceInUseException: Association already exists/);
    expect(create({ clusterName: 'none' })).toMatch(/^failed: ResourceNotFoundException: No cluster found/);
    expect(create({ roleArn: 'none' })).toMatch(/^failed: InvalidParameterException/);
    stage.do('half', 'eks:DeletePodIdentityAssociation', one);
    for (const operation of ['DescribePodIdentityAssociation', 'DeletePodIdentityAssociation']) {
      expect(stage.error('half', `eks:${operation}`, one)).toMatch(/No association found for ID/);
      expect(stage.error('half', `eks:${operation}`, { ...one, clusterName: 'none' })).toMatch(
        /No cluster found/,
      );
      expect(stage.ask('nobody', `eks:${operation}`, one).kind).toBe('denied');
    }
    expect(stage.error('half', 'eks:ListPodIdentityAssociations', { clusterName: 'none' })).toMatch(
      /No cluster found/,
    );
  });

  it('shows clusters and their token issuers', () => {
    const stage = company();
    expect(stage.do('half', 'eks:ListClusters')).toEqual({ clusters: ['lab', 'shop'] });
    expect(stage.do('half', 'eks:DescribeCluster', { name: 'shop' })).toMatchObject({
      cluster: { identity: { oidc: { issuer: expect.stringMatching(/^https:\/\/oidc\.eks\./) } } },
    });
    expect(stage.error('half', 'eks:DescribeCluster', { name: 'none' })).toMatch(/ResourceNotFoundException/);
    expect(stage.ask('nobody', 'eks:ListClusters').kind).toBe('denied');
    expect(stage.ask('nobody', 'eks:DescribeCluster', { name: 'shop' }).kind).toBe('denied');
  });

  it('lets the pod’s token of its cluster assume a role through an OpenID Connect provider as well', () => {
    const stage = company();
    const issuer = stage.account.clusters.shop?.issuer ?? '';
    const { OpenIDConnectProviderArn } = stage.do('admin', 'iam:CreateOpenIDConnectProvider', {
      Url: issuer,
      ClientIDList: ['sts.amazonaws.com'],
    }) as { OpenIDConnectProviderArn: string };
    stage.do('admin', 'iam:UpdateAssumeRolePolicy', {
      RoleName: 'Cart',
      PolicyDocument: JSON.stringify(
        policy({
          Effect: 'Allow',
          Principal: { Federated: OpenIDConnectProviderArn },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { [`${issuer.slice('https://'.length)}:sub`]: 'system:serviceaccount:web:cart' },
          },
        }),
      ),
    });
    const ask = (name: string) =>
      stage.ask('cart-1', 'sts:AssumeRoleWithWebIdentity', {
        RoleArn: roleArn,
        RoleSessionName: name,
        WebIdentityToken: token(stage, name, 'sts.amazonaws.com'),
      }).kind;
    expect(ask('cart-1')).toBe('done');
    expect(ask('pay-1')).toBe('denied');
  });
});
