import { describe, expect, it } from 'vitest';
import { idToken } from '../../../src/cloud/outside/id-token.ts';
import { samlAssertion } from '../../../src/cloud/outside/saml-assertion.ts';
import { holder } from '../held.ts';
import { ACCOUNT, allow, MINUTE, policy, Stage } from '../stage.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const GITHUB_ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const CORP_ARN = `arn:aws:iam::${ACCOUNT}:saml-provider/Corp`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

function federated(provider: string, action: string | string[], conditions: Record<string, unknown>) {
  return policy({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: action,
    Condition: { StringEquals: conditions },
  });
}

function company() {
  return new Stage({
    roles: {
      Ci: {
        trust: federated(GITHUB_ARN, 'sts:AssumeRoleWithWebIdentity', {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:octo/shop:ref:refs/heads/main',
          'token.actions.githubusercontent.com:repository': 'octo/shop',
        }),
        inline: {
          all: policy({
            ...allow('s3:*'),
            Condition: { StringEquals: { 'aws:FederatedProvider': GITHUB_ARN } },
          }),
        },
      },
      Sso: {
        trust: federated(CORP_ARN, ['sts:AssumeRoleWithSAML', 'sts:TagSession'], {
          'saml:aud': 'https://signin.aws.amazon.com/saml',
        }),
        inline: {
          all: policy({
            ...allow('s3:*'),
            Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
          }),
        },
      },
    },
    oidcProviders: { [GITHUB]: ['sts.amazonaws.com'] },
    samlProviders: { Corp: 'https://idp.example.com' },
    workloads: {
      build: { github: { repository: 'octo/shop' } },
      fork: { github: { repository: 'mallory/shop' } },
      other: { oidc: { issuer: 'https://idp.example.com', subject: 'x', audience: 'sts.amazonaws.com' } },
      joe: { saml: { issuer: 'https://idp.example.com', subject: 'joe', tags: { team: 'red' } } },
      eve: { saml: { issuer: 'https://evil.example.com', subject: 'eve' } },
    },
  });
}

function token(stage: Stage, name: string, audience = 'sts.amazonaws.com'): string {
  const workload = stage.account.workloads[name];
  if (workload?.kind !== 'oidc') {
    throw new Error(`${name} gets no tokens.`);
  }
  return idToken(workload, audience, stage.world.clock);
}

describe('AssumeRoleWithWebIdentity', () => {
  const ask = (WebIdentityToken: string, rest: Record<string, unknown> = {}) => ({
    RoleArn: role('Ci'),
    RoleSessionName: 'ci',
    WebIdentityToken,
    ...rest,
  });

  it('gives a job of the right repository a session, without any AWS key', () => {
    const stage = company();
    const build = stage.actor('build');
    expect(stage.error(build, 's3:ListBuckets')).toMatch(/^not-sent: Unable to locate credentials/);
    const output = stage.do(build, 'sts:AssumeRoleWithWebIdentity', ask(token(stage, 'build')));
    expect(output).toMatchObject({
      SubjectFromWebIdentityToken: 'repo:octo/shop:ref:refs/heads/main',
      Provider: GITHUB_ARN,
      Audience: 'sts.amazonaws.com',
      AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Ci/ci` },
    });
    expect(stage.world.trail.at(-1)).toMatchObject({ principal: GITHUB_ARN, accessKey: '' });
    expect(stage.ask(holder(output), 's3:ListBuckets').kind).toBe('done');
  });

  it('refuses tokens that are not what the role and the provider ask for', () => {
    const stage = company();
    const error = (text: string, rest = {}) =>
      stage.error('build', 'sts:AssumeRoleWithWebIdentity', ask(text, rest));
    expect(error(token(stage, 'fork'))).toBe(
      'denied: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
    expect(error(token(stage, 'build'), { RoleArn: role('None') })).toMatch(/^denied: AccessDenied/);
    expect(error('x')).toMatch(/^rejected: InvalidIdentityToken: The ID Token provided is not a valid JWT/);
    expect(error(token(stage, 'build').replace(/.$/, '!'))).toMatch(
      /^rejected: InvalidIdentityToken: Couldn't retrieve verification key/,
    );
    expect(error(token(stage, 'build', 'elsewhere'))).toBe(
      'rejected: InvalidIdentityToken: Incorrect token audience',
    );
    expect(error(token(stage, 'other'))).toBe(
      'rejected: InvalidIdentityToken: No OpenIDConnect provider found in your account for https://idp.example.com',
    );
    const old = token(stage, 'build');
    expect(error(old, { RoleSessionName: 'a b' })).toMatch(/^failed: ValidationError/);
    expect(error(old, { DurationSeconds: 3601 })).toMatch(/exceeds the MaxSessionDuration/);
    expect(error(old, { Policy: '{' })).toMatch(/^failed: MalformedPolicyDocument/);
    stage.wait(5 * MINUTE);
    expect(error(old)).toMatch(
      /^rejected: ExpiredTokenException: Token expired: current date\/time 2026-03-02T09:05:00Z must be before/,
    );
  });
});

describe('AssumeRoleWithSAML', () => {
  function assertion(stage: Stage, name: string, target = role('Sso')): string {
    const workload = stage.account.workloads[name];
    if (workload?.kind !== 'saml') {
      throw new Error(`${name} gets no assertions.`);
    }
    return samlAssertion(workload, target, CORP_ARN, stage.world.clock);
  }
  const ask = (SAMLAssertion: string, rest: Record<string, unknown> = {}) => ({
    RoleArn: role('Sso'),
    PrincipalArn: CORP_ARN,
    SAMLAssertion,
    ...rest,
  });

  it('gives somebody a session with the tags of the assertion', () => {
    const stage = company();
    const output = stage.do('joe', 'sts:AssumeRoleWithSAML', ask(assertion(stage, 'joe')));
    expect(output).toMatchObject({
      Subject: 'joe',
      Issuer: 'https://idp.example.com',
      AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Sso/joe` },
    });
    expect(stage.ask(holder(output), 's3:ListBuckets').kind).toBe('done');
  });

  it('refuses assertions that are not what they should be', () => {
    const stage = company();
    const error = (text: string, rest = {}) => stage.error('joe', 'sts:AssumeRoleWithSAML', ask(text, rest));
    const good = assertion(stage, 'joe');
    expect(error(good, { PrincipalArn: `${CORP_ARN}2` })).toBe(
      "rejected: InvalidIdentityToken: Specified provider doesn't exist",
    );
    expect(error('%')).toBe('rejected: InvalidIdentityToken: Invalid base64 SAMLResponse');
    const forged = atob(good).replaceAll('joe', 'ann');
    expect(error(btoa(forged))).toBe('rejected: InvalidIdentityToken: Response signature invalid');
    expect(error(assertion(stage, 'eve'))).toBe(
      'rejected: InvalidIdentityToken: Issuer not present in specified provider',
    );
    expect(error(assertion(stage, 'joe', role('Ci')))).toBe(
      'rejected: AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML',
    );
    expect(error(assertion(stage, 'joe', role('Ci')), { RoleArn: role('Ci') })).toBe(
      'denied: AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML',
    );
    expect(error(good, { DurationSeconds: 60 })).toMatch(/^not-sent: .*\nInvalid range/);
    expect(error(good, { RoleArn: 'arn:aws:iam::partner:role/x' })).toMatch(
      /: ValidationError: .* is invalid$/,
    );
    expect(error(good, { Policy: '{' })).toMatch(/^failed: MalformedPolicyDocument/);
    stage.wait(5 * MINUTE);
    expect(error(good)).toMatch(/^rejected: ExpiredTokenException/);
  });
});

describe('OpenID Connect providers', () => {
  const Url = 'https://accounts.example.com/path';
  const OpenIDConnectProviderArn = `arn:aws:iam::${ACCOUNT}:oidc-provider/accounts.example.com/path`;
  const arn = { OpenIDConnectProviderArn };

  it('are made, shown, changed and deleted', () => {
    const stage = new Stage();
    const tags = [{ Key: 'team', Value: 'red' }];
    expect(
      stage.do('admin', 'iam:CreateOpenIDConnectProvider', { Url, ClientIDList: ['a'], Tags: tags }),
    ).toEqual(arn);
    stage.do('admin', 'iam:AddClientIDToOpenIDConnectProvider', { ...arn, ClientID: 'b' });
    stage.do('admin', 'iam:RemoveClientIDFromOpenIDConnectProvider', { ...arn, ClientID: 'a' });
    expect(stage.do('admin', 'iam:GetOpenIDConnectProvider', arn)).toMatchObject({
      Url: 'accounts.example.com/path',
      ClientIDList: ['b'],
      Tags: tags,
    });
    expect(stage.do('admin', 'iam:ListOpenIDConnectProviders')).toEqual({
      OpenIDConnectProviderList: [{ Arn: OpenIDConnectProviderArn }],
    });
    expect(stage.error('admin', 'iam:CreateOpenIDConnectProvider', { Url })).toBe(
      `failed: EntityAlreadyExists: Provider with url ${Url} already exists.`,
    );
    stage.do('admin', 'iam:DeleteOpenIDConnectProvider', arn);
    expect(stage.account.oidcProviders).toEqual({});
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage();
    const create = (rest: Record<string, unknown>) =>
      stage.error('admin', 'iam:CreateOpenIDConnectProvider', { Url, ...rest });
    expect(create({ Url: 'http://accounts.example.com' })).toBe(
      'failed: ValidationError: Invalid Open ID Connect Provider URL',
    );
    expect(create({ Tags: [{ Key: '' }] })).toMatch(/ValidationError/);
    expect(create({ ClientIDList: Array.from({ length: 101 }, (_, at) => `${at}`) })).toMatch(
      /^failed: LimitExceeded: Cannot exceed quota for ClientIds/,
    );
    for (const [operation, rest] of [
      ['GetOpenIDConnectProvider', {}],
      ['DeleteOpenIDConnectProvider', {}],
      ['AddClientIDToOpenIDConnectProvider', { ClientID: 'a' }],
      ['RemoveClientIDFromOpenIDConnectProvider', { ClientID: 'a' }],
    ] as const) {
      expect(stage.error('admin', `iam:${operation}`, { ...arn, ...rest })).toBe(
        `failed: NoSuchEntity: OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`,
      );
      expect(stage.ask('nobody', `iam:${operation}`, { ...arn, ...rest }).kind).toBe('denied');
    }
    expect(stage.ask('nobody', 'iam:CreateOpenIDConnectProvider', { Url }).kind).toBe('denied');
    expect(stage.ask('nobody', 'iam:ListOpenIDConnectProviders').kind).toBe('denied');
    const ClientIDList = Array.from({ length: 100 }, (_, at) => `${at}`);
    stage.do('admin', 'iam:CreateOpenIDConnectProvider', { Url, ClientIDList });
    expect(stage.error('admin', 'iam:AddClientIDToOpenIDConnectProvider', { ...arn, ClientID: 'x' })).toMatch(
      /LimitExceeded/,
    );
    for (let at = 0; at < 99; at += 1) {
      stage.do('admin', 'iam:CreateOpenIDConnectProvider', { Url: `${Url}/${at}` });
    }
    expect(create({ Url: `${Url}/x` })).toMatch(/OpenIDConnectProvidersPerAccount: 100$/);
  });
});

describe('SAML providers', () => {
  const SAMLMetadataDocument = '<EntityDescriptor entityID="https://idp.example.com"></EntityDescriptor>';
  const arn = { SAMLProviderArn: `arn:aws:iam::${ACCOUNT}:saml-provider/Corp` };

  it('are made, shown and deleted', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:CreateSAMLProvider', { Name: 'Corp', SAMLMetadataDocument })).toEqual(arn);
    expect(stage.do('admin', 'iam:GetSAMLProvider', arn)).toMatchObject({
      SAMLMetadataDocument,
      ValidUntil: '2126-03-02T09:00:00+00:00',
    });
    expect(stage.do('admin', 'iam:ListSAMLProviders')).toMatchObject({
      SAMLProviderList: [{ Arn: arn.SAMLProviderArn }],
    });
    stage.do('admin', 'iam:DeleteSAMLProvider', arn);
    expect(stage.account.samlProviders).toEqual({});
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage({ samlProviders: { Old: 'https://old.example.com' } });
    const create = (rest: Record<string, unknown>) =>
      stage.error('admin', 'iam:CreateSAMLProvider', { Name: 'Corp', SAMLMetadataDocument, ...rest });
    expect(create({ Name: 'a b' })).toMatch(/ValidationError/);
    expect(create({ Tags: [{ Key: '' }] })).toMatch(/ValidationError/);
    expect(create({ SAMLMetadataDocument: 'x' })).toBe('failed: InvalidInput: Could not parse metadata');
    expect(create({ Name: 'Old' })).toBe(
      'failed: EntityAlreadyExists: SAML Provider with name Old already exists.',
    );
    for (const operation of ['GetSAMLProvider', 'DeleteSAMLProvider']) {
      expect(stage.error('admin', `iam:${operation}`, arn)).toMatch(/^failed: NoSuchEntity/);
      expect(stage.ask('nobody', `iam:${operation}`, arn).kind).toBe('denied');
    }
    expect(stage.ask('nobody', 'iam:ListSAMLProviders').kind).toBe('denied');
    expect(stage.ask('nobody', 'iam:CreateSAMLProvider', { Name: 'Corp', SAMLMetadataDocument }).kind).toBe(
      'denied',
    );
    for (let at = 0; at < 99; at += 1) {
      stage.do('admin', 'iam:CreateSAMLProvider', { Name: `p${at}`, SAMLMetadataDocument });
    }
    expect(create({})).toMatch(/SAMLProvidersPerAccount: 100$/);
  });
});

describe('tags of identity providers', () => {
  const Tags = [{ Key: 'team', Value: 'red' }];
  const kinds = [
    ['OpenIDConnectProvider', GITHUB_ARN, { ClientID: 'x' }, 'AddClientIDToOpenIDConnectProvider'],
    ['SAMLProvider', CORP_ARN, {}, 'GetSAMLProvider'],
  ] as const;

  it.each(kinds)('are put, listed, taken away and asked for by policies: %s', (kind, arn, more, action) => {
    const stage = new Stage({
      oidcProviders: { [GITHUB]: ['sts.amazonaws.com'] },
      samlProviders: { Corp: 'https://idp.example.com' },
      users: {
        admin: { policies: ['AdministratorAccess'] },
        red: {
          inline: {
            p: policy({
              ...allow(`iam:${action}`),
              Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
            }),
          },
        },
      },
    });
    const named = { [`${kind}Arn`]: arn };
    const ask = () => stage.ask('red', `iam:${action}`, { ...named, ...more }).kind;
    expect(ask()).toBe('denied');
    stage.do('admin', `iam:Tag${kind}`, { ...named, Tags });
    expect(stage.do('admin', `iam:List${kind}Tags`, named)).toEqual({ Tags });
    expect(ask()).toBe('done');
    stage.do('admin', `iam:Untag${kind}`, { ...named, TagKeys: ['team'] });
    expect(stage.do('admin', `iam:List${kind}Tags`, named)).toEqual({ Tags: [] });
    expect(stage.error('admin', `iam:Tag${kind}`, { ...named, Tags: [{ Key: '' }] })).toMatch(
      /ValidationError/,
    );
    for (const [api, input] of [
      [`Tag${kind}`, { Tags }],
      [`Untag${kind}`, { TagKeys: ['team'] }],
      [`List${kind}Tags`, {}],
    ] as const) {
      expect(stage.ask('red', `iam:${api}`, { ...named, ...input }).kind).toBe('denied');
      expect(stage.error('admin', `iam:${api}`, { [`${kind}Arn`]: `${arn}x`, ...input })).toMatch(
        /^failed: NoSuchEntity/,
      );
    }
  });
});
