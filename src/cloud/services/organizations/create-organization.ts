import { generated } from '../../change.ts';
import { newLowerCaseId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import { define, done, failed } from '../define.ts';
import { onServiceLinkedRole, withServiceLinkedRole } from '../iam/service-linked-roles.ts';
import { permission } from './access.ts';
import { described } from './organization.ts';
import type { FeatureSet, Organization } from './records.ts';

const SERVICE = 'organizations.amazonaws.com';

function readFeatures(text: string): FeatureSet | null {
  return text === 'ALL' || text === 'CONSOLIDATED_BILLING' ? text : null;
}

/**
 * The caller's account becomes the management account. No type of policy is enabled at first.
 * Source: Organizations API Reference, API_CreateOrganization.html.
 */
const createOrganization = define({
  id: 'organizations:CreateOrganization',
  summary: 'make an organization, with your own account as its management account',
  input: { FeatureSet: { type: 'string', help: 'ALL or CONSOLIDATED_BILLING; ALL unless said' } },
  notSimulated: (_, signer, { organization }) =>
    organization === null || signer === null || Object.hasOwn(organization.members, signer.account)
      ? null
      : 'Other accounts of this world have an organization already, and one is all that is simulated here.',
  needs: (_, caller) => [
    permission(caller, 'CreateOrganization'),
    onServiceLinkedRole(caller, 'CreateServiceLinkedRole', SERVICE),
  ],
  effect(input, caller, world) {
    const featureSet = readFeatures(input.FeatureSet ?? 'ALL');
    if (featureSet === null) {
      return failed(
        'InvalidInputException',
        "You specified a value that isn't valid.",
        'FeatureSet is ALL or CONSOLIDATED_BILLING.',
      );
    }
    if (world.organization !== null) {
      return failed(
        'AlreadyInOrganizationException',
        'The AWS account is already a member of an organization.',
      );
    }
    const [[id, rootId], next] = generated(
      world,
      (generator) => [newLowerCaseId(generator, 'o-', 10), newLowerCaseId(generator, 'r-', 4)] as const,
    );
    const organization: Organization = {
      id,
      rootId,
      managementAccount: caller.account,
      featureSet,
      enabledTypes: [],
      units: {},
      members: {
        [caller.account]: {
          parent: rootId,
          email: `${caller.account}@example.com`,
          joined: world.clock,
          method: 'INVITED',
        },
      },
      policies: {},
      attachments: { [rootId]: [], [caller.account]: [] },
      creations: {},
      handshakes: {},
      tags: {},
      accountLimit: LIMITS.accountsPerOrganization,
    };
    return done(withServiceLinkedRole({ ...next, organization }, caller.account, SERVICE), {
      Organization: described(organization),
    });
  },
});

export const createOrganizationOperations = [createOrganization];
