import type { ContextValue } from '../../../iam/request.ts';
import { resourceArn, sessionArn } from '../../arn.ts';
import type { Caller } from '../../caller.ts';
import { LIMITS } from '../../limits.ts';
import type { ApiError, Json, PermissionNeeded } from '../../operation.ts';
import { own } from '../../own.ts';
import type { Account, AccountId, Role, TemporaryCredentials, World } from '../../world.ts';
import { define, done, failed } from '../define.ts';
import { mfaShown, SERIAL_NUMBER, TOKEN_CODE, WRONG_CODE } from './mfa-code.ts';
import { externalIdProblem, nameProblem, roleArnProblem, secondsProblem } from './parameters.ts';
import { readSessionPolicies, SESSION_POLICY_MEMBERS } from './session-policies.ts';
import { inherited, principalTagKeys, requestTagKeys, tagProblem } from './session-tags.ts';
import { described, issueSession, type NewSession, sessionOf } from './sessions.ts';

/** Members that every way to assume a role has. */
export const ROLE_MEMBERS = {
  RoleArn: { type: 'string', required: true, least: 20, help: 'ARN of the role' },
  DurationSeconds: {
    type: 'integer',
    least: LIMITS.roleSessionLeast,
    help: '900 to the most that the role allows; 3600 unless said',
  },
  ...SESSION_POLICY_MEMBERS,
} as const;

export const ROLE_SESSION_NAME = {
  type: 'string',
  required: true,
  least: 2,
  help: 'a name for the session',
} as const;

/** A role by its ARN, with its account; undefined when there is none. */
export function roleAt(world: World, arn: string): { account: Account; role: Role } | undefined {
  const account = own(world.accounts, arn.split(':')[4] ?? '');
  const role = account && own(account.roles, arn.slice(arn.lastIndexOf('/') + 1));
  return account && role?.arn === arn ? { account, role } : undefined;
}

/** A permission on the role that is to be assumed. */
export function onRole(
  caller: Pick<Caller, 'account'>,
  arn: string,
  action: string,
  context: Readonly<Record<string, ContextValue>>,
): PermissionNeeded {
  const account = /^\d{12}$/.exec(arn.split(':')[4] ?? '')?.[0] ?? caller.account;
  return { action: `sts:${action}`, resource: resourceArn(arn), resourceAccount: account, context };
}

/** What STS has against how long a session is to last, or null. */
export function durationProblem(
  seconds: number,
  role: Role,
  chained: boolean,
): { readonly error: ApiError } | null {
  const outOfRange = secondsProblem(seconds, LIMITS.sessionDurationMost);
  if (outOfRange !== null) {
    return outOfRange;
  }
  if (chained && seconds > LIMITS.chainedSessionMost) {
    return failed(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  return seconds > role.maxSessionDuration
    ? failed(
        'ValidationError',
        'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      )
    : null;
}

/** Issues a role's session, and the answer as all ways to assume a role give it. */
export function assume(
  world: World,
  account: AccountId,
  role: Role,
  sessionName: string,
  session: Omit<NewSession, 'holder'>,
): {
  readonly world: World;
  readonly credentials: TemporaryCredentials;
  readonly output: { readonly [key: string]: Json };
} {
  const holder = { kind: 'assumed-role', role: role.name, roleId: role.id, sessionName } as const;
  const [credentials, next] = issueSession(world, account, { ...session, holder });
  return {
    world: next,
    credentials,
    output: {
      Credentials: described(credentials),
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${sessionName}`,
        Arn: sessionArn(account, role.name, sessionName),
      },
    },
  };
}

function inputProblem(input: {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
}): { readonly error: ApiError } | null {
  return (
    roleArnProblem(input.RoleArn) ??
    nameProblem('roleSessionName', input.RoleSessionName, 64) ??
    externalIdProblem(input.ExternalId) ??
    (input.SourceIdentity === undefined ? null : nameProblem('sourceIdentity', input.SourceIdentity, 64))
  );
}

/**
 * The role's trust policy says who may; in another account an identity policy must as well. A session that was made
 * with a role's session lasts an hour at most, whatever the role allows.
 * Source: STS API Reference, API_AssumeRole.html; IAM User Guide, id_roles.html (role chaining).
 */
const assumeRole = define({
  id: 'sts:AssumeRole',
  summary: 'get temporary credentials of a role',
  input: {
    ...ROLE_MEMBERS,
    RoleSessionName: ROLE_SESSION_NAME,
    ExternalId: { type: 'string', least: 2, help: 'what the owner of the role and you agreed on' },
    SerialNumber: SERIAL_NUMBER,
    TokenCode: TOKEN_CODE,
    SourceIdentity: {
      type: 'string',
      least: 2,
      help: 'who is behind it, for the trail; it cannot be changed later',
    },
    Tags: { type: 'structures', members: ['Key', 'Value'], help: 'session tags' },
    TransitiveTagKeys: { type: 'strings', help: 'session tags that go on to the next role' },
  },
  malformed: inputProblem,
  authenticate(input, world, signer) {
    const shown = signer && mfaShown(world, signer, input);
    return shown === 'wrong' ? failed('AccessDenied', WRONG_CODE) : null;
  },
  needs(input, caller, world) {
    const mfa = mfaShown(world, caller, input);
    const before = inherited(sessionOf(world, caller));
    const source = input.SourceIdentity ?? before['aws:SourceIdentity'];
    const context: Record<string, ContextValue> = {
      'sts:RoleSessionName': input.RoleSessionName,
      ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
      ...(mfa === 'right' ? { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 0 } : {}),
      ...(source === undefined ? {} : { 'sts:SourceIdentity': source }),
      ...requestTagKeys(input.Tags, input.TransitiveTagKeys),
    };
    const tagged =
      (input.Tags ?? []).length > 0 || Object.keys(before).some((key) => key.startsWith('aws:PrincipalTag/'));
    return [
      onRole(caller, input.RoleArn, 'AssumeRole', context),
      ...(tagged ? [onRole(caller, input.RoleArn, 'TagSession', context)] : []),
      ...(source === undefined ? [] : [onRole(caller, input.RoleArn, 'SetSourceIdentity', context)]),
    ];
  },
  effect(input, caller, world) {
    const session = sessionOf(world, caller);
    const before = inherited(session);
    const { DurationSeconds: seconds = LIMITS.sessionDurationLeast, SourceIdentity: source } = input;
    const found = roleAt(world, input.RoleArn);
    if (found === undefined) {
      throw new Error(`${input.RoleArn} was allowed to be assumed and is not there.`);
    }
    const { account, role } = found;
    const problem =
      tagProblem(input.Tags, session) ?? durationProblem(seconds, role, caller.kind === 'assumed-role');
    if (problem !== null) {
      return problem;
    }
    if (source !== undefined && (before['aws:SourceIdentity'] ?? source) !== source) {
      return failed(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:SetSourceIdentity on resource: ${role.arn}`,
        `This session's source identity is ${before['aws:SourceIdentity']}, and it cannot be changed.`,
      );
    }
    const limits = readSessionPolicies(world, account.id, input);
    if ('error' in limits) {
      return limits;
    }
    const context = {
      ...before,
      ...principalTagKeys(input.Tags),
      ...(source === undefined ? {} : { 'aws:SourceIdentity': source }),
    };
    const made = assume(world, account.id, role, input.RoleSessionName, {
      seconds,
      limits: limits.limits,
      context,
      transitive: [...(session?.transitive ?? []), ...(input.TransitiveTagKeys ?? [])],
    });
    const identity = context['aws:SourceIdentity'];
    return done(made.world, {
      ...made.output,
      ...(typeof identity === 'string' ? { SourceIdentity: identity } : {}),
    });
  },
});

export const assumeRoleOperations = [assumeRole];
