import { iamArn, REGION } from '../../arn.ts';
import { drop, generated, put } from '../../change.ts';
import { readDocument, sizeOf } from '../../documents.ts';
import { newUniqueId } from '../../identifiers.ts';
import { LIMITS } from '../../limits.ts';
import type { Json } from '../../operation.ts';
import { isTaken, listed, own } from '../../own.ts';
import { withPrincipalGone } from '../../principal-gone.ts';
import { stepRoleName } from '../../role-name.ts';
import type { Account, Role, World } from '../../world.ts';
import { breaksConstraint, define, done, failed, homeOf, isoTime, json } from '../define.ts';
import {
  attachable,
  boundaryContext,
  boundaryOf,
  entityArn,
  NEW_BOUNDARY,
  nameProblem,
  noSuch,
  notAttachable,
  overQuota,
  pathProblem,
  permission,
  readPrincipalTags,
  tagContext,
  tagList,
  unmodifiable,
} from './entities.ts';

const MAX_SESSION_DURATION = { type: 'integer', least: LIMITS.sessionDurationLeast } as const;
const ROLE_NAME = { type: 'string', required: true, help: 'name of the role' } as const;

/** A role as the AWS CLI prints it; its boundary and tags are left out of lists. */
export function describedRole(role: Role): { readonly [key: string]: Json } {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: isoTime(role.created),
    AssumeRolePolicyDocument: json(role.trust),
    ...(role.description === '' ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
  };
}

/** When a session of a role last sent a request, of the last 400 days; empty when none did. */
export function lastUse(world: World, role: Role): Json {
  const event = world.trail.findLast(({ principalId }) => principalId?.startsWith(`${role.id}:`));
  return event === undefined || world.clock - event.time > TRACKED
    ? {}
    : { LastUsedDate: isoTime(event.time), Region: REGION };
}

/** How far back the last use of a role is told, in milliseconds. Source: IAM API Reference, API_RoleLastUsed.html. */
const TRACKED = 400 * 86_400_000;

function fully(role: Role): { readonly [key: string]: Json } {
  const boundary = role.boundary && {
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundary },
  };
  const tags = Object.keys(role.tags).length > 0 ? { Tags: tagList(role.tags) } : {};
  return { ...describedRole(role), ...boundary, ...tags };
}

const createRole = define({
  id: 'iam:CreateRole',
  summary: 'make a role',
  input: {
    RoleName: { type: 'string', required: true, help: 'name of the new role' },
    AssumeRolePolicyDocument: { type: 'document', required: true, help: 'trust policy: who may assume it' },
    Path: { type: 'string', help: 'such as /team/' },
    Description: { type: 'string', help: 'what it is for' },
    MaxSessionDuration: { ...MAX_SESSION_DURATION, help: 'seconds, 3600 to 43200' },
    PermissionsBoundary: NEW_BOUNDARY,
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'tags' },
  },
  needs: (input, caller) => [
    permission('CreateRole', caller, iamArn(caller.account, 'role', input.RoleName, input.Path), {
      ...boundaryContext(input.PermissionsBoundary),
      ...tagContext(input.Tags),
    }),
  ],
  effect(input, caller, world) {
    const { RoleName: name, Path: path = '/', PermissionsBoundary: boundary = null } = input;
    const home = homeOf(world, caller);
    const duration = input.MaxSessionDuration ?? LIMITS.sessionDurationLeast;
    const problem =
      nameProblem('roleName', name, LIMITS.roleName) ?? pathProblem(path) ?? durationProblem(duration);
    if (problem !== null) {
      return problem;
    }
    const tags = readPrincipalTags(input.Tags);
    if ('error' in tags) {
      return tags;
    }
    const trust = readDocument(world, input.AssumeRolePolicyDocument, { kind: 'trust' });
    if ('error' in trust) {
      return trust;
    }
    if (isTaken(home.roles, name)) {
      return failed('EntityAlreadyExists', `Role with name ${name} already exists.`);
    }
    if (sizeOf(trust.document) > LIMITS.trustPolicySize) {
      return overQuota('ACLSizePerRole', LIMITS.trustPolicySize);
    }
    if (boundary !== null && attachable(world, home, boundary) === undefined) {
      return notAttachable(boundary);
    }
    const [fresh, next] = generated(world, (generator) => newUniqueId(generator, 'AROA'));
    const { id } = stepRoleName({ state: 'free', id: '' }, { type: 'role.created', id: fresh });
    const role: Role = {
      name,
      path,
      id,
      arn: iamArn(home.id, 'role', name, path),
      created: world.clock,
      description: input.Description ?? '',
      trust: trust.document,
      attached: [],
      inline: {},
      boundary,
      maxSessionDuration: duration,
      tags: tags.tags,
    };
    return done(put(next, home.id, 'roles', name, role), { Role: fully(role) });
  },
});

function durationProblem(seconds: number) {
  const { sessionDurationMost: most } = LIMITS;
  const rule = `have value less than or equal to ${most}`;
  return seconds <= most ? null : breaksConstraint('ValidationError', 'maxSessionDuration', seconds, rule);
}

const getRole = define({
  id: 'iam:GetRole',
  summary: 'show a role and its trust policy',
  input: { RoleName: ROLE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [permission('GetRole', caller, entityArn(home, 'role', input.RoleName))];
  },
  effect(input, caller, world) {
    const role = own(homeOf(world, caller).roles, input.RoleName);
    return role
      ? done(world, { Role: { ...fully(role), RoleLastUsed: lastUse(world, role) } })
      : noSuch('role', input.RoleName);
  },
});

const listRoles = define({
  id: 'iam:ListRoles',
  summary: 'list the roles',
  input: { PathPrefix: { type: 'string', help: 'only roles below this path' } },
  needs: (input, caller) => [
    permission('ListRoles', caller, iamArn(caller.account, 'role', '', input.PathPrefix)),
  ],
  effect(input, caller, world) {
    const { PathPrefix: prefix = '/' } = input;
    const roles = listed(homeOf(world, caller).roles).filter(({ path }) => path.startsWith(prefix));
    return done(world, { Roles: roles.map(describedRole) });
  },
});

/** What must go before a role can, in IAM's words; null when nothing is left. */
function leftover(account: Account, role: Role): string | null {
  if (Object.values(account.instanceProfiles).some((profile) => profile.role === role.name)) {
    return 'must remove roles from instance profile first.';
  }
  if (role.attached.length > 0) {
    return 'must detach all policies first.';
  }
  return Object.keys(role.inline).length > 0 ? 'must delete policies first.' : null;
}

const deleteRole = define({
  id: 'iam:DeleteRole',
  summary: 'delete a role',
  input: { RoleName: ROLE_NAME },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const boundary = boundaryContext(boundaryOf(home, 'role', input.RoleName));
    return [permission('DeleteRole', caller, entityArn(home, 'role', input.RoleName), boundary)];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const role = own(home.roles, input.RoleName);
    if (role === undefined) {
      return noSuch('role', input.RoleName);
    }
    const problem = unmodifiable(role);
    if (problem !== null) {
      return problem;
    }
    const rest = leftover(home, role);
    if (rest !== null) {
      return failed('DeleteConflict', `Cannot delete entity, ${rest}`);
    }
    const { state } = stepRoleName({ state: 'taken', id: role.id }, { type: 'role.deleted' });
    return done(state === 'free' ? withPrincipalGone(drop(world, home.id, 'roles', role.name), role) : world);
  },
});

const updateAssumeRolePolicy = define({
  id: 'iam:UpdateAssumeRolePolicy',
  summary: 'replace the trust policy of a role',
  input: {
    RoleName: ROLE_NAME,
    PolicyDocument: { type: 'document', required: true, help: 'trust policy: who may assume it' },
  },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const boundary = boundaryContext(boundaryOf(home, 'role', input.RoleName));
    return [permission('UpdateAssumeRolePolicy', caller, entityArn(home, 'role', input.RoleName), boundary)];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const role = own(home.roles, input.RoleName);
    if (role === undefined) {
      return noSuch('role', input.RoleName);
    }
    const problem = unmodifiable(role);
    if (problem !== null) {
      return problem;
    }
    const trust = readDocument(world, input.PolicyDocument, { kind: 'trust' });
    if ('error' in trust) {
      return trust;
    }
    return sizeOf(trust.document) > LIMITS.trustPolicySize
      ? overQuota('ACLSizePerRole', LIMITS.trustPolicySize)
      : done(put(world, home.id, 'roles', role.name, { ...role, trust: trust.document }));
  },
});

const tagRole = define({
  id: 'iam:TagRole',
  summary: 'put tags on a role',
  input: {
    RoleName: ROLE_NAME,
    Tags: { type: 'structures', members: ['Key', 'Value'], required: true, help: 'tags' },
  },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    return [permission('TagRole', caller, entityArn(home, 'role', input.RoleName), tagContext(input.Tags))];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const role = own(home.roles, input.RoleName);
    if (role === undefined) {
      return noSuch('role', input.RoleName);
    }
    const read = unmodifiable(role) ?? readPrincipalTags(input.Tags, role.tags);
    return 'error' in read
      ? read
      : done(put(world, home.id, 'roles', role.name, { ...role, tags: read.tags }));
  },
});

const updateRole = define({
  id: 'iam:UpdateRole',
  summary: 'change the description of a role, or how long its sessions may last',
  input: {
    RoleName: ROLE_NAME,
    Description: { type: 'string', help: 'what it is for' },
    MaxSessionDuration: { ...MAX_SESSION_DURATION, help: 'seconds, 3600 to 43200; 3600 unless said' },
  },
  needs: (input, caller, world) => {
    const home = homeOf(world, caller);
    const boundary = boundaryContext(boundaryOf(home, 'role', input.RoleName));
    return [permission('UpdateRole', caller, entityArn(home, 'role', input.RoleName), boundary)];
  },
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const role = own(home.roles, input.RoleName);
    if (role === undefined) {
      return noSuch('role', input.RoleName);
    }
    const { Description: description = role.description } = input;
    const { MaxSessionDuration: maxSessionDuration = LIMITS.sessionDurationLeast } = input;
    return (
      unmodifiable(role) ??
      durationProblem(maxSessionDuration) ??
      done(put(world, home.id, 'roles', role.name, { ...role, description, maxSessionDuration }))
    );
  },
});

export const roleOperations = [
  createRole,
  getRole,
  listRoles,
  deleteRole,
  updateAssumeRolePolicy,
  updateRole,
  tagRole,
];
