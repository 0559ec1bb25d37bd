import type { Json } from './operation.ts';

/** Members that no log holds: contents, passwords, secret keys, tokens and the variables of functions. */
const UNTOLD =
  /^(Body|Plaintext|CiphertextBlob|SecretString|SecretBinary|SecretAccessKey|SessionToken|\w*Password|TokenCode|AuthenticationCode\d|Base32StringSeed|QRCodePNG|WebIdentityToken|SAMLAssertion|Token|Message|MessageBody|Payload|ZipFile|Variables)$/i;

/** A value as a log may hold it, at any depth. What is left out in JSON is left out here. */
export function withoutSecrets(value: unknown): Json {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, each]) => each !== undefined && !UNTOLD.test(name))
        .map(([name, each]) => [name, withoutSecrets(each)]),
    );
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
