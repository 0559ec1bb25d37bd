import { generated, without } from '../../change.ts';
import { characters } from '../../identifiers.ts';
import type { ApiError, Json } from '../../operation.ts';
import { listed } from '../../own.ts';
import type { PermissionSet } from '../../world.ts';
import { define, done, isoTime } from '../define.ts';
import {
  centerOf,
  conflict,
  INSTANCE_ARN,
  invalid,
  onCenter,
  PERMISSION_SET_ARN,
  permissionSetOf,
  withCenter,
  withFound,
  withSet,
} from './instance.ts';
import { readSessionDuration, sessionDurationText } from './session-duration.ts';

const HOUR = 3_600_000;

const DESCRIPTION = { type: 'string', help: 'what it is for' } as const;
const SESSION_DURATION = { type: 'string', help: 'how long its sessions last: PT1H to PT12H' } as const;

function described(set: PermissionSet): Json {
  return {
    Name: set.name,
    PermissionSetArn: set.arn,
    ...(set.description === '' ? {} : { Description: set.description }),
    CreatedDate: isoTime(set.created),
    SessionDuration: sessionDurationText(set.sessionDuration),
  };
}

/** The ARN of a permission set with this id, such as `ps-…`, of an instance. */
export function permissionSetArn(instance: string, id: string): string {
  return `arn:aws:sso:::permissionSet/${instance.slice(instance.lastIndexOf('/') + 1)}/${id}`;
}

/** Names are part of the names of roles: 1 to 32 characters. */
export function isPermissionSetName(name: string): boolean {
  return /^[\w+=,.@-]{1,32}$/.test(name);
}

/** A session duration that was given, one hour when none was; or the error. */
function durationOf(text = 'PT1H'): { readonly duration: number } | { readonly error: ApiError } {
  const duration = readSessionDuration(text);
  return duration === null
    ? invalid(`SessionDuration ${text} is not valid: it must be between PT1H and PT12H.`)
    : { duration };
}

const createPermissionSet = define({
  id: 'sso-admin:CreatePermissionSet',
  summary: 'make a permission set: a template for roles in accounts',
  input: {
    InstanceArn: INSTANCE_ARN,
    Name: { type: 'string', required: true, help: 'name, 32 characters at most' },
    Description: DESCRIPTION,
    SessionDuration: SESSION_DURATION,
  },
  needs: (input, caller, world) => onCenter(world, caller, 'sso:CreatePermissionSet', [input.InstanceArn]),
  effect: (input, _, world) =>
    withFound(centerOf(world, input.InstanceArn), (found) => {
      const read = durationOf(input.SessionDuration);
      if ('error' in read) {
        return read;
      }
      const { center } = found;
      const { Name: name } = input;
      if (!isPermissionSetName(name)) {
        return invalid(`Name ${name} must have 1 to 32 characters out of letters, digits and +=,.@-_`);
      }
      if (Object.values(center.permissionSets).some((set) => set.name === name)) {
        return conflict(`PermissionSet with name ${name} already exists.`);
      }
      const [id, next] = generated(
        world,
        (generator) => `ps-${characters(generator, '0123456789abcdef', 16)}`,
      );
      const set: PermissionSet = {
        arn: permissionSetArn(center.arn, id),
        name,
        description: input.Description ?? '',
        created: world.clock,
        sessionDuration: read.duration,
        managed: [],
        customer: [],
        inline: null,
        boundary: null,
        roles: {},
      };
      return done(withSet(next, center, set), { PermissionSet: described(set) });
    }),
});

const describePermissionSet = define({
  id: 'sso-admin:DescribePermissionSet',
  summary: 'show a permission set',
  input: { InstanceArn: INSTANCE_ARN, PermissionSetArn: PERMISSION_SET_ARN },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DescribePermissionSet', [input.InstanceArn, input.PermissionSetArn]),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), (found) =>
      done(world, { PermissionSet: described(found.set) }),
    ),
});

const listPermissionSets = define({
  id: 'sso-admin:ListPermissionSets',
  summary: 'list the ARNs of the permission sets',
  input: { InstanceArn: INSTANCE_ARN },
  needs: (input, caller, world) => onCenter(world, caller, 'sso:ListPermissionSets', [input.InstanceArn]),
  effect: (input, _, world) =>
    withFound(centerOf(world, input.InstanceArn), (found) =>
      done(world, { PermissionSets: listed(found.center.permissionSets).map(({ arn }) => arn) }),
    ),
});

const updatePermissionSet = define({
  id: 'sso-admin:UpdatePermissionSet',
  summary: 'change the description or session duration of a permission set',
  input: {
    InstanceArn: INSTANCE_ARN,
    PermissionSetArn: PERMISSION_SET_ARN,
    Description: DESCRIPTION,
    SessionDuration: SESSION_DURATION,
  },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:UpdatePermissionSet', [input.InstanceArn, input.PermissionSetArn]),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      const read = durationOf(input.SessionDuration ?? sessionDurationText(set.sessionDuration));
      return 'error' in read
        ? read
        : done(
            withSet(world, center, {
              ...set,
              description: input.Description ?? set.description,
              sessionDuration: read.duration,
            }),
          );
    }),
});

const deletePermissionSet = define({
  id: 'sso-admin:DeletePermissionSet',
  summary: 'delete a permission set that is assigned to nobody',
  input: { InstanceArn: INSTANCE_ARN, PermissionSetArn: PERMISSION_SET_ARN },
  needs: (input, caller, world) =>
    onCenter(world, caller, 'sso:DeletePermissionSet', [input.InstanceArn, input.PermissionSetArn]),
  effect: (input, _, world) =>
    withFound(permissionSetOf(world, input.InstanceArn, input.PermissionSetArn), ({ center, set }) => {
      return center.assignments.some(({ permissionSet }) => permissionSet === set.arn)
        ? conflict('Could not delete because PermissionSet has ApplicationProfile associated with it')
        : done(withCenter(world, { ...center, permissionSets: without(center.permissionSets, set.arn) }));
    }),
});

const listInstances = define({
  id: 'sso-admin:ListInstances',
  summary: 'show the instance of IAM Identity Center and its directory',
  input: {},
  needs: (_, caller) => [{ action: 'sso:ListInstances', resource: '*', resourceAccount: caller.account }],
  effect(_, caller, world) {
    const center = world.identityCenter;
    return done(world, {
      Instances:
        center?.account === caller.account
          ? [
              {
                InstanceArn: center.arn,
                IdentityStoreId: center.store,
                OwnerAccountId: center.account,
                CreatedDate: isoTime(center.created),
                Status: 'ACTIVE',
              },
            ]
          : [],
    });
  },
});

/** Unless it is told otherwise, a set's sessions last an hour. Source: singlesignon User Guide, howtosessionduration.html. */
export const DEFAULT_DURATION = HOUR;

/** Source: IAM Identity Center API Reference. */
export const permissionSetOperations = [
  listInstances,
  createPermissionSet,
  describePermissionSet,
  listPermissionSets,
  updatePermissionSet,
  deletePermissionSet,
];
