import { bucketArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { Json, PermissionNeeded } from '../../operation.ts';
import type { AccountId, Bucket, StoredObject, World } from '../../world.ts';
import { define, done, isoTime } from '../define.ts';
import { BUCKET, bucketNamed, inBucket } from './buckets.ts';
import { etag, sizeOf } from './objects.ts';

/** Most keys of one answer, unless fewer are asked for; common prefixes count as one each. */
const MOST_KEYS = 1000;

const SELECTION = {
  Bucket: BUCKET,
  Prefix: { type: 'string', help: 'only keys that begin with this' },
  Delimiter: { type: 'string', help: 'group keys up to this, such as /' },
  MaxKeys: { type: 'integer', help: 'how many at most; 1000 unless given' },
} as const;

/** Which keys are asked for. */
interface Selection {
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}

/** Both lists need the permission of the bucket itself, and tell conditions what they ask for. */
function listing(world: World, caller: Caller, asked: Selection): PermissionNeeded {
  return inBucket(world, caller, asked.Bucket, 'ListBucket', bucketArn(asked.Bucket), {
    ...(asked.Prefix === undefined ? {} : { 's3:prefix': asked.Prefix }),
    ...(asked.Delimiter === undefined ? {} : { 's3:delimiter': asked.Delimiter }),
    ...(asked.MaxKeys === undefined ? {} : { 's3:max-keys': asked.MaxKeys }),
  });
}

/** A key of a list, or the common prefix that stands for several. */
type Entry =
  | { readonly kind: 'object'; readonly name: string; readonly object: StoredObject }
  | { readonly kind: 'prefix'; readonly name: string };

interface Page {
  readonly entries: readonly Entry[];
  /** The last name of a list that goes on; null at its end. */
  readonly goesOnAfter: string | null;
}

/** The keys that are asked for, in the order of their code units. `after`: only names that come later. */
function pageOf({ objects }: Bucket, asked: Selection, after: string): Page {
  const { Prefix: prefix = '', Delimiter: delimiter = '', MaxKeys: most = MOST_KEYS } = asked;
  const found = new Map<string, Entry>();
  for (const [key, object] of Object.entries(objects).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = end === -1 ? key : key.slice(0, end + delimiter.length);
    if (key.startsWith(prefix) && name > after) {
      found.set(name, end === -1 ? { kind: 'object', name, object } : { kind: 'prefix', name });
    }
  }
  const all = [...found.values()];
  const entries = all.slice(0, Math.min(most, MOST_KEYS));
  return { entries, goesOnAfter: entries.length < all.length ? (entries.at(-1)?.name ?? '') : null };
}

function contentsOf({ entries }: Page, owner: AccountId | null): { readonly [key: string]: Json } {
  const contents = entries.flatMap((entry): Json[] =>
    entry.kind === 'prefix'
      ? []
      : [
          {
            Key: entry.name,
            LastModified: isoTime(entry.object.modified),
            ETag: etag(entry.object.body),
            Size: sizeOf(entry.object.body),
            StorageClass: 'STANDARD',
            ...(owner === null ? {} : { Owner: { ID: owner } }),
          },
        ],
  );
  const prefixes = entries.flatMap((entry) => (entry.kind === 'prefix' ? [{ Prefix: entry.name }] : []));
  return {
    ...(contents.length > 0 ? { Contents: contents } : {}),
    ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
  };
}

const listObjectsV2 = define({
  id: 's3:ListObjectsV2',
  summary: 'list the objects of a bucket',
  input: { ...SELECTION, StartAfter: { type: 'string', help: 'only keys that come after this one' } },
  needs: (input, caller, world) => [listing(world, caller, input)],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const page = pageOf(found.bucket, input, input.StartAfter ?? '');
    return done(world, {
      ...contentsOf(page, null),
      ...(page.goesOnAfter === null ? {} : { IsTruncated: true, KeyCount: page.entries.length }),
    });
  },
});

const listObjects = define({
  id: 's3:ListObjects',
  summary: 'list the objects of a bucket, in the older way',
  input: { ...SELECTION, Marker: { type: 'string', help: 'only keys that come after this one' } },
  needs: (input, caller, world) => [listing(world, caller, input)],
  effect(input, _, world) {
    const found = bucketNamed(world, input.Bucket);
    if ('error' in found) {
      return found;
    }
    const page = pageOf(found.bucket, input, input.Marker ?? '');
    const next = input.Delimiter === undefined ? {} : { NextMarker: page.goesOnAfter };
    return done(world, {
      ...contentsOf(page, found.owner),
      ...(page.goesOnAfter === null ? {} : { IsTruncated: true, ...next }),
    });
  },
});

/**
 * Both need s3:ListBucket: there is no permission called after them.
 * Sources: S3 API Reference, API_ListObjectsV2.html and API_ListObjects.html.
 */
export const objectListOperations = [listObjectsV2, listObjects];
