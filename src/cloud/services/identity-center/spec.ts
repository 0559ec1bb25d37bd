import type { Draft } from 'immer';
import { characters, newUuid, seedOf } from '../../identifiers.ts';
import { awsManagedPolicies } from '../../managed-policies.ts';
import { entries, noSuchThing, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { IdentityCenter, PermissionSet } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { isDirectoryName } from './directory.ts';
import { DEFAULT_DURATION, isPermissionSetName, permissionSetArn } from './permission-sets.ts';
import { provisionedRole } from './provisioning.ts';
import { readSessionDuration } from './session-duration.ts';

/** What an author says of IAM Identity Center. */
export interface IdentityCenterSpec {
  readonly identityCenter?: CenterSpec;
}

export interface CenterSpec {
  /** The account it stands in; the organization's management account unless said. */
  readonly account?: string;
  /** Such as `ssoins-0123456789abcdef`; made up unless said, like every id below. */
  readonly id?: string;
  /** Id of the directory, such as `d-0123456789`. */
  readonly store?: string;
  readonly groups?: Readonly<Record<string, { readonly id?: string; readonly description?: string }>>;
  readonly users?: Readonly<Record<string, DirectoryUserSpec>>;
  readonly permissionSets?: Readonly<Record<string, PermissionSetSpec>>;
  readonly assignments?: readonly AssignmentSpec[];
}

export interface DirectoryUserSpec {
  /** A UUID. */
  readonly id?: string;
  readonly displayName?: string;
  readonly groups?: readonly string[];
}

export interface PermissionSetSpec {
  /** Such as `ps-0123456789abcdef`. */
  readonly id?: string;
  readonly description?: string;
  /** AWS managed policies by name or ARN. */
  readonly policies?: readonly string[];
  /** Names of policies that each account has already. */
  readonly customerPolicies?: readonly string[];
  readonly inline?: DocumentSpec;
  /** AWS managed policy by name or ARN. */
  readonly boundary?: string;
  /** `PT1H` to `PT12H`; one hour unless said. */
  readonly sessionDuration?: string;
}

/** Who may use a permission set in which account: a user or a group. */
export interface AssignmentSpec {
  readonly account: string;
  readonly permissionSet: string;
  readonly user?: string;
  readonly group?: string;
}

const AT: SpecPath = ['identityCenter'];
const HEX = '0123456789abcdef';

/** Enables Identity Center and makes the roles of its assignments. */
export function readIdentityCenter(reader: SpecReader, { identityCenter: spec }: IdentityCenterSpec): void {
  const { world } = reader;
  if (spec === undefined) {
    return;
  }
  const account = spec.account ?? world.organization?.managementAccount;
  if (account === undefined || !Object.hasOwn(world.accounts, account)) {
    reader.problem(
      account === undefined ? AT : [...AT, 'account'],
      account === undefined
        ? 'Say in which account it stands, or put the accounts into an organization.'
        : noSuchThing('account', account, Object.keys(world.accounts)),
    );
    return;
  }
  const center: Draft<IdentityCenter> = {
    account,
    arn: `arn:aws:sso:::instance/${reader.chosenId(AT, spec.id, `ssoins-${characters(world, HEX, 16)}`)}`,
    store: reader.chosenId(AT, spec.store, `d-${characters(world, HEX, 10)}`, 'store'),
    created: world.clock,
    people: {},
    teams: {},
    memberships: {},
    permissionSets: {},
    assignments: [],
    requests: {},
    portals: {},
  };
  world.identityCenter = center;
  readDirectory(reader, center, spec);
  for (const [name, set] of entries(spec.permissionSets)) {
    readPermissionSet(reader, center, name, set);
  }
  for (const [i, assignment] of (spec.assignments ?? []).entries()) {
    readAssignment(reader, [...AT, 'assignments', i], center, assignment);
  }
}

function readDirectory(reader: SpecReader, center: Draft<IdentityCenter>, spec: CenterSpec): void {
  for (const [name, { id: given, description = '' }] of entries(spec.groups)) {
    const id = reader.chosenId([...AT, 'groups', name], given, newUuid(reader.world));
    center.teams[id] = { id, name, description };
  }
  for (const [name, { id: given, displayName = name, groups = [] }] of entries(spec.users)) {
    const path = [...AT, 'users', name];
    if (!isDirectoryName(name)) {
      reader.problem(path, 'A user of the directory needs a name of 1 to 64 letters, digits and +=,.@-_.');
      continue;
    }
    const id = reader.chosenId(path, given, newUuid(reader.world));
    center.people[id] = { id, name, displayName, givenName: '', familyName: '', emails: [] };
    for (const [i, each] of groups.entries()) {
      const group = idOf(reader, [...path, 'groups', i], 'group', center.teams, each);
      if (group !== null) {
        // By whom it joins to what, so that lines that end it outlast every change of the rest.
        const membership = newUuid({ seed: seedOf(`${each}/${name}`) });
        center.memberships[membership] = { id: membership, group, user: id };
      }
    }
  }
}

/** The id of something called by its name; null after a problem. */
function idOf(
  reader: SpecReader,
  path: SpecPath,
  kind: string,
  record: Readonly<Record<string, { readonly id: string; readonly name: string }>>,
  name: string,
): string | null {
  const all = Object.values(record);
  const found = all.find((each) => each.name === name);
  if (found === undefined) {
    reader.problem(
      path,
      noSuchThing(
        kind,
        name,
        all.map((each) => each.name),
      ),
    );
  }
  return found?.id ?? null;
}

function readPermissionSet(
  reader: SpecReader,
  center: Draft<IdentityCenter>,
  name: string,
  spec: PermissionSetSpec,
): void {
  const path = [...AT, 'permissionSets', name];
  if (!isPermissionSetName(name)) {
    reader.problem(path, 'A permission set needs a name of 1 to 32 letters, digits and +=,.@-_.');
    return;
  }
  const duration =
    spec.sessionDuration === undefined ? DEFAULT_DURATION : readSessionDuration(spec.sessionDuration);
  if (duration === null) {
    reader.problem([...path, 'sessionDuration'], 'Sessions last PT1H to PT12H.');
  }
  const id = reader.chosenId(path, spec.id, `ps-${characters(reader.world, HEX, 16)}`);
  const arn = permissionSetArn(center.arn, id);
  center.permissionSets[arn] = {
    arn,
    name,
    description: spec.description ?? '',
    created: reader.world.clock,
    sessionDuration: duration ?? DEFAULT_DURATION,
    managed: (spec.policies ?? []).flatMap(
      (policy, i) => awsPolicy(reader, [...path, 'policies', i], policy) ?? [],
    ),
    customer: (spec.customerPolicies ?? []).map((policy) => ({ name: policy, path: '/' })),
    inline:
      spec.inline === undefined
        ? null
        : reader.document([...path, 'inline'], spec.inline, { kind: 'identity' }),
    boundary: spec.boundary === undefined ? null : awsPolicy(reader, [...path, 'boundary'], spec.boundary),
    roles: {},
  };
}

function awsPolicy(reader: SpecReader, path: SpecPath, name: string): string | null {
  const all = Object.values(awsManagedPolicies);
  const found = all.find((policy) => policy.arn === name || policy.name === name);
  if (found === undefined) {
    reader.problem(
      path,
      noSuchThing(
        'AWS managed policy',
        name,
        all.map((policy) => policy.name),
      ),
    );
  }
  return found?.arn ?? null;
}

function readAssignment(
  reader: SpecReader,
  path: SpecPath,
  center: Draft<IdentityCenter>,
  spec: AssignmentSpec,
): void {
  const { accounts, clock } = reader.world;
  const account = accounts[spec.account];
  const set = setNamed(reader, [...path, 'permissionSet'], center, spec.permissionSet);
  if (account === undefined) {
    reader.problem([...path, 'account'], noSuchThing('account', spec.account, Object.keys(accounts)));
  }
  if ((spec.user === undefined) === (spec.group === undefined)) {
    reader.problem(path, 'Say either user or group.');
    return;
  }
  const principal =
    spec.user === undefined
      ? idOf(reader, [...path, 'group'], 'group', center.teams, spec.group ?? '')
      : idOf(reader, [...path, 'user'], 'user of the directory', center.people, spec.user);
  if (account === undefined || set === null || principal === null) {
    return;
  }
  center.assignments.push({
    account: account.id,
    permissionSet: set.arn,
    principalType: spec.user === undefined ? 'GROUP' : 'USER',
    principal,
  });
  const made = provisionedRole(reader.world, clock, account, set);
  if ('failure' in made) {
    reader.problem([...path, 'permissionSet'], made.failure);
    return;
  }
  const { role, provider } = structuredClone(made);
  account.samlProviders[provider.arn] = { ...provider, tags: {} };
  account.roles[role.name] = { ...role, attached: [...role.attached], inline: { ...role.inline }, tags: {} };
  set.roles[account.id] = role.name;
}

function setNamed(
  reader: SpecReader,
  path: SpecPath,
  center: Draft<IdentityCenter>,
  name: string,
): Draft<PermissionSet> | null {
  const all = Object.values(center.permissionSets);
  const found = all.find((set) => set.name === name);
  if (found === undefined) {
    reader.problem(
      path,
      noSuchThing(
        'permission set',
        name,
        all.map((set) => set.name),
      ),
    );
  }
  return found ?? null;
}
