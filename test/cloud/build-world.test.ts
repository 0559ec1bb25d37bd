import { describe, expect, it } from 'vitest';
import { actorName, actorNames, buildWorld, findActor } from '../../src/cloud/index.ts';
import type { AccountSpec } from '../../src/cloud/world-spec.ts';
import { ACCOUNT, allow, COMPANY, EC2, OTHER, policy, Stage, spec, trust } from './stage.ts';

function problems(account: Partial<AccountSpec>, others = {}): readonly string[] {
  const built = buildWorld(spec({ name: 'company', ...account }, others));
  const found = 'problems' in built ? built.problems : [];
  return found.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
}

const READ = policy(allow('s3:GetObject'));

const KEY = 'AKIA234567ABCDEFGHIJ';
const ID_COMPANY = { name: 'company', users: { bob: {} } };

/** An organization of one account with an SCP, and a directory of one user, with what else is said of them. */
function idsOf(organization: object, center: object) {
  const scps = { Frame: { document: policy(allow('*')) } };
  return {
    organization: { management: ACCOUNT, scps, ...organization },
    identityCenter: { users: { vera: {} }, ...center },
  };
}

describe('a world built from a spec', () => {
  it('is the same each time, plain JSON, and another one for another seed', () => {
    const first = buildWorld(spec(COMPANY));
    expect(first).toEqual(buildWorld(spec(COMPANY)));
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(first).not.toEqual(buildWorld({ ...spec(COMPANY), seed: 'other' }));
  });

  it('has what the spec says, and defaults for the rest', () => {
    const { account } = new Stage({
      policies: { Read: { document: JSON.stringify(READ), path: '/team/' } },
      groups: { devs: { policies: ['Read'] } },
      users: {
        bob: { groups: ['devs'], boundary: 'AmazonS3FullAccess', accessKeys: 2, tags: { team: 'red' } },
      },
      roles: { Web: { trust: trust(EC2) } },
      instanceProfiles: { web: 'Web' },
      instances: { 'web-1': { profile: 'web' } },
    });
    const arn = `arn:aws:iam::${ACCOUNT}:policy/team/Read`;
    expect(account.groups.devs?.attached).toEqual([arn]);
    expect(account.users.bob).toMatchObject({
      groups: ['devs'],
      boundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      loginProfile: null,
    });
    expect(Object.keys(account.accessKeys)).toHaveLength(2);
    expect(Object.values(account.instances)[0]).toMatchObject({
      id: expect.stringMatching(/^i-[0-9a-f]{17}$/),
      association: { profile: 'web' },
      credentials: { state: 'served', role: 'Web' },
    });
  });

  it('has the ids that its author chose, and choosing one changes no other', () => {
    const made = new Stage(ID_COMPANY, {}, idsOf({}, {})).world;
    const chosen = new Stage(
      { ...ID_COMPANY, users: { bob: { accessKeys: [KEY] } } },
      {},
      idsOf({ id: 'o-0123456789', root: 'r-0123' }, { id: 'ssoins-0123456789abcdef', store: 'd-0123456789' }),
    ).world;
    expect(chosen.organization).toMatchObject({ id: 'o-0123456789', rootId: 'r-0123' });
    expect(chosen.identityCenter).toMatchObject({ store: 'd-0123456789' });
    expect(Object.keys(chosen.accounts[ACCOUNT]?.accessKeys ?? {})).toEqual([KEY]);
    const policies = (world: typeof made) => Object.keys(world.organization?.policies ?? {});
    expect(policies(chosen)).toEqual(policies(made));
    const people = (world: typeof made) => Object.keys(world.identityCenter?.people ?? {});
    expect(people(chosen)).toEqual(people(made));
  });

  it('says which chosen id cannot be', () => {
    const found = (organization: object, center: object) => {
      const built = buildWorld(spec(ID_COMPANY, {}, idsOf(organization, center)));
      return 'problems' in built
        ? built.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
        : [];
    };
    expect(found({ root: 'r-0123', ous: { Dev: { id: 'ou-9999-01234567' } } }, {})).toEqual([
      'organization.ous.Dev.id: ou-9999-01234567 has to begin with ou-0123-: the id of the root is r-0123. Choose it as well, with `root`.',
    ]);
    const twice = { Audit: { id: 'ps-0123456789abcdef' }, Build: { id: 'ps-0123456789abcdef' } };
    expect(found({}, { permissionSets: twice })).toEqual([
      'identityCenter.permissionSets.Build.id: ps-0123456789abcdef is the id of something else already. Each is there once.',
    ]);
    expect(problems({ users: { bob: { accessKeys: [KEY, KEY] } } })).toEqual([
      `users.bob.accessKeys.1: ${KEY} is the id of something else already. Each is there once.`,
    ]);
  });

  it('names what cannot be, where it is, and what was meant', () => {
    expect(
      problems({ users: { bob: { boundary: 'AdminstratorAccess', groups: ['dev'] } }, groups: { devs: {} } }),
    ).toEqual([
      'users.bob.groups.0: There is no group dev. Did you mean devs?',
      'users.bob.boundary: There is no managed policy AdminstratorAccess. Did you mean AdministratorAccess?',
    ]);
    expect(problems({ instanceProfiles: { web: 'Web' }, instances: { a: { profile: 'wbe' } } })).toEqual([
      'instanceProfiles.web: There is no role Web. There are none.',
      'instances.a.profile: There is no instance profile wbe. Did you mean web?',
    ]);
    expect(problems({ users: { 'b b': {} }, groups: { __proto__: {} } })).toEqual([
      'users.b b: b b cannot be a name. Use letters, digits and +=,.@_- only, at most 64 characters.',
    ]);
    expect(problems({ users: { bob: { path: 'team' } } })).toEqual([
      'users.bob.path: team is not a path. It begins and ends with /, such as /team/.',
    ]);
    expect(problems({ buckets: { Big: {} } })).toHaveLength(1);
    expect(
      problems({ buckets: { assets: {} } }, { [OTHER]: { name: 'o', buckets: { assets: {} } } }),
    ).toHaveLength(1);
    expect(problems({ instances: { a: { id: 'web' } } })).toHaveLength(1);
    expect(problems({ buckets: { assets: { objects: { '': 'x' } } } })).toHaveLength(1);
    expect(buildWorld({ clock: 'soon', seed: '', accounts: { 12: { name: 'x' } } })).toEqual({
      problems: [
        { path: ['clock'], message: 'soon is not a time. Write it as 2026-03-02T09:00:00Z.' },
        { path: ['accounts', '12'], message: 'An account id has twelve digits. Write it in quotes.' },
      ],
    });
  });

  it('refuses documents that AWS would refuse', () => {
    const inline = (document: Record<string, unknown> | string) =>
      problems({ users: { bob: { inline: { p: document } } } });
    expect(inline('{')).toEqual([expect.stringMatching(/^users\.bob\.inline\.p: This policy is not JSON: /)]);
    expect(inline('[]')).toEqual([
      'users.bob.inline.p: A policy is a JSON object with Version and Statement.',
    ]);
    expect(inline({ ...READ, Statment: [] })).toHaveLength(1);
    expect(inline(trust(EC2))).toEqual([
      'users.bob.inline.p: Policy document should not specify a principal.',
    ]);
    expect(problems({ roles: { Web: { trust: READ } } })).toEqual([
      'roles.Web.trust: Missing required field Principal. Each statement needs a Principal.',
    ]);
    const grant = {
      ...allow('s3:*', 'arn:aws:s3:::assets/*'),
      Principal: { AWS: `arn:aws:iam::${OTHER}:role/Late` },
    };
    const bucket = { buckets: { assets: { policy: policy(grant) } } };
    expect(problems(bucket, { [OTHER]: { name: 'other' } })).toEqual([
      `buckets.assets.policy: Invalid principal in policy. There is no ${grant.Principal.AWS}.`,
    ]);
    expect(problems(bucket, { [OTHER]: { name: 'other', roles: { Late: { trust: trust(EC2) } } } })).toEqual(
      [],
    );
  });
});

describe('actors', () => {
  it('are found by the names people use, and named so that they are found', () => {
    const { world } = new Stage({}, { [OTHER]: { name: 'other', users: { admin: {}, guest: {} } } });
    expect(actorNames(world)).toEqual([
      `${ACCOUNT}:admin`,
      'nobody',
      'web-1',
      'web-1/app',
      'web-1/worker',
      `${OTHER}:admin`,
      'guest',
    ]);
    for (const name of actorNames(world)) {
      const actor = findActor(world, name);
      expect(actor && actorName(world, actor)).toBe(name);
    }
    expect(findActor(world, `${OTHER}:guest`)).toEqual({ kind: 'user', account: OTHER, user: 'guest' });
    for (const name of ['admin', 'constructor', 'web-1/', 'web-1/none', `${OTHER}:nobody`, '']) {
      expect(findActor(world, name)).toBeUndefined();
    }
  });
});
