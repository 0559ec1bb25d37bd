import type {
  ApplicablePolicies,
  AuthorizationFacts,
  ContextValue,
  NamedPolicy,
  PolicyLevel,
} from '../../../iam/request.ts';
import { own } from '../../own.ts';
import type { AccountId, World } from '../../world.ts';
import type { ControlPolicy, ControlPolicyType, Organization } from './records.ts';
import { attachedTo, pathTo } from './tree.ts';

/** What an organization brings to requests by the principals of one of its accounts. */
export interface PrincipalControl {
  readonly policies: Pick<ApplicablePolicies, 'serviceControl'>;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly facts: Pick<AuthorizationFacts, 'principalInManagementAccount'>;
}

/** What an organization brings to requests about the resources of one of its accounts. */
export interface ResourceControl {
  readonly policies: Pick<ApplicablePolicies, 'resourceControl'>;
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly facts: Pick<AuthorizationFacts, 'resourceInManagementAccount'>;
}

/** What comes of an organization that is none of an account's business. */
export const OUTSIDE: PrincipalControl & ResourceControl = { policies: {}, context: {}, facts: {} };

/**
 * SCPs from the root down to the caller's account, and the condition keys of its place in the organization.
 * Source: Organizations User Guide, orgs_manage_policies_scps_evaluation.html;
 * reference_policies_condition-keys.html#condition-keys-principalorgid.
 */
export function principalControl(world: World, account: AccountId): PrincipalControl {
  return remembered(principals, world, account, (organization) => {
    const serviceControl = levels(world, organization, account, 'SERVICE_CONTROL_POLICY');
    return {
      policies: serviceControl ? { serviceControl } : {},
      context: {
        'aws:PrincipalOrgID': organization.id,
        'aws:PrincipalOrgPaths': [orgPath(organization, account)],
      },
      facts: account === organization.managementAccount ? { principalInManagementAccount: true } : {},
    };
  });
}

/**
 * RCPs from the root down to the account of the resource, and the condition keys of its place in the organization.
 * Source: Organizations User Guide, orgs_manage_policies_rcps.html;
 * reference_policies_condition-keys.html#condition-keys-resourceorgid.
 */
export function resourceControl(world: World, account: AccountId): ResourceControl {
  return remembered(resources, world, account, (organization) => {
    const control = levels(world, organization, account, 'RESOURCE_CONTROL_POLICY');
    return {
      policies: control ? { resourceControl: control } : {},
      context: {
        'aws:ResourceOrgID': organization.id,
        'aws:ResourceOrgPaths': [orgPath(organization, account)],
      },
      facts: account === organization.managementAccount ? { resourceInManagementAccount: true } : {},
    };
  });
}

/**
 * What an AWS service says of the resource it calls for: its ARN, its account and that account's place in the
 * organization.
 * Source: IAM User Guide, reference_policies_condition-keys.html#condition-keys-sourceorgid.
 */
export function sourceContext(
  world: World,
  account: AccountId,
  arn: string,
): Readonly<Record<string, ContextValue>> {
  const { organization } = world;
  return {
    'aws:SourceArn': arn,
    'aws:SourceAccount': account,
    ...(organization !== null && Object.hasOwn(organization.members, account)
      ? {
          'aws:SourceOrgID': organization.id,
          'aws:SourceOrgPaths': [orgPath(organization, account)],
        }
      : {}),
  };
}

type Remembered<Control> = WeakMap<Organization, Map<AccountId, Control>>;
const principals: Remembered<PrincipalControl> = new WeakMap();
const resources: Remembered<ResourceControl> = new WeakMap();

/** What an organization brings for one of its accounts; the same object as long as the organization is the same. */
function remembered<Control>(
  all: Remembered<Control>,
  { organization }: World,
  account: AccountId,
  make: (organization: Organization) => Control,
): Control | typeof OUTSIDE {
  if (organization === null || !Object.hasOwn(organization.members, account)) {
    return OUTSIDE;
  }
  const known = all.get(organization) ?? new Map<AccountId, Control>();
  all.set(organization, known);
  const control = known.get(account) ?? make(organization);
  known.set(account, control);
  return control;
}

/** `o-…/r-…/ou-…/`: down to the OU of an account, without the account itself. */
function orgPath(organization: Organization, account: AccountId): string {
  return `${[organization.id, ...pathTo(organization, account).slice(0, -1)].join('/')}/`;
}

/** The levels of an account; null when policies of the type are not enabled, for then there are none. */
function levels(
  world: World,
  organization: Organization,
  account: AccountId,
  type: ControlPolicyType,
): readonly PolicyLevel[] | null {
  return organization.enabledTypes.includes(type)
    ? pathTo(organization, account).map((id) => ({
        target: targetName(world, organization, id),
        policies: attachedTo(organization, id, type).map(named),
      }))
    : null;
}

/** `Root`, the name of an OU, or the name of an account. */
export function targetName(world: World, organization: Organization, id: string): string {
  return id === organization.rootId
    ? 'Root'
    : (own(organization.units, id)?.name ?? own(world.accounts, id)?.name ?? id);
}

const namedPolicies = new WeakMap<ControlPolicy, NamedPolicy>();

/** A policy as the engine takes it: the same object each time, since the engine remembers it by identity. */
function named(policy: ControlPolicy): NamedPolicy {
  const before = namedPolicies.get(policy);
  if (before !== undefined) {
    return before;
  }
  const made = { name: policy.name, arn: policy.arn, document: policy.document };
  namedPolicies.set(policy, made);
  return made;
}
