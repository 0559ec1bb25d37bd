import { iamArn, sessionArn } from '../arn.ts';
import { throughEndpoint } from '../authorization.ts';
import type { Caller } from '../caller.ts';
import { type CallerSide, callerSide, serviceSide } from '../caller-side.ts';
import { ANONYMOUS, callerOf } from '../credentials.ts';
import type { PermissionNeeded } from '../operation.ts';
import { own } from '../own.ts';
import { HAVE_POLICIES } from '../resource-policy.ts';
import { type ResourceSide, resourceSide } from '../resource-side.ts';
import { servicesThrough } from '../services/ec2/endpoint-policy.ts';
import { SERVE_ANYBODY } from '../services/index.ts';
import { namesEverybody } from '../services/s3/is-public.ts';
import type { Account, AccountId, World } from '../world.ts';

/** Who may ask, by name, so that the same principal can be found in two worlds. */
export type MapPrincipal =
  | { readonly kind: 'user'; readonly account: AccountId; readonly user: string }
  /** A session of the role. */
  | { readonly kind: 'role'; readonly account: AccountId; readonly role: string }
  | { readonly kind: 'root'; readonly account: AccountId }
  /** What runs on an instance, with the credentials that it is served: its requests start in its VPC. */
  | {
      readonly kind: 'instance';
      readonly account: AccountId;
      readonly instance: string;
      readonly name: string;
    }
  | { readonly kind: 'service'; readonly service: string }
  /** Anybody at all, with requests that nobody signed. */
  | { readonly kind: 'anonymous' };

/** Name of the role session that stands for every session of its role. */
const SESSION = 'any-session';

/** What a principal brings to its requests. */
export interface MapCaller {
  readonly side: CallerSide;
  /** By service: for requests that pass a VPC endpoint on their way. */
  readonly through: Readonly<Record<string, CallerSide>>;
  /** What has no ARN of its own is the account's of whoever asks; null for a service, which has none. */
  readonly home: { readonly account: AccountId; readonly side: ResourceSide } | null;
  /** The services that take its requests at all; null for all. */
  readonly services: readonly string[] | null;
}

/** What a principal brings to its requests; null when it is not in this world. */
export function mapCaller(world: World, principal: MapPrincipal): MapCaller | null {
  if (principal.kind === 'service') {
    return { side: serviceSide(world, principal.service), through: {}, home: null, services: null };
  }
  if (principal.kind === 'anonymous') {
    return { side: callerSide(world, ANONYMOUS), through: {}, home: null, services: SERVE_ANYBODY };
  }
  const caller = callerAs(world, principal);
  if (caller === null) {
    return null;
  }
  const side = principal.kind === 'role' ? ofSession(world, caller) : callerSide(world, caller);
  const { place } = caller;
  const services = place === undefined ? [] : servicesThrough(world, place);
  const through = services.map((service) => {
    const request = { action: `${service}:Any` };
    return [service, throughEndpoint(world, place, request, side)] as const;
  });
  const { account } = caller;
  const home = {
    account,
    side: resourceSide(world, { action: '', resource: '*', resourceAccount: account }),
  };
  return { side, through: Object.fromEntries(through), home, services: null };
}

/** Any session of a role: it was issued at some time, which is now unless said, and has no MFA of its own. */
function ofSession(world: World, caller: Caller): CallerSide {
  const side = callerSide(world, caller);
  const session = {
    'aws:TokenIssueTime': new Date(world.clock).toISOString(),
    'aws:MultiFactorAuthPresent': false,
  };
  return { ...side, context: { ...side.context, ...session } };
}

/** What a principal brings to one request. What a service asks in its name passes no endpoint of its own. */
export function sideFor({ side, through }: MapCaller, { action, via }: PermissionNeeded): CallerSide {
  return via === undefined ? (own(through, action.slice(0, action.indexOf(':'))) ?? side) : side;
}

/** A principal as a caller, whatever credentials there are; null when it is not in this world. */
export function callerAs(
  world: World,
  principal: Exclude<MapPrincipal, { kind: 'service' | 'anonymous' }>,
): Caller | null {
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
    case 'instance': {
      const { instance } = principal;
      const caller = callerOf(world, { kind: 'instance', account: account.id, instance, process: null });
      return 'arn' in caller ? caller : null;
    }
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

/**
 * Every user, role and root user of the world, every instance whose requests pass a VPC endpoint, every service
 * that a role trusts or the policy of a resource names, and anybody at all where a bucket policy names everybody.
 */
export function principalsOf(world: World): readonly MapPrincipal[] {
  const accounts = Object.values(world.accounts);
  const inAccounts = accounts.flatMap(({ id: account, users, roles, instances }): readonly MapPrincipal[] => [
    ...Object.keys(users).map((user) => ({ kind: 'user', account, user }) as const),
    ...Object.keys(roles).map((role) => ({ kind: 'role', account, role }) as const),
    { kind: 'root', account },
    ...Object.values(instances)
      .filter(
        ({ network, credentials }) =>
          network !== null &&
          credentials.state === 'served' &&
          servicesThrough(world, { account, ...network }).length > 0,
      )
      .map(({ id: instance, name }) => ({ kind: 'instance', account, instance, name }) as const),
  ]);
  const named = accounts.flatMap((account) => [
    ...Object.values(account.roles).flatMap(({ trust }) => services(trust)),
    ...HAVE_POLICIES.flatMap((kind) =>
      Object.values(account[kind]).flatMap(({ policy }) => services(policy)),
    ),
  ]);
  return [
    ...inAccounts,
    ...[...new Set(named)].map((service): MapPrincipal => ({ kind: 'service', service })),
    ...(accounts.some(hasOpenBucket) ? [{ kind: 'anonymous' } as const] : []),
  ];
}

/** The policies of buckets are the only ones by which somebody unknown gets anything: other services turn them away. */
function hasOpenBucket({ buckets }: Account): boolean {
  return Object.values(buckets).some(({ policy }) => policy !== null && namesEverybody(policy));
}

/** The services named in a policy, wherever they stand in it. */
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
  if (principal.kind === 'anonymous') {
    return 'anonymous';
  }
  const prefix = withAccount ? `${principal.account}:` : '';
  switch (principal.kind) {
    case 'user':
      return `${prefix}${principal.user}`;
    case 'role':
      return `${prefix}role/${principal.role}`;
    case 'root':
      return `${prefix}root user`;
    case 'instance':
      return `${prefix}instance/${principal.name}`;
  }
}

/** The same text for the same principal, and for no other. */
export function principalKey(principal: MapPrincipal): string {
  return principal.kind === 'instance'
    ? `${principal.account}:instance/${principal.instance}`
    : principalName(principal, true);
}

/** Whether two are the same principal. */
export function isSamePrincipal(one: MapPrincipal, other: MapPrincipal): boolean {
  return one.kind === other.kind && principalKey(one) === principalKey(other);
}
