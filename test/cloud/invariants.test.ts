import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/cloud/index.ts';
import { LIMITS } from '../../src/cloud/limits.ts';
import { policyDocument } from '../../src/cloud/managed-policies.ts';
import type { Member, Nested } from '../../src/cloud/operation.ts';
import type { Account, HasPolicies, World } from '../../src/cloud/world.ts';
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

const TEXTS: Readonly<Record<string, readonly string[]>> = {
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

const request: fc.Arbitrary<Step> = fc.constantFrom(...operations.values()).chain(({ id, input }) =>
  fc.record({
    who: fc.constantFrom('admin', 'admin', 'admin', 'nobody', 'web-1', 'web-1/worker'),
    operation: fc.constant(id),
    input: fc.record(
      Object.fromEntries(Object.entries(input).map(([name, each]) => [name, member(name, each)])),
    ),
  }),
);
const steps = fc.array(
  fc.oneof({ weight: 20, arbitrary: request }, { weight: 1, arbitrary: fc.constant({ wait: 3 * HOUR }) }),
  { minLength: 20, maxLength: 50 },
);

function play(script: readonly Step[]): Stage {
  const stage = new Stage({
    users: { admin: { policies: ['AdministratorAccess'] }, nobody: {}, bob: { groups: ['devs'] } },
    groups: { devs: { policies: ['Read'] } },
    policies: { Read: { document: policy(allow('s3:GetObject')) } },
    roles: { Web: { trust: trust(EC2) } },
    instanceProfiles: { web: 'Web' },
    instances: {
      'web-1': { id: 'i-00000000000000001', profile: 'web', processes: { worker: 'copies' } },
    },
  });
  const actors = new Map(
    ['admin', 'nobody', 'web-1', 'web-1/worker'].map((name) => [name, stage.actor(name)] as const),
  );
  for (const step of script) {
    if ('wait' in step) {
      stage.wait(step.wait);
    } else {
      const answer = stage.ask(actors.get(step.who) ?? step.who, step.operation, step.input);
      expect(answer.kind, JSON.stringify(step)).not.toBe('unsupported');
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
      Object.hasOwn(users, user) && world.keyAccounts[id] === account.id ? [] : [`key ${id} of ${user}`],
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

  it('is authorized request by request', () => {
    fc.assert(
      fc.property(request, (step) => {
        const stage = play([step]);
        const event = stage.world.trail.at(-1);
        const refused = event?.checks.some(({ decision }) => decision !== 'allowed');
        expect(event?.checks.length ?? 1).toBeGreaterThan(0);
        expect(refused ?? false).toBe(event?.outcome.kind === 'denied');
      }),
      { numRuns: 100 },
    );
  });
});
