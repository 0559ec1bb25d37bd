import { allow, policy, type StoryWorld, storyline } from './story.ts';

const ME = 'arn:aws:iam::111122223333';
const GITHUB = 'token.actions.githubusercontent.com';
const READS = { read: policy(allow(['s3:GetObject', 's3:ListBucket'])) };
const byToken = (provider: string, Condition: Record<string, unknown>) =>
  policy({
    Effect: 'Allow',
    Principal: { Federated: `${ME}:oidc-provider/${provider}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  });
const LS = 'aws s3 ls s3://site';
const exchange = (name: string, role: string) =>
  `aws sts assume-role-with-web-identity --role-arn ${ME}:role/${role} --role-session-name ci --web-identity-token file://${name}.jwt`;

const CI: StoryWorld = {
  accounts: {
    '111122223333': {
      name: 'shop',
      users: { ada: { policies: ['AdministratorAccess'] } },
      roles: {
        Deploy: {
          trust: byToken(GITHUB, {
            StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' },
            StringLike: { [`${GITHUB}:sub`]: 'repo:octo/*' },
          }),
          inline: READS,
        },
      },
      oidcProviders: { [`https://${GITHUB}`]: ['sts.amazonaws.com'] },
      workloads: {
        build: { github: { repository: 'octo/shop' } },
        branch: { github: { repository: 'octo/shop', ref: 'refs/heads/try' } },
        stranger: { github: { repository: 'evil/shop' } },
      },
      buckets: { site: { objects: { 'index.html': 'hi' } } },
    },
  },
};

storyline('GitHub Actions: a token for a session, and no key in any repository', CI, ({ at, file }) => {
  at('build', LS).neverSent();
  at('build', 'token build').works('sub: repo:octo/shop:ref:refs/heads/main', 'aud: sts.amazonaws.com');
  at('build', exchange('build', 'Deploy')).works('ASIA').grantedBy('trust');
  at('Deploy/ci', LS).works('index.html');
  at('Deploy/ci', 'aws sts get-caller-identity').works('assumed-role/Deploy/ci');
  at('Deploy/ci', 'aws s3api delete-object --bucket site --key index.html').implicitlyDenied('identity');
  at('ada', 'trail').works('sts:AssumeRoleWithWebIdentity');

  // A platform sets up the file and the role, and the AWS CLI trades one for the other by itself.
  const CI_ROLE = `${ME}:role/Deploy`;
  const inEnvironment = `AWS_WEB_IDENTITY_TOKEN_FILE=build.jwt AWS_ROLE_ARN=${CI_ROLE} AWS_ROLE_SESSION_NAME=gha`;
  at('build', `${inEnvironment} aws sts get-caller-identity`).works('assumed-role/Deploy/gha');
  at('build', `aws configure set role_arn ${CI_ROLE} --profile ci`).works();
  at('build', 'aws configure set web_identity_token_file build.jwt --profile ci').works();
  at('build', `${LS} --profile ci`).works('index.html');
  at('ada', 'trail').works('sts:AssumeRoleWithWebIdentity');
  at('build', 'aws configure set web_identity_token_file none.jwt --profile ci').works();
  at('build', `${LS} --profile ci`).shows(255, "[Errno 2] No such file or directory: 'none.jwt'");
  at('build', 'AWS_WEB_IDENTITY_TOKEN_FILE=build.jwt aws s3 ls').shows(255, 'missing: role_arn');
  at('build', `export ${inEnvironment}`).works();
  at('build', 'whoami').works(`the role ${CI_ROLE}, which the environment names`);
  at('build', 'unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME').works();

  at('stranger', 'token stranger').works('repo:evil/shop');
  at('stranger', exchange('stranger', 'Deploy')).implicitlyDenied(
    'trust',
    '(AccessDenied)',
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
  at('branch', 'token branch').works();
  at('branch', exchange('branch', 'Deploy')).works();
  const main = {
    StringEquals: {
      [`${GITHUB}:aud`]: 'sts.amazonaws.com',
      [`${GITHUB}:sub`]: 'repo:octo/shop:ref:refs/heads/main',
    },
  };
  file('trust.json', byToken(GITHUB, main));
  at(
    'ada',
    'aws iam update-assume-role-policy --role-name Deploy --policy-document file://trust.json',
  ).works();
  at('branch', exchange('branch', 'Deploy')).implicitlyDenied('trust');
  at('build', exchange('build', 'Deploy')).works();
  at('build', 'token build elsewhere').works('aud: elsewhere');
  at('build', exchange('build', 'Deploy')).rejected('InvalidIdentityToken', 'Incorrect token audience');
  at('build', 'token build').works();
  at('ada', 'wait 10m').works();
  at('build', exchange('build', 'Deploy')).rejected('ExpiredTokenException');
  at('Deploy/ci', LS).works();
  at('ada', 'wait 1h').works();
  at('ada', 'aws iam list-access-keys --user-name ada --query AccessKeyMetadata[].UserName').works('ada');
});

storyline(
  'EKS: a pod has the role of its service account, the pod beside it has not',
  {
    accounts: {
      '111122223333': {
        name: 'shop',
        users: {
          ada: { policies: ['AdministratorAccess'] },
          node: { inline: { agent: policy(allow('eks-auth:AssumeRoleForPodIdentity')) } },
        },
        roles: {
          Cart: {
            trust: policy({
              Effect: 'Allow',
              Principal: { Service: 'pods.eks.amazonaws.com' },
              Action: ['sts:AssumeRole', 'sts:TagSession'],
            }),
            inline: READS,
          },
          Pay: {
            trust: policy({
              Effect: 'Allow',
              Principal: { Service: 'ec2.amazonaws.com' },
              Action: 'sts:AssumeRole',
            }),
            inline: READS,
          },
        },
        clusters: ['shop'],
        workloads: {
          cart: { pod: { cluster: 'shop', namespace: 'web', serviceAccount: 'cart' } },
          pay: { pod: { cluster: 'shop', namespace: 'web', serviceAccount: 'pay' } },
        },
        buckets: { site: { objects: { 'index.html': 'hi' } } },
      },
    },
  },
  ({ at, file }) => {
    // Pod Identity: an association, no provider.
    at(
      'ada',
      `aws eks create-pod-identity-association --cluster-name shop --namespace web --service-account cart --role-arn ${ME}:role/Cart`,
    ).works('associationArn');
    at('cart', 'token cart pods.eks.amazonaws.com').works('sub: system:serviceaccount:web:cart');
    const pod = (name: string) =>
      `aws eks-auth assume-role-for-pod-identity --cluster-name shop --token file://${name}.jwt`;
    at('node', pod('cart')).works('ASIA');
    at('Cart/eks-shop-cart', LS).works('index.html');
    at('pay', 'token pay pods.eks.amazonaws.com').works();
    at('node', pod('pay')).fails('ResourceNotFoundException');

    // IRSA: the cluster's own issuer as an OIDC provider.
    const issuer = at(
      'ada',
      'aws eks describe-cluster --name shop --query cluster.identity.oidc.issuer --output text',
    ).text();
    const host = issuer.replace('https://', '');
    at(
      'ada',
      `aws iam create-open-id-connect-provider --url ${issuer} --client-id-list sts.amazonaws.com`,
    ).works(host);
    file('trust.json', byToken(host, { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:web:pay' } }));
    at(
      'ada',
      'aws iam update-assume-role-policy --role-name Pay --policy-document file://trust.json',
    ).works();
    at('pay', 'token pay').works('aud: sts.amazonaws.com');
    at('cart', 'token cart').works();
    at('pay', exchange('pay', 'Pay')).works();
    at('Pay/ci', LS).works('index.html');
    at('cart', exchange('cart', 'Pay')).implicitlyDenied('trust');
  },
);

storyline(
  'Roles Anywhere: a certificate of the company’s authority for a session',
  {
    accounts: {
      '111122223333': {
        name: 'shop',
        users: { ada: { policies: ['AdministratorAccess'] } },
        roles: {
          Backup: {
            trust: policy({
              Effect: 'Allow',
              Principal: { Service: 'rolesanywhere.amazonaws.com' },
              Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
              Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'ops' } },
            }),
            inline: READS,
          },
        },
        workloads: {
          backup: { certificate: { issuer: 'Corp CA', subject: { CN: 'backup', OU: 'ops' } } },
          intern: { certificate: { issuer: 'Corp CA', subject: { CN: 'intern', OU: 'lab' } } },
          stranger: { certificate: { issuer: 'Other CA', subject: { CN: 'backup', OU: 'ops' } } },
        },
        buckets: { site: { objects: { 'index.html': 'hi' } } },
      },
    },
  },
  ({ at }) => {
    at('backup', 'token backup').works('subject: CN=backup,OU=ops');
    at('backup', 'token backup authority').works();
    at('ada', 'cat backup-authority.pem').works('BEGIN CERTIFICATE');
    const made = (line: string, what: string) =>
      at('ada', `aws rolesanywhere ${line} --enabled --query ${what} --output text`).text();
    const anchor = made(
      'create-trust-anchor --name corp --source sourceType=CERTIFICATE_BUNDLE,sourceData={x509CertificateData@=file://backup-authority.pem}',
      'trustAnchor.trustAnchorArn',
    );
    const profile = made(`create-profile --name backup --role-arns ${ME}:role/Backup`, 'profile.profileArn');
    const helper = (name: string) =>
      `aws_signing_helper credential-process --certificate ${name}.pem --private-key ${name}.pem --trust-anchor-arn ${anchor} --profile-arn ${profile} --role-arn ${ME}:role/Backup`;
    const session = String(at('backup', helper('backup')).json().AccessKeyId);
    at(session, LS).works('index.html');
    at('backup', 'aws s3 ls').neverSent();
    at('ada', 'trail').works('rolesanywhere:CreateSession');

    at('intern', 'token intern').works();
    at('stranger', 'token stranger').works();
  },
);
