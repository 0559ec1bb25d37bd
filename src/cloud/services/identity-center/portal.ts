import type { Actor } from '../../actor.ts';
import { own } from '../../own.ts';
import { validity } from '../../temporary-credentials.ts';
import type {
  AccessKeyId,
  Account,
  DirectoryUser,
  IdentityCenter,
  PermissionSet,
  World,
} from '../../world.ts';
import { issueSession } from '../sts/sessions.ts';
import { withCenter } from './instance.ts';

/** How long somebody stays signed in to the access portal, in milliseconds. Source: singlesignon User Guide, user-session-duration.html. */
const PORTAL_SESSION = 8 * 3_600_000;

type Person = Extract<Actor, { kind: 'workforce' }>;

/** A role that somebody can choose in the access portal. */
export interface PortalRole {
  readonly account: Account;
  readonly set: PermissionSet;
}

/** The user of the directory that an actor is; undefined when there is none of that name any more. */
export function personNamed(center: IdentityCenter | null, name: string): DirectoryUser | undefined {
  return Object.values(center?.people ?? {}).find((person) => person.name === name);
}

/** What a user of the directory can choose in the portal: assigned to them or to a group of theirs. */
export function portalRoles(
  world: World,
  center: IdentityCenter,
  person: DirectoryUser,
): readonly PortalRole[] {
  const groups = Object.values(center.memberships).flatMap(({ user, group }) =>
    user === person.id ? [group] : [],
  );
  const found = center.assignments
    .filter(({ principal }) => principal === person.id || groups.includes(principal))
    .flatMap(({ account: id, permissionSet }): PortalRole[] => {
      const account = own(world.accounts, id);
      const set = own(center.permissionSets, permissionSet);
      return account && set ? [{ account, set }] : [];
    });
  return found.filter(
    ({ account, set }, index) =>
      found.findIndex((each) => each.account === account && each.set === set) === index,
  );
}

/** The world after somebody signed in to the access portal; unchanged when the directory does not know them. */
export function signedIn(world: World, name: string): World {
  const center = world.identityCenter;
  const person = personNamed(center, name);
  if (center === null || person === undefined) {
    return world;
  }
  const keys = own(center.portals, person.id)?.keys ?? {};
  const portal = { since: world.clock, expires: world.clock + PORTAL_SESSION, keys };
  return withCenter(world, { ...center, portals: { ...center.portals, [person.id]: portal } });
}

/** The world after somebody signed out of the access portal. Credentials they fetched stay good until they expire. */
export function signedOut(world: World, name: string): World {
  const center = world.identityCenter;
  const person = personNamed(center, name);
  const portal = center && person && own(center.portals, person.id);
  if (!center || !person || !portal) {
    return world;
  }
  const closed = { ...portal, expires: Math.min(portal.expires, world.clock), keys: {} };
  return withCenter(world, { ...center, portals: { ...center.portals, [person.id]: closed } });
}

/** Whether somebody is signed in to the access portal, and until when; null when they never were. */
export function portalSession(
  world: World,
  name: string,
): { readonly state: 'valid' | 'expired'; readonly expires: number } | null {
  const person = personNamed(world.identityCenter, name);
  const portal = person && own(world.identityCenter?.portals ?? {}, person.id);
  return portal ? { state: validity(portal, world.clock), expires: portal.expires } : null;
}

/** What an actor's AWS CLI signs with: a key, and the world in which it has been fetched; or why it has none. */
export type Fetched =
  | { readonly world: World; readonly key: AccessKeyId }
  | { readonly world: World; readonly message: string };

/**
 * Role credentials as the AWS CLI finds them for a profile of the portal: the ones it has while they are good, else
 * new ones, as long as somebody is signed in.
 * Source: CLI User Guide, cli-configure-sso.html.
 */
export function fetched(world: World, { account, user, permissionSet }: Person): Fetched {
  const center = world.identityCenter;
  const person = personNamed(center, user);
  const portal = center && person && own(center.portals, person.id);
  if (permissionSet === null || !center || !person || !portal) {
    return { world, message: permissionSet === null ? NO_ROLE : NEVER_SIGNED_IN };
  }
  const set = Object.values(center.permissionSets).find(({ name }) => name === permissionSet);
  const slot = `${account} ${set?.arn ?? permissionSet}`;
  const held = own(own(world.accounts, account)?.sessions ?? {}, own(portal.keys, slot) ?? '');
  if (held && validity(held, world.clock) === 'valid') {
    return { world, key: held.id };
  }
  if (validity(portal, world.clock) === 'expired') {
    return { world, message: PORTAL_OVER };
  }
  const chosen = portalRoles(world, center, person).find(
    (each) => each.account.id === account && each.set === set,
  );
  const role = chosen && own(chosen.account.roles, own(chosen.set.roles, account) ?? '');
  if (chosen === undefined || role === undefined) {
    return { world, message: NO_ACCESS };
  }
  const [session, issued] = issueSession(world, account, {
    holder: { kind: 'assumed-role', role: role.name, roleId: role.id, sessionName: person.name },
    seconds: chosen.set.sessionDuration / 1000,
    context: { 'identitystore:UserId': person.id },
  });
  const keys = { ...portal.keys, [slot]: session.id };
  const portals = { ...center.portals, [person.id]: { ...portal, keys } };
  return { world: withCenter(issued, { ...center, portals }), key: session.id };
}

const NO_ROLE = 'Unable to locate credentials. You can configure credentials by running "aws configure".';
const NEVER_SIGNED_IN = 'Error loading SSO Token: Token for the access portal does not exist';
const PORTAL_OVER = 'Error when retrieving token from sso: Token has expired and refresh failed';
const NO_ACCESS =
  'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access';
