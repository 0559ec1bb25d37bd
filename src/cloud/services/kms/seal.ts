import { createHash } from 'node:crypto';
import type { KmsKey } from './records.ts';

/** Names and values that a ciphertext is bound to: it opens only with the same ones. */
export type EncryptionContext = Readonly<Record<string, string>>;

const SEAL_BYTES = 16;

/**
 * A ciphertext as base64: it names its key, and opens only with that key's material and the same context. Not AES:
 * real secrecy is not needed here, only that nobody reads the text by looking. The same text gives the same ciphertext.
 */
export function seal(key: KmsKey, context: EncryptionContext, plaintext: Buffer): string {
  const name = Buffer.from(key.arn);
  const mark = markOf(key.material, context, plaintext);
  return Buffer.concat([
    Buffer.from([name.length]),
    name,
    mark,
    mixed(key.material, mark, plaintext),
  ]).toString('base64');
}

/** ARN of the key that a ciphertext names; null for what is not one. */
export function keyOfCiphertext(ciphertext: string): string | null {
  const bytes = Buffer.from(ciphertext, 'base64');
  const length = bytes[0] ?? 0;
  const name = bytes.subarray(1, 1 + length).toString();
  return /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/.test(name) ? name : null;
}

/** The text in a ciphertext; null when it was made with another key or context, or tampered with. */
export function unseal(key: KmsKey, context: EncryptionContext, ciphertext: string): Buffer | null {
  const bytes = Buffer.from(ciphertext, 'base64');
  const start = 1 + (bytes[0] ?? 0);
  const mark = bytes.subarray(start, start + SEAL_BYTES);
  const plaintext = mixed(key.material, mark, bytes.subarray(start + SEAL_BYTES));
  return markOf(key.material, context, plaintext).equals(mark) ? plaintext : null;
}

function markOf(material: string, context: EncryptionContext, plaintext: Buffer): Buffer {
  const names = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([material, names]))
    .update(plaintext)
    .digest()
    .subarray(0, SEAL_BYTES);
}

/** Mixes in a stream that follows from the key and the mark; doing it twice gives the bytes back. */
function mixed(material: string, mark: Buffer, bytes: Buffer): Buffer {
  const stream: Buffer[] = [];
  for (let block = 0; block * 32 < bytes.length; block += 1) {
    stream.push(createHash('sha256').update(`${material}/${block}/`).update(mark).digest());
  }
  const pad = Buffer.concat(stream);
  return Buffer.from(bytes.map((byte, index) => byte ^ (pad[index] ?? 0)));
}
