import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, EC2, OTHER, policy, Stage, trust } from '../stage.ts';

const WEB = 'i-00000000000000001';
const TRUST = JSON.stringify(trust(EC2));

describe('roles', () => {
  it('are made, shown, listed, tagged and deleted', () => {
    const stage = new Stage();
    expect(
      stage.do('admin', 'iam:CreateRole', {
        RoleName: 'Web',
        Path: '/app/',
        AssumeRolePolicyDocument: TRUST,
        Description: 'serves the site',
        MaxSessionDuration: 7200,
        PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
      }),
    ).toMatchObject({
      Role: {
        Arn: `arn:aws:iam::${ACCOUNT}:role/app/Web`,
        RoleId: expect.stringMatching(/^AROA/),
        AssumeRolePolicyDocument: trust(EC2),
        Description: 'serves the site',
        MaxSessionDuration: 7200,
      },
    });
    stage.do('admin', 'iam:TagRole', { RoleName: 'Web', Tags: [{ Key: 'team', Value: 'red' }] });
    expect(stage.do('admin', 'iam:GetRole', { RoleName: 'Web' })).toMatchObject({
      Role: { Tags: [{ Key: 'team', Value: 'red' }] },
    });
    expect(stage.do('admin', 'iam:ListRoles', { PathPrefix: '/app/' })).toMatchObject({
      Roles: [{ RoleName: 'Web' }],
    });
    stage.do('admin', 'iam:DeleteRole', { RoleName: 'Web' });
    expect(stage.do('admin', 'iam:ListRoles')).toEqual({ Roles: [] });
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage({ roles: { Web: { trust: trust(EC2) } } });
    const create = (rest: Record<string, unknown>) =>
      stage.error('admin', 'iam:CreateRole', { RoleName: 'New', AssumeRolePolicyDocument: TRUST, ...rest });
    const malformed = (document: unknown) => create({ AssumeRolePolicyDocument: JSON.stringify(document) });
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole' };
    const stranger = `arn:aws:iam::${ACCOUNT}:user/ghost`;
    expect(create({ RoleName: 'web' })).toBe(
      'failed: EntityAlreadyExists: Role with name web already exists.',
    );
    expect(create({ MaxSessionDuration: 60 })).toMatch(
      /^not-sent: .*\nInvalid range for parameter MaxSessionDuration, value: 60, valid min value: 3600$/,
    );
    expect(create({ MaxSessionDuration: 90000 })).toMatch(/less than or equal to 43200$/);
    expect(create({ MaxSessionDuration: 'long' })).toMatch(/^not-sent: Parameter validation failed:/);
    expect(create({ PermissionsBoundary: `arn:aws:iam::${OTHER}:policy/x` })).toMatch(/NoSuchEntity/);
    expect(malformed(policy(statement))).toBe(
      'failed: MalformedPolicyDocument: Missing required field Principal',
    );
    const open = { Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRole', 's3:GetObject'] };
    expect(malformed(policy(open))).toBe(
      'failed: MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.',
    );
    expect(malformed(trust('ec2.amazon.com'))).toBe(
      'failed: MalformedPolicyDocument: Invalid principal in policy: "SERVICE":"ec2.amazon.com"',
    );
    expect(malformed(policy({ ...statement, Principal: { AWS: 'ghost' } }))).toBe(
      'failed: MalformedPolicyDocument: Invalid principal in policy: "AWS":"ghost"',
    );
    expect(malformed(policy({ ...statement, Principal: { AWS: stranger } }))).toBe(
      `failed: MalformedPolicyDocument: Invalid principal in policy: "AWS":"${stranger}"`,
    );
    expect(malformed(policy({ ...statement, Principal: { Service: EC2 }, Resource: '*' }))).toBe(
      'failed: MalformedPolicyDocument: Has prohibited field Resource',
    );
    expect(malformed({ ...trust(EC2), Id: 'x'.repeat(2048) })).toBe(
      'failed: LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048',
    );
    for (const [operation, rest] of [
      ['GetRole', {}],
      ['DeleteRole', {}],
      ['ListInstanceProfilesForRole', {}],
      ['UpdateAssumeRolePolicy', { PolicyDocument: TRUST }],
      ['TagRole', { Tags: [] }],
    ] as const) {
      expect(stage.error('admin', `iam:${operation}`, { RoleName: 'none', ...rest })).toBe(
        'failed: NoSuchEntity: The role with name none cannot be found.',
      );
      expect(stage.ask('nobody', `iam:${operation}`, { RoleName: 'Web', ...rest }).kind).toBe('denied');
    }
    expect(
      stage.error('admin', 'iam:UpdateAssumeRolePolicy', { RoleName: 'Web', PolicyDocument: 'no' }),
    ).toMatch(/MalformedPolicyDocument/);
    expect(Object.keys(stage.account.roles)).toEqual(['Web']);
  });

  it('stay while something hangs on them', () => {
    const stage = new Stage({
      roles: { Web: { trust: trust(EC2), policies: ['AWSDenyAll'], inline: { p: policy(allow('s3:*')) } } },
      instanceProfiles: { web: 'Web' },
    });
    const conflict = (rest: string) =>
      expect(stage.error('admin', 'iam:DeleteRole', { RoleName: 'Web' })).toBe(
        `failed: DeleteConflict: Cannot delete entity, ${rest}`,
      );
    conflict('must remove roles from instance profile first.');
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', { InstanceProfileName: 'web', RoleName: 'Web' });
    conflict('must detach all policies first.');
    stage.do('admin', 'iam:DetachRolePolicy', {
      RoleName: 'Web',
      PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
    });
    conflict('must delete policies first.');
    stage.do('admin', 'iam:DeleteRolePolicy', { RoleName: 'Web', PolicyName: 'p' });
    stage.do('admin', 'iam:DeleteRole', { RoleName: 'Web' });
  });
});

describe('instance profiles', () => {
  it('hold one role', () => {
    const stage = new Stage({ roles: { Web: { trust: trust(EC2) }, Batch: { trust: trust(EC2) } } });
    const web = { InstanceProfileName: 'web' };
    expect(stage.do('admin', 'iam:CreateInstanceProfile', web)).toMatchObject({
      InstanceProfile: { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/web`, Roles: [] },
    });
    expect(stage.error('admin', 'iam:CreateInstanceProfile', web)).toBe(
      'failed: EntityAlreadyExists: Instance Profile web already exists.',
    );
    stage.do('admin', 'iam:AddRoleToInstanceProfile', { ...web, RoleName: 'Web' });
    expect(stage.error('admin', 'iam:AddRoleToInstanceProfile', { ...web, RoleName: 'Batch' })).toBe(
      'failed: LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    );
    expect(stage.do('admin', 'iam:GetInstanceProfile', web)).toMatchObject({
      InstanceProfile: { Roles: [{ RoleName: 'Web' }] },
    });
    expect(stage.do('admin', 'iam:ListInstanceProfilesForRole', { RoleName: 'Web' })).toMatchObject({
      InstanceProfiles: [{ InstanceProfileName: 'web' }],
    });
    expect(stage.error('admin', 'iam:DeleteInstanceProfile', web)).toBe(
      'failed: DeleteConflict: Cannot delete entity, must remove roles from instance profile first.',
    );
    expect(stage.error('admin', 'iam:RemoveRoleFromInstanceProfile', { ...web, RoleName: 'Batch' })).toMatch(
      /NoSuchEntity/,
    );
    stage.do('admin', 'iam:RemoveRoleFromInstanceProfile', { ...web, RoleName: 'Web' });
    stage.do('admin', 'iam:DeleteInstanceProfile', web);
    expect(stage.do('admin', 'iam:ListInstanceProfiles')).toEqual({ InstanceProfiles: [] });
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage({ roles: { Web: { trust: trust(EC2) } }, instanceProfiles: { web: null } });
    for (const [operation, rest] of [
      ['GetInstanceProfile', {}],
      ['DeleteInstanceProfile', {}],
      ['AddRoleToInstanceProfile', { RoleName: 'Web' }],
      ['RemoveRoleFromInstanceProfile', { RoleName: 'Web' }],
    ] as const) {
      expect(stage.error('admin', `iam:${operation}`, { InstanceProfileName: 'none', ...rest })).toBe(
        'failed: NoSuchEntity: Instance Profile none cannot be found.',
      );
      expect(stage.ask('nobody', `iam:${operation}`, { InstanceProfileName: 'web', ...rest }).kind).toBe(
        'denied',
      );
    }
    expect(
      stage.error('admin', 'iam:AddRoleToInstanceProfile', { InstanceProfileName: 'web', RoleName: 'none' }),
    ).toBe('failed: NoSuchEntity: The role with name none cannot be found.');
    expect(stage.error('admin', 'iam:CreateInstanceProfile', { InstanceProfileName: 'a/b' })).toMatch(
      /ValidationError/,
    );
  });
});

describe('associating a profile with an instance', () => {
  const parts = {
    roles: { Web: { trust: trust(EC2), path: '/app/' } },
    instanceProfiles: { web: 'Web', empty: null },
  };
  const input = { InstanceId: WEB, IamInstanceProfile: { Name: 'web' } };

  it('takes the permission on the instance and iam:PassRole on the role', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/app/Web`;
    const stage = new Stage({
      ...parts,
      users: {
        half: { inline: { p: policy(allow('ec2:*')) } },
        whole: {
          inline: {
            p: policy(allow('ec2:*'), {
              ...allow('iam:PassRole', role),
              Condition: { StringEquals: { 'iam:PassedToService': EC2 } },
            }),
          },
        },
      },
    });
    expect(stage.error('half', 'ec2:AssociateIamInstanceProfile', input)).toMatch(
      /^denied: UnauthorizedOperation: You are not authorized to perform this operation\. User: .* is not authorized to perform: iam:PassRole on resource: /,
    );
    expect(stage.world.trail.at(-1)?.checks.map(({ action, decision }) => [action, decision])).toEqual([
      ['ec2:AssociateIamInstanceProfile', 'allowed'],
      ['iam:PassRole', 'implicit-deny'],
    ]);
    expect(stage.do('whole', 'ec2:AssociateIamInstanceProfile', input)).toMatchObject({
      IamInstanceProfileAssociation: { InstanceId: WEB, State: 'associating' },
    });
    expect(stage.do('whole', 'ec2:DescribeInstances', { InstanceIds: [WEB] })).toMatchObject({
      Reservations: [{ Instances: [{ InstanceId: WEB, Tags: [{ Key: 'Name', Value: 'web-1' }] }] }],
    });
    expect(stage.do('whole', 'ec2:DescribeIamInstanceProfileAssociations')).toMatchObject({
      IamInstanceProfileAssociations: [{ State: 'associated' }],
    });
  });

  it('fails as EC2 fails it', () => {
    const stage = new Stage(parts);
    const associate = (rest: Record<string, unknown>) =>
      stage.error('admin', 'ec2:AssociateIamInstanceProfile', { ...input, ...rest });
    expect(associate({ InstanceId: 'web-1' })).toBe(
      'failed: InvalidInstanceID.Malformed: Invalid id: "web-1"',
    );
    expect(associate({ InstanceId: 'i-00000000000000009' })).toBe(
      "failed: InvalidInstanceID.NotFound: The instance ID 'i-00000000000000009' does not exist",
    );
    expect(associate({ IamInstanceProfile: { Name: 'none' } })).toBe(
      'failed: InvalidParameterValue: Value (none) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    );
    expect(associate({ IamInstanceProfile: { Arn: 'none' } })).toMatch(/Invalid IAM Instance Profile ARN$/);
    stage.do('admin', 'ec2:AssociateIamInstanceProfile', input);
    expect(associate({})).toBe(
      `failed: IncorrectState: There is an existing association for instance ${WEB}`,
    );
    const gone = 'iip-assoc-00000000000000000';
    const noSuch = `failed: NoSuchAssociation: An invalid association-id of '${gone}' was given`;
    expect(stage.error('admin', 'ec2:DisassociateIamInstanceProfile', { AssociationId: gone })).toBe(noSuch);
    expect(
      stage.error('admin', 'ec2:ReplaceIamInstanceProfileAssociation', {
        AssociationId: gone,
        IamInstanceProfile: { Name: 'web' },
      }),
    ).toBe(noSuch);
    expect(
      stage.error('admin', 'ec2:DescribeIamInstanceProfileAssociations', { AssociationIds: [gone] }),
    ).toBe(noSuch);
    expect(stage.error('admin', 'ec2:DescribeInstances', { InstanceIds: ['x'] })).toMatch(/Malformed/);
    const { id } = stage.instance.association ?? {};
    expect(
      stage.error('admin', 'ec2:ReplaceIamInstanceProfileAssociation', {
        AssociationId: id,
        IamInstanceProfile: { Name: 'none' },
      }),
    ).toMatch(/InvalidParameterValue/);
    for (const [operation, rest] of [
      ['DescribeInstances', {}],
      ['DescribeIamInstanceProfileAssociations', {}],
      ['DisassociateIamInstanceProfile', { AssociationId: id }],
      ['DisassociateIamInstanceProfile', { AssociationId: gone }],
      ['ReplaceIamInstanceProfileAssociation', { AssociationId: id, IamInstanceProfile: { Name: 'web' } }],
      ['AssociateIamInstanceProfile', input],
    ] as const) {
      expect(stage.error('nobody', `ec2:${operation}`, rest)).toMatch(/^denied: UnauthorizedOperation: /);
    }
  });
});
