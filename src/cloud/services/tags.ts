import type { ContextValue } from '../../iam/request.ts';
import { without } from '../change.ts';
import type { Tags } from '../world.ts';

/** Tags as a request lists them. */
export type TagList = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

/** A member for tags, as most services spell them. */
export const TAGS = { type: 'structures', members: ['Key', 'Value'], help: 'Key=…,Value=…' } as const;
/** A member for the keys of tags to take off. */
export const TAG_KEYS = { type: 'strings', required: true, help: 'keys of the tags' } as const;

/** `aws:RequestTag/…` and `aws:TagKeys` of a request that sets tags. */
export function requestTags(given: TagList | undefined): Readonly<Record<string, ContextValue>> {
  return given === undefined || given.length === 0
    ? {}
    : {
        'aws:TagKeys': given.map(({ Key = '' }) => Key),
        ...Object.fromEntries(given.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value])),
      };
}

/** Tags by key, the given ones in place of those that are there. */
export function withTags(given: TagList | undefined, present: Tags = {}): Tags {
  return { ...present, ...tagsByKey(given) };
}

/** A list of tags by key. */
export function tagsByKey(given: TagList | undefined): Tags {
  return Object.fromEntries((given ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Tags without those of some keys. */
export function withoutTags(present: Tags, keys: readonly string[]): Tags {
  return keys.reduce<Tags>((left, key) => without(left, key), present);
}

/** Tags as most services list them. */
export function tagList(tags: Tags): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** True for a key that AWS takes: 1 to 128 characters, and not one of AWS's own. */
export function isTagKey(key: string): boolean {
  return key !== '' && key.length <= 128 && !key.toLowerCase().startsWith('aws:');
}
