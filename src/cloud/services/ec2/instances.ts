import { wildcardMatch } from '../../../iam/index.ts';
import { instanceArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Instance, InstanceProfile, Tags, TerminatedInstance } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { tagList } from '../tags.ts';
import { terminatedInstances } from './terminated.ts';

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
  return print(seen(account, instance));
}

/** What EC2 shows of an instance, which is less once it is terminated. */
interface Seen {
  readonly id: string;
  readonly state: { readonly Code: number; readonly Name: string };
  readonly tags: Tags;
  readonly metadata: ReturnType<typeof describedOptions> | null;
  readonly profile: InstanceProfile | null;
  readonly network: Instance['network'];
}

function seen(account: Account, instance: Instance): Seen {
  const { id, association, network } = instance;
  return {
    id,
    state: stateOf(instance),
    tags: tagsOf(instance),
    metadata: describedOptions(instance),
    profile: (association && own(account.instanceProfiles, association.profile)) ?? null,
    network,
  };
}

/** `terminated`. Source: EC2 API Reference, API_InstanceState.html. */
export const TERMINATED = { Code: 48, Name: 'terminated' };

function seenTerminated({ id, tags }: TerminatedInstance): Seen {
  return { id, state: TERMINATED, tags, metadata: null, profile: null, network: null };
}

function print({ id, state, tags, metadata, profile, network }: Seen): Json {
  return {
    InstanceId: id,
    State: state,
    ...(metadata ? { MetadataOptions: metadata } : {}),
    ...(profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {}),
    ...(network ? { PrivateIpAddress: network.privateIp, SubnetId: network.subnet, VpcId: network.vpc } : {}),
    Tags: tagList(tags),
  };
}

/** What a filter looks at, by its name. Source: EC2 API Reference, API_DescribeInstances.html. */
const FILTERS: Readonly<Record<string, (instance: Seen) => string | undefined>> = {
  'instance-id': ({ id }) => id,
  'instance-state-name': ({ state }) => state.Name,
  'iam-instance-profile.arn': ({ profile }) => profile?.arn,
  'private-ip-address': ({ network }) => network?.privateIp,
  'subnet-id': ({ network }) => network?.subnet,
  'vpc-id': ({ network }) => network?.vpc,
};

function isFilter(name: string): boolean {
  return name === 'tag-key' || name.startsWith('tag:') || Object.hasOwn(FILTERS, name);
}

/** One of the filter's values must match; they may have wildcards. */
function passes(
  instance: Seen,
  {
    Name: name = '',
    Values: patterns = [],
  }: { readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined },
): boolean {
  const { tags } = instance;
  const value = name.startsWith('tag:') ? own(tags, name.slice(4)) : own(FILTERS, name)?.(instance);
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
    const gone = terminatedInstances(home, world.clock);
    const all = [...Object.keys(home.instances), ...gone.map(({ id }) => id)];
    const chosen: Seen[] = [];
    for (const id of input.InstanceIds ?? all) {
      const terminated = gone.find((each) => each.id === id);
      const found = terminated ?? instanceNamed(home, id);
      if ('error' in found) {
        return found;
      }
      chosen.push('instance' in found ? seen(home, found.instance) : seenTerminated(found));
    }
    return done(world, {
      Reservations: chosen
        .filter((instance) => (input.Filters ?? []).every((filter) => passes(instance, filter)))
        .map((instance) => ({ OwnerId: home.id, Instances: [print(instance)] })),
    });
  },
});

export const instanceOperations = [describeInstances];
