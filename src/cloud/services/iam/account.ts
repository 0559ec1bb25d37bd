import { change } from '../../change.ts';
import { LIMITS } from '../../limits.ts';
import { breaksConstraint, define, done, failed, homeOf } from '../define.ts';
import { accessKeysOf, permission } from './entities.ts';

const ALIAS = { type: 'string', required: true, help: 'the alias, of no other account' } as const;

const createAccountAlias = define({
  id: 'iam:CreateAccountAlias',
  summary: 'give the account an alias for its sign-in page; it has one at most',
  input: { AccountAlias: ALIAS },
  needs: (_, caller) => [permission('CreateAccountAlias', caller, '*')],
  effect(input, caller, world) {
    const { AccountAlias: alias } = input;
    if (!/^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/.test(alias)) {
      return breaksConstraint(
        'ValidationError',
        'accountAlias',
        alias,
        'satisfy regular expression pattern: ^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$',
      );
    }
    return Object.values(world.accounts).some((each) => each.accountAlias === alias)
      ? failed('EntityAlreadyExists', `The account alias ${alias} already exists.`)
      : done(change(world, caller.account, { accountAlias: alias }));
  },
});

const deleteAccountAlias = define({
  id: 'iam:DeleteAccountAlias',
  summary: 'take the alias from the account',
  input: { AccountAlias: { ...ALIAS, help: 'the alias' } },
  needs: (_, caller) => [permission('DeleteAccountAlias', caller, '*')],
  effect: (input, caller, world) =>
    homeOf(world, caller).accountAlias === input.AccountAlias
      ? done(change(world, caller.account, { accountAlias: null }))
      : failed('NoSuchEntity', `The account alias ${input.AccountAlias} cannot be found.`),
});

const listAccountAliases = define({
  id: 'iam:ListAccountAliases',
  summary: 'show the alias of the account',
  input: {},
  needs: (_, caller) => [permission('ListAccountAliases', caller, '*')],
  effect(_, caller, world) {
    const { accountAlias } = homeOf(world, caller);
    return done(world, { AccountAliases: accountAlias === null ? [] : [accountAlias] });
  },
});

/** Source: IAM API Reference, API_GetAccountSummary.html. */
const getAccountSummary = define({
  id: 'iam:GetAccountSummary',
  summary: 'show how much of everything the account has, and its quotas',
  input: {},
  needs: (_, caller) => [permission('GetAccountSummary', caller, '*')],
  effect(_, caller, world) {
    const home = homeOf(world, caller);
    const size = (record: object) => Object.keys(record).length;
    const versions = Object.values(home.policies).flatMap((policy) => policy.versions);
    const hasRootKeys = accessKeysOf(home, null).length > 0;
    const inUse = Object.values(home.mfaDevices).filter(({ user }) => user !== null);
    return done(world, {
      SummaryMap: {
        Users: size(home.users),
        Groups: size(home.groups),
        Roles: size(home.roles),
        Policies: size(home.policies),
        PolicyVersionsInUse: versions.length,
        InstanceProfiles: size(home.instanceProfiles),
        Providers: size(home.oidcProviders) + size(home.samlProviders),
        MFADevices: size(home.mfaDevices),
        MFADevicesInUse: inUse.length,
        AccountMFAEnabled: 0,
        AccountAccessKeysPresent: hasRootKeys ? 1 : 0,
        AccessKeysPerUserQuota: LIMITS.accessKeysPerUser,
        GroupsPerUserQuota: LIMITS.groupsPerUser,
        AttachedPoliciesPerUserQuota: LIMITS.attachedPerUser,
        AttachedPoliciesPerGroupQuota: LIMITS.attachedPerGroup,
        AttachedPoliciesPerRoleQuota: LIMITS.attachedPerRole,
        VersionsPerPolicyQuota: LIMITS.policyVersions,
        PolicySizeQuota: LIMITS.managedPolicySize,
        UserPolicySizeQuota: LIMITS.userInlineSize,
        GroupPolicySizeQuota: LIMITS.groupInlineSize,
        AssumeRolePolicySizeQuota: LIMITS.trustPolicySize,
      },
    });
  },
});

/** The account itself. */
export const accountOperations = [
  createAccountAlias,
  deleteAccountAlias,
  listAccountAliases,
  getAccountSummary,
];
