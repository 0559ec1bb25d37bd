import { iamArn, sessionArn } from '../arn.ts';
import type { Caller } from '../caller.ts';
import { type CallerSide, callerSide, serviceSide } from '../caller-side.ts';
import { own } from '../own.ts';
import type { AccountId, World } from '../world.ts';

/** Who may ask, by name, so that the same principal can be found in two worlds. */
export type MapPrincipal =
  | { readonly kind: 'user'; readonly account: AccountId; readonly user: string }
  /** A session of the role. */
  | { readonly kind: 'role'; readonly account: AccountId; readonly role: string }
  | { readonly kind: 'root'; readonly account: AccountId }
  | { readonly kind: 'service'; readonly service: string };

/** Name of the role session that stands for every session of its role. */
const SESSION = 'any-session';

/** A principal's side of every request; null when it is not in this world. */
export function sideOf(world: World, principal: MapPrincipal): CallerSide | null {
  if (principal.kind === 'service') {
    return serviceSide(world, principal.service);
  }
  const caller = callerAs(world, principal);
  return caller && callerSide(world, caller);
}

/** A principal as a caller, whatever credentials there are; null when it is not in this world. */
export function callerAs(world: World, principal: Exclude<MapPrincipal, { kind: 'service' }>): Caller | null {
  const account = own(world.accounts, principal.account);
  if (account === undefined) {
    return null;
  }
  switch (principal.kind) {
    case 'root':
      return {
        kind: 'root',
        account: account.id,
        accessKey: '',
        arn: `arn:aws:iam::${account.id}:root`,
        userId: account.id,
      };
    case 'user': {
      const user = own(account.users, principal.user);
      return user === undefined
        ? null
        : {
            kind: 'user',
            account: account.id,
            accessKey: '',
            user: user.name,
            arn: user.arn,
            userId: user.id,
          };
    }
    case 'role': {
      const role = own(account.roles, principal.role);
      return role === undefined
        ? null
        : {
            kind: 'assumed-role',
            account: account.id,
            accessKey: '',
            role: role.name,
            roleArn: iamArn(account.id, 'role', role.name, role.path),
            arn: sessionArn(account.id, role.name, SESSION),
            userId: `${role.id}:${SESSION}`,
          };
    }
  }
}

/** Every user, role and root user of the world, and every service that a role trusts. */
export function principalsOf(world: World): readonly MapPrincipal[] {
  const accounts = Object.values(world.accounts);
  const inAccounts = accounts.flatMap(({ id: account, users, roles }): readonly MapPrincipal[] => [
    ...Object.keys(users).map((user) => ({ kind: 'user', account, user }) as const),
    ...Object.keys(roles).map((role) => ({ kind: 'role', account, role }) as const),
    { kind: 'root', account },
  ]);
  const trusted = accounts.flatMap(({ roles }) =>
    Object.values(roles).flatMap(({ trust }) => services(trust)),
  );
  return [
    ...inAccounts,
    ...[...new Set(trusted)].map((service): MapPrincipal => ({ kind: 'service', service })),
  ];
}

/** The services named in a trust policy, wherever they stand in it. */
function services(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const named: unknown = 'Service' in value ? value.Service : [];
  const list: readonly unknown[] = Array.isArray(named) ? named : [named];
  return [
    ...list.filter((each) => typeof each === 'string'),
    ...Object.values(value).flatMap((each) => services(each)),
  ];
}

/** A principal's short name, as people say it: `joanne`, `role/web`; with its account where that is asked for. */
export function principalName(principal: MapPrincipal, withAccount: boolean): string {
  if (principal.kind === 'service') {
    return principal.service;
  }
  const prefix = withAccount ? `${principal.account}:` : '';
  switch (principal.kind) {
    case 'user':
      return `${prefix}${principal.user}`;
    case 'role':
      return `${prefix}role/${principal.role}`;
    case 'root':
      return `${prefix}root user`;
  }
}

/** The same text for the same principal, and for no other. */
export function principalKey(principal: MapPrincipal): string {
  return principalName(principal, true);
}
