import type { Draft } from 'immer';
import { newSecret, newUuid } from '../../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { findKey, keyArn } from './find-key.ts';
import { defaultKeyPolicy, KEY_POLICY } from './key-policy.ts';

/** What an author says of KMS in an account. */
export interface KmsSpec {
  /** By the name of its alias, without `alias/`. */
  readonly kmsKeys?: Readonly<Record<string, KmsKeySpec>>;
}

export interface KmsKeySpec {
  /** A UUID; generated unless said. */
  readonly id?: string;
  /** The key policy; the one that leaves it to the account unless said. */
  readonly policy?: DocumentSpec;
  readonly description?: string;
  readonly state?: 'Enabled' | 'Disabled';
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its keys and their aliases. */
export function readKms(reader: SpecReader, at: SpecPath, account: Draft<Account>, spec: KmsSpec): void {
  for (const [name, key] of entries(spec.kmsKeys)) {
    const path = [...at, 'kmsKeys', name];
    const id = key.id ?? newUuid(reader.world);
    if (!/^[a-zA-Z0-9/_-]{1,250}$/.test(name) || name.startsWith('aws/')) {
      reader.problem(
        path,
        `${name} cannot be an alias. Use letters, digits and /_- only, and do not begin with aws/.`,
      );
    } else if (
      !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ||
      Object.hasOwn(account.kmsKeys, id)
    ) {
      reader.problem([...path, 'id'], `${id} cannot be its id: a UUID in small letters, each once.`);
    } else {
      account.kmsAliases[`alias/${name}`] = id;
      account.kmsKeys[id] = {
        id,
        arn: keyArn(account.id, id),
        created: reader.world.clock,
        description: key.description ?? '',
        policy:
          key.policy === undefined
            ? defaultKeyPolicy(account.id)
            : reader.document([...path, 'policy'], key.policy, KEY_POLICY),
        state: { name: key.state ?? 'Enabled' },
        manager: 'CUSTOMER',
        material: newSecret(reader.world),
        tags: { ...key.tags },
      };
    }
  }
}

/** ARN of the key that an author means by its name in `kmsKeys`, or by its ARN; null after a problem. */
export function keyOfSpec(
  reader: SpecReader,
  path: SpecPath,
  account: Draft<Account>,
  name: string,
): string | null {
  if (name.startsWith('arn:')) {
    reader.later(() => {
      if (findKey(reader.world, { account: account.id }, name) === null) {
        reader.problem(path, `There is no key ${name}.`);
      }
    });
    return name;
  }
  const names = Object.fromEntries(
    Object.entries(account.kmsAliases).map(([alias, id]) => [alias.replace('alias/', ''), id]),
  );
  return reader.refersTo(path, 'KMS key', name, names) ? keyArn(account.id, names[name] ?? '') : null;
}
