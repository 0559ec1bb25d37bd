import { generated } from '../../change.ts';
import { newLowerCaseId } from '../../identifiers.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { define, done, failed, isoTime } from '../define.ts';
import { constraint, joined, managed, permission, withOrganization } from './access.ts';
import { withoutMember } from './membership.ts';
import type { EnableAllFeaturesHandshake, Organization } from './records.ts';
import { targetArn } from './tree.ts';

function arnOf({ id, managementAccount }: Organization): string {
  return `arn:aws:organizations::${managementAccount}:organization/${id}`;
}

function described(organization: Organization): Json {
  const { id, managementAccount, featureSet, members } = organization;
  return {
    Id: id,
    Arn: arnOf(organization),
    FeatureSet: featureSet,
    MasterAccountArn: targetArn(organization, managementAccount),
    MasterAccountId: managementAccount,
    MasterAccountEmail: own(members, managementAccount)?.email ?? '',
    // Deprecated by AWS, which says to ask ListRoots instead.
    AvailablePolicyTypes: featureSet === 'ALL' ? [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] : [],
  };
}

const describeOrganization = define({
  id: 'organizations:DescribeOrganization',
  summary: 'show the organization that your account is in',
  input: {},
  needs: (_, caller) => [permission(caller, 'DescribeOrganization')],
  effect(_, caller, world) {
    const found = joined(world, caller);
    return 'error' in found ? found : done(world, { Organization: described(found.organization) });
  },
});

const listRoots = define({
  id: 'organizations:ListRoots',
  summary: 'show the root, under which all accounts are, and the policy types that are enabled',
  input: {},
  needs: (_, caller) => [permission(caller, 'ListRoots')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    return 'error' in found ? found : done(world, { Roots: [describedRoot(found.organization)] });
  },
});

/** The root as the AWS CLI prints it. */
export function describedRoot(organization: Organization): Json {
  return {
    Id: organization.rootId,
    Arn: targetArn(organization, organization.rootId),
    Name: 'Root',
    PolicyTypes: organization.enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

function describedHandshake(
  organization: Organization,
  { id, requested }: EnableAllFeaturesHandshake,
  State: 'REQUESTED' | 'ACCEPTED',
): Json {
  return {
    Handshake: {
      Id: id,
      Arn: `arn:aws:organizations::${organization.managementAccount}:handshake/${organization.id}/enable_all_features/${id}`,
      Parties: [{ Id: organization.id.slice(2), Type: 'ORGANIZATION' }],
      State,
      RequestedTimestamp: isoTime(requested),
      ExpirationTimestamp: isoTime(requested + 90 * 86_400_000),
      Action: 'ENABLE_ALL_FEATURES',
      Resources: [{ Value: organization.id, Type: 'ORGANIZATION' }],
    },
  };
}

/** Source: Organizations User Guide, orgs_manage_org_support-all-features.html. */
const enableAllFeatures = define({
  id: 'organizations:EnableAllFeatures',
  summary: 'begin to go from consolidated billing to all features; accept-handshake finishes it',
  input: {},
  needs: (_, caller) => [permission(caller, 'EnableAllFeatures')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    if (organization.featureSet === 'ALL') {
      return failed(
        'HandshakeConstraintViolationException',
        'Your organization already has all features enabled.',
      );
    }
    if (organization.handshake !== null) {
      return failed(
        'HandshakeConstraintViolationException',
        'There is already a handshake in progress to enable all features.',
        `accept-handshake --handshake-id ${organization.handshake.id} finishes it.`,
      );
    }
    const [id, next] = generated(world, (generator) => newLowerCaseId(generator, 'h-', 12));
    const handshake = { id, requested: world.clock };
    return done(
      withOrganization(next, organization, { handshake }),
      describedHandshake(organization, handshake, 'REQUESTED'),
    );
  },
});

const acceptHandshake = define({
  id: 'organizations:AcceptHandshake',
  summary: 'finish what enable-all-features began, once every invited account has agreed',
  input: { HandshakeId: { type: 'string', required: true, help: 'h-… of the handshake' } },
  needs: (_, caller) => [permission(caller, 'AcceptHandshake')],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    const { handshake } = organization;
    if (handshake?.id !== input.HandshakeId) {
      return failed(
        'HandshakeNotFoundException',
        "We can't find a handshake with the HandshakeId that you specified.",
      );
    }
    return done(
      withOrganization(world, organization, { featureSet: 'ALL', handshake: null }),
      describedHandshake(organization, handshake, 'ACCEPTED'),
    );
  },
});

const leaveOrganization = define({
  id: 'organizations:LeaveOrganization',
  summary: 'take your own account out of its organization',
  input: {},
  needs: (_, caller) => [permission(caller, 'LeaveOrganization')],
  effect(_, caller, world) {
    const found = joined(world, caller);
    if ('error' in found) {
      return found;
    }
    return found.organization.managementAccount === caller.account
      ? failed(
          'MasterCannotLeaveOrganizationException',
          "You can't remove a management account from an organization.",
        )
      : done(withoutMember(world, found.organization, caller.account));
  },
});

const removeAccount = define({
  id: 'organizations:RemoveAccountFromOrganization',
  summary: 'take a member account out of the organization',
  input: { AccountId: { type: 'string', required: true, help: 'twelve digits' } },
  needs: (input, caller, world) => [
    permission(
      caller,
      'RemoveAccountFromOrganization',
      world.organization && /^\d{12}$/.test(input.AccountId)
        ? targetArn(world.organization, input.AccountId)
        : '*',
    ),
  ],
  effect(input, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    const { organization } = found;
    if (!Object.hasOwn(organization.members, input.AccountId)) {
      return failed('AccountNotFoundException', "You specified an account that doesn't exist.");
    }
    return input.AccountId === organization.managementAccount
      ? constraint(
          'ACCOUNT_CANNOT_LEAVE_ORGANIZATION',
          'You attempted to remove the management account from the organization.',
        )
      : done(withoutMember(world, organization, input.AccountId));
  },
});

/** The organization as a whole. */
export const organizationOperations = [
  describeOrganization,
  listRoots,
  enableAllFeatures,
  acceptHandshake,
  leaveOrganization,
  removeAccount,
];
