import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Group, Role, User, World } from '../../world.ts';
import { homeOf } from '../define.ts';
import {
  boundaryContext,
  boundaryOf,
  entityArn,
  noSuch,
  permission,
  recordOf,
  unmodifiable,
} from './entities.ts';

/** What differs between users, groups and roles for operations that are the same for all three. */
export interface HolderKind {
  readonly kind: 'user' | 'group' | 'role';
  /** As in `AttachUserPolicy`, `PoliciesPerUser`. */
  readonly title: 'User' | 'Group' | 'Role';
  /** The member of an input that names it. */
  readonly member: 'UserName' | 'GroupName' | 'RoleName';
  readonly attachedLimit: number;
  readonly inlineLimit: number;
}

export const HOLDERS: readonly HolderKind[] = [
  {
    kind: 'user',
    title: 'User',
    member: 'UserName',
    attachedLimit: LIMITS.attachedPerUser,
    inlineLimit: LIMITS.userInlineSize,
  },
  {
    kind: 'group',
    title: 'Group',
    member: 'GroupName',
    attachedLimit: LIMITS.attachedPerGroup,
    inlineLimit: LIMITS.groupInlineSize,
  },
  {
    kind: 'role',
    title: 'Role',
    member: 'RoleName',
    attachedLimit: LIMITS.attachedPerRole,
    inlineLimit: LIMITS.roleInlineSize,
  },
];

/** The input's member that names the holder. */
export function nameMember({ kind, member }: HolderKind) {
  return { [member]: { type: 'string', required: true, help: `name of the ${kind}` } } as const;
}

/** The holder's name in an input; it has the shape of `nameMember`. */
export function nameIn({ member }: HolderKind, input: object): string {
  const name: unknown = Object.entries(input).find(([key]) => key === member)?.[1];
  return typeof name === 'string' ? name : '';
}

export function holderOf(
  account: Account,
  { kind }: HolderKind,
  name: string,
): User | Group | Role | undefined {
  return own<User | Group | Role>(account[recordOf(kind)], name);
}

/** A user, group or role that is to be changed, or IAM's error. */
export function holderToChange(
  account: Account,
  kind: HolderKind,
  name: string,
): { readonly holder: User | Group | Role } | { readonly error: ApiError } {
  const holder = holderOf(account, kind, name);
  return holder === undefined ? noSuch(kind.kind, name) : (unmodifiable(holder) ?? { holder });
}

/** The world with a holder replaced. */
export function putHolder(
  world: World,
  account: Account,
  kind: HolderKind,
  holder: User | Group | Role,
): World {
  return put(world, account.id, recordOf(kind.kind), holder.name, holder);
}

/** Permission on a holder, with the boundary it has where the action knows `iam:PermissionsBoundary`. */
export function onHolder(
  world: World,
  caller: Caller,
  { kind }: HolderKind,
  name: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): readonly PermissionNeeded[] {
  const home = homeOf(world, caller);
  const boundary =
    kind === 'group' || /^(List|Get)/.test(action) ? {} : boundaryContext(boundaryOf(home, kind, name));
  return [permission(action, caller, entityArn(home, kind, name), { ...boundary, ...context })];
}
