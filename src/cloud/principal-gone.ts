import type { Role, User, World } from './world.ts';

/**
 * The world after a user or role was deleted: policies that named it show its unique id from now on, and one made
 * again under the same name is not meant.
 * Source: IAM User Guide, reference_policies_elements_principal.html (role principals).
 */
export function withPrincipalGone(world: World, { arn, id }: Pick<User | Role, 'arn' | 'id'>): World {
  return { ...world, accounts: renamed(world.accounts, arn, id, false) };
}

/** The world after a user got another name: policies that named it show its new ARN. */
export function withPrincipalRenamed(world: World, before: string, after: string): World {
  return before === after ? world : { ...world, accounts: renamed(world.accounts, before, after, false) };
}

/** A value with one principal called otherwise, and the very same value where it is not named. */
function renamed<T>(value: T, arn: string, id: string, inPrincipal: boolean): T;
function renamed(value: unknown, arn: string, id: string, inPrincipal: boolean): unknown {
  if (typeof value === 'string') {
    return inPrincipal && value === arn ? id : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.map((each: unknown) => renamed(each, arn, id, inPrincipal));
    return items.some((each, index) => each !== value[index]) ? items : value;
  }
  const before = Object.entries(value);
  const after = before.map(([key, each]) => {
    const inside = inPrincipal || ((key === 'Principal' || key === 'NotPrincipal') && 'Effect' in value);
    return [key, renamed(each, arn, id, inside)] as const;
  });
  return after.some(([, each], index) => each !== before[index]?.[1]) ? Object.fromEntries(after) : value;
}
