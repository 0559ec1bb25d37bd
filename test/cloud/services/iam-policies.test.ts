import { describe, expect, it } from 'vitest';
import { policyDocument } from '../../../src/cloud/index.ts';
import { ACCOUNT, allow, EC2, policy, Stage, trust } from '../stage.ts';

const READ = policy(allow('s3:GetObject'));
const TEXT = JSON.stringify(READ);
const ARN = `arn:aws:iam::${ACCOUNT}:policy/Read`;
const NONE = `arn:aws:iam::${ACCOUNT}:policy/None`;

describe('managed policies', () => {
  it('have up to five versions, numbered once, one of them in force', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:CreatePolicy', { PolicyName: 'Read', PolicyDocument: TEXT })).toMatchObject(
      {
        Policy: { Arn: ARN, DefaultVersionId: 'v1', AttachmentCount: 0 },
      },
    );
    const next = { PolicyArn: ARN, PolicyDocument: JSON.stringify(policy(allow('s3:*'))) };
    expect(stage.do('admin', 'iam:CreatePolicyVersion', { ...next, SetAsDefault: true })).toMatchObject({
      PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true },
    });
    expect(policyDocument(stage.world, ARN)).toEqual(policy(allow('s3:*')));
    stage.do('admin', 'iam:DeletePolicyVersion', { PolicyArn: ARN, VersionId: 'v1' });
    for (const id of ['v3', 'v4', 'v5', 'v6']) {
      expect(stage.do('admin', 'iam:CreatePolicyVersion', next)).toMatchObject({
        PolicyVersion: { VersionId: id, IsDefaultVersion: false },
      });
    }
    expect(stage.error('admin', 'iam:CreatePolicyVersion', next)).toBe(
      'failed: LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
    stage.do('admin', 'iam:SetDefaultPolicyVersion', { PolicyArn: ARN, VersionId: 'v6' });
    expect(stage.error('admin', 'iam:DeletePolicyVersion', { PolicyArn: ARN, VersionId: 'v6' })).toBe(
      'failed: DeleteConflict: Cannot delete the default version of a policy.',
    );
    expect(stage.do('admin', 'iam:ListPolicyVersions', { PolicyArn: ARN })).toMatchObject({
      Versions: ['v6', 'v5', 'v4', 'v3', 'v2'].map((VersionId) => ({ VersionId })),
    });
    expect(stage.do('admin', 'iam:GetPolicyVersion', { PolicyArn: ARN, VersionId: 'v2' })).toMatchObject({
      PolicyVersion: { Document: policy(allow('s3:*')) },
    });
    expect(stage.error('admin', 'iam:DeletePolicy', { PolicyArn: ARN })).toMatch(
      /^failed: DeleteConflict: This policy has more than one version/,
    );
  });

  it('stay while they are attached or are a boundary', () => {
    const stage = new Stage({
      policies: { Read: { document: READ } },
      users: { admin: { policies: ['AdministratorAccess'] }, bob: { policies: ['Read'], boundary: 'Read' } },
    });
    const conflict = 'failed: DeleteConflict: Cannot delete a policy attached to entities.';
    expect(stage.do('admin', 'iam:GetPolicy', { PolicyArn: ARN })).toMatchObject({
      Policy: { AttachmentCount: 1, PermissionsBoundaryUsageCount: 1 },
    });
    expect(stage.error('admin', 'iam:DeletePolicy', { PolicyArn: ARN })).toBe(conflict);
    stage.do('admin', 'iam:DetachUserPolicy', { UserName: 'bob', PolicyArn: ARN });
    expect(stage.error('admin', 'iam:DeletePolicy', { PolicyArn: ARN })).toBe(conflict);
    stage.do('admin', 'iam:DeleteUserPermissionsBoundary', { UserName: 'bob' });
    stage.do('admin', 'iam:DeletePolicy', { PolicyArn: ARN });
    expect(stage.do('admin', 'iam:ListPolicies', { Scope: 'Local' })).toEqual({ Policies: [] });
  });

  it('tell what they are attached to, and whom they bound', () => {
    const stage = new Stage({
      policies: { Read: { document: READ } },
      groups: { staff: { policies: ['Read'] } },
      users: {
        admin: { policies: ['AdministratorAccess'] },
        joanne: { boundary: 'Read' },
        bob: { policies: ['Read'], path: '/team/' },
        nobody: {},
      },
      roles: { Web: { trust: trust(EC2), policies: ['Read'], boundary: 'Read' } },
    });
    const uses = (rest: object = {}) => {
      const found = stage.do('admin', 'iam:ListEntitiesForPolicy', { PolicyArn: ARN, ...rest });
      return Object.values(found as Record<string, Record<string, string>[]>)
        .flat()
        .map((each) => each.GroupName ?? each.UserName ?? each.RoleName);
    };
    expect(uses()).toEqual(['staff', 'joanne', 'bob', 'Web']);
    expect(uses({ PolicyUsageFilter: 'PermissionsPolicy' })).toEqual(['staff', 'bob', 'Web']);
    expect(uses({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual(['joanne', 'Web']);
    expect(uses({ EntityFilter: 'User' })).toEqual(['joanne', 'bob']);
    expect(uses({ PathPrefix: '/team/' })).toEqual(['bob']);
    const ask = (rest: object, who = 'admin') =>
      stage.error(who, 'iam:ListEntitiesForPolicy', { PolicyArn: ARN, ...rest });
    expect(ask({ EntityFilter: 'Users' })).toMatch(/^failed: ValidationError: .*'entityFilter'/);
    expect(ask({ PolicyUsageFilter: 'All' })).toMatch(/^failed: ValidationError: .*'policyUsageFilter'/);
    expect(ask({ PolicyArn: NONE })).toMatch(/^failed: NoSuchEntity/);
    expect(ask({}, 'nobody')).toMatch(/^denied: AccessDenied/);
  });

  it('of AWS can be read and attached, and not changed', () => {
    const stage = new Stage();
    const arn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    stage.do('admin', 'iam:AttachUserPolicy', { UserName: 'nobody', PolicyArn: arn });
    expect(stage.do('admin', 'iam:ListPolicies', { Scope: 'AWS', OnlyAttached: true })).toMatchObject({
      Policies: [{ PolicyName: 'AdministratorAccess' }, { Arn: arn }],
    });
    expect(stage.do('admin', 'iam:GetPolicyVersion', { PolicyArn: arn, VersionId: 'v3' })).toMatchObject({
      PolicyVersion: { IsDefaultVersion: true },
    });
    for (const [operation, rest] of [
      ['DeletePolicy', {}],
      ['CreatePolicyVersion', { PolicyDocument: TEXT }],
      ['SetDefaultPolicyVersion', { VersionId: 'v1' }],
      ['DeletePolicyVersion', { VersionId: 'v1' }],
    ] as const) {
      expect(stage.error('admin', `iam:${operation}`, { PolicyArn: arn, ...rest })).toBe(
        'failed: AccessDenied: Policy is outside your own account.',
      );
    }
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage({ policies: { Read: { document: READ } } });
    const create = (PolicyDocument: string, PolicyName = 'New') =>
      stage.error('admin', 'iam:CreatePolicy', { PolicyName, PolicyDocument });
    expect(create(TEXT, 'Read')).toBe(
      'failed: EntityAlreadyExists: A policy called Read already exists. Duplicate names are not allowed.',
    );
    expect(create('{"Version":')).toBe('failed: MalformedPolicyDocument: This policy contains invalid Json');
    expect(create(JSON.stringify(trust(EC2)))).toBe(
      'failed: MalformedPolicyDocument: Policy document should not specify a principal.',
    );
    expect(create(JSON.stringify(policy({ Effect: 'Allow', Action: 's3:*' })))).toBe(
      'failed: MalformedPolicyDocument: Policy statement must contain resources.',
    );
    for (const [statement, sentence] of [
      [{ Effect: 'Allow', Resource: '*' }, 'Policy statement must contain actions.'],
      [allow('GetObject'), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
      [
        { ...allow('s3:*'), Condition: { StringEquals: { team: 'red' } } },
        'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      ],
      [allow('s3:Get:Object'), 'Actions/Condition can contain only one colon.'],
      [allow('s3:*', 'assets'), 'Resource assets must be in ARN format or "*".'],
    ] as const) {
      expect(create(JSON.stringify(policy(statement)))).toBe(`failed: MalformedPolicyDocument: ${sentence}`);
    }
    const twice = { Sid: 'Read', ...allow('s3:*') };
    expect(create(JSON.stringify(policy(twice, twice)))).toBe(
      'failed: MalformedPolicyDocument: Statement IDs (SID) in a single policy must be unique.',
    );
    const spaced = { Sid: 'Read all', ...allow('s3:*') };
    expect(create(JSON.stringify(policy(spaced)))).toBe(
      'failed: MalformedPolicyDocument: Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
    expect(create(JSON.stringify(policy({ ...allow('s3:*'), Effect: 'allow' })))).toBe(
      'failed: MalformedPolicyDocument: Syntax errors in policy.',
    );
    expect(create('{}')).toMatch(/^failed: MalformedPolicyDocument: /);
    expect(create(JSON.stringify(policy(allow(`s3:${'x'.repeat(6144)}`))))).toBe(
      'failed: LimitExceeded: Cannot exceed quota for PolicySize: 6144',
    );
    expect(create(TEXT, 'a b')).toMatch(/^failed: ValidationError/);
    for (const operation of ['GetPolicy', 'DeletePolicy', 'ListPolicyVersions']) {
      expect(stage.error('admin', `iam:${operation}`, { PolicyArn: NONE })).toBe(
        `failed: NoSuchEntity: Policy ${NONE} was not found.`,
      );
      expect(stage.error('admin', `iam:${operation}`, { PolicyArn: 'policy/ReadEverything' })).toBe(
        'failed: ValidationError: ARN policy/ReadEverything is not valid.',
      );
      expect(stage.ask('nobody', `iam:${operation}`, { PolicyArn: ARN }).kind).toBe('denied');
    }
    for (const operation of ['GetPolicyVersion', 'DeletePolicyVersion', 'SetDefaultPolicyVersion']) {
      expect(stage.error('admin', `iam:${operation}`, { PolicyArn: ARN, VersionId: 'v9' })).toBe(
        `failed: NoSuchEntity: Policy ${ARN} version v9 does not exist or is not attachable.`,
      );
      expect(stage.error('admin', `iam:${operation}`, { PolicyArn: NONE, VersionId: 'v1' })).toMatch(
        /^failed: NoSuchEntity/,
      );
      expect(stage.ask('nobody', `iam:${operation}`, { PolicyArn: ARN, VersionId: 'v1' }).kind).toBe(
        'denied',
      );
    }
    expect(stage.error('admin', 'iam:ListPolicies', { Scope: 'Mine' })).toMatch(/ValidationError/);
    expect(stage.ask('nobody', 'iam:CreatePolicy', { PolicyName: 'x', PolicyDocument: TEXT }).kind).toBe(
      'denied',
    );
  });
});

const HOLDERS = [
  { title: 'User', name: { UserName: 'nobody' }, none: { UserName: 'none' }, size: 2048 },
  { title: 'Group', name: { GroupName: 'devs' }, none: { GroupName: 'none' }, size: 5120 },
  { title: 'Role', name: { RoleName: 'Web' }, none: { RoleName: 'none' }, size: 10240 },
] as const;

function withHolders() {
  const policies = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => [`P${index}`, { document: READ }]),
  );
  return new Stage({ groups: { devs: {} }, roles: { Web: { trust: trust(EC2) } }, policies });
}

describe.each(HOLDERS)('policies of a $title', ({ title, name, none, size }) => {
  const notFound = `failed: NoSuchEntity: The ${title.toLowerCase()} with name none cannot be found.`;

  it('are attached, listed and detached', () => {
    const stage = withHolders();
    const arn = `arn:aws:iam::${ACCOUNT}:policy/P0`;
    stage.do('admin', `iam:Attach${title}Policy`, { ...name, PolicyArn: arn });
    stage.do('admin', `iam:Attach${title}Policy`, { ...name, PolicyArn: arn });
    expect(stage.do('admin', `iam:ListAttached${title}Policies`, name)).toEqual({
      AttachedPolicies: [{ PolicyName: 'P0', PolicyArn: arn }],
    });
    stage.do('admin', `iam:Detach${title}Policy`, { ...name, PolicyArn: arn });
    expect(stage.error('admin', `iam:Detach${title}Policy`, { ...name, PolicyArn: arn })).toBe(
      `failed: NoSuchEntity: Policy ${arn} was not found.`,
    );
    expect(stage.error('admin', `iam:Attach${title}Policy`, { ...name, PolicyArn: NONE })).toBe(
      `failed: NoSuchEntity: Policy ${NONE} does not exist or is not attachable.`,
    );
    for (const verb of ['Attach', 'Detach']) {
      expect(stage.error('admin', `iam:${verb}${title}Policy`, { ...none, PolicyArn: arn })).toBe(notFound);
      expect(stage.ask('nobody', `iam:${verb}${title}Policy`, { ...name, PolicyArn: arn }).kind).toBe(
        'denied',
      );
    }
    expect(stage.error('admin', `iam:ListAttached${title}Policies`, none)).toBe(notFound);
    for (let index = 0; index < 10; index += 1) {
      const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/P${index}`;
      stage.do('admin', `iam:Attach${title}Policy`, { ...name, PolicyArn });
    }
    expect(
      stage.error('admin', `iam:Attach${title}Policy`, {
        ...name,
        PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/P10`,
      }),
    ).toBe(`failed: LimitExceeded: Cannot exceed quota for PoliciesPer${title}: 10`);
  });

  it('are put inline, shown, listed and deleted', () => {
    const stage = withHolders();
    const inline = { ...name, PolicyName: 'Read' };
    stage.do('admin', `iam:Put${title}Policy`, { ...inline, PolicyDocument: TEXT });
    expect(stage.do('admin', `iam:Get${title}Policy`, inline)).toEqual({ ...inline, PolicyDocument: READ });
    expect(stage.do('admin', `iam:List${title}Policies`, name)).toEqual({ PolicyNames: ['Read'] });
    expect(
      stage.error('admin', `iam:Put${title}Policy`, {
        ...inline,
        PolicyDocument: JSON.stringify(policy(allow(`s3:${'x'.repeat(size)}`))),
      }),
    ).toMatch(new RegExp(`^failed: LimitExceeded: Maximum policy size of ${size} bytes exceeded for `));
    expect(stage.error('admin', `iam:Put${title}Policy`, { ...inline, PolicyDocument: '[]' })).toMatch(
      /^failed: MalformedPolicyDocument/,
    );
    stage.do('admin', `iam:Delete${title}Policy`, inline);
    for (const verb of ['Get', 'Delete']) {
      expect(stage.error('admin', `iam:${verb}${title}Policy`, inline)).toBe(
        `failed: NoSuchEntity: The ${title.toLowerCase()} policy with name Read cannot be found.`,
      );
      expect(stage.error('admin', `iam:${verb}${title}Policy`, { ...none, PolicyName: 'p' })).toBe(notFound);
      expect(stage.ask('nobody', `iam:${verb}${title}Policy`, inline).kind).toBe('denied');
    }
    expect(stage.error('admin', `iam:List${title}Policies`, none)).toBe(notFound);
    expect(
      stage.error('admin', `iam:Put${title}Policy`, { ...none, PolicyName: 'p', PolicyDocument: TEXT }),
    ).toBe(notFound);
  });

  it('can be limited to some policies by iam:PolicyARN', () => {
    const stage = new Stage({
      groups: { devs: {} },
      roles: { Web: { trust: trust(EC2) } },
      users: {
        nobody: {},
        lead: {
          inline: {
            p: policy({
              ...allow(`iam:Attach${title}Policy`),
              Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AmazonS3*' } },
            }),
          },
        },
      },
    });
    const attach = (policyName: string) =>
      stage.ask('lead', `iam:Attach${title}Policy`, {
        ...name,
        PolicyArn: `arn:aws:iam::aws:policy/${policyName}`,
      }).kind;
    expect(attach('AmazonS3FullAccess')).toBe('done');
    expect(attach('AdministratorAccess')).toBe('denied');
  });
});

describe('tags of a policy', () => {
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/P`;
  const Tags = [{ Key: 'team', Value: 'red' }];

  it('are put, listed, taken off, and ask for permission', () => {
    const stage = new Stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        red: {
          inline: {
            p: policy({
              ...allow('iam:CreatePolicyVersion'),
              Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } },
            }),
          },
        },
      },
      policies: { P: { document: policy(allow('s3:*')) } },
    });
    const version = { PolicyArn, PolicyDocument: JSON.stringify(policy(allow('s3:Get*'))) };
    expect(stage.ask('red', 'iam:CreatePolicyVersion', version).kind).toBe('denied');
    stage.do('admin', 'iam:TagPolicy', { PolicyArn, Tags });
    expect(stage.do('admin', 'iam:ListPolicyTags', { PolicyArn })).toEqual({ Tags });
    expect(stage.do('admin', 'iam:GetPolicy', { PolicyArn })).toMatchObject({ Policy: { Tags } });
    expect(stage.ask('red', 'iam:CreatePolicyVersion', version).kind).toBe('done');
    stage.do('admin', 'iam:UntagPolicy', { PolicyArn, TagKeys: ['team'] });
    expect(stage.do('admin', 'iam:ListPolicyTags', { PolicyArn })).toEqual({ Tags: [] });
    const made = stage.do('admin', 'iam:CreatePolicy', {
      PolicyName: 'Q',
      PolicyDocument: version.PolicyDocument,
      Tags,
    });
    expect(made).toMatchObject({ Policy: { PolicyName: 'Q' } });
    for (const [api, more] of [
      ['TagPolicy', { Tags }],
      ['UntagPolicy', { TagKeys: ['team'] }],
      ['ListPolicyTags', {}],
    ] as const) {
      expect(stage.error('red', `iam:${api}`, { PolicyArn, ...more })).toMatch(/^denied: AccessDenied/);
      expect(stage.error('admin', `iam:${api}`, { PolicyArn: `${PolicyArn}x`, ...more })).toMatch(
        /NoSuchEntity/,
      );
    }
    expect(stage.error('admin', 'iam:TagPolicy', { PolicyArn, Tags: [{ Key: '' }] })).toMatch(
      /ValidationError/,
    );
  });
});
