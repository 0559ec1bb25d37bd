import { without } from '../../change.ts';
import type { AccountId, World } from '../../world.ts';
import { withOrganization } from './access.ts';
import { FULL_ACCESS } from './aws-policies.ts';
import type { Member, Organization } from './records.ts';

/** What a new root, OU or account has attached: `FullAWSAccess`, where SCPs are enabled. */
export function firstAttachments({ enabledTypes }: Pick<Organization, 'enabledTypes'>): readonly string[] {
  return enabledTypes.includes('SERVICE_CONTROL_POLICY') ? [FULL_ACCESS.id] : [];
}

/** The world with an account in the organization. */
export function withMember(
  world: World,
  organization: Organization,
  account: AccountId,
  member: Member,
): World {
  return withOrganization(world, organization, {
    members: { ...organization.members, [account]: member },
    attachments: { ...organization.attachments, [account]: firstAttachments(organization) },
  });
}

/** The world with an account out of the organization: no policy of it binds the account any more. */
export function withoutMember(world: World, organization: Organization, account: AccountId): World {
  return withOrganization(world, organization, {
    members: without(organization.members, account),
    attachments: without(organization.attachments, account),
    tags: without(organization.tags, account),
  });
}
