import { REGION } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { generated, put } from '../../change.ts';
import { newResourceId } from '../../identifiers.ts';
import type { PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Instance, MetadataOptions } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { tagsByKey } from '../tags.ts';
import { describedNew } from './describe-instances.ts';
import { ec2Tags, USUAL_TYPE } from './instances.ts';
import { metadataContext, metadataOptions } from './metadata-options.ts';
import { handover, noSuchProfile, profileOf } from './profile-associations.ts';
import { creationTags, TAG_SPECIFICATIONS, tagsOnCreation } from './tag-specifications.ts';
import { ec2Arn, noSuchSubnet, placeIn } from './vpcs.ts';

/** What a new instance is made with beside its image: each is asked for permission by itself. */
function ingredients(home: Account, caller: Caller, subnet: string | undefined): readonly PermissionNeeded[] {
  const of = (kind: string, id: string, context: PermissionNeeded['context'] = {}): PermissionNeeded => ({
    action: 'ec2:RunInstances',
    resource: ec2Arn(caller.account, kind, id),
    resourceAccount: caller.account,
    context,
  });
  return [
    of('network-interface', '*'),
    of('security-group', '*'),
    of('subnet', subnet ?? '*', ec2Tags(own(home.subnets, subnet ?? '')?.tags ?? {})),
    of('volume', '*'),
  ];
}

const MOST_AT_ONCE = 20;

const USUAL_METADATA_OPTIONS: MetadataOptions = { endpoint: 'enabled', tokens: 'required', hopLimit: 2 };

const runInstances = define({
  id: 'ec2:RunInstances',
  summary: 'launch an instance; one with a profile takes the permission to pass its role',
  input: {
    ImageId: { type: 'string', required: true, help: 'id of the image, ami-…; any will do' },
    InstanceType: { type: 'string', help: `${USUAL_TYPE} unless given` },
    SubnetId: { type: 'string', help: 'id of the subnet, subnet-…' },
    IamInstanceProfile: {
      type: 'structure',
      members: ['Name', 'Arn'],
      help: 'Name=… or Arn=… of an instance profile',
    },
    TagSpecifications: TAG_SPECIFICATIONS,
    MetadataOptions: {
      type: 'nested',
      of: { structure: { HttpTokens: 'string', HttpPutResponseHopLimit: 'integer', HttpEndpoint: 'string' } },
      help: 'how its metadata service answers; IMDSv2 only, 2 hops, unless given',
    },
    // The AWS CLI's own option, which it sends as MinCount and MaxCount.
    Count: { type: 'integer', least: 1, help: 'how many; 1 unless given' },
  },
  notSimulated: ({ Count: count = 1 }) =>
    count > MOST_AT_ONCE ? `No more than ${MOST_AT_ONCE} instances at once are simulated here.` : null,
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const profile = input.IamInstanceProfile && profileOf(home, input.IamInstanceProfile);
    return [
      {
        action: 'ec2:RunInstances',
        resource: `arn:aws:ec2:${REGION}::image/${input.ImageId}`,
        resourceAccount: caller.account,
      },
      ...creationTags(
        caller,
        'instance',
        'RunInstances',
        tagsOnCreation(input.TagSpecifications, 'instance'),
        {
          'ec2:InstanceType': input.InstanceType ?? USUAL_TYPE,
          ...(profile ? { 'ec2:InstanceProfile': profile.arn } : {}),
          ...metadataContext(input.MetadataOptions ?? {}),
        },
      ),
      ...ingredients(home, caller, input.SubnetId),
      ...(input.IamInstanceProfile === undefined
        ? []
        : handover(home, caller, input.IamInstanceProfile, ec2Arn(caller.account, 'instance', '*'))),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    if (!/^ami-[0-9a-f]{8,17}$/.test(input.ImageId)) {
      return failed('InvalidAMIID.Malformed', `Invalid id: "${input.ImageId}" (expecting "ami-...")`);
    }
    if (input.SubnetId !== undefined && own(home.subnets, input.SubnetId) === undefined) {
      return noSuchSubnet(input.SubnetId);
    }
    const profile = input.IamInstanceProfile && profileOf(home, input.IamInstanceProfile);
    if (input.IamInstanceProfile !== undefined && profile === undefined) {
      return noSuchProfile(input.IamInstanceProfile);
    }
    const metadata = metadataOptions(input.MetadataOptions ?? {}, USUAL_METADATA_OPTIONS);
    if ('error' in metadata) {
      return metadata;
    }
    const { Name: name, ...tags } = tagsByKey(tagsOnCreation(input.TagSpecifications, 'instance'));
    const launched: Instance[] = [];
    let after = world;
    for (let left = input.Count ?? 1; left > 0; left--) {
      const [made, next] = generated(after, (generator) => ({
        id: newResourceId(generator, 'i'),
        association: newResourceId(generator, 'iip-assoc'),
      }));
      const instance: Instance = {
        id: made.id,
        name: name ?? made.id,
        arn: ec2Arn(home.id, 'instance', made.id),
        association: profile ? { id: made.association, profile: profile.name } : null,
        credentials: { state: 'none', reason: 'NoInstanceProfile' },
        metadata: metadata.options,
        processes: {},
        network: input.SubnetId === undefined ? null : placeIn(homeOf(next, caller), input.SubnetId),
        tags,
      };
      launched.push(instance);
      after = put(next, home.id, 'instances', instance.id, instance);
    }
    const [reservation, next] = generated(after, (generator) => newResourceId(generator, 'r'));
    const launch = {
      at: world.clock,
      image: input.ImageId,
      type: input.InstanceType ?? USUAL_TYPE,
      reservation,
    };
    const running = launched.map((instance) => ({ ...instance, launch }));
    const held = running.reduce((left, each) => put(left, home.id, 'instances', each.id, each), next);
    return done(held, {
      Instances: running.map((instance) => describedNew(home, instance)),
      OwnerId: home.id,
      ReservationId: reservation,
    });
  },
});

/** Source: EC2 User Guide, ExamplePolicies_EC2.html, launching instances. */
export const launchOperations = [runInstances];
