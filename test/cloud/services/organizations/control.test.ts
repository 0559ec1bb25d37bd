import { describe, expect, it } from 'vitest';
import { sessionArn } from '../../../../src/cloud/arn.ts';
import { authorizationInput } from '../../../../src/cloud/authorization.ts';
import { type Actor, callerOf, examine } from '../../../../src/cloud/index.ts';
import { authorize } from '../../../../src/iam/index.ts';
import { allow, policy } from '../../stage.ts';
import {
  attached,
  DENY_S3,
  DEV,
  LIST,
  organizationOf,
  PROD,
  STRANGER,
  stage,
  unit,
  verdict,
} from './stage.ts';

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
