import { type Actor, examine } from '../../../../src/cloud/index.ts';
import type { Organization } from '../../../../src/cloud/world.ts';
import type { AccountSpec, OrganizationSpec } from '../../../../src/cloud/world-spec.ts';
import { ACCOUNT, policy, Stage } from '../../stage.ts';

export const DEV = '222233334444';
export const PROD = '333344445555';
export const STRANGER = '999988887777';

export const MEMBER: AccountSpec = {
  name: 'dev',
  users: { dora: { policies: ['AdministratorAccess'] } },
  buckets: { 'dev-data': { objects: { key: 'x' } } },
};
export const ACCOUNTS: Readonly<Record<string, AccountSpec>> = {
  [DEV]: MEMBER,
  [PROD]: { ...MEMBER, name: 'prod', users: { pam: { policies: ['AdministratorAccess'] } }, buckets: {} },
  [STRANGER]: { name: 'stranger', users: { eve: { policies: ['AdministratorAccess'] } } },
};
export const ORGANIZATION: OrganizationSpec = {
  management: ACCOUNT,
  ous: { Workloads: { ous: { Dev: { accounts: [DEV] }, Prod: { accounts: [PROD] } } } },
};

export const DENY_S3 = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

export function stage(
  organization: Partial<OrganizationSpec> = {},
  account: Partial<AccountSpec> = {},
): Stage {
  return new Stage(account, ACCOUNTS, { organization: { ...ORGANIZATION, ...organization } });
}

export function organizationOf({ world }: Stage): Organization {
  if (world.organization === null) {
    throw new Error('There is no organization.');
  }
  return world.organization;
}

/** Id of an OU by its name. */
export function unit(on: Stage, name: string): string {
  const found = Object.values(organizationOf(on).units).find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`There is no OU ${name}.`);
  }
  return found.id;
}

/** Makes a policy and attaches it to each target. */
export function attached(
  on: Stage,
  document: object,
  targets: readonly string[],
  Type = 'SERVICE_CONTROL_POLICY',
) {
  const made = on.do('admin', 'organizations:CreatePolicy', {
    Content: JSON.stringify(document),
    Description: 'test',
    Name: `policy ${Object.keys(organizationOf(on).policies).length}`,
    Type,
  });
  const id = idIn(made);
  for (const TargetId of targets) {
    on.do('admin', 'organizations:AttachPolicy', { PolicyId: id, TargetId });
  }
  return id;
}

export function idIn(output: unknown): string {
  return /"Id":"(p-\w+)"/.exec(JSON.stringify(output))?.[1] ?? '';
}

/** What decides a request, such as `explicit-deny by service-control at Dev`. */
export function verdict(
  on: Stage,
  who: string | Actor,
  operation: string,
  input: Record<string, unknown> = {},
) {
  const actor = typeof who === 'string' ? on.actor(who) : who;
  const examination = examine(on.world, actor, { operation, input });
  if (examination.kind !== 'examined') {
    throw new Error(examination.kind);
  }
  const check = examination.checks.find(({ decision }) => decision.decision !== 'allowed');
  return check ? `${check.decision.decision} by ${check.decision.decidedBy}` : 'allowed';
}

export const LIST = 's3:ListBuckets';
export const NOT_HERE = "failed: AccessDeniedException: You don't have permissions to access this resource.";
