import { iamArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { accountOf, drop, generated, put } from '../../change.ts';
import { newUniqueId, newUuid } from '../../identifiers.ts';
import type { PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import { withPrincipalGone } from '../../principal-gone.ts';
import type { AccountId, Role, World } from '../../world.ts';
import { define, done, failed, homeOf } from '../define.ts';
import { entityArn, noSuch, permission } from './entities.ts';
import { describedRole } from './roles.ts';

interface Linked {
  /** `AWSServiceRoleFor…` */
  readonly role: string;
  /** The AWS managed policy that the service attaches. */
  readonly policy: string;
}

/** Source: IAM User Guide, reference_aws-services-that-work-with-iam.html, and the services' own guides. */
const SERVICES: Readonly<Record<string, Linked>> = {
  'access-analyzer.amazonaws.com': {
    role: 'AWSServiceRoleForAccessAnalyzer',
    policy: 'AccessAnalyzerServiceRolePolicy',
  },
  'autoscaling.amazonaws.com': {
    role: 'AWSServiceRoleForAutoScaling',
    policy: 'AutoScalingServiceRolePolicy',
  },
  'cloudtrail.amazonaws.com': { role: 'AWSServiceRoleForCloudTrail', policy: 'CloudTrailServiceRolePolicy' },
  'elasticloadbalancing.amazonaws.com': {
    role: 'AWSServiceRoleForElasticLoadBalancing',
    policy: 'AWSElasticLoadBalancingServiceRolePolicy',
  },
  'organizations.amazonaws.com': {
    role: 'AWSServiceRoleForOrganizations',
    policy: 'AWSOrganizationsServiceTrustPolicy',
  },
  'sso.amazonaws.com': { role: 'AWSServiceRoleForSSO', policy: 'AWSSSOServiceRolePolicy' },
};

function pathOf(service: string): string {
  return `/aws-service-role/${service}/`;
}

/** A role that a service makes for itself, without its id. */
function linkedRole(
  account: string,
  service: string,
  { role, policy }: Linked,
): Omit<Role, 'id' | 'created'> {
  return {
    name: role,
    path: pathOf(service),
    arn: iamArn(account, 'role', role, pathOf(service)),
    description: '',
    trust: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    attached: [`arn:aws:iam::aws:policy/aws-service-role/${policy}`],
    inline: {},
    boundary: null,
    maxSessionDuration: 3_600,
    tags: {},
  };
}

/** Permission for an action on the role of a service. */
export function onServiceLinkedRole(caller: Caller, action: string, service: string): PermissionNeeded {
  const role = own(SERVICES, service)?.role ?? '*';
  return permission(action, caller, iamArn(caller.account, 'role', role, pathOf(service)), {
    'iam:AWSServiceName': service,
  });
}

/** The world with the role of a service in an account, as the service makes it when it is first used. */
export function withServiceLinkedRole(world: World, account: AccountId, service: string): World {
  const linked = own(SERVICES, service);
  return linked === undefined || Object.hasOwn(accountOf(world, account).roles, linked.role)
    ? world
    : made(world, account, service, linked)[1];
}

function made(
  world: World,
  account: AccountId,
  service: string,
  linked: Linked,
  description = '',
): readonly [Role, World] {
  const [id, next] = generated(world, (generator) => newUniqueId(generator, 'AROA'));
  const role: Role = { ...linkedRole(account, service, linked), description, id, created: world.clock };
  return [role, put(next, account, 'roles', role.name, role)];
}

const createServiceLinkedRole = define({
  id: 'iam:CreateServiceLinkedRole',
  summary: 'make the role that an AWS service uses for itself',
  input: {
    AWSServiceName: { type: 'string', required: true, help: 'such as autoscaling.amazonaws.com' },
    Description: { type: 'string', help: 'what it is for' },
  },
  needs: (input, caller) => [onServiceLinkedRole(caller, 'CreateServiceLinkedRole', input.AWSServiceName)],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const linked = own(SERVICES, input.AWSServiceName);
    if (linked === undefined) {
      return failed(
        'InvalidInput',
        `${input.AWSServiceName} is not a valid service principal.`,
        `Here there is: ${Object.keys(SERVICES).join(', ')}.`,
      );
    }
    if (Object.hasOwn(home.roles, linked.role)) {
      return failed(
        'InvalidInput',
        `Service role name ${linked.role} has been taken in this account, please try a different suffix.`,
      );
    }
    const [role, next] = made(world, home.id, input.AWSServiceName, linked, input.Description);
    return done(next, { Role: describedRole(role) });
  },
});

const deleteServiceLinkedRole = define({
  id: 'iam:DeleteServiceLinkedRole',
  summary: 'ask for the deletion of a role that a service uses for itself',
  input: { RoleName: { type: 'string', required: true, help: 'name of the role' } },
  needs: (input, caller, world) => [
    permission('DeleteServiceLinkedRole', caller, entityArn(homeOf(world, caller), 'role', input.RoleName)),
  ],
  effect(input, caller, world) {
    const home = homeOf(world, caller);
    const role = own(home.roles, input.RoleName);
    if (role === undefined) {
      return noSuch('role', input.RoleName);
    }
    if (!role.path.startsWith('/aws-service-role/')) {
      return failed('InvalidInput', `The role ${role.name} is not a service-linked role.`);
    }
    const [task, next] = generated(world, newUuid);
    return done(withPrincipalGone(drop(next, home.id, 'roles', role.name), role), {
      DeletionTaskId: `task${role.path}${role.name}/${task}`,
    });
  },
});

/** The deletion is done at once here, so a task that leads to no role has succeeded. */
const getDeletionStatus = define({
  id: 'iam:GetServiceLinkedRoleDeletionStatus',
  summary: 'show what became of the deletion of a service-linked role',
  input: {
    DeletionTaskId: {
      type: 'string',
      required: true,
      help: 'task/… that delete-service-linked-role answered',
    },
  },
  needs: (input, caller) => [
    permission(
      'GetServiceLinkedRoleDeletionStatus',
      caller,
      iamArn(caller.account, 'role', roleOfTask(input.DeletionTaskId) ?? '*', '/aws-service-role/'),
    ),
  ],
  effect(input, caller, world) {
    const role = roleOfTask(input.DeletionTaskId);
    return role === null || Object.hasOwn(homeOf(world, caller).roles, role.slice(role.indexOf('/') + 1))
      ? failed('NoSuchEntity', `The deletion task ${input.DeletionTaskId} cannot be found.`)
      : done(world, { Status: 'SUCCEEDED' });
  },
});

/** `service/role` of a deletion task, or null. */
function roleOfTask(task: string): string | null {
  return /^task\/aws-service-role\/([^/]+\/[^/]+)\/[0-9a-f-]{36}$/.exec(task)?.[1] ?? null;
}

/**
 * Roles that belong to a service: nobody else can change them, and SCPs and RCPs do not bind them.
 * Source: IAM User Guide, id_roles_create-service-linked-role.html.
 */
export const serviceLinkedRoleOperations = [
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getDeletionStatus,
];
