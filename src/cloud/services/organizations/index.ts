import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { JSON_WORDING } from '../json-wording.ts';
import type { Resource, Service } from '../service.ts';
import { accountCreationOperations } from './account-creation.ts';
import { accountOperations } from './accounts.ts';
import { attachmentOperations } from './attachments.ts';
import { createOrganizationOperations } from './create-organization.ts';
import { handshakeOperations } from './handshakes.ts';
import { organizationOperations } from './organization.ts';
import { policyOperations } from './policies.ts';
import { policyTypeOperations } from './policy-types.ts';
import { NO_ORGANIZATION, type OrganizationsWorld } from './records.ts';
import { type OrganizationsSpec, readOrganization } from './spec.ts';
import { tagOperations } from './tags.ts';
import { unitOperations } from './units.ts';

/** The root, OU, account or policy an ARN names, for its tags. */
function inOrganization({ organization }: World, arn: string): Resource | null {
  const tags = organization && own(organization.tags, arn.slice(arn.lastIndexOf('/') + 1));
  return organization && tags ? { owner: organization.managementAccount, policy: null, tags } : null;
}

/** AWS Organizations. Errors: Organizations API Reference. */
export const organizations: Service<object, object, OrganizationsWorld, OrganizationsSpec> = {
  name: 'organizations',
  operations: [
    ...createOrganizationOperations,
    ...organizationOperations,
    ...accountOperations,
    ...accountCreationOperations,
    ...unitOperations,
    ...policyOperations,
    ...attachmentOperations,
    ...policyTypeOperations,
    ...handshakeOperations,
    ...tagOperations,
  ],
  inAccount: {},
  inWorld: NO_ORGANIZATION,
  resource: inOrganization,
  readWorld: readOrganization,
  wording: JSON_WORDING,
};
