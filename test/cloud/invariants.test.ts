import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/cloud/index.ts';
import { LIMITS } from '../../src/cloud/limits.ts';
import { policyDocument } from '../../src/cloud/managed-policies.ts';
import type { Member, Nested, Operation } from '../../src/cloud/operation.ts';
import type { Account, HasPolicies, World } from '../../src/cloud/world.ts';
import type { AccountSpec } from '../../src/cloud/world-spec.ts';
import { credentialFaults } from './credential-faults.ts';
import { identityCenterFaults } from './identity-center-faults.ts';
import { organizationFaults } from './organization-faults.ts';
import { resourceFaults } from './resource-faults.ts';
import { ACCOUNT, allow, EC2, HOUR, policy, Stage, trust } from './stage.ts';

const DOCUMENTS = [
  policy(allow('s3:GetObject')),
  policy({ Effect: 'Deny', Action: '*', Resource: '*' }),
  trust(EC2),
  trust('lambda.amazonaws.com'),
].map((document) => JSON.stringify(document));

/** Few names, so that requests meet what others made; some that no service would take. */
const NAMES = ['bob', 'Web', 'web', 'devs', 'Read', 'assets', 'constructor', 'a*', 'not a name', ''];
const ARNS = [`arn:aws:iam::${ACCOUNT}:policy/Read`, 'arn:aws:iam::aws:policy/AWSDenyAll', 'Read'];

const MEMBER = '222233334444';
const DENY_S3 = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const KEY_ID = '11111111-2222-3333-4444-555555555555';
const VPC_ID = 'vpc-00000000000000001';
const POLICY_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'x'];

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ...idsOfOrganization(),
  ...idsOfIdentityCenter(),
  ...namesOfResources(),
  StartTime: ['2026-03-02T09:00:00Z', '2026-03-03'],
  S3BucketName: ['assets', 'none'],
  PolicyArn: ARNS,
  PermissionsBoundary: ARNS,
  VersionId: ['v1', 'v2', 'v3'],
  Status: ['Active', 'Inactive'],
  InstanceId: ['i-00000000000000001', 'i-00000000000000009', 'web-1'],
  Path: ['/', '/team/', 'team'],
  PathPrefix: ['/', '/team/'],
  Scope: ['All', 'Local', 'Mine'],
  Delimiter: ['/', ''],
};

/** Ids of the organization: the same in every world of the same seed. */
function idsOfOrganization(): Readonly<Record<string, readonly string[]>> {
  const { organization } = newStage().world;
  const parents = [organization?.rootId ?? '', ...Object.keys(organization?.units ?? {}), 'ou-none-none'];
  const policies = ['p-FullAWSAccess', 'p-RCPFullAWSAccess', ...Object.keys(organization?.policies ?? {})];
  return {
    RootId: parents,
    ParentId: parents,
    SourceParentId: parents,
    DestinationParentId: parents,
    OrganizationalUnitId: parents,
    ChildId: [MEMBER, ...parents],
    TargetId: [ACCOUNT, MEMBER, ...parents],
    AccountId: [ACCOUNT, MEMBER, '999999999999'],
    PolicyId: policies,
    Filter: POLICY_TYPES,
    PolicyType: POLICY_TYPES,
    Type: POLICY_TYPES,
    ChildType: ['ACCOUNT', 'ORGANIZATIONAL_UNIT'],
    Email: ['new@example.com', 'x'],
  };
}

/** Ids of Identity Center: the same in every world of the same seed. */
function idsOfIdentityCenter(): Readonly<Record<string, readonly string[]>> {
  const center = newStage().world.identityCenter;
  const people = Object.keys(center?.people ?? {});
  const teams = Object.keys(center?.teams ?? {});
  return {
    InstanceArn: [center?.arn ?? '', 'arn:aws:sso:::instance/none'],
    IdentityStoreId: [center?.store ?? '', 'd-0000000000'],
    PermissionSetArn: [...Object.keys(center?.permissionSets ?? {}), 'arn:aws:sso:::permissionSet/a/b'],
    ManagedPolicyArn: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess', 'arn:aws:iam::aws:policy/None'],
    PrincipalId: [...people, ...teams, 'x'],
    PrincipalType: ['USER', 'GROUP'],
    TargetType: ['AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS'],
    UserId: [...people, 'x'],
    GroupId: [...teams, 'x'],
    MembershipId: [...Object.keys(center?.memberships ?? {}), 'x'],
    SessionDuration: ['PT2H', 'PT20H'],
  };
}

/** Keys, queues, topics and networks: what there is, and what there is not. */
function namesOfResources(): Readonly<Record<string, readonly string[]>> {
  const queue = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/`;
  const { topics, subnets, vpcEndpoints } = newStage().account;
  return {
    KeyId: [KEY_ID, 'alias/Read', 'none'],
    TargetKeyId: [KEY_ID, 'none'],
    AliasName: ['alias/Read', 'alias/new', 'new'],
    KmsKeyId: [KEY_ID, 'alias/Read', 'none'],
    SSEKMSKeyId: [KEY_ID, 'none'],
    ServerSideEncryption: ['AES256', 'aws:kms', 'x'],
    CopySource: ['assets/site/index.html', 'assets/bob', 'assets'],
    KeySpec: ['AES_256', 'x'],
    QueueUrl: [`${queue}web`, `${queue}bob`, 'web'],
    ReceiptHandle: ['AQEBx', 'x'],
    TopicArn: [`arn:aws:sns:us-east-1:${ACCOUNT}:web`, 'web'],
    SubscriptionArn: [...Object.keys(topics.web?.subscriptions ?? {}), 'x'],
    NotificationEndpoint: [`arn:aws:sqs:us-east-1:${ACCOUNT}:bob`, 'x'],
    Protocol: ['sqs', 'email'],
    Role: [`arn:aws:iam::${ACCOUNT}:role/Job`, `arn:aws:iam::${ACCOUNT}:role/Web`, 'Job'],
    ImageId: ['ami-00000001', 'x'],
    VpcId: [VPC_ID, 'vpc-0'],
    SubnetId: [...Object.keys(subnets), 'subnet-0'],
    VpcEndpointId: [...Object.keys(vpcEndpoints), 'vpce-0'],
    ServiceName: ['com.amazonaws.us-east-1.s3', 'com.amazonaws.us-east-1.sts', 'x'],
    VpcEndpointType: ['Gateway', 'Interface', 'x'],
  };
}

/**
 * What AWS answers with no permission checked: a session of one's own, for anybody whose credentials are good, and a
 * ciphertext in which no key is named. Sources: STS API Reference, API_GetSessionToken.html; KMS API Reference,
 * API_Decrypt.html.
 */
const NOTHING_TO_CHECK = ['sts:GetSessionToken done', 'kms:Decrypt failed InvalidCiphertextException'];

type Step = { who: string; operation: string; input: Record<string, unknown> } | { wait: number };

/** Any value of a nested shape, with the same few texts. */
function nested(shape: Nested): fc.Arbitrary<unknown> {
  if (typeof shape === 'string') {
    return shape === 'boolean' ? fc.boolean() : fc.constantFrom(...NAMES);
  }
  if (shape.list !== undefined) {
    return fc.array(nested(shape.list), { maxLength: 2 });
  }
  if (shape.map !== undefined) {
    return fc.dictionary(fc.constantFrom('team', 'stage'), nested(shape.map), { maxKeys: 2 });
  }
  const members = Object.entries(shape.structure).map(([key, each]) => [key, nested(each)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [] });
}

const VALUES: Readonly<Record<Exclude<Member['type'], 'nested'>, (name: string) => fc.Arbitrary<unknown>>> = {
  string: (name) => fc.constantFrom(...(TEXTS[name] ?? NAMES)),
  body: () => fc.string({ maxLength: 5 }),
  document: () => fc.constantFrom(...DOCUMENTS, '{', '[]', '{}'),
  blob: () => fc.constantFrom('aGVsbG8=', 'aWFtOkxpc3RVc2Vycwo=', ''),
  integer: () => fc.constantFrom(3600, 60),
  boolean: () => fc.boolean(),
  strings: () => fc.constantFrom([], ['i-00000000000000001'], ['x']),
  structure: () => fc.constantFrom({ Name: 'web' }, { Name: 'none' }, { Arn: 'x' }),
  structures: () => fc.constantFrom([], [{ Key: 'team', Value: 'red' }], [{ Key: '' }]),
};

function member(name: string, shape: Member): fc.Arbitrary<unknown> {
  const { required } = shape;
  const value = shape.type === 'nested' ? nested(shape.of) : VALUES[shape.type](name);
  return required ? value : fc.option(value, { nil: undefined });
}

/** A request for one of these operations, by somebody. */
function requestFor(choice: readonly Operation[]): fc.Arbitrary<Step> {
  return fc.constantFrom(...choice).chain(({ id, input }) =>
    fc.record({
      who: fc.constantFrom('admin', 'admin', 'admin', 'nobody', 'web-1', 'web-1/worker'),
      operation: fc.constant(id),
      input: fc.record(
        Object.fromEntries(Object.entries(input).map(([name, each]) => [name, member(name, each)])),
      ),
    }),
  );
}

function stepsOf(requests: fc.Arbitrary<Step>): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.oneof({ weight: 20, arbitrary: requests }, { weight: 1, arbitrary: fc.constant({ wait: 3 * HOUR }) }),
    { minLength: 20, maxLength: 50 },
  );
}

const steps = stepsOf(requestFor([...operations.values()]));

/** The services by the names before the colons of their operations. */
const SERVICES = [...new Set([...operations.keys()].map((id) => id.slice(0, id.indexOf(':'))))];

/** An account with a bit of everything, which manages an organization. */
function newStage(): Stage {
  const account = {
    users: { admin: { policies: ['AdministratorAccess'] }, nobody: {}, bob: { groups: ['devs'] } },
    groups: { devs: { policies: ['Read'] } },
    policies: { Read: { document: policy(allow('s3:GetObject')) } },
    roles: { Web: { trust: trust(EC2) }, Job: { trust: trust('lambda.amazonaws.com') } },
    instanceProfiles: { web: 'Web' },
    kmsKeys: { Read: { id: KEY_ID } },
    queues: { web: {} },
    topics: { web: { queues: ['web'] } },
    secrets: { web: { text: 'x', kmsKey: 'Read' } },
    functions: { web: { role: 'Job', code: 's3:ListBuckets {}' } },
    vpcs: { main: { id: VPC_ID, subnets: ['devs'], endpoints: { s3: {} } } },
    instances: {
      'web-1': {
        id: 'i-00000000000000001',
        profile: 'web',
        subnet: 'devs',
        processes: { worker: 'copies' },
      },
    },
  } satisfies Partial<AccountSpec>;
  const organization = {
    management: ACCOUNT,
    ous: { Work: { accounts: [MEMBER], ous: { Dev: {} } } },
    scps: { NoS3: { document: DENY_S3, attach: ['Work'] } },
    rcps: { OnlyOurs: { document: { ...policy({ ...DENY_S3.Statement[0], Principal: '*' }) } } },
  };
  const identityCenter = {
    groups: { devs: {} },
    users: { bob: { groups: ['devs'] } },
    permissionSets: { Read: { policies: ['IAMReadOnlyAccess'] } },
    assignments: [{ account: MEMBER, permissionSet: 'Read', group: 'devs' }],
  };
  return new Stage(account, { [MEMBER]: { name: 'member' } }, { organization, identityCenter });
}

function play(script: readonly Step[]): Stage {
  const stage = newStage();
  const actors = new Map(
    ['admin', 'nobody', 'web-1', 'web-1/worker'].map((name) => [name, stage.actor(name)] as const),
  );
  for (const step of script) {
    if ('wait' in step) {
      stage.wait(step.wait);
    } else {
      const before = stage.world;
      const answer = stage.ask(actors.get(step.who) ?? step.who, step.operation, step.input);
      if (answer.kind === 'unsupported') {
        expect(stage.world, JSON.stringify(step)).toBe(before);
      }
    }
  }
  return stage;
}

/** Everything in a world that points at nothing, or breaks a limit. */
function faults(world: World): readonly string[] {
  const trail = world.trail.filter(({ number }, index) => number !== index + 1);
  return [
    ...Object.values(world.accounts).flatMap((account) => accountFaults(world, account)),
    ...Object.entries(world.bucketOwners).flatMap(([name, owner]) =>
      world.accounts[owner]?.buckets[name] ? [] : [`bucket ${name} is not in ${owner}`],
    ),
    ...Object.entries(world.keyAccounts).flatMap(([key, id]) =>
      world.accounts[id]?.accessKeys[key] || world.accounts[id]?.sessions[key] ? [] : [`${key} is nobody's`],
    ),
    ...organizationFaults(world),
    ...credentialFaults(world),
    ...identityCenterFaults(world),
    ...resourceFaults(world),
    ...trail.map(({ number }) => `event ${number} is out of order`),
  ];
}

function accountFaults(world: World, account: Account): readonly string[] {
  const { users, roles, groups } = account;
  const policyFaults = (holder: HasPolicies & { readonly arn: string }) =>
    holder.attached
      .filter((arn) => policyDocument(world, arn) === undefined)
      .map((arn) => `${holder.arn} has ${arn}, which is not there`);
  return [
    ...[...Object.values(users), ...Object.values(roles), ...Object.values(groups)].flatMap(policyFaults),
    ...[...Object.values(users), ...Object.values(roles)].flatMap(({ arn, boundary }) =>
      boundary === null || policyDocument(world, boundary) ? [] : [`${arn}'s boundary is not there`],
    ),
    ...Object.values(users).flatMap((user) => [
      ...user.groups.filter((name) => !Object.hasOwn(groups, name)).map((name) => `${user.arn} in ${name}`),
      ...(user.groups.length > LIMITS.groupsPerUser ? [`${user.arn} is in too many groups`] : []),
    ]),
    ...Object.values(account.accessKeys).flatMap(({ id, user }) =>
      (user === null || Object.hasOwn(users, user)) && world.keyAccounts[id] === account.id
        ? []
        : [`key ${id} of ${user}`],
    ),
    ...Object.values(account.instanceProfiles).flatMap(({ name, role }) =>
      role === null || Object.hasOwn(roles, role) ? [] : [`profile ${name} holds ${role}`],
    ),
    ...Object.values(account.policies).flatMap(({ arn, versions, defaultVersion }) =>
      versions.some(({ id }) => id === defaultVersion) && versions.length <= LIMITS.policyVersions
        ? []
        : [`versions of ${arn}`],
    ),
    ...Object.values(account.instances).flatMap(({ id, credentials, association }) => {
      const profile = account.instanceProfiles[association?.profile ?? ''];
      const served = credentials.state === 'served' ? account.sessions[credentials.key] : undefined;
      const fine =
        credentials.state === 'none'
          ? (credentials.reason === 'NoInstanceProfile') === (association === null)
          : served && served.expires > world.clock && profile?.role === credentials.role;
      return fine ? [] : [`credentials of ${id}`];
    }),
  ];
}

// Generous, for a machine that is busy with other things.
describe('any sequence of requests', { timeout: 30_000 }, () => {
  it('leaves a world in which nothing points at what is not there and limits are kept', () => {
    fc.assert(
      fc.property(steps, (script) => {
        expect(faults(play(script).world)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it.each(SERVICES)('of %s alone leaves such a world too', (service) => {
    const own = [...operations.values()].filter(({ id }) => id.startsWith(`${service}:`));
    fc.assert(
      fc.property(stepsOf(requestFor(own)), (script) => {
        expect(faults(play(script).world)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('gives the same world when it is played again, and one that survives being saved', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { world } = play(script);
        expect(JSON.stringify(play(script).world)).toBe(JSON.stringify(world));
        expect(JSON.parse(JSON.stringify(world))).toEqual(world);
      }),
      { numRuns: 10 },
    );
  });

  it.each(SERVICES)('of %s is authorized request by request', (service) => {
    const own = [...operations.values()].filter(({ id }) => id.startsWith(`${service}:`));
    fc.assert(
      fc.property(requestFor(own), (step) => {
        const stage = play([step]);
        const event = stage.world.trail.at(-1);
        const refused = event?.checks.some(({ decision }) => decision !== 'allowed');
        // A token, certificate or code that is not accepted ends the request before any permission is checked.
        if (event?.checks.length === 0 && event.outcome.kind !== 'rejected') {
          const code = event.outcome.kind === 'failed' ? ` ${event.outcome.code}` : '';
          expect(NOTHING_TO_CHECK).toContain(`${event.operation} ${event.outcome.kind}${code}`);
        }
        // One that takes each thing by itself says of each whether it was denied; as a whole it is done, or fails.
        const asAWhole = operations.get(event?.operation ?? '')?.piecewise !== true;
        expect(event?.outcome.kind === 'denied').toBe(asAWhole && (refused ?? false));
      }),
      { numRuns: 100 },
    );
  });
});
