import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, policy, Stage, trust } from '../stage.ts';

const GITHUB = 'token.actions.githubusercontent.com';

/** A trust policy for the holders of an issuer's tokens. */
function federated(issuer: string, Condition?: Record<string, Record<string, unknown>>) {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(Condition ? { Condition } : {}),
  });
}

/** What comes of making a role with a trust policy. */
function created(document: object, stage = new Stage()): string {
  return stage.error('admin', 'iam:CreateRole', {
    RoleName: 'R',
    AssumeRolePolicyDocument: JSON.stringify(document),
  });
}

function mustEvaluate(issuer: string, claim: string): string {
  return `failed: MalformedPolicyDocument: Trust policy with trusted principal arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${issuer}:${claim} which is not scoped to all.`;
}

describe('a trust policy for an issuer that many customers share', () => {
  it('must say whose tokens it takes', () => {
    const sub = (value: unknown) => ({ [`${GITHUB}:sub`]: value });
    const refused = mustEvaluate(GITHUB, 'sub');
    expect(created(federated(GITHUB))).toBe(refused);
    expect(created(federated(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }))).toBe(
      refused,
    );
    for (const value of ['*', '?*', '', ['repo:octo/*', '*'], [], null]) {
      expect(created(federated(GITHUB, { StringLike: sub(value) }))).toBe(refused);
    }
    expect(created(federated(GITHUB, { StringNotEquals: sub('repo:octo/shop:*') }))).toBe(refused);
    expect(created(federated(GITHUB, { StringLikeIfExists: sub('repo:octo/shop:*') }))).toBe(refused);
    for (const operator of [
      'StringEquals',
      'StringLike',
      'StringEqualsIgnoreCase',
      'ForAnyValue:StringLike',
    ]) {
      expect(created(federated(GITHUB, { [operator]: sub('repo:octo/shop:*') }))).toBe('done');
    }
    expect(
      created(federated(GITHUB, { StringLike: { [`${GITHUB.toUpperCase()}:SUB`]: 'repo:octo/shop:*' } })),
    ).toBe('done');
  });

  it('is known with the name of an enterprise behind its address, and for other issuers', () => {
    expect(created(federated(`${GITHUB}/octo`))).toBe(mustEvaluate(`${GITHUB}/octo`, 'sub'));
    expect(created(federated('app.terraform.io'))).toBe(mustEvaluate('app.terraform.io', 'sub'));
    expect(created(federated('oidc.vercel.com'))).toBe(mustEvaluate('oidc.vercel.com', 'aud'));
    expect(created(federated('idp.example.com'))).toBe('done');
  });

  it('is checked when it is put, and not in roles that are there', () => {
    const open = federated(GITHUB);
    const stage = new Stage({ roles: { Old: { trust: open } } });
    const update = (document: object) =>
      stage.error('admin', 'iam:UpdateAssumeRolePolicy', {
        RoleName: 'Old',
        PolicyDocument: JSON.stringify(document),
      });
    expect(update(open)).toBe(mustEvaluate(GITHUB, 'sub'));
    expect(update(federated(GITHUB, { StringLike: { [`${GITHUB}:sub`]: 'repo:octo/shop:*' } }))).toBe('done');
  });
});

describe('an identity provider in a trust policy', () => {
  const trusting = (Federated: string) =>
    created(policy({ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' }));

  it('is named by its ARN, or by the domain of one that AWS knows', () => {
    expect(trusting('accounts.google.com')).toBe('done');
    expect(trusting(`arn:aws:iam::${ACCOUNT}:saml-provider/Corp`)).toBe('done');
    for (const name of [
      'GitHub',
      'https://token.actions.githubusercontent.com',
      `arn:aws:iam::${ACCOUNT}:root`,
    ]) {
      expect(trusting(name)).toBe(
        'failed: MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
      );
    }
  });
});

describe('a service in a policy', () => {
  const invalid = (name: string) =>
    `failed: MalformedPolicyDocument: Invalid principal in policy: "SERVICE":"${name}"`;

  it('that is all but one of the well-known ones is a slip', () => {
    for (const name of ['ec3', 'lamda', 'lambdas', 'roleanywhere', 'cloudtrial']) {
      expect(created(trust(`${name}.amazonaws.com`))).toBe(invalid(`${name}.amazonaws.com`));
    }
    const answer = new Stage().ask('admin', 'iam:CreateRole', {
      RoleName: 'R',
      AssumeRolePolicyDocument: JSON.stringify(trust('lamda.amazonaws.com')),
    });
    expect(answer).toMatchObject({ error: { advice: 'Did you mean lambda.amazonaws.com?' } });
  });

  it('is named with its domain', () => {
    expect(created(trust('ec2'))).toBe(invalid('ec2'));
    expect(created(trust('lambda.amazon.com'))).toBe(invalid('lambda.amazon.com'));
  });

  it('is taken when it is one, or like none', () => {
    for (const name of ['ecs', 'ecr', 'ecs-tasks', 'edgelambda', 'delivery.logs', 'vpc-flow-logs', 'macie']) {
      expect(created(trust(`${name}.amazonaws.com`))).toBe('done');
    }
    expect(created(trust('pods.eks.amazonaws.com'))).toBe('done');
    expect(created(trust('events.amazonaws.com.cn'))).toBe('done');
  });
});

describe('a policy without statements', () => {
  const empty = JSON.stringify(policy());
  const refused = 'failed: MalformedPolicyDocument: Syntax errors in policy.';

  it('is refused by IAM, for users and for trust', () => {
    const stage = new Stage();
    expect(
      stage.error('admin', 'iam:PutUserPolicy', {
        UserName: 'nobody',
        PolicyName: 'p',
        PolicyDocument: empty,
      }),
    ).toBe(refused);
    expect(stage.error('admin', 'iam:CreatePolicy', { PolicyName: 'p', PolicyDocument: empty })).toBe(
      refused,
    );
    expect(created(policy())).toBe(refused);
    expect(created(policy({ ...allow('sts:AssumeRole'), Principal: '*', Resource: undefined }))).toBe('done');
  });

  it('is refused by S3 and KMS in their own words', () => {
    const stage = new Stage();
    expect(stage.error('admin', 's3:PutBucketPolicy', { Bucket: 'assets', Policy: empty })).toBe(
      'failed: MalformedPolicy: Could not parse the policy: Statement is empty!',
    );
    expect(stage.error('admin', 'kms:CreateKey', { Policy: empty })).toBe(
      'failed: MalformedPolicyDocumentException: The specified policy is not syntactically or semantically correct.',
    );
  });
});
