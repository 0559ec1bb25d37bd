import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, policy, Stage } from '../../stage.ts';
import {
  attached,
  DENY_S3,
  DEV,
  LIST,
  MEMBER,
  NOT_HERE,
  organizationOf,
  PROD,
  STRANGER,
  stage,
  unit,
  verdict,
} from './stage.ts';

describe('a new organization', () => {
  it('has the account that makes it as its management account, and others can be invited', () => {
    const at = new Stage({}, { [DEV]: MEMBER });
    expect(at.error('nobody', 'organizations:CreateOrganization')).toMatch(
      /organizations:CreateOrganization/,
    );
    expect(at.error('admin', 'organizations:CreateOrganization', { FeatureSet: 'SOME' })).toMatch(
      /^failed: InvalidInputException/,
    );
    expect(at.do('admin', 'organizations:CreateOrganization')).toMatchObject({
      Organization: { FeatureSet: 'ALL', MasterAccountId: ACCOUNT, Id: expect.stringMatching(/^o-/) },
    });
    expect(at.do('admin', 'organizations:DescribeOrganization')).toMatchObject({
      Organization: { MasterAccountId: ACCOUNT },
    });
    const { Roots } = at.do('admin', 'organizations:ListRoots') as { Roots: { Id: string }[] };
    expect(Roots).toMatchObject([{ PolicyTypes: [] }]);
    expect(at.account.roles).toHaveProperty('AWSServiceRoleForOrganizations');
    expect(at.error('admin', 'organizations:CreateOrganization')).toMatch(
      /^failed: AlreadyInOrganizationException/,
    );
    expect(at.ask('dora', 'organizations:CreateOrganization').kind).toBe('unsupported');
    at.do('admin', 'organizations:EnablePolicyType', {
      RootId: Roots[0]?.Id,
      PolicyType: 'SERVICE_CONTROL_POLICY',
    });
    expect(organizationOf(at).attachments[ACCOUNT]).toEqual(['p-FullAWSAccess']);
    expect(at.ask('admin', 's3:ListBuckets').kind).toBe('done');
    const target = { Id: DEV, Type: 'ACCOUNT' };
    expect(at.ask('admin', 'organizations:InviteAccountToOrganization', { Target: target }).kind).toBe(
      'done',
    );
  });
});

describe('the organization', () => {
  it('is shown to its members, and managed from the management account alone', () => {
    const on = stage();
    const { id } = organizationOf(on);
    expect(on.do('dora', 'organizations:DescribeOrganization')).toMatchObject({
      Organization: { Id: id, FeatureSet: 'ALL', MasterAccountId: ACCOUNT },
    });
    expect(on.error('dora', 'organizations:ListAccounts')).toBe(NOT_HERE);
    expect(on.error('eve', 'organizations:ListAccounts')).toMatch(
      /^failed: AWSOrganizationsNotInUseException/,
    );
    expect(on.error('nobody', 'organizations:ListAccounts')).toBe(
      `denied: AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:user/nobody is not authorized to perform: organizations:ListAccounts because no identity-based policy allows the organizations:ListAccounts action`,
    );
  });

  it('is walked from the root down', () => {
    const on = stage();
    const { rootId } = organizationOf(on);
    const [workloads, dev] = [unit(on, 'Workloads'), unit(on, 'Dev')];
    expect(on.do('admin', 'organizations:ListRoots')).toMatchObject({
      Roots: [{ Id: rootId, PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
    });
    expect(
      on.do('admin', 'organizations:ListOrganizationalUnitsForParent', { ParentId: rootId }),
    ).toMatchObject({ OrganizationalUnits: [{ Id: workloads, Name: 'Workloads' }] });
    expect(on.do('admin', 'organizations:ListAccountsForParent', { ParentId: dev })).toMatchObject({
      Accounts: [{ Id: DEV, Name: 'dev', JoinedMethod: 'CREATED' }],
    });
    expect(on.do('admin', 'organizations:ListParents', { ChildId: DEV })).toEqual({
      Parents: [{ Id: dev, Type: 'ORGANIZATIONAL_UNIT' }],
    });
    expect(on.do('admin', 'organizations:ListParents', { ChildId: workloads })).toEqual({
      Parents: [{ Id: rootId, Type: 'ROOT' }],
    });
    const children = { ParentId: workloads, ChildType: 'ORGANIZATIONAL_UNIT' };
    expect(on.do('admin', 'organizations:ListChildren', children)).toMatchObject({
      Children: [{ Id: dev }, { Type: 'ORGANIZATIONAL_UNIT' }],
    });
    expect(on.do('admin', 'organizations:ListChildren', { ParentId: rootId, ChildType: 'ACCOUNT' })).toEqual({
      Children: [{ Id: ACCOUNT, Type: 'ACCOUNT' }],
    });
    expect(on.do('admin', 'organizations:ListAccounts')).toMatchObject({
      Accounts: [{ Id: ACCOUNT }, { Id: DEV }, { Id: PROD }],
    });
    expect(on.do('admin', 'organizations:DescribeAccount', { AccountId: DEV })).toMatchObject({
      Account: { Arn: `arn:aws:organizations::${ACCOUNT}:account/${organizationOf(on).id}/${DEV}` },
    });
    expect(
      on.do('admin', 'organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: dev }),
    ).toMatchObject({ OrganizationalUnit: { Name: 'Dev' } });
  });

  it('says what is not there', () => {
    const on = stage();
    const noUnit = 'ou-aaaa-bbbbbbbb';
    const error = (operation: string, input: Record<string, unknown>) =>
      on.error('admin', `organizations:${operation}`, input).split(': ')[1];
    expect(error('ListAccountsForParent', { ParentId: noUnit })).toBe('ParentNotFoundException');
    expect(error('ListAccountsForParent', { ParentId: 'x' })).toBe('InvalidInputException');
    expect(error('ListOrganizationalUnitsForParent', { ParentId: noUnit })).toBe('ParentNotFoundException');
    expect(error('ListParents', { ChildId: noUnit })).toBe('ChildNotFoundException');
    expect(error('ListChildren', { ParentId: noUnit, ChildType: 'ACCOUNT' })).toBe('ParentNotFoundException');
    expect(error('ListChildren', { ParentId: noUnit, ChildType: 'x' })).toBe('InvalidInputException');
    expect(error('DescribeAccount', { AccountId: STRANGER })).toBe('AccountNotFoundException');
    expect(error('RemoveAccountFromOrganization', { AccountId: STRANGER })).toBe('AccountNotFoundException');
    expect(error('RemoveAccountFromOrganization', { AccountId: ACCOUNT })).toBe(
      'ConstraintViolationException',
    );
    for (const operation of [
      'DescribeOrganizationalUnit',
      'UpdateOrganizationalUnit',
      'DeleteOrganizationalUnit',
    ]) {
      const name = operation.startsWith('Update') ? { Name: 'x' } : {};
      expect(error(operation, { OrganizationalUnitId: noUnit, ...name })).toBe(
        'OrganizationalUnitNotFoundException',
      );
    }
    const move = { AccountId: DEV, SourceParentId: unit(on, 'Dev'), DestinationParentId: unit(on, 'Prod') };
    expect(error('MoveAccount', { ...move, AccountId: STRANGER })).toBe('AccountNotFoundException');
    expect(error('MoveAccount', { ...move, SourceParentId: noUnit })).toBe('SourceParentNotFoundException');
    expect(error('MoveAccount', { ...move, DestinationParentId: noUnit })).toBe(
      'DestinationParentNotFoundException',
    );
    expect(error('MoveAccount', { ...move, DestinationParentId: unit(on, 'Dev') })).toBe(
      'DuplicateAccountException',
    );
    expect(error('DescribeCreateAccountStatus', { CreateAccountRequestId: 'car-x' })).toBe(
      'CreateAccountStatusNotFoundException',
    );
    expect(error('AcceptHandshake', { HandshakeId: 'h-x' })).toBe('HandshakeNotFoundException');
  });

  it('grows by OUs and accounts, which begin with FullAWSAccess', () => {
    const on = stage();
    const { rootId } = organizationOf(on);
    on.do('admin', 'organizations:CreateOrganizationalUnit', { ParentId: rootId, Name: 'Sandbox' });
    const sandbox = unit(on, 'Sandbox');
    expect(
      on.error('admin', 'organizations:CreateOrganizationalUnit', { ParentId: rootId, Name: 'Sandbox' }),
    ).toMatch(/^failed: DuplicateOrganizationalUnitException/);
    on.do('admin', 'organizations:UpdateOrganizationalUnit', {
      OrganizationalUnitId: sandbox,
      Name: 'Playground',
    });
    expect(
      on.error('admin', 'organizations:UpdateOrganizationalUnit', {
        OrganizationalUnitId: sandbox,
        Name: 'Workloads',
      }),
    ).toMatch(/^failed: DuplicateOrganizationalUnitException/);
    const made = on.do('admin', 'organizations:CreateAccount', {
      Email: 'new@example.com',
      AccountName: 'new',
    });
    expect(made).toMatchObject({ CreateAccountStatus: { State: 'IN_PROGRESS', AccountName: 'new' } });
    const { CreateAccountStatuses } = on.do('admin', 'organizations:ListCreateAccountStatus') as {
      CreateAccountStatuses: { Id: string; AccountId: string }[];
    };
    const [status] = CreateAccountStatuses;
    expect(
      on.do('admin', 'organizations:DescribeCreateAccountStatus', { CreateAccountRequestId: status?.Id }),
    ).toEqual({ CreateAccountStatus: { ...status, State: 'SUCCEEDED' } });
    const account = status?.AccountId ?? '';
    on.do('admin', 'organizations:CreateAccount', { Email: 'new@example.com', AccountName: 'again' });
    expect(on.do('admin', 'organizations:ListCreateAccountStatus')).toMatchObject({
      CreateAccountStatuses: [
        { State: 'SUCCEEDED' },
        { State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' },
      ],
    });
    expect(on.world.accounts[account]?.roles).toHaveProperty('OrganizationAccountAccessRole');
    on.do('admin', 'organizations:MoveAccount', {
      AccountId: account,
      SourceParentId: rootId,
      DestinationParentId: sandbox,
    });
    for (const TargetId of [sandbox, account]) {
      expect(
        on.do('admin', 'organizations:ListPoliciesForTarget', {
          TargetId,
          Filter: 'SERVICE_CONTROL_POLICY',
        }),
      ).toMatchObject({ Policies: [{ Id: 'p-FullAWSAccess', AwsManaged: true }] });
    }
    expect(
      on.error('admin', 'organizations:DeleteOrganizationalUnit', { OrganizationalUnitId: sandbox }),
    ).toMatch(/^failed: OrganizationalUnitNotEmptyException/);
    on.do('admin', 'organizations:RemoveAccountFromOrganization', { AccountId: account });
    on.do('admin', 'organizations:DeleteOrganizationalUnit', { OrganizationalUnitId: sandbox });
    expect(verdict(on, `root@${account}`, LIST)).toBe('allowed');
  });

  it('has limits', () => {
    const on = stage();
    let parent = unit(on, 'Dev');
    for (const Name of ['3', '4', '5']) {
      on.do('admin', 'organizations:CreateOrganizationalUnit', { ParentId: parent, Name });
      parent = unit(on, Name);
    }
    expect(
      on.error('admin', 'organizations:CreateOrganizationalUnit', { ParentId: parent, Name: '6' }),
    ).toMatch(/^failed: ConstraintViolationException: You attempted to create an OU tree/);
    for (const index of [4, 5, 6, 7, 8, 9, 10]) {
      on.do('admin', 'organizations:CreateAccount', {
        Email: `a${index}@example.com`,
        AccountName: `a${index}`,
      });
    }
    const input = { Email: 'a11@example.com', AccountName: 'a11' };
    expect(on.error('admin', 'organizations:CreateAccount', input)).toBe(
      'failed: ConstraintViolationException: You have exceeded the allowed number of AWS accounts.',
    );
    expect(on.error('admin', 'organizations:CreateAccount', { ...input, Email: 'x' })).toMatch(
      /^failed: InvalidInputException/,
    );
    for (let more = 0; more < 9; more += 1) {
      attached(on, DENY_S3, [DEV]);
    }
    const id = attached(on, DENY_S3, []);
    expect(on.error('admin', 'organizations:AttachPolicy', { PolicyId: id, TargetId: DEV })).toMatch(
      /^failed: ConstraintViolationException: You have attached the maximum number of policies/,
    );
    const Content = JSON.stringify(policy(allow('x'.repeat(10_240))));
    expect(on.error('admin', 'organizations:UpdatePolicy', { PolicyId: id, Content })).toMatch(
      /^failed: ConstraintViolationException/,
    );
  });
});
