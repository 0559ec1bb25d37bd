import { iamArn } from '../../arn.ts';
import { drop, generated, put } from '../../change.ts';
import { newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import { isTaken, listed, own } from '../../own.ts';
import type { Account, InstanceProfile } from '../../world.ts';
import { define, done, failed, homeOf, isoTime } from '../define.ts';
import { entityArn, nameProblem, noSuch, overQuota, pathProblem, permission } from './entities.ts';
import { passRole } from './pass-role.ts';
import { describedRole } from './roles.ts';

const PROFILE_NAME = { type: 'string', required: true, help: 'name of the instance profile' } as const;
const ROLE_NAME = { type: 'string', required: true, help: 'name of the role' } as const;

/** An instance profile as the AWS CLI prints it. */
export function described(account: Account, profile: InstanceProfile): Json {
  const role = profile.role === null ? undefined : own(account.roles, profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: isoTime(profile.created),
    Roles: role ? [describedRole(role)] : [],
  };
}

const createInstanceProfile = define({
  id: 'iam:CreateInstanceProfile',
  summary: 'make an instance profile: what EC2 takes a role from',
  input: {
    InstanceProfileName: { type: 'string', required: true, help: 'name of the new instance profile' },
    Path: { type: 'string', help: 'such as /team/' },
  },
  needs: (input, caller) => [
    permission(
      'CreateInstanceProfile',
      caller,
      iamArn(caller.account, 'instance-profile', input.InstanceProfileName, input.Path),
    ),
  ],
  effect(input, caller, world) {
    const { InstanceProfileName: name, Path: path = '/' } = input;
    const home = homeOf(world, caller);
    const problem = nameProblem('instanceProfileName', name, LIMITS.instanceProfileName) ?? pathProblem(path);
    if (problem !== null) {
      return problem;
    }
    if (isTaken(home.instanceProfiles, name)) {
      return failed('EntityAlreadyExists', `Instance Profile ${name} already exists.`);
    }
    const [id, next] = generated(world, (generator) => newUniqueId(generator, 'AIPA'));
    const arn = iamArn(home.id, 'instance-profile', name, path);
    const profile: InstanceProfile = { name, path, id, arn, created: world.clock, role: null };
    return done(put(next, home.id, 'instanceProfiles', name, profile), {
      InstanceProfile: described(home, profile),
    });
  },
});

const getInstanceProfile = define({
  id: 'iam:GetInstanceProfile',
  summary: 'show an instance profile and its role',
  input: { InstanceProfileName: PROFILE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [
      permission(
        'GetInstanceProfile',
        caller,
        entityArn(home, 'instance-profile', input.InstanceProfileName),
      ),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const profile = own(home.instanceProfiles, input.InstanceProfileName);
    return profile === undefined
      ? noSuch('instance-profile', input.InstanceProfileName)
      : done(world, { InstanceProfile: described(home, profile) });
  },
});

const listInstanceProfiles = define({
  id: 'iam:ListInstanceProfiles',
  summary: 'list the instance profiles',
  input: { PathPrefix: { type: 'string', help: 'only those below this path' } },
  needs: (input, caller) => [
    permission(
      'ListInstanceProfiles',
      caller,
      iamArn(caller.account, 'instance-profile', '', input.PathPrefix),
    ),
  ],
  effect(input, caller, world) {
    const { PathPrefix: prefix = '/' } = input;
    const home = homeOf(world, caller);
    const profiles = listed(home.instanceProfiles).filter(({ path }) => path.startsWith(prefix));
    return done(world, { InstanceProfiles: profiles.map((profile) => described(home, profile)) });
  },
});

const listInstanceProfilesForRole = define({
  id: 'iam:ListInstanceProfilesForRole',
  summary: 'list the instance profiles that hold a role',
  input: { RoleName: ROLE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [permission('ListInstanceProfilesForRole', caller, entityArn(home, 'role', input.RoleName))];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    if (!Object.hasOwn(home.roles, input.RoleName)) {
      return noSuch('role', input.RoleName);
    }
    const profiles = listed(home.instanceProfiles).filter(({ role }) => role === input.RoleName);
    return done(world, { InstanceProfiles: profiles.map((profile) => described(home, profile)) });
  },
});

const deleteInstanceProfile = define({
  id: 'iam:DeleteInstanceProfile',
  summary: 'delete an instance profile',
  input: { InstanceProfileName: PROFILE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [
      permission(
        'DeleteInstanceProfile',
        caller,
        entityArn(home, 'instance-profile', input.InstanceProfileName),
      ),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const profile = own(home.instanceProfiles, input.InstanceProfileName);
    if (profile === undefined) {
      return noSuch('instance-profile', input.InstanceProfileName);
    }
    return profile.role === null
      ? done(drop(world, home.id, 'instanceProfiles', profile.name))
      : failed('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
  },
});

const addRoleToInstanceProfile = define({
  id: 'iam:AddRoleToInstanceProfile',
  summary: 'put a role in an instance profile',
  input: { InstanceProfileName: PROFILE_NAME, RoleName: ROLE_NAME },
  /** IAM API Reference: the caller must be granted PassRole on the role; the ARN's wildcards are AWS's own. */
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const profile = entityArn(home, 'instance-profile', input.InstanceProfileName);
    const role = entityArn(home, 'role', input.RoleName);
    return [
      permission('AddRoleToInstanceProfile', caller, profile),
      passRole(caller, role, `arn:aws:ec2:*:${caller.account}:instance/*`),
    ];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const profile = own(home.instanceProfiles, input.InstanceProfileName);
    if (profile === undefined) {
      return noSuch('instance-profile', input.InstanceProfileName);
    }
    if (!Object.hasOwn(home.roles, input.RoleName)) {
      return noSuch('role', input.RoleName);
    }
    return profile.role === null
      ? done(put(world, home.id, 'instanceProfiles', profile.name, { ...profile, role: input.RoleName }))
      : overQuota('InstanceSessionsPerInstanceProfile', LIMITS.rolesPerInstanceProfile);
  },
});

const removeRoleFromInstanceProfile = define({
  id: 'iam:RemoveRoleFromInstanceProfile',
  summary: 'take the role out of an instance profile',
  input: { InstanceProfileName: PROFILE_NAME, RoleName: ROLE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const profile = entityArn(home, 'instance-profile', input.InstanceProfileName);
    return [permission('RemoveRoleFromInstanceProfile', caller, profile)];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const profile = own(home.instanceProfiles, input.InstanceProfileName);
    if (profile === undefined) {
      return noSuch('instance-profile', input.InstanceProfileName);
    }
    return profile.role === input.RoleName
      ? done(put(world, home.id, 'instanceProfiles', profile.name, { ...profile, role: null }))
      : noSuch('role', input.RoleName);
  },
});

/**
 * An instance profile holds one role and hands it to EC2 instances. It is not the role.
 * Source: IAM User Guide, id_roles_use_switch-role-ec2_instance-profiles.html.
 */
export const instanceProfileOperations = [
  createInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  deleteInstanceProfile,
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
];
