import { describe, expect, it } from 'vitest';
import { sessionArn } from '../../../src/cloud/arn.ts';
import { authorizationInput } from '../../../src/cloud/authorization.ts';
import { type Actor, buildWorld, callerOf, examine } from '../../../src/cloud/index.ts';
import type { Organization } from '../../../src/cloud/world.ts';
import type { AccountSpec, OrganizationSpec } from '../../../src/cloud/world-spec.ts';
import { authorize } from '../../../src/iam/index.ts';
import { ACCOUNT, allow, COMPANY, HOUR, policy, Stage, spec } from '../stage.ts';

const DEV = '222233334444';
const PROD = '333344445555';
const STRANGER = '999988887777';

const MEMBER: AccountSpec = {
  name: 'dev',
  users: { dora: { policies: ['AdministratorAccess'] } },
  buckets: { 'dev-data': { objects: { key: 'x' } } },
};
const ACCOUNTS: Readonly<Record<string, AccountSpec>> = {
  [DEV]: MEMBER,
  [PROD]: { ...MEMBER, name: 'prod', users: { pam: { policies: ['AdministratorAccess'] } }, buckets: {} },
  [STRANGER]: { name: 'stranger', users: { eve: { policies: ['AdministratorAccess'] } } },
};
const ORGANIZATION: OrganizationSpec = {
  management: ACCOUNT,
  ous: { Workloads: { ous: { Dev: { accounts: [DEV] }, Prod: { accounts: [PROD] } } } },
};

const DENY_S3 = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

function stage(organization: Partial<OrganizationSpec> = {}, account: Partial<AccountSpec> = {}): Stage {
  return new Stage(account, ACCOUNTS, { organization: { ...ORGANIZATION, ...organization } });
}

function organizationOf({ world }: Stage): Organization {
  if (world.organization === null) {
    throw new Error('There is no organization.');
  }
  return world.organization;
}

/** Id of an OU by its name. */
function unit(on: Stage, name: string): string {
  const found = Object.values(organizationOf(on).units).find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`There is no OU ${name}.`);
  }
  return found.id;
}

/** Makes a policy and attaches it to each target. */
function attached(on: Stage, document: object, targets: readonly string[], Type = 'SERVICE_CONTROL_POLICY') {
  const made = on.do('admin', 'organizations:CreatePolicy', {
    Content: JSON.stringify(document),
    Description: 'test',
    Name: `policy ${Object.keys(organizationOf(on).policies).length}`,
    Type,
  });
  const id = idIn(made);
  for (const TargetId of targets) {
    on.do('admin', 'organizations:AttachPolicy', { PolicyId: id, TargetId });
  }
  return id;
}

function idIn(output: unknown): string {
  return /"Id":"(p-\w+)"/.exec(JSON.stringify(output))?.[1] ?? '';
}

/** What decides a request, such as `explicit-deny by service-control at Dev`. */
function verdict(on: Stage, who: string | Actor, operation: string, input: Record<string, unknown> = {}) {
  const actor = typeof who === 'string' ? on.actor(who) : who;
  const examination = examine(on.world, actor, { operation, input });
  if (examination.kind !== 'examined') {
    throw new Error(examination.kind);
  }
  const check = examination.checks.find(({ decision }) => decision.decision !== 'allowed');
  return check ? `${check.decision.decision} by ${check.decision.decidedBy}` : 'allowed';
}

const LIST = 's3:ListBuckets';
const NOT_HERE = "failed: AccessDeniedException: You don't have permissions to access this resource.";

describe('an SCP', () => {
  it('binds everybody in its account, the root user too, and grants nothing', () => {
    const on = stage();
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(verdict(on, `root@${DEV}`, LIST)).toBe('allowed');
    attached(on, DENY_S3, [DEV]);
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
    expect(verdict(on, `root@${DEV}`, LIST)).toBe('explicit-deny by service-control');
    expect(verdict(on, 'pam', LIST)).toBe('allowed');
    expect(on.error(`root@${DEV}`, LIST)).toMatch(
      /^denied: AccessDenied: User: arn:aws:iam::222233334444:root is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy\/o-\w+\/service_control_policy\/p-\w+$/,
    );
  });

  it('does not bind the management account', () => {
    const on = stage();
    attached(on, DENY_S3, [organizationOf(on).rootId]);
    expect(verdict(on, 'admin', LIST)).toBe('allowed');
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
    expect(verdict(on, 'eve', LIST)).toBe('allowed');
  });

  it('has to allow at every level', () => {
    const on = stage();
    const onlyEc2 = attached(on, policy(allow('ec2:*')), [unit(on, 'Workloads')]);
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    on.do('admin', 'organizations:DetachPolicy', {
      PolicyId: 'p-FullAWSAccess',
      TargetId: unit(on, 'Workloads'),
    });
    expect(verdict(on, 'dora', LIST)).toBe('implicit-deny by service-control');
    expect(verdict(on, 'dora', 'ec2:DescribeInstances')).toBe('allowed');
    expect(verdict(on, 'admin', LIST)).toBe('allowed');
    expect(
      on.error('admin', 'organizations:DetachPolicy', { PolicyId: onlyEc2, TargetId: unit(on, 'Workloads') }),
    ).toMatch(/^failed: ConstraintViolationException: You cannot remove the last policy/);
  });

  it('follows an account that moves', () => {
    const on = stage();
    attached(on, DENY_S3, [unit(on, 'Prod')]);
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    on.do('admin', 'organizations:MoveAccount', {
      AccountId: DEV,
      SourceParentId: unit(on, 'Dev'),
      DestinationParentId: unit(on, 'Prod'),
    });
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
  });

  it('does not bind an account that left', () => {
    const on = stage();
    attached(on, DENY_S3, [DEV]);
    on.do('dora', 'organizations:LeaveOrganization');
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(on.error('dora', 'organizations:DescribeOrganization')).toBe(
      'failed: AWSOrganizationsNotInUseException: Your account is not a member of an organization.',
    );
    expect(on.error('admin', 'organizations:LeaveOrganization')).toMatch(
      /^failed: MasterCannotLeaveOrganizationException/,
    );
  });

  it('does not bind service-linked roles', () => {
    const on = stage({ scps: { Deny: { document: DENY_S3, attach: [DEV] } } });
    on.do('dora', 'iam:CreateServiceLinkedRole', { AWSServiceName: 'organizations.amazonaws.com' });
    const actor: Actor = { kind: 'user', account: DEV, user: 'dora' };
    const caller = callerOf(on.world, actor);
    const role = on.world.accounts[DEV]?.roles.AWSServiceRoleForOrganizations;
    if (caller.kind !== 'user' || role === undefined) {
      throw new Error('There is no role.');
    }
    const linked = { ...caller, kind: 'assumed-role', role: role.name, roleArn: role.arn } as const;
    const session = { ...linked, arn: sessionArn(DEV, role.name, 's'), userId: `${role.id}:s` };
    const needed = { action: 's3:ListAllMyBuckets', resource: '*', resourceAccount: DEV };
    const bound = authorize(authorizationInput(on.world, caller, needed));
    const free = authorize(authorizationInput(on.world, session, needed));
    expect(bound).toMatchObject({ decidedBy: 'service-control' });
    expect(free).toMatchObject({ decidedBy: 'identity' });
  });
});

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

describe('an RCP', () => {
  const perimeter = policy({
    Sid: 'OnlyOurs',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  });
  const open = policy({
    Effect: 'Allow',
    Principal: { AWS: [STRANGER, PROD] },
    Action: 's3:*',
    Resource: 'arn:aws:s3:::dev-data/*',
  });
  const GET = { Bucket: 'dev-data', Key: 'key' };

  it('keeps strangers out of the resources of its accounts', () => {
    const on = stage({ enabled: ['scps', 'rcps'] });
    on.do('dora', 's3:PutBucketPolicy', { Bucket: 'dev-data', Policy: JSON.stringify(open) });
    expect(verdict(on, 'eve', 's3:GetObject', GET)).toBe('allowed');
    attached(on, perimeter, [organizationOf(on).rootId], 'RESOURCE_CONTROL_POLICY');
    expect(verdict(on, 'eve', 's3:GetObject', GET)).toBe('explicit-deny by resource-control');
    expect(verdict(on, 'pam', 's3:GetObject', GET)).toBe('allowed');
    expect(verdict(on, 'dora', 's3:GetObject', GET)).toBe('allowed');
  });

  it('does not cover the management account', () => {
    const on = stage({ rcps: { Perimeter: { document: perimeter, attach: ['Root'] } } });
    const all = { ...policy({ ...open.Statement[0], Resource: 'arn:aws:s3:::assets/*' }) };
    on.do('admin', 's3:PutBucketPolicy', { Bucket: 'assets', Policy: JSON.stringify(all) });
    expect(verdict(on, 'eve', 's3:GetObject', { Bucket: 'assets', Key: 'site/index.html' })).toBe('allowed');
  });

  it('can only deny, to everybody', () => {
    const on = stage({ enabled: ['scps', 'rcps'] });
    const refused = (document: object) =>
      on.error('admin', 'organizations:CreatePolicy', {
        Content: JSON.stringify(document),
        Description: 'test',
        Name: 'x',
        Type: 'RESOURCE_CONTROL_POLICY',
      });
    const sentence =
      'failed: MalformedPolicyDocumentException: The provided policy document does not meet the requirements of the specified policy type.';
    expect(refused(open)).toBe(sentence);
    expect(refused(DENY_S3)).toBe(sentence);
  });
});

describe('condition keys of the organization', () => {
  it('name it and the way down to the account', () => {
    const on = stage();
    const examination = examine(on.world, on.actor('dora'), { operation: LIST, input: {} });
    const context = examination.kind === 'examined' ? examination.checks[0]?.input.request.context : {};
    const { id, rootId } = organizationOf(on);
    const path = `${id}/${rootId}/${unit(on, 'Workloads')}/${unit(on, 'Dev')}/`;
    expect(context).toMatchObject({
      'aws:PrincipalOrgID': id,
      'aws:PrincipalOrgPaths': [path],
      'aws:ResourceOrgID': id,
      'aws:ResourceOrgPaths': [path],
    });
    const stranger = examine(on.world, on.actor('eve'), { operation: LIST, input: {} });
    expect(JSON.stringify(stranger)).not.toContain('OrgID');
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

describe('an invitation', () => {
  const Target = { Id: STRANGER, Type: 'ACCOUNT' };

  function invited() {
    const on = stage();
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [HandshakeId] = Object.keys(organizationOf(on).handshakes);
    return { on, input: { HandshakeId } };
  }

  it('is accepted by the account it is for, which then is bound', () => {
    const { on, input } = invited();
    expect(on.do('eve', 'organizations:ListHandshakesForAccount')).toMatchObject({
      Handshakes: [{ Id: input.HandshakeId, State: 'OPEN', Action: 'INVITE' }],
    });
    expect(on.do('admin', 'organizations:DescribeHandshake', input)).toMatchObject({
      Handshake: { Parties: [{ Type: 'ORGANIZATION' }, { Id: STRANGER, Type: 'ACCOUNT' }] },
    });
    expect(on.error('dora', 'organizations:DescribeHandshake', input)).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    expect(on.error('admin', 'organizations:AcceptHandshake', input)).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    attached(on, DENY_S3, [organizationOf(on).rootId]);
    expect(verdict(on, 'eve', LIST)).toBe('allowed');
    on.do('eve', 'organizations:AcceptHandshake', input);
    expect(verdict(on, 'eve', LIST)).toBe('explicit-deny by service-control');
    expect(on.do('admin', 'organizations:DescribeAccount', { AccountId: STRANGER })).toMatchObject({
      Account: { JoinedMethod: 'INVITED' },
    });
    expect(on.error('eve', 'organizations:AcceptHandshake', input)).toMatch(
      /^failed: HandshakeAlreadyInStateException/,
    );
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target })).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
  });

  it('is made once, and can be declined, taken back, or too late', () => {
    const { on, input } = invited();
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target })).toMatch(
      /^failed: DuplicateHandshakeException/,
    );
    expect(on.error('admin', 'organizations:InviteAccountToOrganization', { Target: { Id: 'x' } })).toMatch(
      /^failed: InvalidInputException/,
    );
    on.do('eve', 'organizations:DeclineHandshake', input);
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [, second] = Object.keys(organizationOf(on).handshakes);
    expect(on.error('eve', 'organizations:CancelHandshake', { HandshakeId: second })).toMatch(
      /^failed: HandshakeNotFoundException/,
    );
    on.do('admin', 'organizations:CancelHandshake', { HandshakeId: second });
    on.do('admin', 'organizations:InviteAccountToOrganization', { Target });
    const [, , third] = Object.keys(organizationOf(on).handshakes);
    on.wait(15 * 24 * HOUR);
    expect(on.error('eve', 'organizations:AcceptHandshake', { HandshakeId: third })).toMatch(
      /^failed: InvalidHandshakeTransitionException/,
    );
    expect(on.do('admin', 'organizations:ListHandshakesForOrganization')).toMatchObject({
      Handshakes: [{ State: 'DECLINED' }, { State: 'CANCELED' }, { State: 'EXPIRED' }],
    });
  });
});

describe('tags in the organization', () => {
  it('are put, listed, taken away and asked for by policies', () => {
    const on = stage();
    const dev = unit(on, 'Dev');
    const policyId = attached(on, DENY_S3, []);
    for (const ResourceId of [dev, DEV, policyId, organizationOf(on).rootId]) {
      on.do('admin', 'organizations:TagResource', { ResourceId, Tags: [{ Key: 'team', Value: 'red' }] });
      expect(on.do('admin', 'organizations:ListTagsForResource', { ResourceId })).toEqual({
        Tags: [{ Key: 'team', Value: 'red' }],
      });
    }
    const input = { OrganizationalUnitId: dev };
    const operation = 'organizations:DescribeOrganizationalUnit';
    const examination = examine(on.world, on.actor('admin'), { operation, input });
    expect(examination.kind === 'examined' && examination.checks[0]?.input.request.context).toMatchObject({
      'aws:ResourceTag/team': 'red',
    });
    on.do('admin', 'organizations:UntagResource', { ResourceId: dev, TagKeys: ['team'] });
    expect(on.do('admin', 'organizations:ListTagsForResource', { ResourceId: dev })).toEqual({ Tags: [] });
    for (const [name, more] of [
      ['TagResource', { Tags: [] }],
      ['UntagResource', { TagKeys: [] }],
      ['ListTagsForResource', {}],
    ] as const) {
      expect(on.error('admin', `organizations:${name}`, { ResourceId: STRANGER, ...more })).toMatch(
        /^failed: TargetNotFoundException/,
      );
      expect(on.error('nobody', `organizations:${name}`, { ResourceId: dev, ...more })).toMatch(/^denied/);
    }
    expect(on.error('admin', 'organizations:TagResource', { ResourceId: dev, Tags: [{ Key: '' }] })).toMatch(
      /^failed: InvalidInputException/,
    );
  });
});

describe('policies of the organization', () => {
  it('are made, shown, changed, listed and deleted', () => {
    const on = stage();
    const id = attached(on, DENY_S3, [DEV]);
    expect(on.do('admin', 'organizations:DescribePolicy', { PolicyId: id })).toMatchObject({
      Policy: { PolicySummary: { Id: id, AwsManaged: false }, Content: JSON.stringify(DENY_S3) },
    });
    expect(on.do('admin', 'organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' })).toMatchObject({
      Policies: [{ Name: 'FullAWSAccess' }, { Id: id }],
    });
    expect(on.do('admin', 'organizations:ListTargetsForPolicy', { PolicyId: id })).toMatchObject({
      Targets: [{ TargetId: DEV, Type: 'ACCOUNT', Name: 'dev' }],
    });
    on.do('admin', 'organizations:UpdatePolicy', {
      PolicyId: id,
      Name: 'Renamed',
      Content: JSON.stringify(policy({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' })),
    });
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(verdict(on, 'dora', 'ec2:DescribeInstances')).toBe('explicit-deny by service-control');
    expect(on.error('admin', 'organizations:DeletePolicy', { PolicyId: id })).toMatch(
      /^failed: PolicyInUseException/,
    );
    on.do('admin', 'organizations:DetachPolicy', { PolicyId: id, TargetId: DEV });
    on.do('admin', 'organizations:DeletePolicy', { PolicyId: id });
    expect(on.error('admin', 'organizations:DescribePolicy', { PolicyId: id })).toMatch(
      /^failed: PolicyNotFoundException/,
    );
  });

  it('are refused where they cannot be', () => {
    const on = stage();
    const id = attached(on, DENY_S3, [DEV]);
    const error = (operation: string, input: Record<string, unknown>) =>
      on.error('admin', `organizations:${operation}`, input).split(': ')[1];
    const made = {
      Name: 'policy 0',
      Description: 'test',
      Content: JSON.stringify(DENY_S3),
      Type: 'SERVICE_CONTROL_POLICY',
    };
    expect(error('CreatePolicy', made)).toBe('DuplicatePolicyException');
    expect(error('CreatePolicy', { ...made, Type: 'x' })).toBe('InvalidInputException');
    expect(error('CreatePolicy', { ...made, Content: '{' })).toBe('MalformedPolicyDocumentException');
    expect(error('UpdatePolicy', { PolicyId: id, Name: 'FullAWSAccess' })).toBe('DuplicatePolicyException');
    expect(error('UpdatePolicy', { PolicyId: 'p-FullAWSAccess', Name: 'x' })).toBe('InvalidInputException');
    expect(error('DeletePolicy', { PolicyId: 'p-FullAWSAccess' })).toBe('InvalidInputException');
    expect(error('AttachPolicy', { PolicyId: id, TargetId: DEV })).toBe('DuplicatePolicyAttachmentException');
    expect(error('AttachPolicy', { PolicyId: id, TargetId: STRANGER })).toBe('TargetNotFoundException');
    expect(error('AttachPolicy', { PolicyId: 'p-aaaaaaaa', TargetId: DEV })).toBe('PolicyNotFoundException');
    expect(error('AttachPolicy', { PolicyId: 'Deny', TargetId: DEV })).toBe('InvalidInputException');
    expect(error('DetachPolicy', { PolicyId: id, TargetId: PROD })).toBe('PolicyNotAttachedException');
    expect(error('ListPolicies', { Filter: 'x' })).toBe('InvalidInputException');
    expect(error('ListPoliciesForTarget', { TargetId: STRANGER, Filter: made.Type })).toBe(
      'TargetNotFoundException',
    );
    const rcp = attached(
      on,
      policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
      [],
      'RESOURCE_CONTROL_POLICY',
    );
    expect(error('AttachPolicy', { PolicyId: rcp, TargetId: DEV })).toBe('PolicyTypeNotEnabledException');
  });

  it('come and go with their type', () => {
    const on = stage();
    const { rootId } = organizationOf(on);
    const input = { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' };
    attached(on, DENY_S3, [DEV]);
    const error = (operation: string, wrong: object) =>
      on.error('admin', `organizations:${operation}`, { ...input, ...wrong }).split(': ')[1];
    expect(error('EnablePolicyType', {})).toBe('PolicyTypeAlreadyEnabledException');
    expect(error('EnablePolicyType', { RootId: 'r-zzzz' })).toBe('RootNotFoundException');
    expect(error('DisablePolicyType', { PolicyType: 'x' })).toBe('InvalidInputException');
    on.do('admin', 'organizations:DisablePolicyType', input);
    expect(error('DisablePolicyType', {})).toBe('PolicyTypeNotEnabledException');
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    on.do('admin', 'organizations:EnablePolicyType', input);
    expect(verdict(on, 'dora', LIST)).toBe('allowed');
    expect(
      on.do('admin', 'organizations:ListPoliciesForTarget', { TargetId: DEV, Filter: input.PolicyType }),
    ).toMatchObject({ Policies: [{ Name: 'FullAWSAccess' }] });
    on.do('admin', 'organizations:EnablePolicyType', { ...input, PolicyType: 'RESOURCE_CONTROL_POLICY' });
    expect(
      on.error('admin', 'organizations:DetachPolicy', { PolicyId: 'p-RCPFullAWSAccess', TargetId: DEV }),
    ).toMatch(/^failed: ConstraintViolationException/);
  });

  it('need all features', () => {
    const on = stage({ features: 'consolidated-billing' });
    const { rootId } = organizationOf(on);
    const type = { RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' };
    expect(on.error('admin', 'organizations:EnablePolicyType', type)).toMatch(
      /^failed: PolicyTypeNotAvailableForOrganizationException/,
    );
    expect(on.error('admin', 'organizations:ListPolicies', { Filter: 'SERVICE_CONTROL_POLICY' })).toMatch(
      /^failed: PolicyTypeNotAvailableForOrganizationException/,
    );
    const asked = on.do('admin', 'organizations:EnableAllFeatures');
    expect(asked).toMatchObject({ Handshake: { State: 'REQUESTED', Action: 'ENABLE_ALL_FEATURES' } });
    expect(on.error('admin', 'organizations:EnableAllFeatures')).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
    const [HandshakeId] = Object.keys(organizationOf(on).handshakes);
    expect(on.do('admin', 'organizations:AcceptHandshake', { HandshakeId })).toMatchObject({
      Handshake: { State: 'ACCEPTED' },
    });
    expect(on.error('admin', 'organizations:EnableAllFeatures')).toMatch(
      /^failed: HandshakeConstraintViolationException/,
    );
    on.do('admin', 'organizations:EnablePolicyType', type);
    attached(on, DENY_S3, [DEV]);
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
  });
});

describe('an organization in a scenario', () => {
  function problems(organization: OrganizationSpec): readonly string[] {
    const built = buildWorld(spec(COMPANY, ACCOUNTS, { organization }));
    return 'problems' in built
      ? built.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
      : [];
  }

  it('binds as it is written', () => {
    const on = stage({
      scps: { NoS3: { document: DENY_S3, attach: ['Workloads/Prod', DEV] }, Spare: { document: DENY_S3 } },
    });
    expect(verdict(on, 'dora', LIST)).toBe('explicit-deny by service-control');
    expect(verdict(on, 'pam', LIST)).toBe('explicit-deny by service-control');
    const half = stage({
      scps: { Some: { document: policy(allow('ec2:*')), attach: ['Dev'] } },
      withoutFullAWSAccess: ['Dev'],
    });
    expect(verdict(half, 'dora', LIST)).toBe('implicit-deny by service-control');
    expect(verdict(half, 'pam', LIST)).toBe('allowed');
  });

  it('is told where it is wrong', () => {
    expect(problems({ management: '000000000000' })).toEqual([
      expect.stringMatching(/^organization.management: There is no account 000000000000/),
    ]);
    expect(problems({ management: ACCOUNT, accounts: [ACCOUNT] })).toEqual([
      `organization.accounts.0: The account ${ACCOUNT} is in the organization already. Name each account once.`,
    ]);
    expect(
      problems({
        ...ORGANIZATION,
        scps: { Deny: { document: DENY_S3, attach: ['Worklods'] } },
      }),
    ).toEqual([
      'organization.scps.Deny.attach.0: There is no root, OU or account Worklods. Did you mean Workloads?',
    ]);
    expect(problems({ ...ORGANIZATION, rcps: { Open: { document: policy(allow('s3:*')) } } })).toEqual([
      expect.stringMatching(/^organization.rcps.Open.document: The provided policy document/),
    ]);
    expect(problems({ ...ORGANIZATION, withoutFullAWSAccess: ['Dev'] })).toEqual([
      'organization.withoutFullAWSAccess.0: One SCP has to be attached to Dev. Attach another one to it.',
    ]);
    expect(
      problems({
        ...ORGANIZATION,
        features: 'consolidated-billing',
        scps: { Deny: { document: DENY_S3, attach: ['Root'] } },
      }),
    ).toEqual([
      'organization.scps.Deny.attach.0: Policies of this type are not enabled, so none can be attached.',
    ]);
    const twice = { A: { ous: { Dev: {} } }, B: { ous: { Dev: {} } } };
    expect(
      problems({ management: ACCOUNT, ous: twice, scps: { Deny: { document: DENY_S3, attach: ['Dev'] } } }),
    ).toEqual([
      'organization.scps.Deny.attach.0: There are several OUs Dev. Write the path, such as Workloads/Dev.',
    ]);
  });
});
