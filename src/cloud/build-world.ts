import type { Draft } from 'immer';
import { iamArn, instanceArn } from './arn.ts';
import type { DocumentUse } from './documents.ts';
import { newAccessKeyId, newResourceId, newSecret, newUniqueId, seedOf } from './identifiers.ts';
import { LIMITS } from './limits.ts';
import { hasNameCharacters, isBucketName, isObjectKey, isPath } from './names.ts';
import {
  checkDocument,
  managedPolicyArn,
  Problems,
  readDocumentSpec,
  refersTo,
  type SpecPath,
} from './read-spec.ts';
import { withCredentialsServed } from './serving.ts';
import type { Account, AccountId, World } from './world.ts';
import type {
  AccountSpec,
  BucketSpec,
  DocumentSpec,
  GroupSpec,
  InstanceSpec,
  PolicySpec,
  RoleSpec,
  SpecProblem,
  UserSpec,
  WorldSpec,
} from './world-spec.ts';

/** The world an author described, or everything that is wrong with the description. Same spec, same world. */
export function buildWorld(spec: WorldSpec): { world: World } | { problems: readonly SpecProblem[] } {
  const builder = new WorldBuilder(spec);
  const world = builder.build();
  const problems = builder.problems.list;
  return problems.length > 0 ? { problems } : { world: withCredentialsServed(null, world) };
}

type Entries<T> = readonly (readonly [string, T])[];

/** Fills a world account by account; documents are checked last, since they may name what comes later. */
class WorldBuilder {
  readonly problems = new Problems();
  readonly #spec: WorldSpec;
  readonly #world: Draft<World>;
  readonly #checks: (() => void)[] = [];

  constructor(spec: WorldSpec) {
    this.#spec = spec;
    this.#world = {
      clock: this.#readClock(spec.clock),
      seed: seedOf(spec.seed),
      accounts: {},
      bucketOwners: {},
      keyAccounts: {},
      trail: [],
    };
  }

  build(): World {
    for (const [id, account] of Object.entries(this.#spec.accounts)) {
      const path = ['accounts', id];
      if (/^\d{12}$/.test(id)) {
        this.#addAccount(path, id, account);
      } else {
        this.problems.add(path, 'An account id has twelve digits. Write it in quotes.');
      }
    }
    for (const check of this.#checks) {
      check();
    }
    return this.#world;
  }

  #readClock(text: string): number {
    const instant = Date.parse(text);
    if (Number.isNaN(instant)) {
      this.problems.add(['clock'], `${text} is not a time. Write it as 2026-03-02T09:00:00Z.`);
      return 0;
    }
    return instant;
  }

  #addAccount(path: SpecPath, id: AccountId, spec: AccountSpec): void {
    const account: Draft<Account> = {
      id,
      name: spec.name,
      users: {},
      groups: {},
      roles: {},
      policies: {},
      instanceProfiles: {},
      accessKeys: {},
      sessions: {},
      instances: {},
      buckets: {},
    };
    this.#world.accounts[id] = account;
    this.#each(path, 'policies', spec.policies, LIMITS.policyName, (at, name, policy) =>
      this.#addPolicy(at, account, name, policy),
    );
    this.#each(path, 'groups', spec.groups, LIMITS.groupName, (at, name, group) => {
      account.groups[name] = this.#entity(at, account, 'group', name, group);
    });
    this.#each(path, 'users', spec.users, LIMITS.userName, (at, name, user) =>
      this.#addUser(at, account, name, user),
    );
    this.#each(path, 'roles', spec.roles, LIMITS.roleName, (at, name, role) =>
      this.#addRole(at, account, name, role),
    );
    this.#each(
      path,
      'instanceProfiles',
      spec.instanceProfiles,
      LIMITS.instanceProfileName,
      (at, name, role) => this.#addProfile(at, account, name, role),
    );
    for (const [name, instance] of entries(spec.instances)) {
      this.#addInstance([...path, 'instances', name], account, name, instance);
    }
    for (const [name, bucket] of entries(spec.buckets)) {
      this.#addBucket([...path, 'buckets', name], account, name, bucket);
    }
  }

  /** Each entry whose name IAM would take. */
  #each<T>(
    path: SpecPath,
    field: string,
    record: Readonly<Record<string, T>> | undefined,
    limit: number,
    add: (at: SpecPath, name: string, spec: T) => void,
  ): void {
    for (const [name, spec] of entries(record)) {
      const at = [...path, field, name];
      if (hasNameCharacters(name) && name.length <= limit && name !== '__proto__') {
        add(at, name, spec);
      } else {
        this.problems.add(
          at,
          `${name} cannot be a name. Use letters, digits and +=,.@_- only, at most ${limit} characters.`,
        );
      }
    }
  }

  #addPolicy(path: SpecPath, account: Draft<Account>, name: string, spec: PolicySpec): void {
    const base = this.#base(path, account, 'policy', name, spec.path);
    const document = this.#document([...path, 'document'], spec.document, { kind: 'identity' });
    account.policies[base.arn] = {
      ...base,
      description: spec.description ?? '',
      versions: [{ id: 'v1', created: base.created, document }],
      defaultVersion: 'v1',
      nextVersion: 2,
    };
  }

  #addUser(path: SpecPath, account: Draft<Account>, name: string, spec: UserSpec): void {
    const groups = (spec.groups ?? []).filter((group, index) =>
      refersTo(this.problems, [...path, 'groups', index], 'group', group, account.groups),
    );
    account.users[name] = {
      ...this.#entity(path, account, 'user', name, spec),
      groups,
      boundary: this.#boundary(path, account, spec.boundary),
      hasLoginProfile: spec.loginProfile ?? false,
      tags: { ...spec.tags },
    };
    for (let made = 0; made < (spec.accessKeys ?? 1); made += 1) {
      const id = newAccessKeyId(this.#world, 'AKIA');
      this.#world.keyAccounts[id] = account.id;
      account.accessKeys[id] = {
        id,
        secret: newSecret(this.#world),
        user: name,
        status: 'Active',
        created: this.#world.clock,
        lastUsed: null,
      };
    }
  }

  #addRole(path: SpecPath, account: Draft<Account>, name: string, spec: RoleSpec): void {
    account.roles[name] = {
      ...this.#entity(path, account, 'role', name, spec),
      description: spec.description ?? '',
      trust: this.#document([...path, 'trust'], spec.trust, { kind: 'trust' }),
      boundary: this.#boundary(path, account, spec.boundary),
      maxSessionDuration: spec.maxSessionDuration ?? LIMITS.sessionDurationLeast,
      tags: { ...spec.tags },
    };
  }

  #addProfile(path: SpecPath, account: Draft<Account>, name: string, role: string | null): void {
    const known = role === null || refersTo(this.problems, path, 'role', role, account.roles);
    const base = this.#base(path, account, 'instance-profile', name, undefined);
    account.instanceProfiles[name] = { ...base, role: known ? role : null };
  }

  #addInstance(path: SpecPath, account: Draft<Account>, name: string, spec: InstanceSpec): void {
    const id = spec.id ?? newResourceId(this.#world, 'i');
    if (!/^i-[0-9a-f]{8,17}$/.test(id) || Object.hasOwn(account.instances, id)) {
      this.problems.add([...path, 'id'], `${id} cannot be its id: i- and 17 digits or a to f, each id once.`);
      return;
    }
    const { profile } = spec;
    const known =
      profile !== undefined &&
      refersTo(this.problems, [...path, 'profile'], 'instance profile', profile, account.instanceProfiles);
    const processes = entries(spec.processes).map(
      ([process, kind]) => [process, kind === 'copies' ? { kind, held: null } : { kind }] as const,
    );
    account.instances[id] = {
      id,
      name,
      arn: instanceArn(account.id, id),
      association: known ? { id: newResourceId(this.#world, 'iip-assoc'), profile } : null,
      credentials: { state: 'none', reason: 'NoInstanceProfile' },
      processes: Object.fromEntries(processes),
    };
  }

  #addBucket(path: SpecPath, account: Draft<Account>, name: string, spec: BucketSpec): void {
    if (!isBucketName(name) || Object.hasOwn(this.#world.bucketOwners, name)) {
      this.problems.add(
        path,
        `${name} cannot be a bucket's name: 3 to 63 small letters, digits, dots and hyphens, and nobody else's in any account.`,
      );
      return;
    }
    const objects = entries(spec.objects).filter(([key]) => {
      const fine = isObjectKey(key) && key !== '__proto__';
      if (!fine) {
        this.problems.add([...path, 'objects', key], 'An object needs a key of 1 to 1,024 bytes.');
      }
      return fine;
    });
    this.#world.bucketOwners[name] = account.id;
    account.buckets[name] = {
      name,
      created: this.#world.clock,
      policy:
        spec.policy === undefined
          ? null
          : this.#document([...path, 'policy'], spec.policy, { kind: 'bucket', bucket: name }),
      objects: Object.fromEntries(objects.map(([key, body]) => [key, { body, modified: this.#world.clock }])),
    };
  }

  #entity(
    path: SpecPath,
    account: Draft<Account>,
    kind: 'user' | 'group' | 'role',
    name: string,
    spec: GroupSpec,
  ) {
    const attached = (spec.policies ?? []).flatMap(
      (policy, index) => managedPolicyArn(this.problems, [...path, 'policies', index], account, policy) ?? [],
    );
    const inline = entries(spec.inline).map(
      ([policy, document]) =>
        [policy, this.#document([...path, 'inline', policy], document, { kind: 'identity' })] as const,
    );
    return {
      ...this.#base(path, account, kind, name, spec.path),
      attached: [...new Set(attached)],
      inline: Object.fromEntries(inline),
    };
  }

  #base(at: SpecPath, account: Draft<Account>, kind: keyof typeof PREFIXES, name: string, path = '/') {
    if (!isPath(path)) {
      this.problems.add([...at, 'path'], `${path} is not a path. It begins and ends with /, such as /team/.`);
    }
    return {
      name,
      path,
      id: newUniqueId(this.#world, PREFIXES[kind]),
      arn: iamArn(account.id, kind, name, path),
      created: this.#world.clock,
    };
  }

  #boundary(path: SpecPath, account: Draft<Account>, policy: string | undefined): string | null {
    return policy === undefined
      ? null
      : managedPolicyArn(this.problems, [...path, 'boundary'], account, policy);
  }

  #document(path: SpecPath, spec: DocumentSpec, use: DocumentUse) {
    const document = readDocumentSpec(this.problems, path, spec);
    this.#checks.push(() => checkDocument(this.problems, path, this.#world, document, use));
    return document;
  }
}

const PREFIXES = {
  user: 'AIDA',
  group: 'AGPA',
  role: 'AROA',
  policy: 'ANPA',
  'instance-profile': 'AIPA',
} as const;

function entries<T>(record: Readonly<Record<string, T>> | undefined): Entries<T> {
  return Object.entries(record ?? {});
}
