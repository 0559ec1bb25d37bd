import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { constraint, joined, managed, permission } from './access.ts';
import { withoutMember } from './membership.ts';
import type { Organization } from './records.ts';
import { targetArn } from './tree.ts';

function arnOf({ id, managementAccount }: Organization): string {
  return `arn:aws:organizations::${managementAccount}:organization/${id}`;
}

/** An organization as the AWS CLI prints it. */
export function described(organization: Organization): Json {
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

/** What else of this world stands on its organization, in a sentence; null for nothing. */
function standsOnIt({ identityCenter, accounts }: World): string | null {
  const analyzers = Object.values(accounts).flatMap((account) => Object.values(account.analyzers));
  const what =
    identityCenter !== null
      ? 'IAM Identity Center'
      : analyzers.some(({ type }) => type === 'ORGANIZATION')
        ? 'an analyzer of the organization'
        : null;
  return what === null ? null : `What becomes of ${what} without the organization is not simulated here.`;
}

/**
 * Only its management account may be left. OUs, SCPs and RCPs go with it.
 * Source: Organizations API Reference, API_DeleteOrganization.html; User Guide, orgs_manage_org_delete.html.
 */
const deleteOrganization = define({
  id: 'organizations:DeleteOrganization',
  summary: 'delete the organization, once no member account is left in it',
  input: {},
  notSimulated: (_, _signer, world) => standsOnIt(world),
  needs: (_, caller) => [permission(caller, 'DeleteOrganization')],
  effect(_, caller, world) {
    const found = managed(world, caller);
    if ('error' in found) {
      return found;
    }
    return Object.keys(found.organization.members).length > 1
      ? failed(
          'OrganizationNotEmptyException',
          "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account.",
        )
      : done({ ...world, organization: null });
  },
});

/** The organization as a whole. */
export const organizationOperations = [
  describeOrganization,
  listRoots,
  leaveOrganization,
  removeAccount,
  deleteOrganization,
];
