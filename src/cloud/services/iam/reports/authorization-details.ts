import { awsManagedPolicies, managedPolicy } from '../../../managed-policies.ts';
import type { Json } from '../../../operation.ts';
import { listed } from '../../../own.ts';
import type { Account, HasPolicies, ManagedPolicy, World } from '../../../world.ts';
import { breaksConstraint, define, done, homeOf, isoTime, json } from '../../define.ts';
import { permission, tagList } from '../entities.ts';
import { described as describedProfile } from '../instance-profiles.ts';
import { describedRole, lastUse } from '../roles.ts';
import { describedUser } from '../users.ts';

const FILTERS = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'];

function managedList(world: World, { attached }: HasPolicies): readonly Json[] {
  return attached.map((arn) => ({ PolicyName: managedPolicy(world, arn)?.name ?? arn, PolicyArn: arn }));
}

function inlineList({ inline }: HasPolicies): readonly Json[] {
  return Object.entries(inline).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: json(document),
  }));
}

function boundary(arn: string | null): { readonly [key: string]: Json } {
  return arn === null
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };
}

function users(world: World, account: Account): readonly Json[] {
  return listed(account.users).map((user) => ({
    ...describedUser(user),
    ...(Object.keys(user.inline).length > 0 ? { UserPolicyList: inlineList(user) } : {}),
    GroupList: user.groups,
    AttachedManagedPolicies: managedList(world, user),
    ...boundary(user.boundary),
    Tags: tagList(user.tags),
  }));
}

function groups(world: World, account: Account): readonly Json[] {
  return listed(account.groups).map((group) => ({
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: group.arn,
    CreateDate: isoTime(group.created),
    GroupPolicyList: inlineList(group),
    AttachedManagedPolicies: managedList(world, group),
  }));
}

function roles(world: World, account: Account): readonly Json[] {
  return listed(account.roles).map((role) => {
    const { Description: _, MaxSessionDuration: __, ...described } = describedRole(role);
    return {
      ...described,
      InstanceProfileList: listed(account.instanceProfiles)
        .filter((profile) => profile.role === role.name)
        .map((profile) => describedProfile(account, profile)),
      RolePolicyList: inlineList(role),
      AttachedManagedPolicies: managedList(world, role),
      ...boundary(role.boundary),
      Tags: tagList(role.tags),
      RoleLastUsed: lastUse(world, role),
    };
  });
}

function uses(account: Account, arn: string): { readonly attached: number; readonly bounding: number } {
  const bounded = [...Object.values(account.users), ...Object.values(account.roles)];
  const holders = [...bounded, ...Object.values(account.groups)];
  return {
    attached: holders.filter(({ attached }) => attached.includes(arn)).length,
    bounding: bounded.filter(({ boundary: bound }) => bound === arn).length,
  };
}

function policies(account: Account, filters: readonly string[]): readonly Json[] {
  const local = filters.includes('LocalManagedPolicy') ? listed(account.policies) : [];
  const ofAws = filters.includes('AWSManagedPolicy') ? listed(awsManagedPolicies) : [];
  // Of AWS's policies only those that are in use are shown.
  const inUse = ofAws.filter(({ arn }) => uses(account, arn).attached + uses(account, arn).bounding > 0);
  return [...local, ...inUse].map((policy) => describedPolicy(account, policy));
}

function describedPolicy(account: Account, policy: ManagedPolicy): Json {
  const { attached, bounding } = uses(account, policy.arn);
  const latest = policy.versions.map(({ created }) => created);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    CreateDate: isoTime(policy.created),
    UpdateDate: isoTime(Math.max(policy.created, ...latest)),
    PolicyVersionList: policy.versions.map(({ id, created, document }) => ({
      Document: json(document),
      VersionId: id,
      IsDefaultVersion: id === policy.defaultVersion,
      CreateDate: isoTime(created),
    })),
  };
}

const getAccountAuthorizationDetails = define({
  id: 'iam:GetAccountAuthorizationDetails',
  summary: 'show all users, groups, roles and policies with everything that is attached to them',
  input: { Filter: { type: 'strings', help: `only some of: ${FILTERS.join(', ')}` } },
  needs: (_, caller) => [permission('GetAccountAuthorizationDetails', caller, '*')],
  effect({ Filter: filters = FILTERS }, caller, world) {
    const wrong = filters.find((filter) => !FILTERS.includes(filter));
    if (wrong !== undefined) {
      return breaksConstraint(
        'ValidationError',
        'filter',
        `[${filters.join(', ')}]`,
        `satisfy constraint: [Member must satisfy enum value set: [${FILTERS.join(', ')}]]`,
      );
    }
    const home = homeOf(world, caller);
    return done(world, {
      UserDetailList: filters.includes('User') ? users(world, home) : [],
      GroupDetailList: filters.includes('Group') ? groups(world, home) : [],
      RoleDetailList: filters.includes('Role') ? roles(world, home) : [],
      Policies: policies(home, filters),
    });
  },
});

export const authorizationDetailOperations = [getAccountAuthorizationDetails];
