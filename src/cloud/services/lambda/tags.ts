import { put } from '../../change.ts';
import { define, done } from '../define.ts';
import { requestTags, withoutTags } from '../tags.ts';
import { functionNamed, onFunction } from './function.ts';

/** Tags as Lambda takes them. */
export const TAGS = {
  type: 'nested',
  of: { map: 'string' },
  help: 'names and values, such as team=red',
} as const;

/** What conditions see of the tags in a request. */
export function tagsContext(tags: Readonly<Record<string, string>> | undefined) {
  return requestTags(Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value })));
}

const RESOURCE = { type: 'string', required: true, help: 'ARN of the function' } as const;

const tagResource = define({
  id: 'lambda:TagResource',
  summary: 'tag a function',
  input: { Resource: RESOURCE, Tags: { ...TAGS, required: true } },
  needs: (input, caller) => [onFunction(caller, input.Resource, 'TagResource', tagsContext(input.Tags))],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    return done(put(world, owner, 'functions', fn.name, { ...fn, tags: { ...fn.tags, ...input.Tags } }));
  },
});

const untagResource = define({
  id: 'lambda:UntagResource',
  summary: 'take tags off a function',
  input: { Resource: RESOURCE, TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
  needs: (input, caller) => [
    onFunction(caller, input.Resource, 'UntagResource', { 'aws:TagKeys': input.TagKeys }),
  ],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    if ('error' in found) {
      return found;
    }
    const { fn, owner } = found;
    const tags = withoutTags(fn.tags, input.TagKeys);
    return done(put(world, owner, 'functions', fn.name, { ...fn, tags }));
  },
});

const listTags = define({
  id: 'lambda:ListTags',
  summary: 'list the tags of a function',
  input: { Resource: RESOURCE },
  needs: (input, caller) => [onFunction(caller, input.Resource, 'ListTags')],
  effect(input, caller, world) {
    const found = functionNamed(world, caller, input.Resource);
    return 'error' in found ? found : done(world, { Tags: found.fn.tags });
  },
});

/** Source: Lambda API Reference, API_TagResource.html. */
export const tagOperations = [tagResource, untagResource, listTags];
