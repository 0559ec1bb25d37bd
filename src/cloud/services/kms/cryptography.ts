import { createHash } from 'node:crypto';
import type { Caller } from '../../caller.ts';
import { generated } from '../../change.ts';
import { newSecret } from '../../identifiers.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import type { World } from '../../world.ts';
import { breaksConstraint, define, done, failed } from '../define.ts';
import { type FoundKey, findKey, keyNamed, onKey } from './find-key.ts';
import { GRANT_TOKENS, grantTokenProblem } from './grant-tokens.ts';
import { type EncryptionContext, keyOfCiphertext, seal, unseal } from './seal.ts';

const KEY = { type: 'string', required: true, help: 'id, ARN or alias of the key' } as const;
const CONTEXT = {
  type: 'nested',
  of: { map: 'string' },
  help: 'names and values that must be the same for decryption, such as team=red',
} as const;
const MOST_PLAINTEXT_BYTES = 4_096;

/** `kms:EncryptionContext:…` and `kms:EncryptionContextKeys`. */
function contextKeys(context: EncryptionContext | undefined): PermissionNeeded['context'] {
  const names = Object.keys(context ?? {});
  return names.length === 0
    ? {}
    : {
        'kms:EncryptionContextKeys': names,
        ...Object.fromEntries(
          Object.entries(context ?? {}).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
        ),
      };
}

/** A key that is fit for use, or KMS's error. */
function usable(world: World, caller: Caller, text: string): FoundKey | { readonly error: ApiError } {
  const found = keyNamed(world, caller, text);
  return 'error' in found ? found : (unusable(found) ?? found);
}

function unusable({ key }: FoundKey): { readonly error: ApiError } | null {
  switch (key.state.name) {
    case 'Enabled':
      return null;
    case 'Disabled':
      return failed('DisabledException', `${key.arn} is disabled.`);
    case 'PendingDeletion':
      return failed('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  }
}

/** What KMS has against a key that a service wants to use in the caller's name; null when it can be used. */
export function keyInUseProblem(
  world: World,
  caller: Caller,
  text: string,
): { readonly error: ApiError } | null {
  const found = usable(world, caller, text);
  return 'error' in found ? found : null;
}

const encrypt = define({
  id: 'kms:Encrypt',
  summary: 'encrypt a short text with a key',
  input: {
    KeyId: KEY,
    Plaintext: { type: 'blob', required: true, help: 'the text, 4,096 bytes at most' },
    EncryptionContext: CONTEXT,
    GrantTokens: GRANT_TOKENS,
  },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'Encrypt', {
      ...contextKeys(input.EncryptionContext),
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    }),
  ],
  effect(input, caller, world) {
    const found = grantTokenProblem(world, input.GrantTokens) ?? usable(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const plaintext = Buffer.from(input.Plaintext, 'base64');
    return plaintext.length > MOST_PLAINTEXT_BYTES
      ? failed(
          'ValidationException',
          "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
        )
      : done(world, {
          CiphertextBlob: seal(found.key, input.EncryptionContext ?? {}, plaintext),
          KeyId: found.key.arn,
          EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        });
  },
});

const decrypt = define({
  id: 'kms:Decrypt',
  summary: 'decrypt a text; the ciphertext itself names its key',
  input: {
    CiphertextBlob: { type: 'blob', required: true, help: 'what Encrypt or GenerateDataKey answered' },
    KeyId: { type: 'string', help: 'the key it must have been encrypted with' },
    EncryptionContext: CONTEXT,
    GrantTokens: GRANT_TOKENS,
  },
  // What names no key is about no key: there is nothing to ask a permission for.
  malformed: ({ CiphertextBlob: ciphertext, KeyId: key }) =>
    key === undefined && keyOfCiphertext(ciphertext) === null
      ? failed('InvalidCiphertextException', '')
      : null,
  needs: (input, caller, world) => [
    onKey(world, caller, keyOfCiphertext(input.CiphertextBlob) ?? input.KeyId ?? '', 'Decrypt', {
      ...contextKeys(input.EncryptionContext),
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    }),
  ],
  effect(input, caller, world) {
    const arn = keyOfCiphertext(input.CiphertextBlob);
    if (arn === null) {
      return failed('InvalidCiphertextException', '');
    }
    if (input.KeyId !== undefined && findKey(world, caller, input.KeyId)?.key.arn !== arn) {
      return failed(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
    const found = grantTokenProblem(world, input.GrantTokens) ?? usable(world, caller, arn);
    if ('error' in found) {
      return found;
    }
    const plaintext = unseal(found.key, input.EncryptionContext ?? {}, input.CiphertextBlob);
    return plaintext === null
      ? failed(
          'InvalidCiphertextException',
          '',
          'The encryption context must be the one it was encrypted with.',
        )
      : done(world, {
          KeyId: found.key.arn,
          Plaintext: plaintext.toString('base64'),
          EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        });
  },
});

const SIZES: Readonly<Record<string, number>> = { AES_256: 32, AES_128: 16 };

const generateDataKey = define({
  id: 'kms:GenerateDataKey',
  summary: 'make a data key: once as it is, once encrypted with the key',
  input: {
    KeyId: KEY,
    KeySpec: { type: 'string', required: true, help: 'AES_256 or AES_128' },
    EncryptionContext: CONTEXT,
    GrantTokens: GRANT_TOKENS,
  },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'GenerateDataKey', contextKeys(input.EncryptionContext)),
  ],
  effect(input, caller, world) {
    const bytes = SIZES[input.KeySpec];
    if (bytes === undefined) {
      return breaksConstraint(
        'ValidationException',
        'keySpec',
        input.KeySpec,
        'satisfy enum value set: [AES_256, AES_128]',
      );
    }
    const found = grantTokenProblem(world, input.GrantTokens) ?? usable(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const [secret, next] = generated(world, newSecret);
    const dataKey = createHash('sha256').update(secret).digest().subarray(0, bytes);
    return done(next, {
      CiphertextBlob: seal(found.key, input.EncryptionContext ?? {}, dataKey),
      Plaintext: dataKey.toString('base64'),
      KeyId: found.key.arn,
    });
  },
});

/** Source: KMS API Reference, API_Encrypt.html, API_Decrypt.html, API_GenerateDataKey.html. */
export const cryptographicOperations = [encrypt, decrypt, generateDataKey];
