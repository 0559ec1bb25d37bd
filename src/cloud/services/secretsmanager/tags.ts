import { put } from '../../change.ts';
import { define, done } from '../define.ts';
import { requestTags, TAG_KEYS, TAGS, withoutTags, withTags } from '../tags.ts';
import { onSecret, SECRET_ID, secretNamed } from './secret.ts';

const tagResource = define({
  id: 'secretsmanager:TagResource',
  summary: 'tag a secret',
  input: { SecretId: SECRET_ID, Tags: { ...TAGS, required: true } },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'TagResource', requestTags(input.Tags)),
  ],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { secret, owner } = found;
    const tags = withTags(input.Tags, secret.tags);
    return done(put(world, owner, 'secrets', secret.name, { ...secret, tags }));
  },
});

const untagResource = define({
  id: 'secretsmanager:UntagResource',
  summary: 'take tags off a secret',
  input: { SecretId: SECRET_ID, TagKeys: TAG_KEYS },
  needs: (input, caller, world) => [
    onSecret(world, caller, input.SecretId, 'UntagResource', { 'aws:TagKeys': input.TagKeys }),
  ],
  effect(input, caller, world) {
    const found = secretNamed(world, caller, input.SecretId);
    if ('error' in found) {
      return found;
    }
    const { secret, owner } = found;
    const tags = withoutTags(secret.tags, input.TagKeys);
    return done(put(world, owner, 'secrets', secret.name, { ...secret, tags }));
  },
});

/** Source: Secrets Manager User Guide, managing-secrets_tagging.html. */
export const tagOperations = [tagResource, untagResource];
