import { describe, expect, it } from 'vitest';
import type { WorldSpec } from '../../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, EC2, OTHER, policy, Stage, trust } from '../stage.ts';

const OUTSIDE = '999988887777';
const ARN = `arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/edge`;

function trusting(
  Principal: object | string,
  Condition?: object,
  Action: string | string[] = 'sts:AssumeRole',
) {
  return policy({ Effect: 'Allow', Principal, Action, ...(Condition ? { Condition } : {}) });
}

function onBucket(Principal: object | string, more: object = {}) {
  return { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::open/*', ...more };
}

interface Found {
  readonly id: string;
  readonly resource: string;
  readonly principal: Readonly<Record<string, string>>;
  readonly action: readonly string[];
  readonly isPublic: boolean;
  readonly condition: Readonly<Record<string, string>>;
}

function findings(stage: Stage, filter?: object): readonly Found[] {
  const input = { analyzerArn: ARN, ...(filter ? { filter } : {}) };
  return (stage.do('admin', 'accessanalyzer:ListFindings', input) as { findings: Found[] }).findings;
}

/** With roles of which some trust others, and an analyzer. */
function staged(account: object, wide: Partial<WorldSpec> = {}, type = 'ACCOUNT') {
  const stage = new Stage(account, { [OTHER]: { name: 'other' } }, wide);
  stage.do('admin', 'accessanalyzer:CreateAnalyzer', { analyzerName: 'edge', type });
  return stage;
}

const ORGANIZATION = { organization: { management: ACCOUNT, accounts: [OTHER] } };

describe('external access', () => {
  it('is found in trust policies, and not for services or one’s own account', () => {
    const stage = staged({
      roles: {
        Own: { trust: trusting({ AWS: ACCOUNT }) },
        Ec2: { trust: trust(EC2) },
        Partner: {
          trust: trusting({ AWS: [OUTSIDE, ACCOUNT] }, { StringEquals: { 'sts:ExternalId': 'x9' } }),
        },
        User: { trust: trusting({ AWS: `arn:aws:iam::${OUTSIDE}:role/team/Deploy` }) },
        Anyone: { trust: trusting('*') },
        Ci: {
          trust: trusting(
            { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com` },
            { StringEquals: { 'ci.example.com:aud': 'sts' } },
            'sts:AssumeRoleWithWebIdentity',
          ),
        },
      },
    });
    expect(findings(stage)).toEqual([
      expect.objectContaining({
        resource: `arn:aws:iam::${ACCOUNT}:role/Partner`,
        resourceType: 'AWS::IAM::Role',
        principal: { AWS: OUTSIDE },
        action: ['sts:AssumeRole'],
        condition: { 'sts:ExternalId': 'x9' },
        isPublic: false,
        status: 'ACTIVE',
        resourceOwnerAccount: ACCOUNT,
      }),
      expect.objectContaining({ principal: { AWS: `arn:aws:iam::${OUTSIDE}:role/team/Deploy` } }),
      expect.objectContaining({ resource: `arn:aws:iam::${ACCOUNT}:role/Anyone`, principal: { AWS: '*' } }),
      expect.objectContaining({
        principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/ci.example.com` },
        action: ['sts:AssumeRoleWithWebIdentity'],
      }),
    ]);
  });

  it('is decided by the engine: a denial or Block Public Access takes it away, a condition may', () => {
    const open = (document: object, block = false) =>
      staged({
        buckets: {
          open: {
            policy: { ...document },
            ...(block ? {} : { blockPublicAccess: false }),
          },
        },
      });
    const isOutside = { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } };
    const found = (document: object, block = false) =>
      findings(open(document, block)).map(({ principal, action, isPublic }) => [
        principal.AWS,
        action,
        isPublic,
      ]);
    expect(found(policy(onBucket('*')))).toEqual([['*', ['s3:GetObject'], true]]);
    expect(found(policy(onBucket({ AWS: OUTSIDE }, { Action: ['s3:Get*'] })))).toEqual([
      [OUTSIDE, ['s3:Get*'], false],
    ]);
    expect(found(policy(onBucket('*'), { ...onBucket('*'), Effect: 'Deny', Condition: isOutside }))).toEqual(
      [],
    );
    expect(
      found(policy(onBucket('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } }))),
    ).toEqual([]);
    expect(
      found(policy(onBucket('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': OUTSIDE } } }))),
    ).toEqual([['*', ['s3:GetObject'], false]]);
    const narrowed = found(
      policy(onBucket('*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })),
    );
    expect(narrowed).toEqual([['*', ['s3:GetObject'], false]]);
    expect(found(policy(onBucket('*')), true)).toEqual([]);
  });

  it('is looked for from outside the organization by an analyzer of the organization', () => {
    const roles = {
      Sister: { trust: trusting({ AWS: OTHER }) },
      Stranger: { trust: trusting({ AWS: OUTSIDE }) },
    };
    const names = (stage: Stage) => findings(stage).map(({ resource }) => resource.split('/')[1]);
    expect(names(staged({ roles }, ORGANIZATION))).toEqual(['Sister', 'Stranger']);
    expect(names(staged({ roles }, ORGANIZATION, 'ORGANIZATION'))).toEqual(['Stranger']);
  });

  it('is listed by filters and shown by id', () => {
    const stage = staged({
      roles: { Partner: { trust: trusting({ AWS: OUTSIDE }) }, Anyone: { trust: trusting('*') } },
    });
    const [partner] = findings(stage, { 'principal.AWS': { eq: [OUTSIDE] } });
    expect(partner?.resource).toMatch(/Partner$/);
    expect(findings(stage, { 'principal.AWS': { neq: [OUTSIDE] } })).toMatchObject([
      { principal: { AWS: '*' } },
    ]);
    expect(findings(stage, { resourceType: { eq: ['AWS::S3::Bucket'] } })).toEqual([]);
    expect(stage.do('admin', 'accessanalyzer:GetFinding', { analyzerArn: ARN, id: partner?.id })).toEqual({
      finding: partner,
    });
    stage.do('admin', 'iam:DeleteRole', { RoleName: 'Partner' });
    expect(stage.error('admin', 'accessanalyzer:GetFinding', { analyzerArn: ARN, id: partner?.id })).toMatch(
      /^failed: ResourceNotFoundException: Finding/,
    );
    const error = (operation: string, input: object) =>
      stage.error('admin', `accessanalyzer:${operation}`, { ...input });
    expect(error('ListFindings', { analyzerArn: ARN, filter: { colour: { eq: ['red'] } } })).toMatch(
      /ValidationException/,
    );
    expect(error('ListFindings', { analyzerArn: `${ARN}x` })).toMatch(/^failed: ResourceNotFoundException/);
    expect(error('GetFinding', { analyzerArn: `${ARN}x`, id: 'x' })).toMatch(
      /^failed: ResourceNotFoundException/,
    );
    expect(stage.error('nobody', 'accessanalyzer:ListFindings', { analyzerArn: ARN })).toMatch(
      /^denied: AccessDeniedException: .*access-analyzer:ListFindings/,
    );
    expect(stage.ask('nobody', 'accessanalyzer:GetFinding', { analyzerArn: ARN, id: 'x' }).kind).toBe(
      'denied',
    );
  });
});

describe('analyzers', () => {
  it('are made, listed, shown and deleted', () => {
    const stage = staged({});
    expect(stage.do('admin', 'accessanalyzer:ListAnalyzers', { type: 'ACCOUNT' })).toMatchObject({
      analyzers: [{ arn: ARN, name: 'edge', type: 'ACCOUNT', status: 'ACTIVE' }],
    });
    expect(stage.do('admin', 'accessanalyzer:GetAnalyzer', { analyzerName: 'edge' })).toMatchObject({
      analyzer: { arn: ARN },
    });
    stage.do('admin', 'accessanalyzer:DeleteAnalyzer', { analyzerName: 'edge' });
    expect(stage.do('admin', 'accessanalyzer:ListAnalyzers')).toEqual({ analyzers: [] });
  });

  it('are refused with the documented errors', () => {
    const stage = staged({});
    const create = (analyzerName: string, type = 'ACCOUNT') =>
      stage.error('admin', 'accessanalyzer:CreateAnalyzer', { analyzerName, type });
    expect(create('edge')).toMatch(/^failed: ConflictException/);
    expect(create('second')).toMatch(/^failed: ServiceQuotaExceededException/);
    expect(create('9')).toMatch(/^failed: ValidationException/);
    expect(create('x', 'PLANET')).toMatch(/^failed: ValidationException/);
    expect(create('x', 'ORGANIZATION')).toMatch(/^failed: ValidationException: The account is not/);
    expect(create('x', 'ACCOUNT_UNUSED_ACCESS')).toBe('unsupported');
    for (const operation of ['GetAnalyzer', 'DeleteAnalyzer']) {
      const input = { analyzerName: 'none' };
      expect(stage.error('admin', `accessanalyzer:${operation}`, input)).toMatch(
        /^failed: ResourceNotFoundException/,
      );
      expect(stage.ask('nobody', `accessanalyzer:${operation}`, input).kind).toBe('denied');
    }
    expect(stage.ask('nobody', 'accessanalyzer:ListAnalyzers').kind).toBe('denied');
    expect(
      stage.ask('nobody', 'accessanalyzer:CreateAnalyzer', { analyzerName: 'x', type: 'ACCOUNT' }).kind,
    ).toBe('denied');
  });
});

describe('validate-policy', () => {
  interface Issue {
    readonly findingType: string;
    readonly issueCode: string;
    readonly locations: readonly { readonly path: unknown; readonly span: unknown }[];
  }

  function issues(policyDocument: string | object, policyType = 'IDENTITY_POLICY', more: object = {}) {
    const text = typeof policyDocument === 'string' ? policyDocument : JSON.stringify(policyDocument);
    const input = { policyDocument: text, policyType, ...more };
    const output = new Stage().do('admin', 'accessanalyzer:ValidatePolicy', input);
    return (output as { findings: Issue[] }).findings;
  }

  function codes(...given: Parameters<typeof issues>) {
    return issues(...given).map(({ findingType, issueCode }) => `${findingType} ${issueCode}`);
  }

  it('answers in AWS’s types and codes, each with its place', () => {
    expect(codes(policy(allow('s3:GetObject', 'arn:aws:s3:::assets/*')))).toEqual([]);
    expect(codes(policy(allow('s3:GetObjects', 'arn:aws:s3:::assets/*')))).toEqual(['ERROR INVALID_ACTION']);
    expect(codes(policy(allow('s4:GetObject', 'arn:aws:s3:::assets/*')))).toEqual([
      'ERROR INVALID_SERVICE_IN_ACTION',
    ]);
    expect(codes(policy(allow('glue:GetTable', '*')))).toEqual([]);
    expect(codes('{')).toEqual(['ERROR JSON_SYNTAX_ERROR']);
    expect(codes(policy({ Effect: 'Allow', Action: 's3:GetObject' }))).toEqual(['ERROR MISSING_RESOURCE']);
    expect(codes({ Statement: [allow('s3:GetObject', 'arn:aws:s3:::a/*')] })).toEqual([
      'WARNING MISSING_VERSION',
    ]);
    expect(issues({ Statement: [allow('s3:GetObject', 'arn:aws:s3:::a/*')] })).toMatchObject([
      { learnMoreLink: expect.stringMatching(/-general-warning-missing-version$/) },
    ]);
    expect(codes(policy(allow('*')))).toEqual([
      'SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
    ]);
    expect(codes(policy(allow(['s3:*', 's3:GetObject'], 'arn:aws:s3:::a/*')))).toEqual([
      'SUGGESTION REDUNDANT_ACTION',
    ]);
    expect(issues(policy(allow('iam:PassRole')))).toEqual([
      {
        findingDetails: expect.stringContaining('iam:PassRole'),
        findingType: 'SECURITY_WARNING',
        issueCode: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
        learnMoreLink: expect.stringMatching(/-security-warning-pass-role-with-star-in-resource$/),
        locations: [
          {
            path: [{ value: 'Statement' }, { index: 0 }],
            span: { start: { line: 1, column: 37, offset: 37 }, end: { line: 1, column: 94, offset: 94 } },
          },
        ],
      },
    ]);
  });

  it('says from where to where each finding is about', () => {
    const text = [
      '{',
      '  "Version": "2012-10-17",',
      '  "Statement": [',
      '    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:Fly"],',
      '     "Resource": "arn:aws:s3:::assets/*"}',
      '  ]',
      '}',
    ].join('\n');
    const start = text.indexOf('"s3:Fly"');
    expect(issues(text)).toMatchObject([
      {
        issueCode: 'INVALID_ACTION',
        locations: [
          {
            path: [{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 1 }],
            span: {
              start: { line: 4, column: 51, offset: start },
              end: { line: 4, column: 59, offset: start + '"s3:Fly"'.length },
            },
          },
        ],
      },
    ]);
    expect(issues('{"Version": }')).toMatchObject([
      {
        locations: [
          { span: { start: { line: 1, column: 12, offset: 12 }, end: { line: 1, column: 13, offset: 13 } } },
        ],
      },
    ]);
  });

  it('knows the kinds of policy', () => {
    const role = trusting({ AWS: ACCOUNT });
    const ofRole = { validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' };
    expect(codes(role, 'RESOURCE_POLICY', ofRole)).toEqual([]);
    expect(codes(role)).toEqual(
      expect.arrayContaining(['ERROR UNSUPPORTED_PRINCIPAL', 'ERROR MISSING_RESOURCE']),
    );
    expect(codes(policy(allow('s3:*')), 'SERVICE_CONTROL_POLICY')).toEqual([]);
    const stage = new Stage();
    const error = (input: object) =>
      stage.error('admin', 'accessanalyzer:ValidatePolicy', {
        policyDocument: '{}',
        policyType: 'IDENTITY_POLICY',
        ...input,
      });
    expect(error({ policyType: 'POLICY' })).toMatch(/^failed: ValidationException/);
    expect(error(ofRole)).toMatch(/^failed: ValidationException/);
    expect(error({ validatePolicyResourceType: 'AWS::X::Y' })).toBe('unsupported');
    expect(
      stage.ask('nobody', 'accessanalyzer:ValidatePolicy', {
        policyDocument: '{}',
        policyType: 'IDENTITY_POLICY',
      }).kind,
    ).toBe('denied');
  });
});

describe('check-access-not-granted', () => {
  const DOCUMENT = policy(
    {
      ...allow('s3:*', 'arn:aws:s3:::assets/*'),
      Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    },
    { Sid: 'NoDelete', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
    { Sid: 'Assume', ...allow('sts:AssumeRole') },
  );

  function check(access: readonly object[], policyDocument: object = DOCUMENT) {
    const input = { policyDocument: JSON.stringify(policyDocument), access, policyType: 'IDENTITY_POLICY' };
    return new Stage().do('admin', 'accessanalyzer:CheckAccessNotGranted', input);
  }

  it('says which statement grants what must not be granted', () => {
    expect(check([{ actions: ['s3:PutObject'] }])).toEqual({
      result: 'FAIL',
      message: expect.stringContaining('grants access'),
      reasons: [{ description: expect.stringContaining('index: 0'), statementIndex: 0 }],
    });
    expect(check([{ actions: ['s3:DeleteObject'] }])).toMatchObject({ result: 'PASS' });
    expect(check([{ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::other/x'] }])).toMatchObject({
      result: 'PASS',
    });
    expect(check([{ resources: ['arn:aws:s3:::assets/x'] }])).toMatchObject({ result: 'FAIL' });
    expect(check([{ actions: ['sts:AssumeRole'] }])).toMatchObject({ reasons: [{ statementId: 'Assume' }] });
  });

  it('says what is wrong with the question', () => {
    const stage = new Stage();
    const error = (input: object) =>
      stage.error('admin', 'accessanalyzer:CheckAccessNotGranted', {
        policyDocument: JSON.stringify(DOCUMENT),
        access: [{ actions: ['s3:GetObject'] }],
        policyType: 'IDENTITY_POLICY',
        ...input,
      });
    expect(error({ policyType: 'POLICY' })).toMatch(/^failed: ValidationException/);
    expect(error({ policyType: 'RESOURCE_POLICY' })).toBe('unsupported');
    expect(error({ access: [] })).toMatch(/^failed: ValidationException/);
    expect(error({ access: [{}] })).toMatch(/^failed: ValidationException/);
    expect(error({ access: [{ actions: ['s3:*'] }] })).toMatch(/^failed: ValidationException/);
    expect(error({ policyDocument: '{' })).toMatch(/^failed: InvalidParameterException/);
    expect(
      stage.ask('nobody', 'accessanalyzer:CheckAccessNotGranted', {
        policyDocument: '{}',
        access: [],
        policyType: 'x',
      }).kind,
    ).toBe('denied');
  });
});
