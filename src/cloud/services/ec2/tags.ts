import type { Caller } from '../../caller.ts';
import { put } from '../../change.ts';
import type { ApiError, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Tags, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { isTagKey, requestTags, TAGS, type TagList, tagsByKey } from '../tags.ts';
import { ec2Tags, tagsOf } from './instances.ts';
import { aboutTerminated } from './terminated.ts';
import { ec2Arn } from './vpcs.ts';

/** Kinds of things that have tags, by the beginning of their ids. */
const KINDS: readonly (readonly [prefix: string, kind: string, code: string])[] = [
  ['i-', 'instance', 'InvalidInstanceID.NotFound'],
  ['vpce-', 'vpc-endpoint', 'InvalidVpcEndpointId.NotFound'],
  ['vpc-', 'vpc', 'InvalidVpcID.NotFound'],
  ['subnet-', 'subnet', 'InvalidSubnetID.NotFound'],
];

function kindOf(id: string): (typeof KINDS)[number] | undefined {
  return KINDS.find(([prefix]) => id.startsWith(prefix));
}

/** A thing of EC2 with tags, by its id. */
export function tagged(account: Account, id: string): { readonly tags: Tags } | undefined {
  const instance = own(account.instances, id);
  return instance === undefined
    ? (own(account.vpcs, id) ?? own(account.subnets, id) ?? own(account.vpcEndpoints, id))
    : { tags: tagsOf(instance) };
}

/** The world with the tags of a thing replaced. An instance whose Name is gone is called by its id. */
function withTagsOf(world: World, account: Account, id: string, tags: Tags): World {
  const { instances, vpcs, subnets, vpcEndpoints } = account;
  const instance = own(instances, id);
  if (instance !== undefined) {
    const { Name: name = id, ...others } = tags;
    return put(world, account.id, 'instances', id, { ...instance, name, tags: others });
  }
  const vpc = own(vpcs, id);
  if (vpc !== undefined) {
    return put(world, account.id, 'vpcs', id, { ...vpc, tags });
  }
  const subnet = own(subnets, id);
  if (subnet !== undefined) {
    return put(world, account.id, 'subnets', id, { ...subnet, tags });
  }
  const endpoint = own(vpcEndpoints, id);
  return endpoint ? put(world, account.id, 'vpcEndpoints', id, { ...endpoint, tags }) : world;
}

function onTagged(
  account: Account,
  caller: Caller,
  ids: readonly string[],
  action: string,
  context: NonNullable<PermissionNeeded['context']>,
): readonly PermissionNeeded[] {
  return (ids.length === 0 ? ['*'] : ids).map((id) => ({
    action: `ec2:${action}`,
    resource: ec2Arn(caller.account, kindOf(id)?.[1] ?? 'instance', id),
    resourceAccount: caller.account,
    context: { ...ec2Tags(tagged(account, id)?.tags ?? {}), ...context },
  }));
}

/** EC2's error for the first id that leads nowhere; null when all lead somewhere. */
function missing(account: Account, ids: readonly string[]): { readonly error: ApiError } | null {
  const id = ids.find((each) => tagged(account, each) === undefined);
  if (id === undefined) {
    return null;
  }
  const [, kind = '', code] = kindOf(id) ?? [];
  return code === undefined
    ? failed('InvalidID', `The ID '${id}' is not valid`)
    : failed(
        code,
        `The ${kind === 'vpc-endpoint' ? 'Vpc Endpoint Id' : `${kind} ID`} '${id}' does not exist`,
      );
}

const RESOURCES = {
  type: 'strings',
  required: true,
  help: 'ids of instances, VPCs, subnets or endpoints',
} as const;

const createTags = define({
  id: 'ec2:CreateTags',
  summary: 'tag instances, VPCs, subnets and endpoints',
  input: { Resources: RESOURCES, Tags: { ...TAGS, required: true } },
  notSimulated: ({ Resources }, signer, world) => aboutTerminated(Resources, signer, world),
  needs: (input, caller, world) =>
    onTagged(homeOf(world, caller), caller, input.Resources, 'CreateTags', requestTags(input.Tags)),
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    if (!input.Tags.every(({ Key = '' }) => isTagKey(Key))) {
      return failed(
        'InvalidParameterValue',
        'Tag keys must have 1 to 127 characters and must not begin with aws:.',
      );
    }
    return (
      missing(home, input.Resources) ??
      done(
        input.Resources.reduce(
          (next, id) =>
            withTagsOf(next, homeOf(next, caller), id, {
              ...tagged(home, id)?.tags,
              ...tagsByKey(input.Tags),
            }),
          world,
        ),
      )
    );
  },
});

/** Tags without those named: with a value, only where it is this one. */
function withoutNamed(tags: Tags, named: TagList | undefined): Tags {
  return Object.fromEntries(
    Object.entries(tags).filter(
      ([key, value]) =>
        named !== undefined &&
        !named.some(({ Key, Value }) => Key === key && (Value === undefined || Value === value)),
    ),
  );
}

const deleteTags = define({
  id: 'ec2:DeleteTags',
  summary: 'take tags off; all of them when none are named',
  input: { Resources: RESOURCES, Tags: TAGS },
  notSimulated: ({ Resources }, signer, world) => aboutTerminated(Resources, signer, world),
  needs: (input, caller, world) =>
    onTagged(homeOf(world, caller), caller, input.Resources, 'DeleteTags', requestTags(input.Tags)),
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    return (
      missing(home, input.Resources) ??
      done(
        input.Resources.reduce(
          (next, id) =>
            withTagsOf(
              next,
              homeOf(next, caller),
              id,
              withoutNamed(tagged(home, id)?.tags ?? {}, input.Tags),
            ),
          world,
        ),
      )
    );
  },
});

const describeTags = define({
  id: 'ec2:DescribeTags',
  summary: 'list tags and what has them',
  input: {
    Filters: {
      type: 'nested',
      of: { list: { structure: { Name: 'string', Values: { list: 'string' } } } },
      help: 'by resource-id, resource-type, key or value',
    },
  },
  needs: (_, caller) => [{ action: 'ec2:DescribeTags', resource: '*', resourceAccount: caller.account }],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const unknown = input.Filters?.find(({ Name = '' }) => !FILTERS.includes(Name));
    if (unknown !== undefined) {
      return failed('InvalidParameterValue', `The filter '${unknown.Name}' is invalid`);
    }
    const ids = [home.instances, home.vpcs, home.subnets, home.vpcEndpoints].flatMap((each) =>
      Object.keys(each),
    );
    const all = ids.flatMap((id) =>
      Object.entries(tagged(home, id)?.tags ?? {}).map(([Key, Value]) => ({
        Key,
        ResourceId: id,
        ResourceType: kindOf(id)?.[1] ?? '',
        Value,
      })),
    );
    return done(world, {
      Tags: all.filter((tag) =>
        (input.Filters ?? []).every(({ Name, Values = [] }) => Values.includes(filtered(tag, Name ?? ''))),
      ),
    });
  },
});

interface DescribedTag {
  readonly Key: string;
  readonly ResourceId: string;
  readonly ResourceType: string;
  readonly Value: string;
}

function filtered(tag: DescribedTag, filter: string): string {
  switch (filter) {
    case 'resource-id':
      return tag.ResourceId;
    case 'resource-type':
      return tag.ResourceType;
    case 'key':
      return tag.Key;
    default:
      return tag.Value;
  }
}

const FILTERS: readonly string[] = ['resource-id', 'resource-type', 'key', 'value'];

/** Source: EC2 User Guide, Using_Tags.html. */
export const tagOperations = [createTags, deleteTags, describeTags];
