import type { Caller } from '../../caller.ts';
import { without } from '../../change.ts';
import type { ApiError } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Tags, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { readTags, tagContext, tagList } from '../iam/entities.ts';
import { managed, onPolicy, onTarget, withOrganization } from './access.ts';
import type { Organization } from './records.ts';
import { isTarget } from './tree.ts';

const RESOURCE = { type: 'string', required: true, help: 'r-…, ou-…, p-… or twelve digits' } as const;

/** The organization's tags with those of one thing replaced; no tags leave nothing behind. */
export function withTags({ tags }: Organization, id: string, ofIt: Tags): Organization['tags'] {
  return Object.keys(ofIt).length === 0 ? without(tags, id) : { ...tags, [id]: ofIt };
}

function onResource(world: World, caller: Caller, action: string, id: string) {
  return id.startsWith('p-') ? onPolicy(world, caller, action, id) : onTarget(world, caller, action, id);
}

/** The organization and the tags of something in it, or Organizations' error. */
function tagged(
  world: World,
  caller: Caller,
  id: string,
): { readonly organization: Organization; readonly tags: Tags } | { readonly error: ApiError } {
  const found = managed(world, caller);
  if ('error' in found) {
    return found;
  }
  const { organization } = found;
  return isTarget(organization, id) || Object.hasOwn(organization.policies, id)
    ? { organization, tags: own(organization.tags, id) ?? {} }
    : failed(
        'TargetNotFoundException',
        "We can't find a root, OU, account, or policy with the TargetId that you specified.",
      );
}

const tagResource = define({
  id: 'organizations:TagResource',
  summary: 'put tags on the root, an OU, an account or a policy',
  input: {
    ResourceId: RESOURCE,
    Tags: { type: 'structures', members: ['Key', 'Value'], required: true, help: 'tags' },
  },
  needs: (input, caller, world) => {
    const needed = onResource(world, caller, 'TagResource', input.ResourceId);
    return [{ ...needed, context: { ...needed.context, ...tagContext(input.Tags) } }];
  },
  effect(input, caller, world) {
    const found = tagged(world, caller, input.ResourceId);
    if ('error' in found) {
      return found;
    }
    const read = readTags(input.Tags, found.tags);
    return 'error' in read
      ? failed('InvalidInputException', 'You specified a tag that is not valid.')
      : done(
          withOrganization(world, found.organization, {
            tags: withTags(found.organization, input.ResourceId, read.tags),
          }),
        );
  },
});

const untagResource = define({
  id: 'organizations:UntagResource',
  summary: 'take tags from the root, an OU, an account or a policy',
  input: { ResourceId: RESOURCE, TagKeys: { type: 'strings', required: true, help: 'keys of the tags' } },
  needs: (input, caller, world) => {
    const needed = onResource(world, caller, 'UntagResource', input.ResourceId);
    return [{ ...needed, context: { ...needed.context, 'aws:TagKeys': input.TagKeys } }];
  },
  effect(input, caller, world) {
    const found = tagged(world, caller, input.ResourceId);
    if ('error' in found) {
      return found;
    }
    const kept = Object.entries(found.tags).filter(([key]) => !input.TagKeys.includes(key));
    return done(
      withOrganization(world, found.organization, {
        tags: withTags(found.organization, input.ResourceId, Object.fromEntries(kept)),
      }),
    );
  },
});

const listTagsForResource = define({
  id: 'organizations:ListTagsForResource',
  summary: 'list the tags of the root, an OU, an account or a policy',
  input: { ResourceId: RESOURCE },
  needs: (input, caller, world) => [onResource(world, caller, 'ListTagsForResource', input.ResourceId)],
  effect(input, caller, world) {
    const found = tagged(world, caller, input.ResourceId);
    return 'error' in found ? found : done(world, { Tags: tagList(found.tags) });
  },
});

/** Tags in the organization. */
export const tagOperations = [tagResource, untagResource, listTagsForResource];
