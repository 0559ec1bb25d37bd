import { ec2MayAssume } from './authorization.ts';
import { type Generator, newAccessKeyId, newSecret, newToken } from './identifiers.ts';
import {
  type InstanceCredentialsEvent,
  LIFETIME,
  renewalTime,
  stepInstanceCredentials,
} from './instance-credentials.ts';
import { own } from './own.ts';
import { inEffect } from './propagation.ts';
import type {
  Account,
  AccountId,
  Instance,
  InstanceCredentials,
  Instant,
  Role,
  TemporaryCredentials,
  World,
} from './world.ts';

/**
 * Brings what every instance's metadata service serves in line with its profile, the profile's role and the
 * role's trust. The one place for it: called after everything that may change one of them. `before` is the
 * world as it was, so that only accounts that changed are looked at, and all when the organization did; null looks at
 * all.
 */
export function withCredentialsServed(before: World | null, world: World): World {
  const stale = Object.values(world.accounts).filter(
    (account) =>
      before === null ||
      before.organization !== world.organization ||
      own(before.accounts, account.id) !== account,
  );
  const generator = { seed: world.seed };
  const served = stale.flatMap((account) =>
    Object.values(account.instances).flatMap((instance): readonly Served[] => {
      const found = roleFor(world, inEffect(world).accounts[account.id] ?? account, instance);
      if (fits(account, instance, found)) {
        return [];
      }
      if (typeof found === 'string') {
        const event = { type: 'role.withheld', reason: found } as const;
        return [{ account: account.id, instance, event, issued: [] }];
      }
      const { key, issued } = issue(generator, world.clock, instance, found);
      const event = { type: 'role.assumed', role: found.name, key } as const;
      return [{ account: account.id, instance, event, issued }];
    }),
  );
  return withServed(world, generator, served);
}

/** The world after some milliseconds: on the way, credentials are renewed each time they are due. */
export function withTimePassed(world: World, milliseconds: number): World {
  const until = world.clock + milliseconds;
  const generator = { seed: world.seed };
  const served: Served[] = [];
  const renewals = renewalsIn(world);
  // All credentials last equally long: who is served first is due first again, and queues up at the end.
  for (const { at, account, instance, role } of renewals) {
    if (at > until) {
      break;
    }
    const { key, issued } = issue(generator, at, instance, role);
    served.push({ account, instance, event: { type: 'credentials.rotated', key }, issued });
    renewals.push({ at: renewalTime({ expires: at + LIFETIME }), account, instance, role });
  }
  return { ...withServed(world, generator, served), clock: until };
}

type RoleFound = Role | Extract<InstanceCredentials, { state: 'none' }>['reason'];

/**
 * The role an instance is to have credentials of, or IMDS's word for why there is none. A role that was taken out of
 * a profile is served until that change counts: within the hour, as the scenario says.
 * Source: IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles.html.
 */
function roleFor(world: World, account: Account, instance: Instance): RoleFound {
  if (instance.state === 'stopped') {
    return 'InstanceStopped';
  }
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

/** Something that happened to what an instance's metadata service serves. */
interface Served {
  readonly account: AccountId;
  readonly instance: Instance;
  readonly event: InstanceCredentialsEvent;
  /** The credentials made for it. */
  readonly issued: readonly TemporaryCredentials[];
}

/** The world after what was served, in this order; `generator` made the credentials. */
function withServed(world: World, { seed }: Generator, served: readonly Served[]): World {
  if (served.length === 0) {
    return world;
  }
  const keys = served.flatMap(({ account, issued }) => issued.map(({ id }) => [id, account] as const));
  const accounts = [...new Set(served.map(({ account }) => account))].flatMap((id) => {
    const account = own(world.accounts, id);
    const here = served.filter((each) => each.account === id);
    return account === undefined ? [] : [[id, withServedIn(account, here)] as const];
  });
  return {
    ...world,
    seed,
    keyAccounts: { ...world.keyAccounts, ...Object.fromEntries(keys) },
    accounts: { ...world.accounts, ...Object.fromEntries(accounts) },
  };
}

function withServedIn(account: Account, served: readonly Served[]): Account {
  const sessions = served.flatMap(({ issued }) => issued.map((session) => [session.id, session] as const));
  // Each renewal replaces the key of the one before, so that only the last is left to see.
  const last = new Map(served.map(({ instance, event }) => [instance, event]));
  const instances = [...last].map(([instance, event]) => {
    const credentials = stepInstanceCredentials(instance.credentials, event);
    return [instance.id, { ...instance, credentials }] as const;
  });
  return {
    ...account,
    sessions: { ...account.sessions, ...Object.fromEntries(sessions) },
    instances: { ...account.instances, ...Object.fromEntries(instances) },
  };
}

/**
 * Makes credentials of a role for an instance, and says which key is served: the session is named after the instance.
 * Where IMDSv1 answers too, it delivers a set of its own, marked so.
 */
function issue(
  generator: Generator,
  at: Instant,
  instance: Instance,
  role: Role,
): { readonly key: string; readonly issued: readonly TemporaryCredentials[] } {
  const first = credentials(generator, at, instance, role, '2.0');
  return instance.metadata.tokens === 'optional'
    ? { key: first.id, issued: [first, credentials(generator, at, instance, role, '1.0')] }
    : { key: first.id, issued: [first] };
}

function credentials(
  generator: Generator,
  at: Instant,
  instance: Instance,
  role: Role,
  delivery: '1.0' | '2.0',
): TemporaryCredentials {
  return {
    id: newAccessKeyId(generator, 'ASIA'),
    secret: newSecret(generator),
    token: newToken(generator),
    issued: at,
    expires: at + LIFETIME,
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
}

interface Renewal {
  readonly at: Instant;
  readonly account: AccountId;
  readonly instance: Instance;
  readonly role: Role;
}

/** The next renewal of every instance, the first due first, in the order of the world where several are due at once. */
function renewalsIn(world: World): Renewal[] {
  return Object.values(world.accounts)
    .flatMap(({ id, instances, sessions, roles }) =>
      Object.values(instances).flatMap((instance): readonly Renewal[] => {
        const served = instance.credentials.state === 'served' ? instance.credentials : null;
        const session = served && own(sessions, served.key);
        const role = served && own(roles, served.role);
        return session && role ? [{ at: renewalTime(session), account: id, instance, role }] : [];
      }),
    )
    .toSorted((a, b) => a.at - b.at);
}
