import { isObject } from '../../iam/problem.ts';
import { own } from '../own.ts';
import { seal } from '../services/kms/seal.ts';
import type { Account, World } from '../world.ts';

type Table = Readonly<Record<string, unknown>>;

/**
 * What a member of an operation's input may name: `RoleName`, `RoleArn` and `RoleId` lead to the account's `roles`,
 * `Bucket` to its `buckets`, and so for every record there is. Empty for a member that names nothing there.
 */
export function namesFor(
  world: World,
  account: Account,
  member: string,
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (member === 'Key') {
    const bucket = own(account.buckets, String(given.Bucket));
    return Object.keys(bucket?.objects ?? {});
  }
  if (/^(Target)?KeyId$/.test(member)) {
    return Object.keys(account.kmsKeys);
  }
  if (member === 'CiphertextBlob') {
    return Object.values(account.kmsKeys).map((key) => seal(key, {}, Buffer.alloc(0)));
  }
  const form = /(Names?|Ids?|Arns?|Url)$/.exec(member)?.[0] ?? '';
  const kind = member.slice(0, member.length - form.length).toLowerCase();
  const [record] = [...tables(account), ...tables(world)]
    .filter(([name]) => kind.endsWith(singular(name)))
    .sort(([a], [b]) => b.length - a.length);
  return Object.entries(record?.[1] ?? {}).map(([key, thing]) => nameOf(key, thing, form));
}

/** The records of an account or of the world, by name. */
function tables(holder: Account | World): readonly (readonly [name: string, table: Table])[] {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(holder);
  return entries.flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : []));
}

function nameOf(key: string, thing: unknown, form: string): string {
  if (!isObject(thing)) {
    return key;
  }
  const { arn, name, url } = thing;
  if (form === 'Url') {
    return typeof url === 'string' ? url : key;
  }
  if (form.startsWith('Arn')) {
    return typeof arn === 'string' ? arn : key;
  }
  return form.startsWith('Name') && typeof name === 'string' ? name : key;
}

/** `instanceProfiles` is about an `instanceprofile`, `policies` about a `policy`. */
function singular(record: string): string {
  return record.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');
}
