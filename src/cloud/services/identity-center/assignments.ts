import { generated } from '../../change.ts';
import { newUuid } from '../../identifiers.ts';
import type { ApiError, Effect, Json } from '../../operation.ts';
import { own } from '../../own.ts';
import type { AccountAssignment, CenterRequest, IdentityCenter, PermissionSet, World } from '../../world.ts';
import { define, done, isoTime } from '../define.ts';
import {
  centerOf,
  INSTANCE_ARN,
  invalid,
  notFound,
  onCenter,
  PERMISSION_SET_ARN,
  permissionSetOf,
  personOf,
  targetArn,
  teamOf,
  withCenter,
  withFound,
} from './instance.ts';
import { deprovisioned, provisioned } from './provisioning.ts';

const ASSIGNMENT = {
  InstanceArn: INSTANCE_ARN,
  TargetId: { type: 'string', required: true, help: 'the account' },
  TargetType: { type: 'string', required: true, help: 'AWS_ACCOUNT' },
  PermissionSetArn: PERMISSION_SET_ARN,
  PrincipalType: { type: 'string', required: true, help: 'USER or GROUP' },
  PrincipalId: { type: 'string', required: true, help: 'id of the user or group of the directory' },
} as const;

interface Given {
  readonly InstanceArn: string;
  readonly TargetId: string;
  readonly TargetType: string;
  readonly PermissionSetArn: string;
  readonly PrincipalType: string;
  readonly PrincipalId: string;
}

interface Read {
  readonly center: IdentityCenter;
  readonly set: PermissionSet;
  readonly assignment: AccountAssignment;
}

function resources({ InstanceArn, TargetId, PermissionSetArn }: Given): readonly string[] {
  return [targetArn(TargetId), InstanceArn, PermissionSetArn];
}

function readAssignment(world: World, given: Given): Read | { readonly error: ApiError } {
  const found = permissionSetOf(world, given.InstanceArn, given.PermissionSetArn);
  if ('error' in found) {
    return found;
  }
  const { center, set } = found;
  const { TargetId: account, PrincipalType: principalType, PrincipalId: principal } = given;
  if (given.TargetType !== 'AWS_ACCOUNT') {
    return invalid(`TargetType ${given.TargetType} is not supported: it must be AWS_ACCOUNT.`);
  }
  if (principalType !== 'USER' && principalType !== 'GROUP') {
    return invalid(`PrincipalType ${principalType} is not supported: it must be USER or GROUP.`);
  }
  const known = principalType === 'USER' ? personOf(center, principal) : teamOf(center, principal);
  if ('error' in known) {
    return known;
  }
  const members = world.organization?.members ?? world.accounts;
  return Object.hasOwn(members, account)
    ? { center, set, assignment: { account, permissionSet: set.arn, principalType, principal } }
    : notFound(`Account ${account} was not found.`);
}

function isSame(a: AccountAssignment, b: AccountAssignment): boolean {
  return a.account === b.account && a.permissionSet === b.permissionSet && a.principal === b.principal;
}

/** Answers a request that is done already as one that has begun: `describe-…-status` tells how it went. */
function begun(
  world: World,
  center: IdentityCenter,
  request: Omit<CenterRequest, 'id' | 'created'>,
  member: string,
): Effect {
  const [id, next] = generated(world, newUuid);
  const known: CenterRequest = { ...request, id, created: world.clock };
  const after = withCenter(next, { ...center, requests: { ...center.requests, [id]: known } });
  return done(after, { [member]: { ...statusOf(known), Status: 'IN_PROGRESS' } });
}

function statusOf(request: CenterRequest): { readonly [key: string]: Json } {
  const { id, created, permissionSet, account, principalType, principal, failure } = request;
  return {
    Status: failure === null ? 'SUCCEEDED' : 'FAILED',
    RequestId: id,
    ...(failure === null ? {} : { FailureReason: failure }),
    ...(request.kind === 'provisioning'
      ? { ...(account ? { AccountId: account } : {}) }
      : {
          TargetId: account,
          TargetType: 'AWS_ACCOUNT',
          PrincipalType: principalType,
          PrincipalId: principal,
        }),
    PermissionSetArn: permissionSet,
    CreatedDate: isoTime(created),
  };
}

const createAccountAssignment = define({
  id: 'sso-admin:CreateAccountAssignment',
  summary: 'let a user or group of the directory use a permission set in an account',
  input: ASSIGNMENT,
  needs: (input, caller, world) => onCenter(world, caller, 'sso:CreateAccountAssignment', resources(input)),
  effect(input, _, world) {
    const read = readAssignment(world, input);
    if ('error' in read) {
      return read;
    }
    const { center, set, assignment } = read;
    const made = provisioned(world, center, set, assignment.account);
    const request = { kind: 'assignment-creation', ...assignment } as const;
    if ('failure' in made) {
      return begun(world, center, { ...request, failure: made.failure }, 'AccountAssignmentCreationStatus');
    }
    const known = made.center.assignments.some((each) => isSame(each, assignment));
    const assignments = known ? made.center.assignments : [...made.center.assignments, assignment];
    return begun(
      made.world,
      { ...made.center, assignments },
      { ...request, failure: null },
      'AccountAssignmentCreationStatus',
    );
  },
});

const deleteAccountAssignment = define({
  id: 'sso-admin:DeleteAccountAssignment',
  summary: 'take a permission set in an account away from a user or group',
  input: ASSIGNMENT,
  needs: (input, caller, world) => onCenter(world, caller, 'sso:DeleteAccountAssignment', resources(input)),
  effect(input, _, world) {
    const read = readAssignment(world, input);
    if ('error' in read) {
      return read;
    }
    const { center, set, assignment } = read;
    const { account } = assignment;
    const assignments = center.assignments.filter((each) => !isSame(each, assignment));
    const request = { kind: 'assignment-deletion', ...assignment } as const;
    if (assignments.length === center.assignments.length) {
      const failure = 'Received a 404 status error: Account assignment does not exist.';
      return begun(world, center, { ...request, failure }, 'AccountAssignmentDeletionStatus');
    }
    const left = { ...center, assignments };
    const inUse = assignments.some((each) => each.account === account && each.permissionSet === set.arn);
    const after = inUse ? withCenter(world, left) : deprovisioned(world, left, set, account);
    return begun(
      after,
      after.identityCenter ?? left,
      { ...request, failure: null },
      'AccountAssignmentDeletionStatus',
    );
  },
});

const listAccountAssignments = define({
  id: 'sso-admin:ListAccountAssignments',
  summary: 'list who is assigned a permission set in an account',
  input: {
    InstanceArn: INSTANCE_ARN,
    AccountId: { type: 'string', required: true, help: 'the account' },
    PermissionSetArn: PERMISSION_SET_ARN,
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:ListAccountAssignments', [
      targetArn(input.AccountId),
      input.InstanceArn,
      input.PermissionSetArn,
    ]),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      return done(world, {
        AccountAssignments: center.assignments
          .filter((each) => each.account === input.AccountId && each.permissionSet === set.arn)
          .map(({ account, permissionSet, principalType, principal }) => ({
            AccountId: account,
            PermissionSetArn: permissionSet,
            PrincipalType: principalType,
            PrincipalId: principal,
          })),
      });
    }),
});

const listPermissionSetsProvisionedToAccount = define({
  id: 'sso-admin:ListPermissionSetsProvisionedToAccount',
  summary: 'list the permission sets that are roles in an account',
  input: { InstanceArn: INSTANCE_ARN, AccountId: { type: 'string', required: true, help: 'the account' } },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:ListPermissionSetsProvisionedToAccount', [
      targetArn(input.AccountId),
      input.InstanceArn,
    ]),
  effect: (input, _, world) =>
    withFound(centerOf(world, input.InstanceArn), (found) =>
      done(world, {
        PermissionSets: Object.values(found.center.permissionSets)
          .filter(({ roles }) => Object.hasOwn(roles, input.AccountId))
          .map(({ arn }) => arn),
      }),
    ),
});

const provisionPermissionSet = define({
  id: 'sso-admin:ProvisionPermissionSet',
  summary: 'bring the roles of a permission set up to date',
  input: {
    InstanceArn: INSTANCE_ARN,
    PermissionSetArn: PERMISSION_SET_ARN,
    TargetType: { type: 'string', required: true, help: 'ALL_PROVISIONED_ACCOUNTS or AWS_ACCOUNT' },
    TargetId: { type: 'string', help: 'the account, with AWS_ACCOUNT' },
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:ProvisionPermissionSet', [
      ...(input.TargetId === undefined ? [] : [targetArn(input.TargetId)]),
      input.InstanceArn,
      input.PermissionSetArn,
    ]),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const { TargetType: type, TargetId: target } = input;
      const all = Object.keys(set.roles);
      if (type !== 'ALL_PROVISIONED_ACCOUNTS' && type !== 'AWS_ACCOUNT') {
        return invalid(
          `TargetType ${type} is not supported: it must be ALL_PROVISIONED_ACCOUNTS or AWS_ACCOUNT.`,
        );
      }
      if ((type === 'AWS_ACCOUNT') === (target === undefined)) {
        return invalid('TargetId is given with TargetType AWS_ACCOUNT, and only with it.');
      }
      if (target !== undefined && !all.includes(target)) {
        return notFound(`PermissionSet is not provisioned to account ${target}.`);
      }
      return reprovisioned(world, center, set, target === undefined ? all : [target], target ?? null);
    }),
});

function reprovisioned(
  world: World,
  center: IdentityCenter,
  set: PermissionSet,
  accounts: readonly string[],
  account: string | null,
): Effect {
  let now = { world, center };
  let failure: string | null = null;
  for (const each of accounts) {
    const made = provisioned(now.world, now.center, own(now.center.permissionSets, set.arn) ?? set, each);
    if ('failure' in made) {
      failure ??= made.failure;
    } else {
      now = made;
    }
  }
  const request = {
    kind: 'provisioning',
    permissionSet: set.arn,
    account,
    principalType: null,
    principal: null,
  } as const;
  return begun(now.world, now.center, { ...request, failure }, 'PermissionSetProvisioningStatus');
}

/** `describe-…-status` for one kind of request. */
function describeStatus(action: string, kind: CenterRequest['kind'], input: string, member: string) {
  return define({
    id: `sso-admin:${action}`,
    summary: 'show how a request went',
    input: {
      InstanceArn: INSTANCE_ARN,
      [input]: { type: 'string', required: true, help: 'RequestId of the answer' },
    },
    needs: (given, caller, world) => onCenter(world, caller, `sso:${action}`, [String(given.InstanceArn)]),
    effect: (given, _, world) =>
      withFound(centerOf(world, String(given.InstanceArn)), (found) => {
        const request = own(found.center.requests, String(given[input]));
        return request?.kind === kind
          ? done(world, { [member]: statusOf(request) })
          : notFound(`Could not find request with id ${given[input]}`);
      }),
  });
}

/**
 * Assigning provisions: the permission set becomes a role in the account. The role goes with the last assignment.
 * Source: IAM Identity Center API Reference, API_CreateAccountAssignment.html, API_ProvisionPermissionSet.html.
 */
export const assignmentOperations = [
  createAccountAssignment,
  deleteAccountAssignment,
  listAccountAssignments,
  listPermissionSetsProvisionedToAccount,
  provisionPermissionSet,
  describeStatus(
    'DescribeAccountAssignmentCreationStatus',
    'assignment-creation',
    'AccountAssignmentCreationRequestId',
    'AccountAssignmentCreationStatus',
  ),
  describeStatus(
    'DescribeAccountAssignmentDeletionStatus',
    'assignment-deletion',
    'AccountAssignmentDeletionRequestId',
    'AccountAssignmentDeletionStatus',
  ),
  describeStatus(
    'DescribePermissionSetProvisioningStatus',
    'provisioning',
    'ProvisionPermissionSetRequestId',
    'PermissionSetProvisioningStatus',
  ),
];
