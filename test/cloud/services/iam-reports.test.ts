import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, EC2, HOUR, OTHER, policy, Stage, trust } from '../stage.ts';

const ARN = `arn:aws:iam::${ACCOUNT}`;

interface Result {
  readonly EvalActionName: string;
  readonly EvalResourceName: string;
  readonly EvalDecision: string;
  readonly MatchedStatements: readonly {
    readonly SourcePolicyId: string;
    readonly SourcePolicyType: string;
  }[];
  readonly MissingContextValues: readonly string[];
  readonly ResourceSpecificResults?: readonly { readonly MissingContextValues: readonly string[] }[];
  readonly OrganizationsDecisionDetail?: unknown;
  readonly PermissionsBoundaryDecisionDetail?: unknown;
}

function simulated(
  stage: Stage,
  source: string,
  ActionNames: readonly string[],
  input: object = {},
): readonly Result[] {
  const output = stage.do('admin', 'iam:SimulatePrincipalPolicy', {
    PolicySourceArn: `${ARN}:${source}`,
    ActionNames,
    ...input,
  });
  return (output as { EvaluationResults: Result[] }).EvaluationResults;
}

function custom(stage: Stage, input: object): readonly Result[] {
  const output = stage.do('admin', 'iam:SimulateCustomPolicy', { ActionNames: ['s3:GetObject'], ...input });
  return (output as { EvaluationResults: Result[] }).EvaluationResults;
}

function entry(ContextKeyName: string, ContextKeyType: string, ...ContextKeyValues: readonly string[]) {
  return { ContextKeyName, ContextKeyType, ContextKeyValues };
}

const READ = policy(allow('s3:GetObject', 'arn:aws:s3:::assets/*'));
const NO_DELETE = policy(
  { Effect: 'Deny', Action: 's3:Delete*', Resource: '*' },
  { Effect: 'Allow', Action: 's3:*', Resource: '*' },
);

function staged() {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      nobody: {},
      bob: { groups: ['devs'], inline: { own: NO_DELETE }, boundary: 'Edge' },
    },
    groups: { devs: { policies: ['Read'] } },
    roles: { Web: { trust: trust(EC2), policies: ['Read'] } },
    policies: { Read: { document: READ }, Edge: { document: policy(allow('s3:*')) } },
    instanceProfiles: { web: 'Web' },
  });
}

describe('the policy simulator', () => {
  it('answers from all policies of a user, groups and boundary included', () => {
    const stage = staged();
    const [get, remove, start] = simulated(
      stage,
      'user/bob',
      ['s3:GetObject', 's3:DeleteObject', 'ec2:StartInstances'],
      {
        ResourceArns: ['arn:aws:s3:::assets/a'],
      },
    );
    expect(get).toMatchObject({
      EvalActionName: 's3:GetObject',
      EvalResourceName: 'arn:aws:s3:::assets/a',
      EvalDecision: 'allowed',
      MatchedStatements: [
        {
          SourcePolicyId: 'user_bob_own',
          SourcePolicyType: 'IAM Policy',
          StartPosition: { Line: 9, Column: 5 },
          EndPosition: { Line: 13, Column: 6 },
        },
        { SourcePolicyId: 'Read' },
      ],
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    });
    expect(get).not.toHaveProperty('OrganizationsDecisionDetail');
    expect(remove).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'user_bob_own', StartPosition: { Line: 4 } }],
    });
    expect(start).toMatchObject({
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
  });

  it('takes policies and a boundary that are not there yet', () => {
    const stage = staged();
    const decisions = (input: object) =>
      simulated(stage, 'role/Web', ['s3:PutObject'], input).map(({ EvalDecision }) => EvalDecision);
    const more = { PolicyInputList: [JSON.stringify(policy(allow('s3:PutObject')))] };
    const edge = { PermissionsBoundaryPolicyInputList: [JSON.stringify(policy(allow('ec2:*')))] };
    expect(decisions({})).toEqual(['implicitDeny']);
    expect(decisions(more)).toEqual(['allowed']);
    expect(decisions({ ...more, ...edge })).toEqual(['implicitDeny']);
    expect(
      simulated(stage, 'group/devs', ['s3:GetObject'], { ResourceArns: ['arn:aws:s3:::assets/a'] }),
    ).toMatchObject([{ EvalDecision: 'allowed' }]);
  });

  it('never looks at a resource policy or a trust policy by itself, unlike the real decision', () => {
    const stage = new Stage({
      users: { admin: { policies: ['AdministratorAccess'] }, bob: { inline: { p: policy(allow('*')) } } },
      roles: { Web: { trust: trust(EC2) } },
      buckets: {
        closed: {
          policy: policy({
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::closed/*',
          }),
          objects: { a: 'x' },
        },
      },
    });
    const [get] = simulated(stage, 'user/bob', ['s3:GetObject'], { ResourceArns: ['arn:aws:s3:::closed/a'] });
    const [assume] = simulated(stage, 'user/bob', ['sts:AssumeRole'], { ResourceArns: [`${ARN}:role/Web`] });
    expect([get?.EvalDecision, assume?.EvalDecision]).toEqual(['allowed', 'allowed']);
    expect(stage.ask('bob', 's3:GetObject', { Bucket: 'closed', Key: 'a' }).kind).toBe('denied');
  });

  it('looks at a resource policy that is given', () => {
    const stage = staged();
    const ResourcePolicy = JSON.stringify(
      policy({ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*' }),
    );
    const ResourceArns = ['arn:aws:s3:::assets/a'];
    expect(simulated(stage, 'user/bob', ['s3:GetObject'], { ResourcePolicy, ResourceArns })).toMatchObject([
      {
        EvalDecision: 'explicitDeny',
        MatchedStatements: [{ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'Resource Policy' }],
      },
    ]);
    const Grant = JSON.stringify(
      policy({
        Effect: 'Allow',
        Principal: { AWS: `${ARN}:user/nobody` },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::assets/*',
      }),
    );
    expect(
      simulated(stage, 'user/nobody', ['s3:GetObject'], { ResourcePolicy: Grant, ResourceArns }),
    ).toMatchObject([{ EvalDecision: 'allowed' }]);
    expect(
      simulated(stage, 'user/nobody', ['s3:GetObject'], {
        ResourcePolicy: Grant,
        ResourceArns,
        ResourceOwner: `arn:aws:iam::${OTHER}:root`,
      }),
    ).toMatchObject([{ EvalDecision: 'implicitDeny' }]);
  });

  it('tells which condition keys are missing, and takes them', () => {
    const stage = staged();
    const PolicyInputList = [
      JSON.stringify(
        policy({
          ...allow('s3:GetObject', 'arn:aws:s3:::$'.concat('{aws:PrincipalTag/team}/*')),
          Condition: {
            IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
            NumericLessThan: { 's3:max-keys': '5' },
          },
        }),
      ),
    ];
    const [missing] = custom(stage, { PolicyInputList });
    expect(missing).toMatchObject({ EvalDecision: 'implicitDeny', EvalResourceName: '*' });
    expect(missing?.MissingContextValues).toEqual(['aws:PrincipalTag/team']);
    const team = entry('aws:PrincipalTag/team', 'string', 'red');
    expect(
      custom(stage, { PolicyInputList, ContextEntries: [team], ResourceArns: ['arn:aws:s3:::red/x'] }),
    ).toMatchObject([
      {
        MissingContextValues: [],
        ResourceSpecificResults: [{ MissingContextValues: ['aws:SourceIp', 's3:max-keys'] }],
      },
    ]);
    const ContextEntries = [
      team,
      entry('aws:SourceIp', 'ip', '192.0.2.7'),
      entry('s3:max-keys', 'numeric', '3'),
      entry('aws:TagKeys', 'stringList', 'a', 'b'),
      entry('aws:SecureTransport', 'boolean', 'true'),
    ];
    const [given] = custom(stage, { PolicyInputList, ContextEntries, ResourceArns: ['arn:aws:s3:::red/x'] });
    expect(given).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', StartPosition: { Line: 1, Column: 38 } }],
      ResourceSpecificResults: [{ EvalResourceDecision: 'allowed', MissingContextValues: [] }],
    });
    expect(stage.do('admin', 'iam:GetContextKeysForCustomPolicy', { PolicyInputList })).toEqual({
      ContextKeyNames: ['aws:PrincipalTag/team', 'aws:SourceIp', 's3:max-keys'],
    });
    expect(
      stage.do('admin', 'iam:GetContextKeysForPrincipalPolicy', { PolicySourceArn: `${ARN}:user/bob` }),
    ).toEqual({ ContextKeyNames: [] });
  });

  it('tells what SCPs say, those without conditions', () => {
    const deny = { Effect: 'Deny', Action: 'ec2:*', Resource: '*' };
    const condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    const stage = new Stage({}, { [OTHER]: { name: 'main' } });
    const built = stageInOrganization(
      policy(deny),
      policy({ ...deny, Action: 's3:*', Condition: condition }),
    );
    expect(simulated(stage, 'user/admin', ['s3:GetObject'])[0]).not.toHaveProperty(
      'OrganizationsDecisionDetail',
    );
    expect(simulated(built, 'user/admin', ['ec2:StartInstances', 's3:GetObject'])).toMatchObject([
      { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      { EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: true } },
    ]);
    expect(built.ask('admin', 's3:ListBuckets').kind).toBe('denied');
  });

  it('says what is wrong with a simulation', () => {
    const stage = staged();
    const error = (input: object, operation = 'SimulatePrincipalPolicy') =>
      stage.error('admin', `iam:${operation}`, {
        ...(operation.endsWith('CustomPolicy')
          ? { PolicyInputList: [] }
          : { PolicySourceArn: `${ARN}:user/bob` }),
        ...(operation.startsWith('Simulate') ? { ActionNames: ['s3:GetObject'] } : {}),
        ...input,
      });
    expect(error({ PolicySourceArn: `${ARN}:user/none` })).toBe(
      'failed: NoSuchEntity: The user with name none cannot be found.',
    );
    expect(error({ PolicySourceArn: 'bob' })).toMatch(/^failed: InvalidInput: Invalid Entity Arn/);
    expect(error({ PolicySourceArn: `arn:aws:iam::${OTHER}:user/bob` })).toMatch(
      /^(denied|failed: InvalidInput)/,
    );
    expect(error({ ActionNames: ['GetObject'] })).toMatch(/^failed: InvalidInput: Invalid Action Name/);
    expect(error({ PolicyInputList: ['{'] })).toMatch(
      /^failed: InvalidInput: Invalid Input PolicyInputList.1/,
    );
    expect(error({ PermissionsBoundaryPolicyInputList: ['{'] })).toMatch(
      /PermissionsBoundaryPolicyInputList.1/,
    );
    expect(error({ ResourcePolicy: '[]' })).toMatch(/^failed: InvalidInput: Invalid Input ResourcePolicy/);
    expect(error({ ResourcePolicy: '{"Statement":{}}' })).toMatch(/^failed: PolicyEvaluation/);
    expect(error({ CallerArn: `${ARN}:role/Web` })).toMatch(/^failed: InvalidInput: Invalid Caller Arn/);
    expect(error({ PolicySourceArn: `${ARN}:role/Web`, ResourcePolicy: '{}' })).toMatch(
      /CallerArn is required/,
    );
    for (const wrong of [
      entry('a', 'colour', 'x'),
      entry('a', 'numeric', 'x'),
      entry('a', 'boolean', 'x'),
      entry('', 'string'),
    ]) {
      expect(error({ ContextEntries: [wrong] })).toMatch(/^failed: InvalidInput: Invalid ContextEntries/);
    }
    expect(error({ PolicyInputList: ['{'] }, 'SimulateCustomPolicy')).toMatch(/InvalidInput/);
    expect(error({ PolicyInputList: ['{'] }, 'GetContextKeysForCustomPolicy')).toMatch(/InvalidInput/);
    expect(error({ PolicySourceArn: `${ARN}:user/none` }, 'GetContextKeysForPrincipalPolicy')).toMatch(
      /NoSuchEntity/,
    );
  });
});

/** The account below SCPs, beside the one that allows all. */
function stageInOrganization(...documents: readonly Record<string, unknown>[]): Stage {
  const scps = documents.map((document, i) => [`scp-${i}`, { document, attach: [ACCOUNT] }] as const);
  return new Stage(
    {},
    { [OTHER]: { name: 'main' } },
    { organization: { management: OTHER, accounts: [ACCOUNT], scps: Object.fromEntries(scps) } },
  );
}

describe('the whole of IAM', () => {
  it('is shown by get-account-authorization-details', () => {
    const stage = staged();
    expect(stage.do('admin', 'iam:GetAccountAuthorizationDetails')).toMatchObject({
      UserDetailList: [
        { UserName: 'admin', AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess' }] },
        {
          UserName: 'bob',
          GroupList: ['devs'],
          UserPolicyList: [{ PolicyName: 'own', PolicyDocument: NO_DELETE }],
          PermissionsBoundary: { PermissionsBoundaryArn: `${ARN}:policy/Edge` },
        },
        { UserName: 'nobody' },
      ],
      GroupDetailList: [
        { GroupName: 'devs', AttachedManagedPolicies: [{ PolicyArn: `${ARN}:policy/Read` }] },
      ],
      RoleDetailList: [
        {
          RoleName: 'Web',
          AssumeRolePolicyDocument: trust(EC2),
          InstanceProfileList: [{ InstanceProfileName: 'web' }],
        },
      ],
      Policies: [
        { PolicyName: 'Edge', AttachmentCount: 0, PermissionsBoundaryUsageCount: 1 },
        { PolicyName: 'Read', AttachmentCount: 2, PolicyVersionList: [{ VersionId: 'v1', Document: READ }] },
        { PolicyName: 'AdministratorAccess' },
      ],
    });
    expect(stage.do('admin', 'iam:GetAccountAuthorizationDetails', { Filter: ['Group'] })).toMatchObject({
      UserDetailList: [],
      GroupDetailList: [{ GroupName: 'devs' }],
      Policies: [],
    });
    expect(stage.error('admin', 'iam:GetAccountAuthorizationDetails', { Filter: ['Users'] })).toMatch(
      /^failed: ValidationError: .*'\[Users\]' at 'filter'/,
    );
  });
});

describe('the credential report', () => {
  function rows(stage: Stage): readonly Record<string, string>[] {
    const { Content } = stage.do('admin', 'iam:GetCredentialReport') as { Content: string };
    const [head = '', ...lines] = Buffer.from(Content, 'base64').toString().split('\n');
    const names = head.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
  }

  it('tells of passwords, keys and MFA devices', () => {
    const stage = new Stage({
      users: { admin: { policies: ['AdministratorAccess'] }, bob: { accessKeys: 0, loginProfile: true } },
    });
    stage.wait(HOUR);
    expect(stage.do('admin', 'iam:GenerateCredentialReport')).toMatchObject({ State: 'STARTED' });
    expect(stage.do('admin', 'iam:GenerateCredentialReport')).toEqual({ State: 'COMPLETE' });
    expect(rows(stage)).toMatchObject([
      {
        user: '<root_account>',
        arn: `${ARN}:root`,
        password_enabled: 'not_supported',
        access_key_1_active: 'false',
      },
      {
        user: 'admin',
        password_enabled: 'false',
        mfa_active: 'false',
        access_key_1_active: 'true',
        access_key_1_last_rotated: '2026-03-02T09:00:00+00:00',
        access_key_2_active: 'false',
        cert_2_last_rotated: 'N/A',
      },
      { user: 'bob', password_enabled: 'true', access_key_1_last_used_date: 'N/A' },
    ]);
    stage.wait(4 * HOUR);
    expect(stage.error('admin', 'iam:GetCredentialReport')).toBe(
      'failed: ReportExpired: Credential report has expired',
    );
    expect(stage.do('admin', 'iam:GenerateCredentialReport')).toMatchObject({ State: 'STARTED' });
    expect(rows(stage)[1]).toMatchObject({
      access_key_1_last_used_date: '2026-03-02T14:00:00+00:00',
      access_key_1_last_used_region: 'us-east-1',
      access_key_1_last_used_service: 'iam',
    });
  });

  it('has to be made first', () => {
    expect(new Stage().error('admin', 'iam:GetCredentialReport')).toBe(
      'failed: ReportNotPresent: Credential report is not present',
    );
  });
});

describe('what was last accessed', () => {
  interface Accessed {
    readonly JobStatus: string;
    readonly ServicesLastAccessed: readonly Record<string, unknown>[];
  }

  function accessed(stage: Stage, Arn: string, input: object = {}): Accessed {
    const { JobId } = stage.do('admin', 'iam:GenerateServiceLastAccessedDetails', { Arn, ...input }) as {
      JobId: string;
    };
    return stage.do('admin', 'iam:GetServiceLastAccessedDetails', { JobId }) as Accessed;
  }

  it('is told service by service, for what policies grant', () => {
    const stage = staged();
    stage.wait(HOUR);
    stage.ask('bob', 's3:GetObject', { Bucket: 'assets', Key: 'site/index.html' });
    stage.ask('bob', 'ec2:DescribeInstances');
    const { ServicesLastAccessed: services, JobStatus } = accessed(stage, `${ARN}:user/bob`);
    expect(JobStatus).toBe('COMPLETED');
    expect(services).toEqual([
      {
        ServiceName: 'Amazon S3',
        ServiceNamespace: 's3',
        TotalAuthenticatedEntities: 1,
        LastAuthenticated: '2026-03-02T10:00:00+00:00',
        LastAuthenticatedEntity: `${ARN}:user/bob`,
        LastAuthenticatedRegion: 'us-east-1',
      },
    ]);
    expect(accessed(stage, `${ARN}:group/devs`).ServicesLastAccessed).toMatchObject([
      { TotalAuthenticatedEntities: 1 },
    ]);
    expect(accessed(stage, `${ARN}:policy/Read`).ServicesLastAccessed).toMatchObject([
      { TotalAuthenticatedEntities: 1 },
    ]);
    expect(accessed(stage, `${ARN}:role/Web`).ServicesLastAccessed).toEqual([
      { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 },
    ]);
    const byAction = accessed(stage, `${ARN}:user/bob`, { Granularity: 'ACTION_LEVEL' });
    expect(byAction.ServicesLastAccessed[0]?.TrackedActionsLastAccessed).toMatchObject([
      { ActionName: 'GetObject', LastAccessedEntity: `${ARN}:user/bob` },
    ]);
  });

  it('says whom or what it cannot find', () => {
    const stage = staged();
    const error = (Arn: string, input: object = {}) =>
      stage.error('admin', 'iam:GenerateServiceLastAccessedDetails', { Arn, ...input });
    expect(error(`${ARN}:user/none`)).toMatch(/^failed: NoSuchEntity/);
    expect(error(`${ARN}:policy/none`)).toMatch(/^failed: NoSuchEntity/);
    expect(error('bob')).toMatch(/^failed: InvalidInput/);
    expect(error(`${ARN}:user/bob`, { Granularity: 'DAILY' })).toMatch(
      /^failed: ValidationError: .*'granularity'/,
    );
    expect(stage.error('admin', 'iam:GetServiceLastAccessedDetails', { JobId: 'none' })).toMatch(
      /^failed: NoSuchEntity: The job with id none cannot be found/,
    );
  });
});

describe('reports', () => {
  it('need permissions of their own', () => {
    const stage = staged();
    const inputs: Readonly<Record<string, object>> = {
      SimulatePrincipalPolicy: { PolicySourceArn: `${ARN}:user/bob`, ActionNames: ['s3:GetObject'] },
      SimulateCustomPolicy: { PolicyInputList: [], ActionNames: ['s3:GetObject'] },
      GetContextKeysForPrincipalPolicy: { PolicySourceArn: `${ARN}:user/bob` },
      GetContextKeysForCustomPolicy: { PolicyInputList: [] },
      GetAccountAuthorizationDetails: {},
      GenerateCredentialReport: {},
      GetCredentialReport: {},
      GenerateServiceLastAccessedDetails: { Arn: `${ARN}:user/bob` },
      GetServiceLastAccessedDetails: { JobId: 'x' },
    };
    for (const [operation, input] of Object.entries(inputs)) {
      expect(stage.error('nobody', `iam:${operation}`, { ...input })).toMatch(
        new RegExp(`^denied: AccessDenied: .*iam:${operation}`),
      );
    }
  });
});
