import { wildcardMatch } from '../../../iam/index.ts';
import { instanceArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Instance, Tags } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { tagList } from '../tags.ts';

/** An instance by its id, or EC2's error. */
export function instanceNamed(
  account: Account,
  id: string,
): { readonly instance: Instance } | { readonly error: ApiError } {
  if (!/^i-[0-9a-f]{8,17}$/.test(id)) {
    return failed('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  }
  const instance = own(account.instances, id);
  return instance
    ? { instance }
    : failed('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
}

/** Permission for an EC2 action on an instance, with what conditions can ask about it. */
export function onInstance(
  account: Account,
  caller: Caller,
  id: string,
  action: string,
  context: PermissionNeeded['context'] = {},
): PermissionNeeded {
  const instance = own(account.instances, id);
  const profile = instance?.association && own(account.instanceProfiles, instance.association.profile);
  return {
    action: `ec2:${action}`,
    resource: instanceArn(account.id, id),
    resourceAccount: caller.account,
    context: {
      ...(instance ? { ...ec2Tags(tagsOf(instance)), 'ec2:InstanceID': instance.id } : {}),
      ...(profile ? { 'ec2:InstanceProfile': profile.arn } : {}),
      ...context,
    },
  };
}

/** All tags of an instance. */
export function tagsOf({ name, tags }: Instance): Tags {
  return { Name: name, ...tags };
}

/** EC2's own condition keys on the tags of a resource. */
export function ec2Tags(tags: Tags): NonNullable<PermissionNeeded['context']> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`ec2:ResourceTag/${key}`, value]));
}

/** Whether an instance runs, as EC2 prints it. Source: EC2 API Reference, API_InstanceState.html. */
export function stateOf({ state }: Instance): { readonly Code: number; readonly Name: string } {
  return state === 'stopped' ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' };
}

/** Metadata options as EC2 prints them. */
export function describedOptions({ metadata }: Instance) {
  return {
    State: 'applied',
    HttpTokens: metadata.tokens,
    HttpPutResponseHopLimit: metadata.hopLimit,
    HttpEndpoint: metadata.endpoint,
  };
}

/** An instance as EC2 prints it. */
export function described(account: Account, instance: Instance): Json {
  const profile = instance.association && own(account.instanceProfiles, instance.association.profile);
  return {
    InstanceId: instance.id,
    State: stateOf(instance),
    MetadataOptions: describedOptions(instance),
    ...(profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {}),
    ...(instance.network
      ? {
          PrivateIpAddress: instance.network.privateIp,
          SubnetId: instance.network.subnet,
          VpcId: instance.network.vpc,
        }
      : {}),
    Tags: tagList(tagsOf(instance)),
  };
}

type Filtered = (account: Account, instance: Instance) => string | undefined;

/** What a filter looks at, by its name. Source: EC2 API Reference, API_DescribeInstances.html. */
const FILTERS: Readonly<Record<string, Filtered>> = {
  'instance-id': (_, { id }) => id,
  'instance-state-name': (_, instance) => stateOf(instance).Name,
  'iam-instance-profile.arn': ({ instanceProfiles }, { association }) =>
    association ? own(instanceProfiles, association.profile)?.arn : undefined,
  'private-ip-address': (_, { network }) => network?.privateIp,
  'subnet-id': (_, { network }) => network?.subnet,
  'vpc-id': (_, { network }) => network?.vpc,
};

function isFilter(name: string): boolean {
  return name === 'tag-key' || name.startsWith('tag:') || Object.hasOwn(FILTERS, name);
}

/** One of the filter's values must match; they may have wildcards. */
function passes(
  account: Account,
  instance: Instance,
  {
    Name: name = '',
    Values: patterns = [],
  }: { readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined },
): boolean {
  const tags = tagsOf(instance);
  const value = name.startsWith('tag:') ? own(tags, name.slice(4)) : own(FILTERS, name)?.(account, instance);
  const values = name === 'tag-key' ? Object.keys(tags) : value === undefined ? [] : [value];
  return values.some((each) => patterns.some((pattern) => wildcardMatch(pattern, each)));
}

const describeInstances = define({
  id: 'ec2:DescribeInstances',
  summary: 'list the instances',
  input: {
    InstanceIds: { type: 'strings', help: 'only these' },
    Filters: {
      type: 'nested',
      of: { list: { structure: { Name: 'string', Values: { list: 'string' } } } },
      help: `Name=tag:Name,Values=web-*; by tag:<key>, tag-key or ${Object.keys(FILTERS).join(', ')}`,
    },
  },
  notSimulated({ Filters = [] }) {
    const unknown = Filters.find(({ Name = '' }) => !isFilter(Name));
    return unknown ? `The filter '${unknown.Name ?? ''}' is not simulated here.` : null;
  },
  needs: (_, caller) => [{ action: 'ec2:DescribeInstances', resource: '*', resourceAccount: caller.account }],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const chosen: Instance[] = [];
    for (const id of input.InstanceIds ?? Object.keys(home.instances)) {
      const found = instanceNamed(home, id);
      if ('error' in found) {
        return found;
      }
      chosen.push(found.instance);
    }
    return done(world, {
      Reservations: chosen
        .filter((instance) => (input.Filters ?? []).every((filter) => passes(home, instance, filter)))
        .map((instance) => ({ OwnerId: home.id, Instances: [described(home, instance)] })),
    });
  },
});

export const instanceOperations = [describeInstances];
