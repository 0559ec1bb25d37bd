import { createHash, createHmac } from 'node:crypto';
import { REGION } from '../../cloud/arn.ts';
import type { Instant } from '../../cloud/world.ts';

/** An object that a URL is to be signed for, and for how long, in seconds. */
export interface ObjectToSign {
  readonly bucket: string;
  readonly key: string;
  readonly seconds: number;
}

/** What a URL is signed with. */
export interface SigningKey {
  readonly accessKey: string;
  readonly secret: string;
  /** Of temporary credentials; null for a long-term key. */
  readonly token: string | null;
}

/** What a presigned URL says. Its signature is yet to be compared. */
export interface PresignedUrl extends ObjectToSign {
  readonly accessKey: string;
  readonly token: string | null;
  readonly signed: Instant;
  readonly signature: string;
}

/**
 * A URL that lets whoever has it read one object as the holder of the key, until its time is over: Signature Version 4
 * in the query. Nothing is sent to make it.
 * Source: S3 API Reference, sigv4-query-string-auth.html.
 */
export function presignedUrl(
  { bucket, key, seconds }: ObjectToSign,
  { accessKey, secret, token }: SigningKey,
  now: Instant,
): string {
  const { host, path } = addressOf(bucket, key);
  const query = queryOf(accessKey, token, now, seconds);
  return `https://${host}${path}?${query}&X-Amz-Signature=${signature(host, path, query, secret, now)}`;
}

/** Reads a presigned URL of S3; null for any other text. */
export function readPresignedUrl(text: string): PresignedUrl | null {
  const found = objectOf(text);
  const query = new URLSearchParams(text.slice(text.indexOf('?') + 1));
  const [accessKey = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const signed = instantOf(query.get('X-Amz-Date') ?? '');
  const given = query.get('X-Amz-Signature');
  const seconds = query.get('X-Amz-Expires') ?? '';
  if (found === null || signed === null || given === null || !/^\d{1,6}$/.test(seconds)) return null;
  const token = query.get('X-Amz-Security-Token');
  return { ...found, accessKey, token, signed, seconds: Number(seconds), signature: given };
}

/** The bucket and key that a URL of S3 names, signed or not; null for a URL of something else. */
export function objectOf(text: string): { readonly bucket: string; readonly key: string } | null {
  const found = addressed(text);
  return found === null || found.key === '' ? null : found;
}

/** The same for a URL of a bucket too, whose key is empty. */
export function addressed(text: string): { readonly bucket: string; readonly key: string } | null {
  const [, host = '', path = ''] = /^https?:\/\/([^/?#]+)\/?([^?#]*)/.exec(text) ?? [];
  const ofS3 = /^(?:(.+)\.)?s3(?:[.-](?!website)[a-z0-9-]+)?\.amazonaws\.com$/.exec(host);
  if (ofS3 === null) return null;
  const [, bucket] = ofS3;
  try {
    const [first = '', ...rest] = path.split('/').map(decodeURIComponent);
    const found =
      bucket === undefined
        ? { bucket: first, key: rest.join('/') }
        : { bucket, key: [first, ...rest].join('/') };
    return found.bucket === '' ? null : found;
  } catch {
    return null;
  }
}

/** True when the signature of a URL was made with this secret. */
export function isSignedWith(url: PresignedUrl, secret: string): boolean {
  const { host, path } = addressOf(url.bucket, url.key);
  const query = queryOf(url.accessKey, url.token, url.signed, url.seconds);
  return signature(host, path, query, secret, url.signed) === url.signature;
}

/** A bucket with a point in its name goes into the path, where it cannot break the certificate. */
function addressOf(bucket: string, key: string): { readonly host: string; readonly path: string } {
  const encoded = key.split('/').map(encoded3986).join('/');
  return bucket.includes('.')
    ? { host: `s3.${REGION}.amazonaws.com`, path: `/${bucket}/${encoded}` }
    : { host: `${bucket}.s3.${REGION}.amazonaws.com`, path: `/${encoded}` };
}

/** The query without its signature, its names in alphabetical order. */
function queryOf(accessKey: string, token: string | null, now: Instant, seconds: number): string {
  const parameters: readonly (readonly [string, string])[] = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${accessKey}/${scopeOf(now)}`],
    ['X-Amz-Date', timestamp(now)],
    ['X-Amz-Expires', String(seconds)],
    ...(token === null ? [] : [['X-Amz-Security-Token', token] as const]),
    ['X-Amz-SignedHeaders', 'host'],
  ];
  return parameters.map(([name, value]) => `${name}=${encoded3986(value)}`).join('&');
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The signature of a GET whose query is signed. Source: IAM User Guide, reference_sigv-create-signed-request.html. */
export function signature(host: string, path: string, query: string, secret: string, now: Instant): string {
  const canonical = ['GET', path, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = [ALGORITHM, timestamp(now), scopeOf(now), hash].join('\n');
  const steps = scopeOf(now).split('/');
  const key = steps.reduce<string | Buffer>((with_, step) => hmac(with_, step), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function scopeOf(now: Instant): string {
  return `${timestamp(now).slice(0, 8)}/${REGION}/s3/aws4_request`;
}

/** `20260302T090000Z` */
function timestamp(now: Instant): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function instantOf(text: string): Instant | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant) ? null : instant;
}

function encoded3986(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
