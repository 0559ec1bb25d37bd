import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, MINUTE, policy, Stage } from '../stage.ts';

const DENIED =
  /^denied: AccessDenied: User: arn:aws:iam::111122223333:user\/nobody is not authorized to perform: /;
const LIMIT = 'failed: LimitExceeded: Cannot exceed quota for';

describe('users', () => {
  it('are made, shown, listed, tagged and deleted', () => {
    const stage = new Stage();
    const made = stage.do('admin', 'iam:CreateUser', { UserName: 'bob', Path: '/team/' });
    expect(made).toMatchObject({
      User: {
        Path: '/team/',
        UserName: 'bob',
        UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
        Arn: `arn:aws:iam::${ACCOUNT}:user/team/bob`,
        CreateDate: '2026-03-02T09:00:00+00:00',
      },
    });
    stage.do('admin', 'iam:TagUser', { UserName: 'bob', Tags: [{ Key: 'team', Value: 'red' }] });
    expect(stage.do('admin', 'iam:GetUser', { UserName: 'bob' })).toMatchObject({
      User: { Tags: [{ Key: 'team', Value: 'red' }] },
    });
    const tag = (...keys: readonly string[]) => ({
      UserName: 'bob',
      Tags: keys.map((Key) => ({ Key, Value: 'blue' })),
    });
    stage.do('admin', 'iam:TagUser', tag('Team'));
    expect(stage.do('admin', 'iam:ListUserTags', { UserName: 'bob' })).toEqual({
      Tags: [{ Key: 'Team', Value: 'blue' }],
    });
    expect(stage.error('admin', 'iam:TagUser', tag('unit', 'Unit'))).toBe(
      'failed: InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
    expect(stage.error('admin', 'iam:TagUser', tag('aws:unit'))).toMatch(/^failed: InvalidInput: /);
    stage.do('admin', 'iam:UntagUser', { UserName: 'bob', TagKeys: ['TEAM'] });
    expect(stage.do('admin', 'iam:ListUserTags', { UserName: 'bob' })).toEqual({ Tags: [] });
    expect(stage.do('admin', 'iam:ListUsers', { PathPrefix: '/team/' })).toMatchObject({
      Users: [{ UserName: 'bob' }],
    });
    expect(stage.do('admin', 'iam:GetUser')).toMatchObject({ User: { UserName: 'admin' } });
    expect(stage.do('admin', 'iam:DeleteUser', { UserName: 'bob' })).toBeNull();
    expect(stage.error('admin', 'iam:GetUser', { UserName: 'bob' })).toBe(
      'failed: NoSuchEntity: The user with name bob cannot be found.',
    );
  });

  it('need permission on their own ARN, path and all', () => {
    const stage = new Stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        lead: { inline: { Team: policy(allow('iam:*', `arn:aws:iam::${ACCOUNT}:user/team/*`)) } },
      },
    });
    stage.do('lead', 'iam:CreateUser', { UserName: 'bob', Path: '/team/' });
    stage.do('lead', 'iam:DeleteUser', { UserName: 'bob' });
    expect(stage.ask('lead', 'iam:CreateUser', { UserName: 'bob' }).kind).toBe('denied');
    expect(stage.error('lead', 'iam:CreateUser', { UserName: 'team/bob' })).toMatch(
      /^failed: ValidationError: The specified value for userName is invalid/,
    );
  });

  it('are refused as IAM refuses them', () => {
    const stage = new Stage();
    stage.do('admin', 'iam:CreateUser', { UserName: 'bob' });
    expect(stage.error('admin', 'iam:CreateUser', { UserName: 'BOB' })).toBe(
      'failed: EntityAlreadyExists: User with name BOB already exists.',
    );
    expect(stage.error('admin', 'iam:CreateUser', { UserName: 'x'.repeat(65) })).toMatch(
      /Member must have length less than or equal to 64$/,
    );
    expect(stage.error('admin', 'iam:CreateUser', { UserName: 'eve', Path: 'team' })).toMatch(
      /^failed: ValidationError: The specified value for path is invalid/,
    );
    expect(
      stage.error('admin', 'iam:CreateUser', {
        UserName: 'eve',
        PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/None`,
      }),
    ).toBe(
      `failed: NoSuchEntity: Policy arn:aws:iam::${ACCOUNT}:policy/None does not exist or is not attachable.`,
    );
    expect(stage.error('admin', 'iam:CreateUser', { UserName: 'eve', PermissionsBoundary: 'None' })).toBe(
      'not-sent: Parameter validation failed:\nInvalid length for parameter PermissionsBoundary, value: 4, valid min length: 20',
    );
    expect(stage.error('nobody', 'iam:CreateUser', { UserName: 'eve' })).toMatch(DENIED);
    expect(Object.keys(stage.account.users)).not.toContain('eve');
  });

  it('get another name and path, and keep what is theirs', () => {
    const ARN = (path: string) => `arn:aws:iam::${ACCOUNT}:user${path}`;
    const stage = new Stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        half: { inline: { p: policy(allow('iam:UpdateUser', ARN('/joe'))) } },
        joe: { inline: { p: policy(allow('s3:*')) } },
      },
      roles: {
        Mine: {
          trust: policy({ Effect: 'Allow', Principal: { AWS: ARN('/joe') }, Action: 'sts:AssumeRole' }),
        },
      },
    });
    const [key = ''] = Object.values(stage.account.accessKeys).flatMap(({ user, id }) =>
      user === 'joe' ? [id] : [],
    );
    const rename = { UserName: 'joe', NewUserName: 'josef', NewPath: '/team/' };
    expect(stage.error('half', 'iam:UpdateUser', rename)).toMatch(/on resource: .*:user\/team\/josef/);
    stage.do('admin', 'iam:UpdateUser', rename);
    expect(stage.account.users.joe).toBeUndefined();
    expect(stage.do(stage.actor(key), 'sts:GetCallerIdentity')).toMatchObject({ Arn: ARN('/team/josef') });
    expect(stage.ask('josef', 's3:ListBuckets').kind).toBe('done');
    expect(JSON.stringify(stage.account.roles.Mine?.trust)).toContain(ARN('/team/josef'));
    expect(stage.error('admin', 'iam:UpdateUser', rename)).toMatch(/^failed: NoSuchEntity/);
    expect(stage.error('admin', 'iam:UpdateUser', { UserName: 'josef', NewUserName: 'HALF' })).toMatch(
      /^failed: EntityAlreadyExists/,
    );
    expect(stage.error('admin', 'iam:UpdateUser', { UserName: 'josef', NewPath: 'x' })).toMatch(
      /^failed: ValidationError/,
    );
    expect(stage.error('admin', 'iam:UpdateUser', { UserName: 'josef', NewUserName: 'JOSEF' })).toBe('done');
  });

  it('stay while something hangs on them', () => {
    const stage = new Stage({ groups: { devs: {} } });
    const bob = { UserName: 'bob' };
    const conflict = (rest: string) =>
      expect(stage.error('admin', 'iam:DeleteUser', bob)).toBe(
        `failed: DeleteConflict: Cannot delete entity, ${rest}`,
      );
    stage.do('admin', 'iam:CreateUser', bob);
    stage.do('admin', 'iam:AddUserToGroup', { ...bob, GroupName: 'devs' });
    stage.do('admin', 'iam:PutUserPolicy', {
      ...bob,
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(allow('s3:*'))),
    });
    stage.do('admin', 'iam:AttachUserPolicy', { ...bob, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' });
    stage.do('admin', 'iam:CreateLoginProfile', { ...bob, Password: 'Sword-fish' });
    stage.do('admin', 'iam:CreateAccessKey', bob);
    const [key] = Object.values(stage.account.accessKeys).filter(({ user }) => user === 'bob');
    conflict('must delete access keys first.');
    stage.do('admin', 'iam:DeleteAccessKey', { ...bob, AccessKeyId: key?.id });
    conflict('must delete login profile first.');
    stage.do('admin', 'iam:DeleteLoginProfile', bob);
    conflict('must detach all policies first.');
    stage.do('admin', 'iam:DetachUserPolicy', { ...bob, PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' });
    conflict('must delete policies first.');
    stage.do('admin', 'iam:DeleteUserPolicy', { ...bob, PolicyName: 'p' });
    conflict('must remove users from group first.');
    stage.do('admin', 'iam:RemoveUserFromGroup', { ...bob, GroupName: 'devs' });
    stage.do('admin', 'iam:DeleteUser', bob);
  });

  it('may have names that every JavaScript object knows', () => {
    const stage = new Stage();
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(stage.error('admin', 'iam:GetUser', { UserName: name })).toMatch(/NoSuchEntity/);
      stage.do('admin', 'iam:CreateUser', { UserName: name });
      stage.do('admin', 'iam:CreateAccessKey', { UserName: name });
      expect(stage.ask(name, 'sts:GetCallerIdentity').kind).toBe('done');
    }
    expect(stage.ask('admin', 'iam:CreateUser', { UserName: '__proto__' }).kind).toBe('unsupported');
  });
});

describe('access keys', () => {
  it('are made with their secret shown once, listed without, and limited to two', () => {
    const stage = new Stage();
    expect(stage.do('admin', 'iam:CreateAccessKey')).toMatchObject({
      AccessKey: {
        UserName: 'admin',
        AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
        Status: 'Active',
        SecretAccessKey: expect.stringMatching(/^.{40}$/),
      },
    });
    const list = stage.do('admin', 'iam:ListAccessKeys');
    expect(list).toMatchObject({ AccessKeyMetadata: [{ UserName: 'admin' }, { UserName: 'admin' }] });
    expect(JSON.stringify(list)).not.toContain('Secret');
    expect(stage.error('admin', 'iam:CreateAccessKey')).toBe(`${LIMIT} AccessKeysPerUser: 2`);
  });

  it('belong to one user', () => {
    const stage = new Stage();
    const [key] = Object.values(stage.account.accessKeys).filter(({ user }) => user === 'nobody');
    const wrong = { UserName: 'admin', AccessKeyId: key?.id };
    expect(stage.error('admin', 'iam:DeleteAccessKey', wrong)).toBe(
      `failed: NoSuchEntity: The Access Key with id ${key?.id} cannot be found.`,
    );
    expect(stage.error('admin', 'iam:UpdateAccessKey', { ...wrong, Status: 'Off' })).toMatch(
      /Value 'Off' at 'status' failed to satisfy constraint/,
    );
    expect(stage.error('nobody', 'iam:CreateAccessKey', { UserName: 'admin' })).toMatch(DENIED);
    expect(stage.error('nobody', 'iam:DeleteAccessKey', wrong)).toMatch(DENIED);
    expect(stage.error('nobody', 'iam:ListAccessKeys')).toMatch(DENIED);
  });

  it('do not tell the condition key iam:PermissionsBoundary', () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/B`;
    const stage = new Stage({
      policies: { B: { document: policy(allow('s3:*')) } },
      users: {
        bob: { boundary: 'B' },
        lead: {
          inline: {
            p: policy({
              ...allow('iam:*'),
              Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
            }),
          },
        },
      },
    });
    expect(stage.ask('lead', 'iam:CreateAccessKey', { UserName: 'bob' }).kind).toBe('denied');
    stage.do('lead', 'iam:PutUserPolicy', {
      UserName: 'bob',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(allow('s3:*'))),
    });
    stage.do('lead', 'iam:CreateUser', { UserName: 'eve', PermissionsBoundary: boundary });
    expect(stage.ask('lead', 'iam:CreateUser', { UserName: 'mal' }).kind).toBe('denied');
    stage.do('lead', 'iam:DeleteUserPermissionsBoundary', { UserName: 'bob' });
    expect(stage.ask('lead', 'iam:DeleteUserPolicy', { UserName: 'bob', PolicyName: 'p' }).kind).toBe(
      'denied',
    );
    stage.do('lead', 'iam:PutUserPermissionsBoundary', { UserName: 'bob', PermissionsBoundary: boundary });
  });
});

describe('login profiles', () => {
  it('are there once or not at all', () => {
    const stage = new Stage();
    const nobody = { UserName: 'nobody' };
    expect(stage.error('admin', 'iam:DeleteLoginProfile', nobody)).toBe(
      'failed: NoSuchEntity: Login Profile for User nobody cannot be found.',
    );
    expect(stage.do('admin', 'iam:CreateLoginProfile', { ...nobody, Password: 'Sword-fish' })).toEqual({
      LoginProfile: {
        UserName: 'nobody',
        CreateDate: '2026-03-02T09:00:00+00:00',
        PasswordResetRequired: false,
      },
    });
    expect(stage.error('admin', 'iam:CreateLoginProfile', nobody)).toBe(
      'failed: EntityAlreadyExists: Login Profile for user nobody already exists.',
    );
    expect(JSON.stringify(stage.world)).not.toContain('swordfish');
    stage.wait(5 * MINUTE);
    expect(stage.do('admin', 'iam:GetLoginProfile', nobody)).toEqual({
      LoginProfile: {
        UserName: 'nobody',
        CreateDate: '2026-03-02T09:00:00+00:00',
        PasswordResetRequired: false,
      },
    });
    expect(stage.error('admin', 'iam:GetLoginProfile', { UserName: 'admin' })).toBe(
      'failed: NoSuchEntity: Login Profile for User admin cannot be found.',
    );
    expect(stage.error('admin', 'iam:GetLoginProfile', { UserName: 'ghost' })).toMatch(/NoSuchEntity/);
    expect(stage.error('nobody', 'iam:GetLoginProfile')).toMatch(DENIED);
    expect(stage.error('nobody', 'iam:DeleteLoginProfile')).toMatch(DENIED);
  });
});

describe('permissions boundaries', () => {
  it('are put and removed, for users and roles', () => {
    const stage = new Stage({
      roles: { Web: { trust: policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }) } },
    });
    const arn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    const user = { UserName: 'nobody' };
    const role = { RoleName: 'Web' };
    stage.do('admin', 'iam:PutUserPermissionsBoundary', { ...user, PermissionsBoundary: arn });
    stage.do('admin', 'iam:PutRolePermissionsBoundary', { ...role, PermissionsBoundary: arn });
    const shown = {
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn },
    };
    expect(stage.do('admin', 'iam:GetUser', user)).toMatchObject({ User: shown });
    expect(stage.do('admin', 'iam:GetRole', role)).toMatchObject({ Role: shown });
    stage.do('admin', 'iam:DeleteUserPermissionsBoundary', user);
    stage.do('admin', 'iam:DeleteRolePermissionsBoundary', role);
    expect(stage.error('admin', 'iam:DeleteUserPermissionsBoundary', user)).toMatch(/NoSuchEntity/);
    expect(stage.error('admin', 'iam:DeleteRolePermissionsBoundary', role)).toMatch(/NoSuchEntity/);
    expect(
      stage.error('admin', 'iam:PutRolePermissionsBoundary', { RoleName: 'None', PermissionsBoundary: arn }),
    ).toBe('failed: NoSuchEntity: The role with name None cannot be found.');
    expect(
      stage.error('nobody', 'iam:PutUserPermissionsBoundary', { ...user, PermissionsBoundary: arn }),
    ).toMatch(DENIED);
  });
});

describe('groups', () => {
  it('are renamed and moved with their members and permissions', () => {
    const stage = new Stage({
      users: {
        admin: { policies: ['AdministratorAccess'] },
        dora: { groups: ['devs'] },
        half: { inline: { p: policy(allow('iam:UpdateGroup', `arn:aws:iam::${ACCOUNT}:group/devs`)) } },
      },
      groups: { devs: { policies: ['AmazonS3ReadOnlyAccess'] }, ops: {} },
    });
    const update = (more: object, who = 'admin') =>
      stage.error(who, 'iam:UpdateGroup', { GroupName: 'devs', ...more });
    expect(update({ NewGroupName: 'builders' }, 'half')).toMatch(/on resource: .*:group\/builders/);
    expect(update({ NewGroupName: 'ops' })).toBe(
      'failed: EntityAlreadyExists: Group with name ops already exists.',
    );
    expect(update({ NewGroupName: 'a b' })).toMatch(/^failed: ValidationError/);
    expect(update({ NewPath: 'x' })).toMatch(/^failed: ValidationError/);
    expect(update({ NewGroupName: 'builders', NewPath: '/team/' })).toBe('done');
    expect(update({})).toBe('failed: NoSuchEntity: The group with name devs cannot be found.');
    expect(stage.do('admin', 'iam:GetGroup', { GroupName: 'builders' })).toMatchObject({
      Group: { Arn: `arn:aws:iam::${ACCOUNT}:group/team/builders` },
      Users: [{ UserName: 'dora' }],
    });
    expect(stage.ask('dora', 's3:ListBuckets').kind).toBe('done');
  });

  it('give their policies to their users', () => {
    const stage = new Stage();
    const devs = { GroupName: 'devs' };
    stage.do('admin', 'iam:CreateGroup', devs);
    stage.do('admin', 'iam:AttachGroupPolicy', {
      ...devs,
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    });
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('denied');
    stage.do('admin', 'iam:AddUserToGroup', { ...devs, UserName: 'nobody' });
    expect(stage.ask('nobody', 's3:ListBuckets').kind).toBe('done');
    expect(stage.do('admin', 'iam:GetGroup', devs)).toMatchObject({ Users: [{ UserName: 'nobody' }] });
    expect(stage.do('admin', 'iam:ListGroupsForUser', { UserName: 'nobody' })).toMatchObject({
      Groups: [{ GroupName: 'devs' }],
    });
    expect(stage.error('admin', 'iam:DeleteGroup', devs)).toBe(
      'failed: DeleteConflict: Cannot delete entity, must remove users from group first.',
    );
    stage.do('admin', 'iam:RemoveUserFromGroup', { ...devs, UserName: 'nobody' });
    expect(stage.error('admin', 'iam:DeleteGroup', devs)).toMatch(/must detach all policies first/);
    stage.do('admin', 'iam:DetachGroupPolicy', {
      ...devs,
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    });
    stage.do('admin', 'iam:DeleteGroup', devs);
    expect(stage.do('admin', 'iam:ListGroups')).toEqual({ Groups: [] });
  });

  it('are refused as IAM refuses them', () => {
    const groups = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`g${index}`, {}]));
    const stage = new Stage({ groups });
    const none = { GroupName: 'none' };
    const message = 'failed: NoSuchEntity: The group with name none cannot be found.';
    for (const operation of ['GetGroup', 'DeleteGroup', 'ListGroupPolicies', 'ListAttachedGroupPolicies']) {
      expect(stage.error('admin', `iam:${operation}`, none)).toBe(message);
    }
    for (const operation of ['AddUserToGroup', 'RemoveUserFromGroup']) {
      expect(stage.error('admin', `iam:${operation}`, { ...none, UserName: 'nobody' })).toBe(message);
      expect(stage.error('admin', `iam:${operation}`, { GroupName: 'g0', UserName: 'who' })).toMatch(
        /The user with name who cannot be found/,
      );
    }
    expect(stage.error('admin', 'iam:CreateGroup', { GroupName: 'G0' })).toBe(
      'failed: EntityAlreadyExists: Group with name G0 already exists.',
    );
    for (let index = 0; index < 10; index += 1) {
      stage.do('admin', 'iam:AddUserToGroup', { GroupName: `g${index}`, UserName: 'nobody' });
    }
    expect(stage.error('admin', 'iam:AddUserToGroup', { GroupName: 'g10', UserName: 'nobody' })).toBe(
      `${LIMIT} GroupsPerUser: 10`,
    );
    expect(stage.error('nobody', 'iam:CreateGroup', none)).toMatch(DENIED);
  });
});
