import { wildcardMatch } from '../../../iam/index.ts';
import { REGION } from '../../arn.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type {
  Account,
  Instance,
  InstanceProfile,
  Launch,
  MetadataOptions,
  Tags,
  TerminatedInstance,
} from '../../world.ts';
import { define, done, homeOf, isoTime } from '../define.ts';
import { tagList } from '../tags.ts';
import { describedOptions, instanceNamed, stateOf, TERMINATED, tagsOf } from './instances.ts';
import { terminatedInstances } from './terminated.ts';

/** All instances stand in one Availability Zone here. */
const ZONE = `${REGION}a`;

type State = ReturnType<typeof stateOf>;

/** What EC2 shows of an instance, which is less once it is terminated. */
interface Seen {
  readonly id: string;
  readonly state: State;
  readonly tags: Tags;
  readonly launch: Launch | null;
  readonly reservation: string;
  readonly metadata: MetadataOptions | null;
  readonly profile: InstanceProfile | null;
  readonly network: Instance['network'];
}

/** An instance as EC2 prints it when it was just launched. */
export function describedNew(account: Account, instance: Instance): Json {
  return print({ ...seen(account, instance), state: { Code: 0, Name: 'pending' } });
}

function seen(account: Account, instance: Instance): Seen {
  const { id, association, launch = null, metadata, network } = instance;
  return {
    id,
    state: stateOf(instance),
    tags: tagsOf(instance),
    launch,
    reservation: reservationOf(id, launch),
    metadata,
    profile: (association && own(account.instanceProfiles, association.profile)) ?? null,
    network,
  };
}

function seenTerminated(instance: TerminatedInstance): Seen {
  const { id, tags, launch = null } = instance;
  const reservation = reservationOf(id, launch);
  return {
    id,
    state: TERMINATED,
    tags,
    launch,
    reservation,
    metadata: null,
    profile: null,
    network: null,
  };
}

function reservationOf(id: string, launch: Launch | null): string {
  return launch?.reservation ?? `r-${id.slice(2)}`;
}

/** Source: EC2 API Reference, API_Instance.html. What is not simulated, such as volumes and key pairs, is left out. */
function print({ id, state, tags, launch, metadata, profile, network }: Seen): Json {
  return {
    InstanceId: id,
    ...(launch ? { ImageId: launch.image, InstanceType: launch.type, LaunchTime: isoTime(launch.at) } : {}),
    Monitoring: { State: 'disabled' },
    Placement: { AvailabilityZone: ZONE, GroupName: '', Tenancy: 'default' },
    State: state,
    StateTransitionReason: '',
    Architecture: 'x86_64',
    ...(metadata ? { MetadataOptions: describedOptions({ metadata }) } : {}),
    ...(profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {}),
    ...(network
      ? {
          PrivateDnsName: `ip-${network.privateIp.replaceAll('.', '-')}.ec2.internal`,
          PrivateIpAddress: network.privateIp,
          SubnetId: network.subnet,
          VpcId: network.vpc,
        }
      : {}),
    Tags: tagList(tags),
  };
}

/** What a filter looks at, by its name. Source: EC2 API Reference, API_DescribeInstances.html. */
const FILTERS: Readonly<Record<string, (instance: Seen) => string | number | undefined>> = {
  'instance-id': ({ id }) => id,
  'instance-state-name': ({ state }) => state.Name,
  'instance-state-code': ({ state }) => state.Code,
  'instance-type': ({ launch }) => launch?.type,
  'image-id': ({ launch }) => launch?.image,
  'launch-time': ({ launch }) => (launch ? new Date(launch.at).toISOString() : undefined),
  'reservation-id': ({ reservation }) => reservation,
  'availability-zone': () => ZONE,
  'iam-instance-profile.arn': ({ profile }) => profile?.arn,
  'iam-instance-profile.id': ({ profile }) => profile?.id,
  'iam-instance-profile.name': ({ profile }) => profile?.name,
  'metadata-options.http-tokens': ({ metadata }) => metadata?.tokens,
  'metadata-options.http-endpoint': ({ metadata }) => metadata?.endpoint,
  'metadata-options.http-put-response-hop-limit': ({ metadata }) => metadata?.hopLimit,
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
  const values = name === 'tag-key' ? Object.keys(tags) : value === undefined ? [] : [String(value)];
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
      help: `Name=tag:Name,Values=web-*; by tag:<key>, tag-key, ${Object.keys(FILTERS).join(', ')}`,
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
    const passing = chosen.filter((instance) =>
      (input.Filters ?? []).every((filter) => passes(instance, filter)),
    );
    const reservations = [...new Set(passing.map(({ reservation }) => reservation))];
    return done(world, {
      Reservations: reservations.map((reservation) => ({
        ReservationId: reservation,
        OwnerId: home.id,
        Groups: [],
        Instances: passing.filter((instance) => instance.reservation === reservation).map(print),
      })),
    });
  },
});

/** Instances whose id is asked for and is not there are an error; a filter that fits none is not. */
export const instanceOperations = [describeInstances];
