import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, EC2, HOUR, MINUTE, policy, Stage, trust } from '../stage.ts';

const WEB = 'i-00000000000000001';
const IMAGE = { ImageId: 'ami-00000001' };

function stage(statements: readonly Record<string, unknown>[] = []) {
  return new Stage({
    users: {
      admin: { policies: ['AdministratorAccess'] },
      joanne: {
        inline: statements.length === 0 ? {} : { p: policy(...statements) },
        tags: { team: 'red' },
      },
    },
    roles: { Web: { trust: trust(EC2), policies: ['AmazonS3ReadOnlyAccess'] } },
    instanceProfiles: { web: 'Web' },
    vpcs: { main: { subnets: ['private'] } },
    instances: { 'web-1': { id: WEB, tags: { team: 'red' } } },
  });
}

describe('stopping and starting', () => {
  const ids = { InstanceIds: [WEB] };

  function withRole() {
    const at = stage([{ ...allow('ec2:StopInstances', `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/${WEB}`) }]);
    const profile = { InstanceId: WEB, IamInstanceProfile: { Name: 'web' } };
    at.do('admin', 'ec2:AssociateIamInstanceProfile', profile);
    return at;
  }

  it('leaves keys that were given good elsewhere, and serves others afterwards', () => {
    const at = withRole();
    const { credentials } = at.instance;
    const key = credentials.state === 'served' ? credentials.key : '';
    const stolen = at.actor(key);
    expect(at.do('joanne', 'ec2:StopInstances', ids)).toEqual({
      StoppingInstances: [
        {
          CurrentState: { Code: 64, Name: 'stopping' },
          InstanceId: WEB,
          PreviousState: { Code: 16, Name: 'running' },
        },
      ],
    });
    expect(at.do('admin', 'ec2:DescribeInstances')).toMatchObject({
      Reservations: [{ Instances: [{ State: { Name: 'stopped' } }] }],
    });
    const stopped = [{ Name: 'instance-state-name', Values: ['stopped'] }];
    expect(at.do('admin', 'ec2:DescribeInstances', { Filters: stopped })).toMatchObject({
      Reservations: [{}],
    });
    expect(at.instance.credentials).toEqual({ state: 'none', reason: 'InstanceStopped' });
    expect(at.error('web-1', 's3:ListBuckets')).toBe('not-sent: web-1 is stopped: nothing runs on it.');
    expect(at.ask(stolen, 's3:ListBuckets').kind).toBe('done');
    expect(at.do('admin', 'ec2:StopInstances', ids)).toMatchObject({
      StoppingInstances: [{ CurrentState: { Name: 'stopped' }, PreviousState: { Name: 'stopped' } }],
    });
    expect(at.error('admin', 'ec2:RebootInstances', ids)).toMatch(/^failed: IncorrectState/);
    expect(at.do('admin', 'ec2:StartInstances', ids)).toMatchObject({
      StartingInstances: [{ CurrentState: { Name: 'pending' }, PreviousState: { Name: 'stopped' } }],
    });
    expect(at.ask('web-1', 's3:ListBuckets').kind).toBe('done');
    expect(at.instance).not.toHaveProperty('state');
    expect(at.instance.credentials).not.toEqual(credentials);
    expect(at.do('admin', 'ec2:RebootInstances', ids)).toBeNull();
  });

  it('takes permission on the instance', () => {
    const at = withRole();
    for (const action of ['StartInstances', 'RebootInstances']) {
      expect(at.error('joanne', `ec2:${action}`, ids)).toMatch(/^denied: UnauthorizedOperation/);
      expect(at.error('admin', `ec2:${action}`, { InstanceIds: ['web'] })).toMatch(/Malformed/);
    }
    expect(at.error('admin', 'ec2:StopInstances', { InstanceIds: ['i-0123456789abcdef0'] })).toMatch(
      /InvalidInstanceID.NotFound/,
    );
  });
});

describe('tags', () => {
  it('of instances decide who may touch them', () => {
    const own = { StringEquals: { 'ec2:ResourceTag/team': '$' + '{aws:PrincipalTag/team}' } };
    const at = stage([{ ...allow('ec2:TerminateInstances'), Condition: own }, allow('ec2:CreateTags')]);
    const terminate = () => at.ask('joanne', 'ec2:TerminateInstances', { InstanceIds: [WEB] }).kind;
    at.do('admin', 'ec2:CreateTags', { Resources: [WEB], Tags: [{ Key: 'team', Value: 'blue' }] });
    expect(terminate()).toBe('denied');
    at.do('joanne', 'ec2:CreateTags', { Resources: [WEB], Tags: [{ Key: 'team', Value: 'red' }] });
    expect(terminate()).toBe('done');
  });

  it('are set, listed and taken off', () => {
    const at = stage();
    at.do('admin', 'ec2:CreateTags', {
      Resources: [WEB],
      Tags: [
        { Key: 'Name', Value: 'shop' },
        { Key: 'stage', Value: 'prod' },
      ],
    });
    const list = (...Filters: object[]) =>
      (at.do('admin', 'ec2:DescribeTags', { Filters }) as { Tags: object[] }).Tags;
    expect(list({ Name: 'resource-id', Values: [WEB] }, { Name: 'key', Values: ['stage', 'Name'] })).toEqual([
      { Key: 'Name', ResourceId: WEB, ResourceType: 'instance', Value: 'shop' },
      { Key: 'stage', ResourceId: WEB, ResourceType: 'instance', Value: 'prod' },
    ]);
    expect(list({ Name: 'resource-type', Values: ['vpc'] })).toMatchObject([{ Key: 'Name', Value: 'main' }]);
    expect(list({ Name: 'value', Values: ['private'] })).toMatchObject([{ ResourceType: 'subnet' }]);
    expect(at.actor('shop')).toMatchObject({ kind: 'instance', instance: WEB });
    at.do('admin', 'ec2:DeleteTags', {
      Resources: [WEB],
      Tags: [{ Key: 'stage', Value: 'test' }, { Key: 'team' }],
    });
    expect(list({ Name: 'resource-id', Values: [WEB] })).toHaveLength(2);
    at.do('admin', 'ec2:DeleteTags', { Resources: [WEB] });
    expect(at.instance).toMatchObject({ name: WEB, tags: {} });
    for (const id of [...Object.keys(at.account.vpcs), ...Object.keys(at.account.subnets)]) {
      at.do('admin', 'ec2:CreateTags', { Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] });
    }
    expect(list({ Name: 'key', Values: ['a'] })).toHaveLength(2);
  });

  it('are refused as EC2 refuses them', () => {
    const at = stage();
    const tag = (id: string, Key = 'a') =>
      at.error('admin', 'ec2:CreateTags', { Resources: [id], Tags: [{ Key, Value: '' }] });
    expect(tag('i-00000000000000009')).toBe(
      "failed: InvalidInstanceID.NotFound: The instance ID 'i-00000000000000009' does not exist",
    );
    expect(tag('vpce-00000000000000009')).toMatch(/^failed: InvalidVpcEndpointId.NotFound/);
    expect(tag('web-1')).toBe("failed: InvalidID: The ID 'web-1' is not valid");
    expect(tag(WEB, 'aws:x')).toMatch(/^failed: InvalidParameterValue/);
    expect(at.error('admin', 'ec2:DeleteTags', { Resources: ['web-1'] })).toMatch(/^failed: InvalidID/);
    expect(at.error('admin', 'ec2:DescribeTags', { Filters: [{ Name: 'colour' }] })).toBe(
      "failed: InvalidParameterValue: The filter 'colour' is invalid",
    );
  });
});

describe('a list of instances', () => {
  it('can be filtered by tags, ids, profile and place', () => {
    const at = stage();
    const [SubnetId = ''] = Object.keys(at.account.subnets);
    at.do('admin', 'ec2:RunInstances', { ...IMAGE, SubnetId, IamInstanceProfile: { Name: 'web' } });
    const count = (...Filters: readonly { Name: string; Values: readonly string[] }[]) =>
      (at.do('admin', 'ec2:DescribeInstances', { Filters }) as { Reservations: object[] }).Reservations
        .length;
    const by = (Name: string, ...Values: readonly string[]) => ({ Name, Values });
    expect(count()).toBe(2);
    expect(count(by('tag:Name', 'web-*'))).toBe(1);
    expect(count(by('tag:Name', 'web-?', 'none'), by('tag:team', 'blue'))).toBe(0);
    expect(count(by('tag-key', 'team'))).toBe(1);
    expect(count(by('instance-id', WEB))).toBe(1);
    expect(count(by('instance-state-name', 'running'))).toBe(2);
    expect(count(by('subnet-id', SubnetId))).toBe(1);
    expect(count(by('vpc-id', 'vpc-*'))).toBe(1);
    expect(count(by('private-ip-address', '10.0.1.*'))).toBe(1);
    expect(count(by('iam-instance-profile.arn', '*instance-profile/web'))).toBe(1);
    expect(count(by('iam-instance-profile.name', 'web'))).toBe(1);
    expect(count(by('instance-type', 't3.*'))).toBe(2);
    expect(count(by('image-id', IMAGE.ImageId))).toBe(1);
    expect(count(by('instance-state-code', '16'))).toBe(2);
    expect(count(by('availability-zone', 'us-east-1a'))).toBe(2);
    expect(count(by('launch-time', '2026-03-02T*'))).toBe(2);
    expect(count(by('metadata-options.http-tokens', 'optional'))).toBe(0);
    expect(count(by('metadata-options.http-put-response-hop-limit', '2'))).toBe(2);
    expect(at.ask('admin', 'ec2:DescribeInstances', { Filters: [by('key-name', 'x')] }).kind).toBe(
      'unsupported',
    );
  });

  it('says what each is, where it stands and since when it runs', () => {
    const at = stage();
    const [SubnetId = ''] = Object.keys(at.account.subnets);
    at.wait(HOUR);
    const launched = at.do('admin', 'ec2:RunInstances', {
      ...IMAGE,
      SubnetId,
      Count: 2,
      InstanceType: 'm7g.large',
    });
    expect(launched).toMatchObject({ Instances: [{ State: { Code: 0, Name: 'pending' } }, {}] });
    const { ReservationId } = launched as { ReservationId: string };
    const shown = at.do('admin', 'ec2:DescribeInstances');
    expect(shown).toMatchObject({
      Reservations: [
        {
          OwnerId: ACCOUNT,
          Instances: [
            {
              InstanceId: WEB,
              InstanceType: 't3.micro',
              LaunchTime: '2026-03-02T09:00:00+00:00',
              Placement: { AvailabilityZone: 'us-east-1a' },
            },
          ],
        },
        {
          ReservationId,
          Instances: [
            {
              ...IMAGE,
              InstanceType: 'm7g.large',
              LaunchTime: '2026-03-02T10:00:00+00:00',
              PrivateDnsName: expect.stringMatching(/^ip-10-0-1-\d+\.ec2\.internal$/),
              SubnetId,
              State: { Code: 16, Name: 'running' },
            },
            {},
          ],
        },
      ],
    });
    at.do('admin', 'ec2:StopInstances', { InstanceIds: [WEB] });
    at.wait(HOUR);
    at.do('admin', 'ec2:StartInstances', { InstanceIds: [WEB] });
    expect(at.do('admin', 'ec2:DescribeInstances', { InstanceIds: [WEB] })).toMatchObject({
      Reservations: [{ Instances: [{ LaunchTime: '2026-03-02T11:00:00+00:00' }] }],
    });
  });

  it('can be asked for by type when an instance is stopped', () => {
    const small = { StringEquals: { 'ec2:InstanceType': 't3.micro' } };
    const at = stage([{ ...allow('ec2:StopInstances'), Condition: small }]);
    expect(at.ask('joanne', 'ec2:StopInstances', { InstanceIds: [WEB] }).kind).toBe('done');
  });
});

describe('launching', () => {
  const tags = (team: string) => ({
    TagSpecifications: [
      {
        ResourceType: 'instance',
        Tags: [
          { Key: 'Name', Value: 'new' },
          { Key: 'team', Value: team },
        ],
      },
    ],
  });

  it('takes permission for each thing an instance is made with, and to pass its role', () => {
    const at = stage([allow('ec2:RunInstances')]);
    expect(at.ask('joanne', 'ec2:RunInstances', IMAGE).kind).toBe('done');
    expect(
      at.ask('joanne', 'ec2:RunInstances', { ...IMAGE, IamInstanceProfile: { Name: 'web' } }),
    ).toMatchObject({
      kind: 'denied',
      error: { message: expect.stringContaining('iam:PassRole') },
    });
    const only = stage([allow('ec2:RunInstances', `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/*`)]);
    expect(only.error('joanne', 'ec2:RunInstances', IMAGE)).toMatch(
      /on resource: arn:aws:ec2:us-east-1::image\/ami-00000001/,
    );
    const passing = stage([allow(['ec2:RunInstances', 'iam:PassRole', 'ec2:CreateTags'])]);
    passing.do('joanne', 'ec2:RunInstances', {
      ...IMAGE,
      IamInstanceProfile: { Name: 'web' },
      ...tags('red'),
    });
    expect(passing.ask('new', 's3:ListBuckets').kind).toBe('done');
  });

  it('with tags can be demanded, and tagging at another time left out', () => {
    const at = stage([
      {
        ...allow('ec2:RunInstances', `arn:aws:ec2:*:*:instance/*`),
        Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } },
      },
      allow(
        'ec2:RunInstances',
        ['image', 'network-interface', 'security-group', 'subnet', 'volume'].map(
          (kind) => `arn:aws:ec2:*:*:${kind}/*`,
        ),
      ),
      { ...allow('ec2:CreateTags'), Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } } },
    ]);
    expect(at.ask('joanne', 'ec2:RunInstances', IMAGE).kind).toBe('denied');
    expect(at.ask('joanne', 'ec2:RunInstances', { ...IMAGE, ...tags('blue') }).kind).toBe('denied');
    expect(at.ask('joanne', 'ec2:RunInstances', { ...IMAGE, ...tags('red') }).kind).toBe('done');
    expect(
      at.ask('joanne', 'ec2:CreateTags', { Resources: [WEB], Tags: [{ Key: 'team', Value: 'red' }] }).kind,
    ).toBe('denied');
  });

  it('of several at once, with IMDSv2 demanded of each', () => {
    const instances = `arn:aws:ec2:*:*:instance/*`;
    const at = stage([
      allow('ec2:*'),
      {
        Effect: 'Deny',
        Action: 'ec2:RunInstances',
        Resource: instances,
        Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
      },
    ]);
    const launch = (MetadataOptions?: object) => ({ ...IMAGE, MetadataOptions, Count: 2 });
    expect(at.ask('joanne', 'ec2:RunInstances', launch()).kind).toBe('denied');
    expect(at.ask('joanne', 'ec2:RunInstances', launch({ HttpTokens: 'optional' })).kind).toBe('denied');
    const options = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
    expect(at.do('joanne', 'ec2:RunInstances', launch(options))).toMatchObject({
      Instances: [{ MetadataOptions: options }, { MetadataOptions: options }],
    });
    expect(Object.keys(at.account.instances)).toHaveLength(3);
    expect(at.error('admin', 'ec2:RunInstances', launch({ HttpTokens: 'maybe' }))).toBe(
      'failed: InvalidParameterValue: Value (maybe) for parameter HttpTokens is invalid.',
    );
    expect(at.ask('admin', 'ec2:RunInstances', { ...IMAGE, Count: 21 }).kind).toBe('unsupported');
  });

  it('places an instance in a subnet, and is refused as EC2 refuses it', () => {
    const at = stage();
    const [SubnetId = ''] = Object.keys(at.account.subnets);
    expect(at.do('admin', 'ec2:RunInstances', { ...IMAGE, SubnetId })).toMatchObject({
      Instances: [{ PrivateIpAddress: '10.0.1.10', SubnetId }],
    });
    const run = (rest: object) => at.error('admin', 'ec2:RunInstances', { ...IMAGE, ...rest });
    expect(run({ ImageId: 'linux' })).toMatch(/^failed: InvalidAMIID.Malformed/);
    expect(run({ SubnetId: 'subnet-1' })).toMatch(/^failed: InvalidSubnetID.NotFound/);
    expect(run({ IamInstanceProfile: { Name: 'none' } })).toMatch(/^failed: InvalidParameterValue/);
  });
});

it('terminating leaves the keys that were given out', () => {
  const at = stage([allow(['ec2:*', 'iam:PassRole'])]);
  at.do('admin', 'ec2:RunInstances', { ...IMAGE, IamInstanceProfile: { Name: 'web' } });
  const made = Object.values(at.account.instances).find(({ id }) => id !== WEB);
  const key = made?.credentials.state === 'served' ? made.credentials.key : '';
  const actor = at.actor(made?.name ?? '');
  const thief = at.actor(key);
  at.do('admin', 'ec2:TerminateInstances', { InstanceIds: [made?.id] });
  expect(at.ask(actor, 's3:ListBuckets').kind).toBe('not-sent');
  expect(at.ask(thief, 's3:ListBuckets').kind).toBe('done');
  expect(at.error('admin', 'ec2:TerminateInstances', { InstanceIds: ['web-1'] })).toMatch(
    /^failed: InvalidInstanceID.Malformed/,
  );
});

describe('a terminated instance', () => {
  const ids = { InstanceIds: [WEB] };
  const state = (at: Stage) => {
    const { Reservations } = at.do('admin', 'ec2:DescribeInstances') as { Reservations: unknown[] };
    return Reservations;
  };

  it('can be seen for an hour, and be terminated again all that time', () => {
    const at = stage();
    expect(at.do('admin', 'ec2:TerminateInstances', { InstanceIds: [WEB, WEB] })).toEqual({
      TerminatingInstances: [
        {
          CurrentState: { Code: 32, Name: 'shutting-down' },
          InstanceId: WEB,
          PreviousState: { Code: 16, Name: 'running' },
        },
      ],
    });
    const tags = [
      { Key: 'Name', Value: 'web-1' },
      { Key: 'team', Value: 'red' },
    ];
    const terminated = { Code: 48, Name: 'terminated' };
    const shown = { InstanceId: WEB, State: terminated, Tags: tags };
    expect(state(at)).toMatchObject([{ OwnerId: ACCOUNT, Instances: [shown] }]);
    at.wait(59 * MINUTE);
    expect(at.do('admin', 'ec2:TerminateInstances', ids)).toEqual({
      TerminatingInstances: [{ CurrentState: terminated, InstanceId: WEB, PreviousState: terminated }],
    });
    const byState = { Filters: [{ Name: 'instance-state-name', Values: ['terminated'] }] };
    expect(at.do('admin', 'ec2:DescribeInstances', { ...ids, ...byState })).toMatchObject({
      Reservations: [{ Instances: [shown] }],
    });
    at.wait(MINUTE);
    expect(state(at)).toEqual([]);
    for (const operation of ['TerminateInstances', 'DescribeInstances', 'StartInstances']) {
      expect(at.error('admin', `ec2:${operation}`, ids)).toMatch(/^failed: InvalidInstanceID.NotFound/);
    }
  });

  it('keeps its tags for conditions, and nothing is left to be done with it', () => {
    const own = { StringEquals: { 'ec2:ResourceTag/team': 'red' } };
    const at = stage([{ ...allow('ec2:TerminateInstances'), Condition: own }]);
    at.do('joanne', 'ec2:TerminateInstances', ids);
    expect(at.ask('joanne', 'ec2:TerminateInstances', ids).kind).toBe('done');
    for (const operation of ['StartInstances', 'StopInstances', 'RebootInstances']) {
      expect(at.ask('admin', `ec2:${operation}`, ids).kind).toBe('unsupported');
    }
    const tag = { Resources: [WEB], Tags: [{ Key: 'a', Value: 'b' }] };
    expect(at.ask('admin', 'ec2:CreateTags', tag).kind).toBe('unsupported');
    expect(at.ask('admin', 'ec2:DeleteTags', tag).kind).toBe('unsupported');
    const one = { InstanceId: WEB };
    expect(
      at.ask('admin', 'ec2:ModifyInstanceMetadataOptions', { ...one, HttpTokens: 'required' }).kind,
    ).toBe('unsupported');
    expect(
      at.ask('admin', 'ec2:AssociateIamInstanceProfile', { ...one, IamInstanceProfile: { Name: 'web' } })
        .kind,
    ).toBe('unsupported');
    expect(
      at.error('admin', 'ec2:TerminateInstances', { InstanceIds: [WEB, 'i-0123456789abcdef0'] }),
    ).toMatch(/NotFound/);
  });

  it('is not brought back by being seen: one wrong id, and none is terminated', () => {
    const at = stage();
    expect(
      at.error('admin', 'ec2:TerminateInstances', { InstanceIds: [WEB, 'i-0123456789abcdef0'] }),
    ).toMatch(/NotFound/);
    expect(at.instance.id).toBe(WEB);
    at.do('admin', 'ec2:TerminateInstances', ids);
    at.wait(HOUR);
    expect(at.account.instances).toEqual({});
  });
});
