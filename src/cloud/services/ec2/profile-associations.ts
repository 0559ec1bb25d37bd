import { instanceArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { generated, put } from '../../change.ts';
import { newResourceId } from '../../identifiers.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, Instance, InstanceProfile, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { passRole } from '../iam/pass-role.ts';
import { instanceNamed, onInstance } from './instances.ts';
import { aboutTerminated } from './terminated.ts';

const PROFILE = {
  type: 'structure',
  members: ['Name', 'Arn'],
  required: true,
  help: 'Name=… or Arn=… of an instance profile',
} as const;
const ASSOCIATION_ID = { type: 'string', required: true, help: 'iip-assoc-…' } as const;

type ProfileGiven = { readonly Name?: string; readonly Arn?: string };

/** The instance profile that a request names. */
export function profileOf(
  account: Account,
  { Name: name, Arn: arn }: ProfileGiven,
): InstanceProfile | undefined {
  return name === undefined
    ? Object.values(account.instanceProfiles).find((profile) => profile.arn === arn)
    : own(account.instanceProfiles, name);
}

/** EC2's error for an instance profile that is not there. */
export function noSuchProfile({ Name: name, Arn: arn }: ProfileGiven): { readonly error: ApiError } {
  return name === undefined
    ? failed(
        'InvalidParameterValue',
        `Value (${arn ?? ''}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
      )
    : failed(
        'InvalidParameterValue',
        `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      );
}

function noSuchAssociation(id: string): { readonly error: ApiError } {
  return failed('NoSuchAssociation', `An invalid association-id of '${id}' was given`);
}

function associated(account: Account, id: string): Instance | undefined {
  return Object.values(account.instances).find(({ association }) => association?.id === id);
}

/** Permission to hand an instance the role in a profile; a profile without one hands nothing over. */
export function handover(
  home: Account,
  caller: Caller,
  given: ProfileGiven,
  instance: string,
): readonly PermissionNeeded[] {
  const name = profileOf(home, given)?.role;
  const role = name ? own(home.roles, name) : undefined;
  return role ? [passRole(caller, role.arn, instance)] : [];
}

function described(
  account: Account,
  instance: Instance,
  association: { readonly id: string; readonly profile: string },
  state: 'associating' | 'associated' | 'disassociating',
): Json {
  const profile = own(account.instanceProfiles, association.profile);
  return {
    AssociationId: association.id,
    InstanceId: instance.id,
    ...(profile ? { IamInstanceProfile: { Arn: profile.arn, Id: profile.id } } : {}),
    State: state,
  };
}

function withProfile(world: World, home: Account, instance: Instance, profile: InstanceProfile) {
  const [id, next] = generated(world, (generator) => newResourceId(generator, 'iip-assoc'));
  const association = { id, profile: profile.name };
  return done(put(next, home.id, 'instances', instance.id, { ...instance, association }), {
    IamInstanceProfileAssociation: described(home, instance, association, 'associating'),
  });
}

const associateIamInstanceProfile = define({
  id: 'ec2:AssociateIamInstanceProfile',
  summary: 'give an instance a profile, and with it a role',
  input: {
    InstanceId: { type: 'string', required: true, help: 'id of the instance, i-…' },
    IamInstanceProfile: PROFILE,
  },
  notSimulated: ({ InstanceId }, signer, world) => aboutTerminated([InstanceId], signer, world),
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const arn = instanceArn(caller.account, input.InstanceId);
    const profile = profileOf(home, input.IamInstanceProfile);
    return [
      onInstance(home, caller, input.InstanceId, 'AssociateIamInstanceProfile', {
        ...(profile ? { 'ec2:NewInstanceProfile': profile.arn } : {}),
      }),
      ...handover(home, caller, input.IamInstanceProfile, arn),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const found = instanceNamed(home, input.InstanceId);
    if ('error' in found) {
      return found;
    }
    const profile = profileOf(home, input.IamInstanceProfile);
    if (profile === undefined) {
      return noSuchProfile(input.IamInstanceProfile);
    }
    return found.instance.association === null
      ? withProfile(world, home, found.instance, profile)
      : failed('IncorrectState', `There is an existing association for instance ${input.InstanceId}`);
  },
});

const disassociateIamInstanceProfile = define({
  id: 'ec2:DisassociateIamInstanceProfile',
  summary: "take an instance's profile away",
  input: { AssociationId: ASSOCIATION_ID },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const instance = associated(home, input.AssociationId);
    return [onInstance(home, caller, instance?.id ?? '*', 'DisassociateIamInstanceProfile')];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const instance = associated(home, input.AssociationId);
    if (!instance?.association) {
      return noSuchAssociation(input.AssociationId);
    }
    return done(put(world, home.id, 'instances', instance.id, { ...instance, association: null }), {
      IamInstanceProfileAssociation: described(home, instance, instance.association, 'disassociating'),
    });
  },
});

const replaceIamInstanceProfileAssociation = define({
  id: 'ec2:ReplaceIamInstanceProfileAssociation',
  summary: 'give an instance another profile in place of its own',
  input: { AssociationId: ASSOCIATION_ID, IamInstanceProfile: PROFILE },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const id = associated(home, input.AssociationId)?.id ?? '*';
    const profile = profileOf(home, input.IamInstanceProfile);
    return [
      onInstance(home, caller, id, 'ReplaceIamInstanceProfileAssociation', {
        ...(profile ? { 'ec2:NewInstanceProfile': profile.arn } : {}),
      }),
      ...handover(home, caller, input.IamInstanceProfile, instanceArn(caller.account, id)),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const instance = associated(home, input.AssociationId);
    const profile = profileOf(home, input.IamInstanceProfile);
    if (instance === undefined) {
      return noSuchAssociation(input.AssociationId);
    }
    return profile === undefined
      ? noSuchProfile(input.IamInstanceProfile)
      : withProfile(world, home, instance, profile);
  },
});

const describeIamInstanceProfileAssociations = define({
  id: 'ec2:DescribeIamInstanceProfileAssociations',
  summary: 'list which instance has which profile',
  input: { AssociationIds: { type: 'strings', help: 'only these' } },
  needs: (_, caller) => [
    {
      action: 'ec2:DescribeIamInstanceProfileAssociations',
      resource: '*',
      resourceAccount: caller.account,
    },
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const wanted = input.AssociationIds;
    const missing = wanted?.find((id) => associated(home, id) === undefined);
    if (missing !== undefined) {
      return noSuchAssociation(missing);
    }
    return done(world, {
      IamInstanceProfileAssociations: Object.values(home.instances).flatMap((instance) =>
        instance.association && (wanted === undefined || wanted.includes(instance.association.id))
          ? [described(home, instance, instance.association, 'associated')]
          : [],
      ),
    });
  },
});

/**
 * Which role an instance has. Handing a role over takes `iam:PassRole` too.
 * Source: EC2 User Guide, iam-roles-for-amazon-ec2.html.
 */
export const profileAssociationOperations = [
  associateIamInstanceProfile,
  disassociateIamInstanceProfile,
  replaceIamInstanceProfileAssociation,
  describeIamInstanceProfileAssociations,
];
