import { type Draft, produce } from 'immer';
import { ec2MayAssume } from './authorization.ts';
import { newAccessKeyId, newSecret, newToken } from './identifiers.ts';
import { LIFETIME, renewalTime, stepInstanceCredentials } from './instance-credentials.ts';
import { own } from './own.ts';
import { inEffect } from './propagation.ts';
import type { Account, AccountId, Instance, InstanceCredentials, Instant, Role, World } from './world.ts';

/**
 * Brings what every instance's metadata service serves in line with its profile, the profile's role and the
 * role's trust. The one place for it: called after everything that may change one of them. `before` is the
 * world as it was, so that only accounts that changed are looked at; null looks at all.
 */
export function withCredentialsServed(before: World | null, world: World): World {
  const stale = Object.values(world.accounts).filter(
    (account) => before === null || own(before.accounts, account.id) !== account,
  );
  const misfits = stale.flatMap((account) =>
    Object.values(account.instances).flatMap((instance) => {
      const found = roleFor(world, inEffect(world).accounts[account.id] ?? account, instance);
      return fits(account, instance, found) ? [] : [{ account, instance, found }];
    }),
  );
  return misfits.length === 0
    ? world
    : produce(world, (draft) => {
        for (const { account, instance, found } of misfits) {
          serve(draft, account.id, instance, found);
        }
      });
}

/** The world after some milliseconds: on the way, credentials are renewed each time they are due. */
export function withTimePassed(world: World, milliseconds: number): World {
  const until = world.clock + milliseconds;
  return produce(world, (draft) => {
    for (let due = nextRenewal(draft); due !== null && due.at <= until; due = nextRenewal(draft)) {
      draft.clock = due.at;
      const { account, instance, role } = due;
      const key = issue(draft, account, instance, role);
      const event = { type: 'credentials.rotated', key } as const;
      instance.credentials = stepInstanceCredentials(instance.credentials, event);
    }
    draft.clock = until;
  });
}

type RoleFound = Role | Extract<InstanceCredentials, { state: 'none' }>['reason'];

/**
 * The role an instance is to have credentials of, or IMDS's word for why there is none. A role that was taken out of
 * a profile is served until that change counts: within the hour, as the scenario says.
 * Source: IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles.html.
 */
function roleFor(world: World, account: Account, instance: Instance): RoleFound {
  if (instance.association === null) {
    return 'NoInstanceProfile';
  }
  const profile = own(account.instanceProfiles, instance.association.profile);
  if (profile === undefined) {
    return 'InstanceProfileNotFound';
  }
  const role = profile.role === null ? undefined : own(account.roles, profile.role);
  if (role === undefined) {
    return 'InstanceProfileWithoutRole';
  }
  return ec2MayAssume(world, account, role) ? role : 'AssumeRoleUnauthorizedAccess';
}

function fits(account: Account, { credentials }: Instance, found: RoleFound): boolean {
  if (credentials.state === 'none') {
    return credentials.reason === found;
  }
  const holder = own(account.sessions, credentials.key)?.holder;
  return typeof found !== 'string' && holder?.kind === 'assumed-role' && holder.roleId === found.id;
}

function serve(draft: Draft<World>, account: AccountId, instance: Instance, found: RoleFound): void {
  const home = draft.accounts[account];
  const target = home?.instances[instance.id];
  if (home === undefined || target === undefined) {
    return;
  }
  target.credentials = stepInstanceCredentials(
    target.credentials,
    typeof found === 'string'
      ? { type: 'role.withheld', reason: found }
      : { type: 'role.assumed', role: found.name, key: issue(draft, home, instance, found) },
  );
}

/**
 * Issues credentials for a role to an instance: the session is named after the instance. Where IMDSv1 answers too,
 * it delivers a set of its own, marked so.
 */
function issue(draft: Draft<World>, account: Draft<Account>, instance: Instance, role: Role): string {
  const key = issueFor(draft, account, instance, role, '2.0');
  if (instance.metadata.tokens === 'optional') {
    issueFor(draft, account, instance, role, '1.0');
  }
  return key;
}

function issueFor(
  draft: Draft<World>,
  account: Draft<Account>,
  instance: Instance,
  role: Role,
  delivery: '1.0' | '2.0',
): string {
  const id = newAccessKeyId(draft, 'ASIA');
  draft.keyAccounts[id] = account.id;
  account.sessions[id] = {
    id,
    secret: newSecret(draft),
    token: newToken(draft),
    issued: draft.clock,
    expires: draft.clock + LIFETIME,
    holder: { kind: 'assumed-role', role: role.name, roleId: role.id, sessionName: instance.id },
    limits: null,
    context: {
      'ec2:RoleDelivery': delivery,
      'ec2:SourceInstanceArn': instance.arn,
      ...(instance.network
        ? {
            'aws:Ec2InstanceSourceVpc': instance.network.vpc,
            'aws:Ec2InstanceSourcePrivateIPv4': instance.network.privateIp,
          }
        : {}),
    },
    transitive: [],
    mfa: null,
  };
  return id;
}

interface Renewal {
  readonly at: Instant;
  readonly account: Draft<Account>;
  readonly instance: Draft<Instance>;
  readonly role: Role;
}

/** The renewal that is due first, in the order of the world where several are due at once. */
function nextRenewal(draft: Draft<World>): Renewal | null {
  let first: Renewal | null = null;
  for (const account of Object.values(draft.accounts)) {
    for (const instance of Object.values(account.instances)) {
      const { credentials } = instance;
      if (credentials.state === 'served') {
        const session = account.sessions[credentials.key];
        const role = account.roles[credentials.role];
        if (session && role && (first === null || renewalTime(session) < first.at)) {
          first = { at: renewalTime(session), account, instance, role };
        }
      }
    }
  }
  return first;
}
