import { describe, expect, it } from 'vitest';
import {
  accessMap,
  deriveUniverse,
  diffMaps,
  principalName,
  requestAt,
  updateMap,
  whoCan,
} from '../../../src/cloud/access-map/index.ts';
import { ACCOUNT, allow, COMPANY, EC2, policy, Stage, trust } from '../stage.ts';

const VPCE = 'vpce-00000000000000001';
const VPC = 'vpc-00000000000000001';
const INDEX = { Bucket: 'assets', Key: 'site/index.html' };
const S3 = 'com.amazonaws.us-east-1.s3';
const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 's3:*' };

function stage(endpoint: Record<string, unknown> | null = {}, bucket: Record<string, unknown> = {}) {
  return new Stage({
    users: { admin: { policies: ['AdministratorAccess'] }, nobody: {} },
    roles: { Web: { trust: trust(EC2), inline: { p: policy(allow(['s3:*', 'kms:*', 'sts:*'])) } } },
    instanceProfiles: { web: 'Web' },
    kmsKeys: { vault: {} },
    vpcs: {
      main: {
        id: VPC,
        subnets: ['private', 'public'],
        ...(endpoint === null ? {} : { endpoints: { s3: { id: VPCE, ...endpoint } } }),
      },
    },
    instances: {
      inside: { profile: 'web', subnet: 'private' },
      outside: { profile: 'web' },
    },
    buckets: { assets: { ...COMPANY.buckets?.assets, ...bucket } },
  });
}

describe('a request from a VPC with an endpoint', () => {
  it('passes the endpoint’s policy, and others do not', () => {
    const narrow = policy({ ...EVERYBODY, Resource: 'arn:aws:s3:::other/*' });
    const at = stage({ policy: narrow });
    expect(at.ask('inside', 's3:GetObject', INDEX)).toMatchObject({
      kind: 'denied',
      checks: [{ decidedBy: 'vpc-endpoint' }],
      error: {
        message: expect.stringContaining('because no VPC endpoint policy allows the s3:GetObject action'),
      },
    });
    expect(at.ask('outside', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.ask('admin', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.ask('inside', 'sts:GetCallerIdentity').kind).toBe('done');
    expect(at.ask('inside', 'kms:ListKeys').kind).toBe('done');
  });

  it('takes an account in the policy of a gateway endpoint for its root user', () => {
    const at = stage({ policy: policy({ ...EVERYBODY, Principal: { AWS: ACCOUNT }, Resource: '*' }) });
    expect(at.ask('inside', 's3:GetObject', INDEX)).toMatchObject({
      kind: 'denied',
      checks: [{ decidedBy: 'vpc-endpoint' }],
    });
    expect(at.ask('outside', 's3:GetObject', INDEX).kind).toBe('done');
  });

  it('is in access maps and in who-can as the instance that makes it', () => {
    const at = stage({ policy: policy({ ...EVERYBODY, Resource: 'arn:aws:s3:::other/*' }) });
    const may = () =>
      whoCan(at.world, 's3:GetObject', 'arn:aws:s3:::assets/site/index.html', []).permitted.map(
        ({ principal }) => principalName(principal, false),
      );
    expect(may()).toEqual(['admin', 'role/Web', 'root user']);
    const before = accessMap(at.world, deriveUniverse(at.world));
    const permission = { action: 's3:GetObject', resource: 'arn:aws:s3:::assets/site/index.html' };
    at.do('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId: VPCE, ResetPolicy: true });
    expect(may()).toEqual(['admin', 'role/Web', 'root user', 'instance/inside']);
    const opened = diffMaps(before, updateMap(before, at.world)).opened.map((index) =>
      requestAt(before.universe, index),
    );
    expect(opened.length).toBeGreaterThan(0);
    expect(opened).toContainEqual(
      expect.objectContaining({
        principal: expect.objectContaining({ kind: 'instance', name: 'inside' }),
        permission: expect.objectContaining(permission),
      }),
    );
    expect(updateMap(before, at.world).codes).toEqual(accessMap(at.world, before.universe).codes);
  });

  it('tells the endpoint, the VPC and its private address, and no public one', () => {
    const when = (Condition: unknown) => {
      const open = { ...EVERYBODY, Effect: 'Deny', Resource: 'arn:aws:s3:::assets/*', Condition };
      const at = stage({}, { policy: policy(open) });
      return [at.ask('inside', 's3:GetObject', INDEX).kind, at.ask('outside', 's3:GetObject', INDEX).kind];
    };
    expect(when({ StringNotEquals: { 'aws:SourceVpce': VPCE } })).toEqual(['done', 'denied']);
    expect(when({ StringNotEquals: { 'aws:SourceVpc': VPC } })).toEqual(['done', 'denied']);
    expect(when({ NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } })).toEqual(['done', 'denied']);
    expect(when({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })).toEqual(['denied', 'done']);
    expect(when({ Null: { 'aws:SourceIp': 'true' } })).toEqual(['denied', 'done']);
  });

  it('does not take along what S3 asks of KMS in the caller’s name', () => {
    const fromVpc = { StringEquals: { 'aws:SourceVpc': VPC } };
    const at = stage({}, { kmsKey: 'vault' });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('done');
    at.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Web',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(allow('s3:*'), { ...allow('kms:*'), Condition: fromVpc })),
    });
    expect(at.error('inside', 's3:GetObject', INDEX)).toMatch(/kms:Decrypt/);
    const viaService = { Bool: { 'aws:ViaAWSService': 'true' } };
    at.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Web',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify(policy(allow('s3:*'), { ...allow('kms:*'), Condition: viaService })),
    });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.ask('inside', 'kms:ListKeys').kind).toBe('denied');
  });

  it('can be told from one with the same credentials elsewhere', () => {
    const at = stage();
    const bound = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:Ec2InstanceSourceVpc': '$' + '{aws:SourceVpc}' } },
    };
    at.do('admin', 'iam:PutRolePolicy', {
      RoleName: 'Web',
      PolicyName: 'bound',
      PolicyDocument: JSON.stringify(policy(bound)),
    });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('done');
    const credentials = Object.values(at.account.instances).find(
      ({ name }) => name === 'inside',
    )?.credentials;
    const key = credentials?.state === 'served' ? credentials.key : '';
    expect(at.ask(at.actor(key), 's3:GetObject', INDEX).kind).toBe('denied');
  });
});

describe('an endpoint', () => {
  it('is made, shown, changed and deleted', () => {
    const at = stage(null);
    const made = at.do('admin', 'ec2:CreateVpcEndpoint', {
      VpcId: VPC,
      ServiceName: S3,
      TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'team', Value: 'red' }] }],
    }) as { VpcEndpoint: { VpcEndpointId: string } };
    const { VpcEndpointId } = made.VpcEndpoint;
    expect(made.VpcEndpoint).toMatchObject({
      VpcEndpointType: 'Gateway',
      Tags: [{ Key: 'team', Value: 'red' }],
    });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('done');
    const closed = policy({ ...EVERYBODY, Effect: 'Deny', Resource: '*' });
    at.do('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId, PolicyDocument: JSON.stringify(closed) });
    expect(at.error('inside', 's3:GetObject', INDEX)).toMatch(
      /with an explicit deny in a VPC endpoint policy/,
    );
    at.do('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('denied');
    at.do('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId, ResetPolicy: true });
    expect(at.ask('inside', 's3:GetObject', INDEX).kind).toBe('done');
    expect(at.do('admin', 'ec2:DescribeVpcEndpoints', { VpcEndpointIds: [VpcEndpointId] })).toMatchObject({
      VpcEndpoints: [{ VpcEndpointId, VpcId: VPC, ServiceName: S3 }],
    });
    expect(at.do('admin', 'ec2:DeleteVpcEndpoints', { VpcEndpointIds: [VpcEndpointId, VPCE] })).toMatchObject(
      {
        Unsuccessful: [{ ResourceId: VPCE, Error: { Code: 'InvalidVpcEndpoint.NotFound' } }],
      },
    );
    expect(at.error('admin', 'ec2:DescribeVpcEndpoints', { VpcEndpointIds: [VpcEndpointId] })).toMatch(
      /^failed: InvalidVpcEndpointId.NotFound/,
    );
  });

  it('is refused as EC2 refuses it', () => {
    const at = stage(null);
    const make = (rest: object) =>
      at.error('admin', 'ec2:CreateVpcEndpoint', { VpcId: VPC, ServiceName: S3, ...rest });
    expect(make({ VpcId: 'vpc-00000000000000009' })).toMatch(/^failed: InvalidVpcId.NotFound/);
    expect(make({ ServiceName: 'com.example.s3' })).toMatch(/^failed: InvalidServiceName/);
    expect(make({ ServiceName: 'com.amazonaws.us-east-1.braket' })).toBe('unsupported');
    expect(make({ ServiceName: 'com.amazonaws.us-east-1.sts' })).toMatch(
      /^failed: InvalidParameter: Endpoint type/,
    );
    expect(make({ ServiceName: 'com.amazonaws.us-east-1.sts', VpcEndpointType: 'Interface' })).toBe('done');
    expect(make({ PolicyDocument: '{' })).toMatch(/^failed: InvalidPolicyDocument/);
    expect(make({ PolicyDocument: JSON.stringify(policy(allow('s3:*'))) })).toMatch(
      /^failed: InvalidPolicyDocument/,
    );
    expect(at.error('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId: VPCE })).toMatch(
      /^failed: InvalidVpcEndpointId.NotFound/,
    );
    const present = stage();
    expect(
      present.error('admin', 'ec2:ModifyVpcEndpoint', { VpcEndpointId: VPCE, PolicyDocument: '{' }),
    ).toMatch(/^failed: InvalidPolicyDocument/);
  });

  it('and its surroundings are listed', () => {
    const at = stage();
    expect(at.do('admin', 'ec2:DescribeVpcs')).toMatchObject({
      Vpcs: [{ VpcId: VPC, CidrBlock: '10.0.0.0/16' }],
    });
    expect(at.do('admin', 'ec2:DescribeSubnets')).toMatchObject({
      Subnets: [{ CidrBlock: '10.0.1.0/24', VpcId: VPC }, { CidrBlock: '10.0.2.0/24' }],
    });
    expect(at.do('admin', 'ec2:DescribeInstances')).toMatchObject({
      Reservations: [{ Instances: [{ PrivateIpAddress: '10.0.1.10', VpcId: VPC }] }, {}],
    });
    expect(at.error('admin', 'ec2:DescribeVpcs', { VpcIds: ['vpc-1'] })).toBe(
      "failed: InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
    );
    expect(at.error('admin', 'ec2:DescribeSubnets', { SubnetIds: ['subnet-1'] })).toBe(
      "failed: InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist",
    );
  });

  it.each([
    ['CreateVpcEndpoint', { VpcId: VPC, ServiceName: S3 }],
    ['DescribeVpcEndpoints', {}],
    ['ModifyVpcEndpoint', { VpcEndpointId: VPCE }],
    ['DeleteVpcEndpoints', { VpcEndpointIds: [VPCE] }],
    ['DescribeVpcs', {}],
    ['DescribeSubnets', {}],
    ['DescribeTags', {}],
    ['CreateTags', { Resources: [VPC], Tags: [] }],
    ['DeleteTags', { Resources: [VPC] }],
    ['RunInstances', { ImageId: 'ami-00000001' }],
    ['TerminateInstances', { InstanceIds: [] }],
  ])('is not for everybody: %s', (operation, input) => {
    expect(stage().error('nobody', `ec2:${operation}`, input)).toMatch(
      new RegExp(
        `^denied: UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:iam::${ACCOUNT}`,
      ),
    );
  });
});
