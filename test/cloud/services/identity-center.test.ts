import { describe, expect, it } from 'vitest';
import { findActor, signIn, signOut } from '../../../src/cloud/index.ts';
import type { WorldSpec } from '../../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, HOUR, OTHER, policy, Stage } from '../stage.ts';

const READ = policy(allow('s3:*'));

const CENTER: NonNullable<WorldSpec['identityCenter']> = {
  groups: { Developers: {} },
  users: { maria: { displayName: 'Maria', groups: ['Developers'] }, sam: {} },
  permissionSets: {
    ReadOnly: { policies: ['IAMReadOnlyAccess'], sessionDuration: 'PT2H' },
    Long: { inline: READ, sessionDuration: 'PT12H' },
  },
  assignments: [
    { account: OTHER, permissionSet: 'ReadOnly', group: 'Developers' },
    { account: OTHER, permissionSet: 'Long', user: 'maria' },
  ],
};

/** The administrator's account manages an organization with Identity Center; `prod` is a member. */
function staged(center: NonNullable<WorldSpec['identityCenter']> = CENTER) {
  return new Stage(
    {},
    {
      [OTHER]: {
        name: 'prod',
        users: { root: { policies: ['AdministratorAccess'] } },
        policies: { Edge: { document: READ } },
      },
    },
    { organization: { management: ACCOUNT, accounts: [OTHER] }, identityCenter: center },
  );
}

function centerOf(stage: Stage) {
  const center = stage.world.identityCenter;
  if (center === null) {
    throw new Error('There is no Identity Center.');
  }
  return center;
}

function set(stage: Stage, name: string) {
  const { permissionSets, arn } = centerOf(stage);
  const found = Object.values(permissionSets).find((each) => each.name === name);
  return { InstanceArn: arn, PermissionSetArn: found?.arn ?? '' };
}

function idOf(stage: Stage, name: string): string {
  const { people, teams } = centerOf(stage);
  return [...Object.values(people), ...Object.values(teams)].find((each) => each.name === name)?.id ?? '';
}

function rolesIn(stage: Stage, account = OTHER) {
  return Object.values(stage.world.accounts[account]?.roles ?? {});
}

function assignment(stage: Stage, name: string, principal: string, account = OTHER) {
  return {
    ...set(stage, name),
    TargetId: account,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: principal === 'Developers' ? 'GROUP' : 'USER',
    PrincipalId: idOf(stage, principal),
  };
}

describe('permission sets', () => {
  it('become roles in the accounts they are assigned in', () => {
    const stage = staged();
    const [role] = rolesIn(stage);
    expect(role).toMatchObject({
      name: expect.stringMatching(/^AWSReservedSSO_ReadOnly_[0-9a-f]{16}$/),
      path: '/aws-reserved/sso.amazonaws.com/',
      attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
      maxSessionDuration: 43_200,
      trust: {
        Statement: [
          {
            Principal: {
              Federated: expect.stringMatching(/:saml-provider\/AWSSSO_[0-9a-f]{16}_DO_NOT_DELETE$/),
            },
            Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
          },
        ],
      },
    });
    expect(rolesIn(stage)).toHaveLength(2);
  });

  it('change roles only when they are provisioned again', () => {
    const stage = staged();
    const inline = JSON.stringify(policy(allow('ec2:*')));
    stage.do('admin', 'sso-admin:PutInlinePolicyToPermissionSet', {
      ...set(stage, 'ReadOnly'),
      InlinePolicy: inline,
    });
    expect(rolesIn(stage)[0]?.inline).toEqual({});
    const before = rolesIn(stage)[0]?.id;
    const answer = stage.do('admin', 'sso-admin:ProvisionPermissionSet', {
      ...set(stage, 'ReadOnly'),
      TargetType: 'ALL_PROVISIONED_ACCOUNTS',
    }) as { PermissionSetProvisioningStatus: { RequestId: string; Status: string } };
    expect(answer.PermissionSetProvisioningStatus.Status).toBe('IN_PROGRESS');
    expect(rolesIn(stage)[0]).toMatchObject({
      id: before,
      inline: { AwsSSOInlinePolicy: JSON.parse(inline) },
    });
    expect(
      stage.do('admin', 'sso-admin:DescribePermissionSetProvisioningStatus', {
        InstanceArn: centerOf(stage).arn,
        ProvisionPermissionSetRequestId: answer.PermissionSetProvisioningStatus.RequestId,
      }),
    ).toMatchObject({ PermissionSetProvisioningStatus: { Status: 'SUCCEEDED' } });
  });

  it('are made, shown, changed and deleted', () => {
    const stage = staged();
    const { arn: InstanceArn, store } = centerOf(stage);
    expect(stage.do('admin', 'sso-admin:ListInstances')).toMatchObject({
      Instances: [{ InstanceArn, IdentityStoreId: store, OwnerAccountId: ACCOUNT }],
    });
    expect(stage.do('root', 'sso-admin:ListInstances')).toEqual({ Instances: [] });
    expect(stage.do('admin', 'sso-admin:CreatePermissionSet', { InstanceArn, Name: 'Audit' })).toMatchObject({
      PermissionSet: { Name: 'Audit', SessionDuration: 'PT1H' },
    });
    const audit = set(stage, 'Audit');
    stage.do('admin', 'sso-admin:UpdatePermissionSet', {
      ...audit,
      SessionDuration: 'PT1H30M',
      Description: 'looks',
    });
    expect(stage.do('admin', 'sso-admin:DescribePermissionSet', audit)).toMatchObject({
      PermissionSet: { SessionDuration: 'PT1H30M', Description: 'looks' },
    });
    expect(stage.do('admin', 'sso-admin:ListPermissionSets', { InstanceArn })).toMatchObject({
      PermissionSets: { length: 3 },
    });
    stage.do('admin', 'sso-admin:DeletePermissionSet', audit);
    expect(stage.error('admin', 'sso-admin:DescribePermissionSet', audit)).toMatch(
      /^failed: ResourceNotFoundException: Could not find PermissionSet with id ps-/,
    );
  });

  it('hold managed, customer and inline policies and a boundary', () => {
    const stage = staged();
    const long = set(stage, 'Long');
    const arn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
    const edge = { CustomerManagedPolicyReference: { Name: 'Edge' } };
    const ask = (operation: string, input: object = {}) =>
      stage.do('admin', `sso-admin:${operation}`, { ...long, ...input });
    ask('AttachManagedPolicyToPermissionSet', { ManagedPolicyArn: arn });
    expect(ask('ListManagedPoliciesInPermissionSet')).toEqual({
      AttachedManagedPolicies: [{ Name: 'IAMReadOnlyAccess', Arn: arn }],
    });
    ask('AttachCustomerManagedPolicyReferenceToPermissionSet', edge);
    expect(ask('ListCustomerManagedPolicyReferencesInPermissionSet')).toEqual({
      CustomerManagedPolicyReferences: [{ Name: 'Edge', Path: '/' }],
    });
    ask('PutPermissionsBoundaryToPermissionSet', { PermissionsBoundary: edge });
    expect(ask('GetPermissionsBoundaryForPermissionSet')).toMatchObject({ PermissionsBoundary: edge });
    ask('ProvisionPermissionSet', { TargetType: 'AWS_ACCOUNT', TargetId: OTHER });
    const edgeArn = `arn:aws:iam::${OTHER}:policy/Edge`;
    expect(rolesIn(stage)[1]).toMatchObject({ attached: [arn, edgeArn], boundary: edgeArn });
    expect(ask('GetInlinePolicyForPermissionSet')).toEqual({ InlinePolicy: JSON.stringify(READ) });
    ask('DeleteInlinePolicyFromPermissionSet');
    ask('DetachManagedPolicyFromPermissionSet', { ManagedPolicyArn: arn });
    ask('DetachCustomerManagedPolicyReferenceFromPermissionSet', edge);
    ask('PutPermissionsBoundaryToPermissionSet', { PermissionsBoundary: { ManagedPolicyArn: arn } });
    expect(ask('GetPermissionsBoundaryForPermissionSet')).toEqual({
      PermissionsBoundary: { ManagedPolicyArn: arn },
    });
    ask('ProvisionPermissionSet', { TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
    expect(rolesIn(stage)[1]).toMatchObject({ attached: [], inline: {}, boundary: arn });
    expect(ask('GetInlinePolicyForPermissionSet')).toEqual({ InlinePolicy: '' });
    ask('DeletePermissionsBoundaryFromPermissionSet');
    expect(centerOf(stage).permissionSets[long.PermissionSetArn]?.boundary).toBeNull();
  });

  it('are refused with the documented errors', () => {
    const stage = staged();
    const { arn: InstanceArn } = centerOf(stage);
    const long = set(stage, 'Long');
    const error = (operation: string, input: object) =>
      stage.error('admin', `sso-admin:${operation}`, { ...input });
    const create = (input: object) => error('CreatePermissionSet', { InstanceArn, Name: 'New', ...input });
    const none = { InstanceArn, PermissionSetArn: `${long.PermissionSetArn}0` };
    const arn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
    expect(create({ InstanceArn: 'arn:aws:sso:::instance/ssoins-0' })).toMatch(/ResourceNotFoundException/);
    expect(create({ Name: 'Long' })).toMatch(/^failed: ConflictException/);
    expect(create({ Name: 'not a name' })).toMatch(/^failed: ValidationException/);
    for (const SessionDuration of ['PT30M', 'PT13H', '4h']) {
      expect(create({ SessionDuration })).toMatch(/^failed: ValidationException: SessionDuration/);
    }
    expect(error('UpdatePermissionSet', { ...long, SessionDuration: 'PT0H' })).toMatch(/ValidationException/);
    expect(error('DeletePermissionSet', long)).toMatch(/^failed: ConflictException/);
    expect(error('ListPermissionSets', { InstanceArn: 'arn:aws:sso:::instance/x' })).toMatch(
      /ResourceNotFound/,
    );
    for (const operation of [
      'DescribePermissionSet',
      'UpdatePermissionSet',
      'DeletePermissionSet',
      'ListManagedPoliciesInPermissionSet',
      'ListCustomerManagedPolicyReferencesInPermissionSet',
      'GetInlinePolicyForPermissionSet',
      'DeleteInlinePolicyFromPermissionSet',
      'DeletePermissionsBoundaryFromPermissionSet',
    ]) {
      expect(error(operation, none)).toMatch(/^failed: ResourceNotFoundException/);
    }
    const managed = { ...long, ManagedPolicyArn: arn };
    expect(error('DetachManagedPolicyFromPermissionSet', managed)).toMatch(/ResourceNotFoundException/);
    expect(error('AttachManagedPolicyToPermissionSet', { ...long, ManagedPolicyArn: `${arn}x` })).toMatch(
      /ResourceNotFound/,
    );
    stage.do('admin', 'sso-admin:AttachManagedPolicyToPermissionSet', managed);
    expect(error('AttachManagedPolicyToPermissionSet', managed)).toMatch(/^failed: ConflictException/);
    expect(error('AttachManagedPolicyToPermissionSet', { ...none, ManagedPolicyArn: arn })).toMatch(
      /NotFound/,
    );
    expect(error('DetachManagedPolicyFromPermissionSet', { ...none, ManagedPolicyArn: arn })).toMatch(
      /NotFound/,
    );
    const customer = (Name: string, more: object = long) => ({
      ...more,
      CustomerManagedPolicyReference: { Name },
    });
    const attach = 'AttachCustomerManagedPolicyReferenceToPermissionSet';
    const detach = 'DetachCustomerManagedPolicyReferenceFromPermissionSet';
    expect(error(attach, customer(''))).toMatch(/ValidationException/);
    expect(error(detach, customer('Edge'))).toMatch(/ResourceNotFoundException/);
    stage.do('admin', `sso-admin:${attach}`, customer('Edge'));
    expect(error(attach, customer('Edge'))).toMatch(/ConflictException/);
    expect(error(attach, customer('Edge', none))).toMatch(/NotFound/);
    expect(error(detach, customer('Edge', none))).toMatch(/NotFound/);
    for (let i = 0; i < 18; i += 1) {
      stage.do('admin', `sso-admin:${attach}`, customer(`p-${i}`));
    }
    expect(error(attach, customer('one-more'))).toMatch(/^failed: ServiceQuotaExceededException/);
    expect(
      error('AttachManagedPolicyToPermissionSet', {
        ...long,
        ManagedPolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    ).toMatch(/ServiceQuotaExceeded/);
    expect(error('PutInlinePolicyToPermissionSet', { ...long, InlinePolicy: '{' })).toMatch(
      /ValidationException/,
    );
    expect(error('PutInlinePolicyToPermissionSet', { ...none, InlinePolicy: '{}' })).toMatch(
      /ResourceNotFound/,
    );
    const big = JSON.stringify(policy(...Array.from({ length: 700 }, () => allow('s3:GetObject'))));
    expect(error('PutInlinePolicyToPermissionSet', { ...long, InlinePolicy: big })).toMatch(
      /ServiceQuotaExceeded/,
    );
    const bound = (PermissionsBoundary: object, more: object = long) =>
      error('PutPermissionsBoundaryToPermissionSet', { ...more, PermissionsBoundary });
    expect(bound({})).toMatch(/ValidationException/);
    expect(bound({ ManagedPolicyArn: `${arn}x` })).toMatch(/ResourceNotFoundException/);
    expect(bound({ CustomerManagedPolicyReference: {} })).toMatch(/ValidationException/);
    expect(bound({ ManagedPolicyArn: arn }, none)).toMatch(/ResourceNotFoundException/);
    for (const which of [long, none]) {
      expect(error('GetPermissionsBoundaryForPermissionSet', which)).toMatch(/ResourceNotFoundException/);
    }
  });

  it('belong to the account of Identity Center, and need permission there', () => {
    const stage = staged();
    expect(stage.error('nobody', 'sso-admin:DescribePermissionSet', set(stage, 'Long'))).toMatch(
      /^denied: AccessDeniedException: .*sso:DescribePermissionSet/,
    );
    expect(stage.ask('root', 'sso-admin:DescribePermissionSet', set(stage, 'Long')).kind).toBe('denied');
    expect(
      stage.ask('nobody', 'identitystore:ListUsers', { IdentityStoreId: centerOf(stage).store }).kind,
    ).toBe('denied');
  });
});

describe('assignments', () => {
  it('make a role with the first and remove it with the last', () => {
    const stage = staged();
    const input = assignment(stage, 'Long', 'maria', ACCOUNT);
    const answer = stage.do('admin', 'sso-admin:CreateAccountAssignment', input) as {
      AccountAssignmentCreationStatus: { RequestId: string };
    };
    expect(rolesIn(stage, ACCOUNT).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^AWSReservedSSO_Long_/),
    ]);
    expect(
      stage.do('admin', 'sso-admin:DescribeAccountAssignmentCreationStatus', {
        InstanceArn: input.InstanceArn,
        AccountAssignmentCreationRequestId: answer.AccountAssignmentCreationStatus.RequestId,
      }),
    ).toMatchObject({ AccountAssignmentCreationStatus: { Status: 'SUCCEEDED', TargetId: ACCOUNT } });
    const second = assignment(stage, 'Long', 'sam', ACCOUNT);
    stage.do('admin', 'sso-admin:CreateAccountAssignment', second);
    stage.do('admin', 'sso-admin:CreateAccountAssignment', second);
    expect(rolesIn(stage, ACCOUNT)).toHaveLength(1);
    expect(
      stage.do('admin', 'sso-admin:ListAccountAssignments', { ...set(stage, 'Long'), AccountId: ACCOUNT }),
    ).toMatchObject({ AccountAssignments: [{ PrincipalType: 'USER' }, { PrincipalId: idOf(stage, 'sam') }] });
    expect(
      stage.do('admin', 'sso-admin:ListPermissionSetsProvisionedToAccount', {
        InstanceArn: input.InstanceArn,
        AccountId: ACCOUNT,
      }),
    ).toEqual({ PermissionSets: [input.PermissionSetArn] });
    stage.do('admin', 'sso-admin:DeleteAccountAssignment', input);
    expect(rolesIn(stage, ACCOUNT)).toHaveLength(1);
    const gone = stage.do('admin', 'sso-admin:DeleteAccountAssignment', second) as {
      AccountAssignmentDeletionStatus: { RequestId: string };
    };
    expect(rolesIn(stage, ACCOUNT)).toEqual([]);
    expect(
      stage.do('admin', 'sso-admin:DescribeAccountAssignmentDeletionStatus', {
        InstanceArn: input.InstanceArn,
        AccountAssignmentDeletionRequestId: gone.AccountAssignmentDeletionStatus.RequestId,
      }),
    ).toMatchObject({ AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED' } });
  });

  it('fail later when an account lacks a policy, and at once when something is not there', () => {
    const stage = staged();
    stage.do('admin', 'sso-admin:AttachCustomerManagedPolicyReferenceToPermissionSet', {
      ...set(stage, 'Long'),
      CustomerManagedPolicyReference: { Name: 'Missing' },
    });
    const input = assignment(stage, 'Long', 'sam', ACCOUNT);
    const { AccountAssignmentCreationStatus: begun } = stage.do(
      'admin',
      'sso-admin:CreateAccountAssignment',
      input,
    ) as {
      AccountAssignmentCreationStatus: { RequestId: string };
    };
    expect(
      stage.do('admin', 'sso-admin:DescribeAccountAssignmentCreationStatus', {
        InstanceArn: input.InstanceArn,
        AccountAssignmentCreationRequestId: begun.RequestId,
      }),
    ).toMatchObject({
      AccountAssignmentCreationStatus: {
        Status: 'FAILED',
        FailureReason: expect.stringContaining('policy/Missing'),
      },
    });
    expect(centerOf(stage).assignments).toHaveLength(2);
    const error = (operation: string, more: object) =>
      stage.error('admin', `sso-admin:${operation}`, { ...input, ...more });
    for (const operation of ['CreateAccountAssignment', 'DeleteAccountAssignment']) {
      expect(error(operation, { TargetType: 'OU' })).toMatch(/^failed: ValidationException/);
      expect(error(operation, { PrincipalType: 'ROLE' })).toMatch(/^failed: ValidationException/);
      expect(error(operation, { PrincipalId: 'x' })).toMatch(/^failed: ResourceNotFoundException: USER/);
      expect(error(operation, { PrincipalId: 'x', PrincipalType: 'GROUP' })).toMatch(/GROUP not found/);
      expect(error(operation, { TargetId: '999988887777' })).toMatch(
        /^failed: ResourceNotFoundException: Account/,
      );
      expect(error(operation, { PermissionSetArn: 'arn:aws:sso:::permissionSet/x/y' })).toMatch(
        /ResourceNotFound/,
      );
      expect(stage.ask('nobody', `sso-admin:${operation}`, input).kind).toBe('denied');
    }
    expect(stage.do('admin', 'sso-admin:DeleteAccountAssignment', input)).toMatchObject({
      AccountAssignmentDeletionStatus: { FailureReason: expect.stringContaining('does not exist') },
    });
    const { PrincipalId: _, PrincipalType: __, TargetId: ___, ...target } = input;
    const provision = (more: object) =>
      stage.error('admin', 'sso-admin:ProvisionPermissionSet', { ...target, ...more });
    expect(provision({ TargetType: 'OU' })).toMatch(/ValidationException/);
    expect(provision({ TargetType: 'AWS_ACCOUNT' })).toMatch(/ValidationException/);
    expect(provision({ TargetType: 'AWS_ACCOUNT', TargetId: ACCOUNT })).toMatch(/ResourceNotFoundException/);
    expect(provision({ TargetType: 'ALL_PROVISIONED_ACCOUNTS', PermissionSetArn: 'arn:x' })).toMatch(
      /ResourceNotFound/,
    );
    const InstanceArn = 'arn:aws:sso:::instance/none';
    expect(
      stage.error('admin', 'sso-admin:ListAccountAssignments', {
        ...set(stage, 'Long'),
        AccountId: OTHER,
        InstanceArn,
      }),
    ).toMatch(/ResourceNotFound/);
    expect(
      stage.error('admin', 'sso-admin:ListPermissionSetsProvisionedToAccount', {
        AccountId: OTHER,
        InstanceArn,
      }),
    ).toMatch(/ResourceNotFound/);
    const request = { AccountAssignmentCreationRequestId: 'x' };
    const describeIt = 'sso-admin:DescribeAccountAssignmentCreationStatus';
    expect(stage.error('admin', describeIt, { InstanceArn: input.InstanceArn, ...request })).toMatch(
      /ResourceNotFound/,
    );
    expect(stage.error('admin', describeIt, { InstanceArn, ...request })).toMatch(/ResourceNotFound/);
  });

  it('make roles that nobody changes with IAM', () => {
    const stage = staged();
    const [role] = rolesIn(stage);
    const name = { RoleName: role?.name };
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const document = JSON.stringify(READ);
    for (const [operation, input] of Object.entries({
      DeleteRole: {},
      AttachRolePolicy: { PolicyArn: arn },
      DetachRolePolicy: { PolicyArn: role?.attached[0] },
      PutRolePolicy: { PolicyName: 'p', PolicyDocument: document },
      DeleteRolePolicy: { PolicyName: 'p' },
      UpdateAssumeRolePolicy: { PolicyDocument: JSON.stringify(role?.trust) },
      PutRolePermissionsBoundary: { PermissionsBoundary: arn },
      DeleteRolePermissionsBoundary: {},
      TagRole: { Tags: [{ Key: 'a', Value: 'b' }] },
    })) {
      expect(stage.error('root', `iam:${operation}`, { ...name, ...input }), operation).toMatch(
        /^failed: UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSReservedSSO_ReadOnly_/,
      );
    }
    expect(stage.do('root', 'iam:GetRole', name)).toMatchObject({ Role: { Arn: role?.arn } });
  });
});

describe('the directory', () => {
  it('has users, groups and memberships', () => {
    const stage = staged();
    const IdentityStoreId = centerOf(stage).store;
    const ask = (operation: string, input: object = {}) =>
      stage.do('admin', `identitystore:${operation}`, { IdentityStoreId, ...input });
    const { UserId } = ask('CreateUser', {
      UserName: 'kim',
      DisplayName: 'Kim',
      Name: { GivenName: 'Kim', FamilyName: 'Lee' },
      Emails: [{ Value: 'kim@example.com' }],
    }) as { UserId: string };
    const { GroupId } = ask('CreateGroup', { DisplayName: 'Auditors', Description: 'look' }) as {
      GroupId: string;
    };
    const { MembershipId } = ask('CreateGroupMembership', { GroupId, MemberId: { UserId } }) as {
      MembershipId: string;
    };
    expect(ask('DescribeGroup', { GroupId })).toMatchObject({ DisplayName: 'Auditors', Description: 'look' });
    expect(ask('DescribeUser', { UserId })).toMatchObject({
      UserName: 'kim',
      Emails: [{ Value: 'kim@example.com' }],
    });
    expect(ask('ListUsers')).toMatchObject({
      Users: [{ UserName: 'kim' }, { UserName: 'maria' }, { UserName: 'sam' }],
    });
    const Filters = [{ AttributePath: 'UserName', AttributeValue: 'kim' }];
    expect(ask('ListUsers', { Filters })).toMatchObject({ Users: [{ UserId }] });
    expect(
      ask('ListGroups', { Filters: [{ AttributePath: 'DisplayName', AttributeValue: 'Auditors' }] }),
    ).toMatchObject({
      Groups: [{ GroupId, Description: 'look' }],
    });
    expect(ask('ListGroups', { Filters })).toEqual({ Groups: [] });
    const membership = { MembershipId, GroupId, MemberId: { UserId }, IdentityStoreId };
    expect(ask('ListGroupMembershipsForMember', { MemberId: { UserId } })).toEqual({
      GroupMemberships: [membership],
    });
    expect(ask('ListGroupMemberships', { GroupId })).toEqual({ GroupMemberships: [membership] });
    ask('DeleteGroupMembership', { MembershipId });
    expect(ask('ListGroupMemberships', { GroupId })).toEqual({ GroupMemberships: [] });
    ask('CreateGroupMembership', { GroupId, MemberId: { UserId } });
    ask('DeleteGroup', { GroupId });
    expect(ask('ListGroupMembershipsForMember', { MemberId: { UserId } })).toEqual({ GroupMemberships: [] });
    ask('DeleteUser', { UserId });
    expect(ask('ListUsers', { Filters })).toEqual({ Users: [] });
  });

  it('refuses with the documented errors', () => {
    const stage = staged();
    const IdentityStoreId = centerOf(stage).store;
    const error = (operation: string, input: object = {}) =>
      stage.error('admin', `identitystore:${operation}`, { IdentityStoreId, ...input });
    const UserId = idOf(stage, 'maria');
    const GroupId = idOf(stage, 'Developers');
    const missing = /^failed: ResourceNotFoundException/;
    expect(error('CreateUser', { UserName: 'Maria' })).toMatch(
      /^failed: ConflictException: Duplicate UserName/,
    );
    expect(error('CreateUser', { UserName: 'a b' })).toMatch(/^failed: ValidationException/);
    expect(error('CreateGroup', { DisplayName: 'developers' })).toMatch(/^failed: ConflictException/);
    expect(error('CreateGroupMembership', { GroupId, MemberId: { UserId } })).toMatch(
      /^failed: ConflictException/,
    );
    expect(error('CreateGroupMembership', { GroupId: 'x', MemberId: { UserId } })).toMatch(missing);
    expect(error('CreateGroupMembership', { GroupId, MemberId: { UserId: 'x' } })).toMatch(missing);
    const inputs: Readonly<Record<string, object>> = {
      DescribeUser: { UserId: 'x' },
      DescribeGroup: { GroupId: 'x' },
      DeleteUser: { UserId: 'x' },
      DeleteGroup: { GroupId: 'x' },
      DeleteGroupMembership: { MembershipId: 'x' },
      ListGroupMemberships: { GroupId: 'x' },
      ListGroupMembershipsForMember: { MemberId: { UserId: 'x' } },
      ListUsers: {},
      ListGroups: {},
      CreateUser: { UserName: 'x' },
      CreateGroup: { DisplayName: 'x' },
      CreateGroupMembership: { GroupId, MemberId: { UserId } },
    };
    for (const [operation, input] of Object.entries(inputs)) {
      expect(error(operation, { ...input, IdentityStoreId: 'd-0000000000' }), operation).toMatch(missing);
      expect(stage.ask('nobody', `identitystore:${operation}`, { IdentityStoreId, ...input }).kind).toBe(
        'denied',
      );
      if (JSON.stringify(input).includes('"x"') && !operation.startsWith('Create')) {
        expect(error(operation, input), operation).toMatch(missing);
      }
    }
  });
});

describe('the access portal', () => {
  it('gives credentials of roles as long as somebody is signed in, for as long as the permission set says', () => {
    const stage = staged();
    const maria = stage.actor('maria/ReadOnly@prod');
    expect(stage.error('maria/ReadOnly@prod', 'iam:ListRoles')).toMatch(/^not-sent: Error loading SSO Token/);
    stage.world = signIn(stage.world, 'maria');
    expect(stage.error('maria', 'iam:ListRoles')).toMatch(/^not-sent: Unable to locate credentials/);
    stage.do(maria, 'iam:ListRoles');
    const first = stage.world.trail.at(-1);
    expect(first).toMatchObject({
      principal: expect.stringMatching(
        new RegExp(`^arn:aws:sts::${OTHER}:assumed-role/AWSReservedSSO_ReadOnly_[0-9a-f]{16}/maria$`),
      ),
      accounts: [OTHER],
    });
    stage.wait(1.5 * HOUR);
    stage.do(maria, 'iam:ListRoles');
    expect(stage.world.trail.at(-1)?.accessKey).toBe(first?.accessKey);
    stage.wait(HOUR);
    stage.do(maria, 'iam:ListRoles');
    expect(stage.world.trail.at(-1)?.accessKey).not.toBe(first?.accessKey);
    stage.wait(6 * HOUR);
    expect(stage.error(maria, 'iam:ListRoles')).toMatch(/^not-sent: Error when retrieving token from sso/);
  });

  it('ends before a long session of an account does', () => {
    const stage = staged();
    const maria = stage.actor('maria/Long@prod');
    stage.world = signIn(stage.world, 'maria');
    stage.do(maria, 's3:ListBuckets');
    const key = String(stage.world.trail.at(-1)?.accessKey);
    stage.wait(9 * HOUR);
    stage.do(maria, 's3:ListBuckets');
    stage.world = signOut(stage.world, 'maria');
    expect(stage.ask(maria, 's3:ListBuckets').kind).toBe('not-sent');
    stage.do(key, 's3:ListBuckets');
    stage.wait(4 * HOUR);
    expect(stage.error(stage.actor(key), 's3:ListBuckets')).toMatch(/^rejected: ExpiredToken/);
  });

  it('gives what is assigned by now', () => {
    const stage = staged();
    stage.world = signIn(stage.world, 'maria');
    const maria = stage.actor('maria/Long@prod');
    const input = assignment(stage, 'Long', 'maria');
    stage.do('admin', 'sso-admin:DeleteAccountAssignment', input);
    expect(stage.error(maria, 's3:ListBuckets')).toMatch(/^not-sent: .*ForbiddenException.*No access/);
    expect(findActor(stage.world, 'maria/Long@prod')).toBeUndefined();
    stage.do('admin', 'sso-admin:CreateAccountAssignment', input);
    stage.do(maria, 's3:ListBuckets');
    expect(signIn(stage.world, 'nobody')).toBe(stage.world);
    expect(signOut(stage.world, 'sam')).toBe(stage.world);
  });

  it('has the same person twice where an IAM user has the name, told apart', () => {
    const stage = new Stage(
      { users: { admin: { policies: ['AdministratorAccess'] }, maria: {} } },
      {},
      { identityCenter: { account: ACCOUNT, users: { maria: {} } } },
    );
    expect(findActor(stage.world, 'maria')).toBeUndefined();
    expect(stage.actor('portal:maria')).toMatchObject({ kind: 'workforce' });
    expect(stage.actor(`${ACCOUNT}:maria`)).toMatchObject({ kind: 'user' });
  });
});

describe('Identity Center in a scenario', () => {
  it('says what an author got wrong', () => {
    expect(() =>
      staged({
        account: '999988887777',
      }),
    ).toThrow(/identityCenter\.account: There is no account 999988887777/);
    expect(() => new Stage({}, {}, { identityCenter: {} })).toThrow(/identityCenter: Say in which account/);
    expect(() =>
      staged({
        groups: { Devs: {} },
        users: { 'no name': {}, kim: { groups: ['Dev'] } },
        permissionSets: {
          'no name': {},
          Read: {
            policies: ['IAMReadOnlyAcces'],
            boundary: 'none',
            sessionDuration: 'PT13H',
            customerPolicies: ['Edge'],
            inline: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*' }] },
          },
        },
        assignments: [
          { account: '999988887777', permissionSet: 'Reed', user: 'tim' },
          { account: OTHER, permissionSet: 'Read' },
          { account: ACCOUNT, permissionSet: 'Read', group: 'Devs' },
        ],
      }),
    ).toThrow(
      new RegExp(
        [
          'users.no name: A user',
          'kim.groups.0: There is no group Dev. Did you mean Devs',
          'permissionSets.no name: A permission set',
          'Read.sessionDuration: Sessions last',
          'Read.policies.0: There is no AWS managed policy IAMReadOnlyAcces. Did you mean IAMReadOnlyAccess',
          'Read.boundary: There is no AWS managed policy none',
          'assignments.0.permissionSet: There is no permission set Reed. Did you mean Read',
          'assignments.0.account: There is no account',
          'assignments.0.user: There is no user of the directory tim',
          'assignments.1: Say either user or group',
          'assignments.2.permissionSet: .*policy/Edge',
          'Read.inline: Policy statement must contain resources',
        ]
          .map((line) => `[^]*${line}`)
          .join(''),
      ),
    );
  });
});
