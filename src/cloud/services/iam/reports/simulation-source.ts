import type { NamedPolicy, PolicyLevel } from '../../../../iam/index.ts';
import { accountOfArn, sessionArn } from '../../../arn.ts';
import { policyDocument } from '../../../managed-policies.ts';
import type { ApiError } from '../../../operation.ts';
import { own } from '../../../own.ts';
import type { Account, Group, HasPolicies, Role, User, World } from '../../../world.ts';
import { failed } from '../../define.ts';
import { principalControl } from '../../organizations/control.ts';
import { noSuch } from '../entities.ts';
import { type SimulatedPolicy, simulatedPolicy } from './simulation.ts';

/** A user, group or role whose policies are looked at. */
export type PolicySource =
  | { readonly kind: 'user'; readonly holder: User }
  | { readonly kind: 'group'; readonly holder: Group }
  | { readonly kind: 'role'; readonly holder: Role };

/** The user, group or role of the account that an ARN names, or IAM's error. */
export function policySource(
  world: World,
  account: Account,
  arn: string,
): { readonly source: PolicySource } | { readonly error: ApiError } {
  const [, kind, name] = /^arn:aws:iam::\d{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if ((kind !== 'user' && kind !== 'group' && kind !== 'role') || name === undefined) {
    return failed('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  if (accountOfArn(world, arn) !== account.id) {
    return failed('InvalidInput', `Invalid Entity Arn: ${arn} is not of account ${account.id}.`);
  }
  const found = sourceNamed(account, kind, name);
  return found?.holder.arn === arn ? { source: found } : noSuch(kind, name);
}

function sourceNamed(account: Account, kind: PolicySource['kind'], name: string): PolicySource | undefined {
  switch (kind) {
    case 'user': {
      const holder = own(account.users, name);
      return holder && { kind, holder };
    }
    case 'group': {
      const holder = own(account.groups, name);
      return holder && { kind, holder };
    }
    case 'role': {
      const holder = own(account.roles, name);
      return holder && { kind, holder };
    }
  }
}

/** All identity policies of a source: a user's with those of the groups. */
export function identityPolicies(
  world: World,
  account: Account,
  { kind, holder }: PolicySource,
): readonly SimulatedPolicy[] {
  const groups = kind === 'user' ? holder.groups.flatMap((name) => own(account.groups, name) ?? []) : [];
  return [
    ...heldPolicies(world, kind, holder),
    ...groups.flatMap((group) => heldPolicies(world, 'group', group)),
  ];
}

function heldPolicies(
  world: World,
  kind: PolicySource['kind'],
  holder: HasPolicies & { readonly name: string },
): readonly SimulatedPolicy[] {
  return [
    ...holder.attached.flatMap((arn) => managed(world, arn) ?? []),
    ...Object.entries(holder.inline).map(([name, document]) =>
      simulatedPolicy(`${kind}_${holder.name}_${name}`, document),
    ),
  ];
}

function managed(world: World, arn: string): SimulatedPolicy | null {
  const document = policyDocument(world, arn);
  return document === undefined ? null : simulatedPolicy(arn.slice(arn.lastIndexOf('/') + 1), document);
}

/** The boundary of a user or role, as far as it has one. */
export function boundaryOf(world: World, { kind, holder }: PolicySource): SimulatedPolicy | null {
  return kind === 'group' || holder.boundary === null ? null : managed(world, holder.boundary);
}

/** The caller that a source's policies are simulated for: of a role, a session; of a group, any user. */
export function simulatedCaller(
  account: Account,
  source: PolicySource,
): { readonly principal: string; readonly sessionIssuer?: string } {
  switch (source.kind) {
    case 'user':
      return { principal: source.holder.arn };
    case 'role':
      return {
        principal: sessionArn(account.id, source.holder.name, 'simulated'),
        sessionIssuer: source.holder.arn,
      };
    case 'group':
      return anybody(account);
  }
}

/** Somebody of an account of whom nothing is known. */
export function anybody(account: Account): { readonly principal: string } {
  return { principal: sessionArn(account.id, 'simulated', 'simulated') };
}

/** The SCPs above an account, without those that have conditions; null when it has none or they do not bind it. */
export function simulatedControl(world: World, account: Account): readonly PolicyLevel[] | null {
  const { policies, facts } = principalControl(world, account.id);
  if (facts.principalInManagementAccount || policies.serviceControl === undefined) {
    return null;
  }
  return policies.serviceControl.map(({ target, policies: attached }) => ({
    target,
    policies: attached.filter((policy) => !hasConditions(policy)),
  }));
}

function hasConditions({ document }: NamedPolicy): boolean {
  return JSON.stringify(document).includes('"Condition":');
}
