import type { Draft } from 'immer';
import { iamArn } from '../../arn.ts';
import { newAccessKeyId, newMfaSeed, newSecret, newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import { hasNameCharacters, isPath } from '../../names.ts';
import { issuerHost } from '../../outside/id-token.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { oidcProviderArn } from './oidc-providers.ts';
import { samlProviderArn } from './saml-providers.ts';

/** What an author says of IAM in an account. */
export interface IamSpec {
  /** Stands for the account's id in the address of its sign-in page. */
  readonly alias?: string;
  readonly users?: Readonly<Record<string, UserSpec>>;
  readonly groups?: Readonly<Record<string, GroupSpec>>;
  readonly roles?: Readonly<Record<string, RoleSpec>>;
  /** Customer managed policies by name. */
  readonly policies?: Readonly<Record<string, PolicySpec>>;
  /** Instance profile name to its role's name, or to null for one without a role. */
  readonly instanceProfiles?: Readonly<Record<string, string | null>>;
  /** Address of an issuer to the audiences its tokens may be for. */
  readonly oidcProviders?: Readonly<Record<string, readonly string[]>>;
  /** Name of a SAML provider to its entity id. */
  readonly samlProviders?: Readonly<Record<string, string>>;
}

/** What an author says of IAM for all accounts together. */
export interface IamWorldSpec {
  /** Milliseconds until a change of IAM counts everywhere; at once unless said. */
  readonly propagation?: number;
}

export interface GroupSpec {
  /** Managed policies: the name of one in this account, or of an AWS managed one, or an ARN. */
  readonly policies?: readonly string[];
  readonly inline?: Readonly<Record<string, DocumentSpec>>;
  readonly path?: string;
}

export interface UserSpec extends GroupSpec {
  readonly groups?: readonly string[];
  readonly boundary?: string;
  /** How many access keys; 1 unless said. */
  readonly accessKeys?: 0 | 1 | 2 | readonly string[];
  readonly loginProfile?: boolean;
  /** Whether the user has an MFA device, named after the user. */
  readonly mfa?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RoleSpec extends GroupSpec {
  readonly trust: DocumentSpec;
  readonly boundary?: string;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PolicySpec {
  readonly document: DocumentSpec;
  readonly path?: string;
  readonly description?: string;
}

/** Fills an account with its policies, groups, users with their keys, roles and instance profiles. */
export function readIam(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: IamSpec): void {
  account.accountAlias = spec.alias ?? null;
  const named = eachNamed(reader, at);
  named('policies', spec.policies, LIMITS.policyName, (path, name, policy) =>
    addPolicy(reader, path, account, name, policy),
  );
  named('groups', spec.groups, LIMITS.groupName, (path, name, group) => {
    account.groups[name] = entity(reader, path, account, 'group', name, group);
  });
  named('users', spec.users, LIMITS.userName, (path, name, user) =>
    addUser(reader, path, account, name, user),
  );
  named('roles', spec.roles, LIMITS.roleName, (path, name, role) =>
    addRole(reader, path, account, name, role),
  );
  for (const [url, clientIds] of entries(spec.oidcProviders)) {
    if (!url.startsWith('https://')) {
      reader.problem([...at, 'oidcProviders', url], 'An issuer is an address that starts with https://');
    }
    const arn = oidcProviderArn(account.id, url);
    account.oidcProviders[arn] = {
      arn,
      url: issuerHost(url),
      clientIds: [...clientIds],
      thumbprints: [],
      created: reader.world.clock,
      tags: {},
    };
  }
  named('samlProviders', spec.samlProviders, LIMITS.samlProviderName, (_, name, issuer) => {
    const arn = samlProviderArn(account.id, name);
    const metadata = `<EntityDescriptor entityID="${issuer}"/>`;
    account.samlProviders[arn] = { arn, issuer, metadata, created: reader.world.clock, tags: {} };
  });
  named('instanceProfiles', spec.instanceProfiles, LIMITS.instanceProfileName, (path, name, role) =>
    addProfile(reader, path, account, name, role),
  );
}

/** Says how long changes of IAM take. */
export function readIamWorld({ world }: SpecReader, { propagation = 0 }: IamWorldSpec): void {
  world.propagation = propagation;
}

/** Calls `add` for each entry of a field whose name IAM would take. */
function eachNamed(reader: SpecReader, at: SpecPath) {
  return <T>(
    field: string,
    record: Readonly<Record<string, T>> | undefined,
    limit: number,
    add: (path: SpecPath, name: string, spec: T) => void,
  ): void => {
    for (const [name, spec] of entries(record)) {
      const path = [...at, field, name];
      if (hasNameCharacters(name) && name.length <= limit && name !== '__proto__') {
        add(path, name, spec);
      } else {
        reader.problem(
          path,
          `${name} cannot be a name. Use letters, digits and +=,.@_- only, at most ${limit} characters.`,
        );
      }
    }
  };
}

function addPolicy(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: PolicySpec,
): void {
  const base = baseOf(reader, path, account, 'policy', name, spec.path);
  const document = reader.document([...path, 'document'], spec.document, { kind: 'identity' });
  account.policies[base.arn] = {
    ...base,
    description: spec.description ?? '',
    versions: [{ id: 'v1', created: base.created, document }],
    defaultVersion: 'v1',
    nextVersion: 2,
  };
}

function addUser(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: UserSpec,
): void {
  const groups = (spec.groups ?? []).filter((group, index) =>
    reader.refersTo([...path, 'groups', index], 'group', group, account.groups),
  );
  account.users[name] = {
    ...entity(reader, path, account, 'user', name, spec),
    groups,
    boundary: boundaryOf(reader, path, account, spec.boundary),
    loginProfile: spec.loginProfile ? { created: reader.world.clock, resetRequired: false } : null,
    tags: { ...spec.tags },
  };
  const { world } = reader;
  if (spec.mfa) {
    const serial = iamArn(account.id, 'mfa', name);
    const seed = newMfaSeed(world);
    account.mfaDevices[serial] = { name, serial, seed, user: name, enabled: world.clock };
  }
  const { accessKeys = 1 } = spec;
  const given = typeof accessKeys === 'number' ? [] : accessKeys;
  const count = typeof accessKeys === 'number' ? accessKeys : accessKeys.length;
  for (let made = 0; made < count; made += 1) {
    const id = reader.chosenId(path, given[made], newAccessKeyId(world, 'AKIA'), 'accessKeys', made);
    world.keyAccounts[id] = account.id;
    account.accessKeys[id] = {
      id,
      secret: newSecret(world),
      user: name,
      status: 'Active',
      created: world.clock,
      lastUsed: null,
      exposed: null,
    };
  }
}

function addRole(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  spec: RoleSpec,
): void {
  account.roles[name] = {
    ...entity(reader, path, account, 'role', name, spec),
    description: spec.description ?? '',
    trust: reader.document([...path, 'trust'], spec.trust, { kind: 'trust' }),
    boundary: boundaryOf(reader, path, account, spec.boundary),
    maxSessionDuration: spec.maxSessionDuration ?? LIMITS.sessionDurationLeast,
    tags: { ...spec.tags },
  };
}

function addProfile(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
  role: string | null,
): void {
  const known = role === null || reader.refersTo(path, 'role', role, account.roles);
  const base = baseOf(reader, path, account, 'instance-profile', name, undefined);
  account.instanceProfiles[name] = { ...base, role: known ? role : null };
}

function entity(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  kind: 'user' | 'group' | 'role',
  name: string,
  spec: GroupSpec,
) {
  const attached = (spec.policies ?? []).flatMap(
    (policy, index) => reader.managedPolicyArn([...path, 'policies', index], account, policy) ?? [],
  );
  const inline = entries(spec.inline).map(
    ([policy, document]: readonly [string, DocumentSpec]) =>
      [policy, reader.document([...path, 'inline', policy], document, { kind: 'identity' })] as const,
  );
  return {
    ...baseOf(reader, path, account, kind, name, spec.path),
    attached: [...new Set(attached)],
    inline: Object.fromEntries(inline),
  };
}

function baseOf(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  kind: keyof typeof PREFIXES,
  name: string,
  path = '/',
) {
  if (!isPath(path)) {
    reader.problem([...at, 'path'], `${path} is not a path. It begins and ends with /, such as /team/.`);
  }
  return {
    name,
    path,
    id: newUniqueId(reader.world, PREFIXES[kind]),
    arn: iamArn(account.id, kind, name, path),
    created: reader.world.clock,
  };
}

function boundaryOf(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  policy: string | undefined,
): string | null {
  return policy === undefined ? null : reader.managedPolicyArn([...path, 'boundary'], account, policy);
}

const PREFIXES = {
  user: 'AIDA',
  group: 'AGPA',
  role: 'AROA',
  policy: 'ANPA',
  'instance-profile': 'AIPA',
} as const;
