import type { Draft } from 'immer';
import { newSuffix, newUuid } from '../../identifiers.ts';
import { entries, type SpecPath, type SpecReader } from '../../read-spec.ts';
import type { Account } from '../../world.ts';
import type { DocumentSpec } from '../../world-spec.ts';
import { keyOfSpec } from '../kms/spec.ts';
import { SECRET_POLICY, secretArn } from './secret.ts';

/** What an author says of Secrets Manager in an account. */
export interface SecretsManagerSpec {
  readonly secrets?: Readonly<Record<string, SecretSpec>>;
}

export interface SecretSpec {
  /** The secret itself. */
  readonly text: string;
  readonly policy?: DocumentSpec;
  /** A KMS key by its name in `kmsKeys`, or its ARN; the one that AWS manages unless said. */
  readonly kmsKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Fills an account with its secrets. */
export function readSecretsManager(
  reader: SpecReader,
  at: SpecPath,
  account: Draft<Account>,
  spec: SecretsManagerSpec,
): void {
  for (const [name, secret] of entries(spec.secrets)) {
    const path = [...at, 'secrets', name];
    if (!/^[\w/+=.@-]{1,512}$/.test(name) || name === '__proto__') {
      reader.problem(path, `${name} cannot be a secret's name: letters, digits and /_+=.@- only.`);
      continue;
    }
    account.secrets[name] = {
      name,
      arn: secretArn(account.id, name, newSuffix(reader.world)),
      description: '',
      created: reader.world.clock,
      changed: reader.world.clock,
      key:
        secret.kmsKey === undefined ? null : keyOfSpec(reader, [...path, 'kmsKey'], account, secret.kmsKey),
      versions: [{ id: newUuid(reader.world), text: secret.text, created: reader.world.clock }],
      policy:
        secret.policy === undefined
          ? null
          : reader.document([...path, 'policy'], secret.policy, SECRET_POLICY),
      deletion: null,
      tags: { ...secret.tags },
    };
  }
}
