import { iamArn } from '../../arn.ts';
import { drop, put } from '../../change.ts';
import { characters, type Generator, newUniqueId } from '../../identifiers.ts';
import { own } from '../../own.ts';
import { withPrincipalGone } from '../../principal-gone.ts';
import type {
  Account,
  AccountId,
  CustomerPolicyReference,
  IdentityCenter,
  Instant,
  PermissionSet,
  Role,
  SamlProvider,
  World,
} from '../../world.ts';
import { withSet } from './instance.ts';

/** Where the roles of Identity Center are. Source: singlesignon User Guide, referencingpermissionsets.html. */
const PATH = '/aws-reserved/sso.amazonaws.com/';

/** The longest session of such a role, in seconds: how long one lasts is up to the permission set. */
const LONGEST = 43_200;

const HEX = '0123456789abcdef';

/** A role that a permission set becomes in an account, and the identity provider it trusts. */
export interface ProvisionedRole {
  readonly role: Role;
  readonly provider: SamlProvider;
}

/**
 * The role of a permission set in an account: the one that is there brought up to date, or a new one. A customer's
 * policy that the account does not have is a failure, in a sentence.
 */
export function provisionedRole(
  generator: Generator,
  now: Instant,
  account: Account,
  set: PermissionSet,
): ProvisionedRole | { readonly failure: string } {
  const references = [
    ...set.customer,
    ...(typeof set.boundary === 'object' && set.boundary ? [set.boundary] : []),
  ];
  const missing = references.find((each) => !Object.hasOwn(account.policies, policyArn(account.id, each)));
  if (missing !== undefined) {
    return {
      failure: `Received a 404 status error: Policy ${policyArn(account.id, missing)} does not exist or is not attachable.`,
    };
  }
  const provider = centerProvider(generator, now, account);
  const { boundary } = set;
  const before = own(account.roles, own(set.roles, account.id) ?? '');
  const name = before?.name ?? `AWSReservedSSO_${set.name}_${characters(generator, HEX, 16)}`;
  return {
    provider,
    role: {
      name,
      path: PATH,
      id: before?.id ?? newUniqueId(generator, 'AROA'),
      arn: iamArn(account.id, 'role', name, PATH),
      created: before?.created ?? now,
      description: set.description,
      trust: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: provider.arn },
            Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
            Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
          },
        ],
      },
      attached: [...set.managed, ...set.customer.map((each) => policyArn(account.id, each))],
      inline: set.inline === null ? {} : { AwsSSOInlinePolicy: set.inline },
      boundary: typeof boundary === 'object' ? boundary && policyArn(account.id, boundary) : boundary,
      maxSessionDuration: LONGEST,
      tags: {},
    },
  };
}

function policyArn(account: AccountId, { name, path }: CustomerPolicyReference): string {
  return iamArn(account, 'policy', name, path);
}

/** The provider that Identity Center put into an account, or a new one. */
function centerProvider(generator: Generator, now: Instant, account: Account): SamlProvider {
  const known = Object.values(account.samlProviders).find(({ arn }) =>
    arn.includes(':saml-provider/AWSSSO_'),
  );
  if (known !== undefined) {
    return known;
  }
  const id = characters(generator, HEX, 16);
  return {
    arn: `arn:aws:iam::${account.id}:saml-provider/AWSSSO_${id}_DO_NOT_DELETE`,
    issuer: `https://portal.sso.us-east-1.amazonaws.com/saml/assertion/${id}`,
    metadata: '',
    created: now,
    tags: {},
  };
}

/** The world with a permission set provisioned to an account, or why it cannot be. */
export function provisioned(
  world: World,
  center: IdentityCenter,
  set: PermissionSet,
  id: AccountId,
): { readonly world: World; readonly center: IdentityCenter } | { readonly failure: string } {
  const account = own(world.accounts, id);
  if (account === undefined) {
    return { failure: `Account ${id} does not exist.` };
  }
  const generator = { seed: world.seed };
  const made = provisionedRole(generator, world.clock, account, set);
  if ('failure' in made) {
    return made;
  }
  const { role, provider } = made;
  const withProvider = put({ ...world, seed: generator.seed }, id, 'samlProviders', provider.arn, provider);
  const withRole = put(withProvider, id, 'roles', role.name, role);
  const after = withSet(withRole, center, { ...set, roles: { ...set.roles, [id]: role.name } });
  return { world: after, center: after.identityCenter ?? center };
}

/** The world without the role of a permission set in an account: nobody is assigned it there any more. */
export function deprovisioned(
  world: World,
  center: IdentityCenter,
  set: PermissionSet,
  id: AccountId,
): World {
  const role = own(own(world.accounts, id)?.roles ?? {}, own(set.roles, id) ?? '');
  const { [id]: _, ...roles } = set.roles;
  const after = withSet(world, center, { ...set, roles });
  return role === undefined ? after : withPrincipalGone(drop(after, id, 'roles', role.name), role);
}
