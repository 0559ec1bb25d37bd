import type { Instant } from '../../cloud/world.ts';
import type { Ending } from '../plan.ts';
import type { SigningKey } from '../s3/presigned-url.ts';
import { NO_CREDENTIALS, USAGE, usageError } from './usage.ts';

/** Credentials as they are exported. `expires`: null for a long-term key. */
export interface Exported extends SigningKey {
  readonly expires: Instant | null;
}

/** How each format writes a variable; null for JSON. */
const FORMATS = {
  process: null,
  env: (name: string, value: string) => `export ${name}=${value}`,
  'env-no-export': (name: string, value: string) => `${name}=${value}`,
  powershell: (name: string, value: string) => `$Env:${name}="${value}"`,
  'windows-cmd': (name: string, value: string) => `set ${name}=${value}`,
  fish: (name: string, value: string) => `set -gx ${name} "${value}"`,
} as const;

export type CredentialFormat = keyof typeof FORMATS;

/** The formats of `aws configure export-credentials`. */
export const CREDENTIAL_FORMATS: readonly string[] = Object.keys(FORMATS);

function isFormat(text: string): text is CredentialFormat {
  return CREDENTIAL_FORMATS.includes(text);
}

/**
 * Reads the words after `aws configure export-credentials`. Finding the credentials is for who signs requests.
 * Source: AWS CLI Command Reference, configure/export-credentials.html.
 */
export function exportCredentials(words: readonly string[]): Ending {
  const split = words.flatMap((word) => /^(--format)=(.*)$/s.exec(word)?.slice(1) ?? word);
  const [option, format, ...more] = split;
  if (option === undefined) return { output: '', exit: 0, toExport: 'process' };
  if (option !== '--format' || more.length > 0) {
    const unknown = option === '--format' ? more : split;
    return wrong(`Unknown options: ${unknown.join(', ')}`);
  }
  if (format === undefined) return wrong('argument --format: expected one argument');
  return isFormat(format)
    ? { output: '', exit: 0, toExport: format }
    : wrong(`argument --format: Invalid choice, valid choices are:\n\n${CREDENTIAL_FORMATS.join(' | ')}`);
}

function wrong(message: string): Ending {
  return { output: usageError(message), exit: USAGE };
}

/** Credentials in a format; the AWS CLI's complaint when there are none. */
export function exported(format: CredentialFormat, key: Exported | null): Ending {
  if (key === null) {
    return { output: 'Unable to retrieve credentials: no credentials found', exit: NO_CREDENTIALS };
  }
  const { accessKey, secret, token, expires } = key;
  const expiration = expires === null ? null : `${new Date(expires).toISOString().slice(0, 19)}+00:00`;
  const variable = FORMATS[format];
  if (variable === null) {
    const process = {
      Version: 1,
      AccessKeyId: accessKey,
      SecretAccessKey: secret,
      ...(token === null ? {} : { SessionToken: token }),
      ...(expiration === null ? {} : { Expiration: expiration }),
    };
    return { output: JSON.stringify(process, null, 2), exit: 0 };
  }
  const lines = [
    variable('AWS_ACCESS_KEY_ID', accessKey),
    variable('AWS_SECRET_ACCESS_KEY', secret),
    ...(token === null ? [] : [variable('AWS_SESSION_TOKEN', token)]),
    ...(expiration === null ? [] : [variable('AWS_CREDENTIAL_EXPIRATION', expiration)]),
  ];
  return { output: lines.join('\n'), exit: 0 };
}
