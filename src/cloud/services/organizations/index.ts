import type { World } from '../../world.ts';
import { JSON_WORDING } from '../json-wording.ts';
import type { Resource, Service } from '../service.ts';
import { accountOperations } from './accounts.ts';
import { attachmentOperations } from './attachments.ts';
import { organizationOperations } from './organization.ts';
import { policyOperations } from './policies.ts';
import { policyTypeOperations } from './policy-types.ts';
import { NO_ORGANIZATION, type OrganizationsWorld } from './records.ts';
import { type OrganizationsSpec, readOrganization } from './spec.ts';
import { unitOperations } from './units.ts';

/** The OU an ARN names, for its tags. */
function unit({ organization }: World, arn: string): Resource | null {
  const found = organization && Object.values(organization.units).find(({ id }) => arn.endsWith(`/${id}`));
  return organization && found
    ? { owner: organization.managementAccount, policy: null, tags: found.tags }
    : null;
}

/** AWS Organizations. Errors: Organizations API Reference. */
export const organizations: Service<object, object, OrganizationsWorld, OrganizationsSpec> = {
  name: 'organizations',
  operations: [
    ...organizationOperations,
    ...accountOperations,
    ...unitOperations,
    ...policyOperations,
    ...attachmentOperations,
    ...policyTypeOperations,
  ],
  inAccount: {},
  inWorld: NO_ORGANIZATION,
  resource: unit,
  readWorld: readOrganization,
  wording: JSON_WORDING,
};
