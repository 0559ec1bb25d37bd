/** The state of the generator, which lives in the world: each call moves it on. */
export interface Generator {
  seed: number;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SMALL = 'abcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz0123456789';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Prefixes of unique ids (IAM User Guide, reference_identifiers.html): user, role, group, instance profile, policy. */
export type IdPrefix = 'AIDA' | 'AROA' | 'AGPA' | 'AIPA' | 'ANPA';

/** A unique id of 21 characters, such as `AIDA…`. */
export function newUniqueId(generator: Generator, prefix: IdPrefix): string {
  return prefix + characters(generator, BASE32, 17);
}

/** An access key id of 20 characters: `AKIA…` for a user's key, `ASIA…` for temporary credentials. */
export function newAccessKeyId(generator: Generator, prefix: 'AKIA' | 'ASIA'): string {
  return prefix + characters(generator, BASE32, 16);
}

/** A secret access key: 40 characters. Made up, it opens nothing. */
export function newSecret(generator: Generator): string {
  return characters(generator, BASE64, 40);
}

/** A session token. Shorter than AWS's, to be readable. */
export function newToken(generator: Generator): string {
  return `IQoJ${characters(generator, BASE64, 60)}`;
}

/** A UUID, as KMS, Roles Anywhere and others name what they keep. */
export function newUuid(generator: Generator): string {
  return [8, 4, 4, 4, 12].map((length) => characters(generator, HEX, length)).join('-');
}

/** Six letters and digits, as at the end of a secret's ARN. */
export function newSuffix(generator: Generator): string {
  return characters(generator, BASE64.slice(0, 62), 6);
}

/** An id of EC2, such as `i-0…` with 17 hexadecimal digits. */
export function newResourceId(
  generator: Generator,
  prefix: 'i' | 'iip-assoc' | 'vpc' | 'subnet' | 'vpce' | 'r' | 'eni',
): string {
  return `${prefix}-0${characters(generator, HEX, 16)}`;
}

/** An id of small letters and digits, as AWS Organizations gives them: `o-` and 10, `r-` and 4, `p-` and 8 of them. */
export function newLowerCaseId(generator: Generator, prefix: string, length: number): string {
  return prefix + characters(generator, LOWER_CASE, length);
}

/** Twelve digits for a new account; the first is no zero. */
export function newAccountId(generator: Generator): string {
  return characters(generator, '123456789', 1) + characters(generator, '0123456789', 11);
}

/** An id of an EKS Pod Identity association: `a-` and 17 small letters and digits. */
export function newAssociationId(generator: Generator): string {
  return `a-${characters(generator, SMALL, 17)}`;
}

/** The seed of an MFA device: 32 characters of base32. */
export function newMfaSeed(generator: Generator): string {
  return characters(generator, BASE32, 32);
}

/** The generator's first state for a text. FNV-1a, 32 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Characters of an alphabet, taken with the generator. */
export function characters(generator: Generator, alphabet: string, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text += alphabet.charAt(Math.floor(random(generator) * alphabet.length));
  }
  return text;
}

/** Mulberry32: the state only ever counts up, so no id comes twice within 2³² characters. */
function random(generator: Generator): number {
  generator.seed = (generator.seed + 0x6d2b79f5) >>> 0;
  let mixed = generator.seed;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
