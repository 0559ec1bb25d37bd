import { put } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import type { Tags } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { isTagKey, requestTags, withoutTags } from '../tags.ts';
import { keyManaged, onKey } from './find-key.ts';
import type { KmsKey } from './records.ts';

const KEY_ID = { type: 'string', required: true, help: 'id or ARN of the key' } as const;
/** KMS spells tags its own way. */
export const TAGS = {
  type: 'structures',
  members: ['TagKey', 'TagValue'],
  help: 'TagKey=…,TagValue=…',
} as const;

type KeyTags = readonly { readonly TagKey?: string; readonly TagValue?: string }[];

/** Tags as other services spell them. */
export function toTags(
  tags: KeyTags | undefined,
): readonly { readonly Key: string; readonly Value: string }[] {
  return (tags ?? []).map(({ TagKey: Key = '', TagValue: Value = '' }) => ({ Key, Value }));
}

/** Tags given in a request, with those that are there, or what KMS has against them. */
export function readKeyTags(
  tags: KeyTags | undefined,
  present: Tags = {},
): { readonly tags: Tags } | { readonly error: ApiError } {
  const given = toTags(tags).map(({ Key, Value }) => [Key, Value] as const);
  if (!given.every(([key]) => isTagKey(key))) {
    return failed('TagException', 'A tag key must have 1 to 128 characters and must not begin with aws:.');
  }
  const all = { ...present, ...Object.fromEntries(given) };
  return Object.keys(all).length > 50
    ? failed('LimitExceededException', 'A key can have 50 tags at most.')
    : { tags: all };
}

/** KMS's error for a key that is to be deleted; null for others. */
export function isPendingDeletion({ arn, state }: KmsKey): { readonly error: ApiError } | null {
  return state.name === 'PendingDeletion'
    ? failed('KMSInvalidStateException', `${arn} is pending deletion.`)
    : null;
}

const tagResource = define({
  id: 'kms:TagResource',
  summary: 'tag a key',
  input: { KeyId: KEY_ID, Tags: { ...TAGS, required: true } },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'TagResource', requestTags(toTags(input.Tags))),
  ],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const pending = isPendingDeletion(found.key);
    if (pending !== null) {
      return pending;
    }
    const read = readKeyTags(input.Tags, found.key.tags);
    return 'error' in read
      ? read
      : done(put(world, found.account, 'kmsKeys', found.key.id, { ...found.key, tags: read.tags }));
  },
});

const untagResource = define({
  id: 'kms:UntagResource',
  summary: 'take tags off a key',
  input: { KeyId: KEY_ID, TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
  needs: (input, caller, world) => [
    onKey(world, caller, input.KeyId, 'UntagResource', { 'aws:TagKeys': input.TagKeys }),
  ],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    if ('error' in found) {
      return found;
    }
    const pending = isPendingDeletion(found.key);
    if (pending !== null) {
      return pending;
    }
    const tags = withoutTags(found.key.tags, input.TagKeys);
    return done(put(world, found.account, 'kmsKeys', found.key.id, { ...found.key, tags }));
  },
});

const listResourceTags = define({
  id: 'kms:ListResourceTags',
  summary: 'list the tags of a key',
  input: { KeyId: KEY_ID },
  needs: (input, caller, world) => [onKey(world, caller, input.KeyId, 'ListResourceTags')],
  effect(input, caller, world) {
    const found = keyManaged(world, caller, input.KeyId);
    return 'error' in found
      ? found
      : done(world, {
          Tags: Object.entries(found.key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
          Truncated: false,
        });
  },
});

/** Source: KMS Developer Guide, tagging-keys.html. */
export const keyTagOperations = [tagResource, untagResource, listResourceTags];
