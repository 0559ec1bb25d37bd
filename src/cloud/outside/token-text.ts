import { characters, seedOf } from '../identifiers.ts';

/** Text as base64url, as tokens are written; base64 with `+/=` unless `url`. */
export function base64(text: string, url = true): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  const plain = btoa(binary);
  return url ? plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') : plain;
}

/** The text behind base64 or base64url; null when it is neither. */
export function fromBase64(text: string): string | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** A made-up signature: the same for the same text, and it protects nothing but this simulation. */
export function signature(text: string): string {
  return characters({ seed: seedOf(text) }, SIGNS, 43);
}

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
