import type { Caller } from '../../caller.ts';
import type { PermissionNeeded } from '../../operation.ts';
import { requestTags, type TagList } from '../tags.ts';
import { ec2Arn } from './vpcs.ts';

/** A member for the tags of what an operation makes. */
export const TAG_SPECIFICATIONS = {
  type: 'nested',
  of: {
    list: {
      structure: {
        ResourceType: 'string',
        Tags: { list: { structure: { Key: 'string', Value: 'string' } } },
      },
    },
  },
  help: 'its tags from the start',
} as const;

type TagSpecifications = readonly {
  readonly ResourceType?: string | undefined;
  readonly Tags?: TagList | undefined;
}[];

/** The tags that a request gives to things of one kind. */
export function tagsOnCreation(given: TagSpecifications | undefined, kind: string): TagList {
  return (given ?? []).filter(({ ResourceType }) => ResourceType === kind).flatMap(({ Tags }) => Tags ?? []);
}

/**
 * Permission to make a thing of one kind; with tags, to tag it as well.
 * Source: EC2 User Guide, supported-iam-actions-tagging.html.
 */
export function creationTags(
  caller: Caller,
  kind: string,
  action: string,
  tags: TagList,
  context: NonNullable<PermissionNeeded['context']>,
): readonly PermissionNeeded[] {
  const on = { resource: ec2Arn(caller.account, kind, '*'), resourceAccount: caller.account };
  const asked = requestTags(tags);
  return [
    { ...on, action: `ec2:${action}`, context: { ...context, ...asked } },
    ...(tags.length === 0
      ? []
      : [{ ...on, action: 'ec2:CreateTags', context: { ...asked, 'ec2:CreateAction': action } }]),
  ];
}
