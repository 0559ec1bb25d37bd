import type { PolicyDocument } from '../../iam/request.ts';
import { own } from '../own.ts';
import type { AccountId, World } from '../world.ts';

/** The member of an input that names such a statement. */
export const LABEL = {
  type: 'string',
  required: true,
  help: 'a name for the permission: the Sid of its statement',
} as const;

/** What AddPermission of SQS and SNS is told: which accounts may do what, under a label. */
interface Shared {
  readonly label: string;
  readonly accounts: readonly string[];
  /** Without the service, as in `SendMessage`. */
  readonly actions: readonly string[];
}

/** What of it is outside what is simulated, in a sentence; null when all of it is inside. */
export function sharingNotSimulated(
  world: World,
  policy: PolicyDocument | null,
  { label, accounts, actions }: Shared,
  known: readonly string[],
): string | null {
  const stranger = accounts.find((id) => own(world.accounts, id) === undefined);
  const foreign = actions.find((action) => !known.includes(action));
  if (stranger !== undefined) {
    return `There is no account ${stranger} here.`;
  }
  if (foreign !== undefined) {
    return `${foreign} cannot be shared. These can: ${known.join(', ')}.`;
  }
  return hasLabel(policy, label)
    ? `The policy has a statement ${label} already, and AWS does not document what it says then.`
    : null;
}

/** Why a label cannot be taken away, in a sentence; null when it can. */
export function labelNotSimulated(policy: PolicyDocument | null, label: string): string | null {
  return hasLabel(policy, label)
    ? null
    : `The policy has no statement ${label}, and AWS does not document what it says then.`;
}

/** A policy with one more statement: accounts are named by their root. */
export function withStatement(
  policy: PolicyDocument,
  { label, accounts, actions }: Shared,
  prefix: 'SQS' | 'SNS',
  resource: string,
): PolicyDocument {
  const statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(accounts.map(rootOf)) },
    Action: oneOrAll(actions.map((action) => `${prefix}:${action}`)),
    Resource: resource,
  };
  return { ...policy, Statement: [...statementsOf(policy), statement] };
}

/** A policy without the statement of a label; null when no statement is left. */
export function withoutStatement(policy: PolicyDocument, label: string): PolicyDocument | null {
  const left = statementsOf(policy).filter((statement) => sidOf(statement) !== label);
  return left.length === 0 ? null : { ...policy, Statement: left };
}

function hasLabel(policy: PolicyDocument | null, label: string): boolean {
  return policy !== null && statementsOf(policy).some((statement) => sidOf(statement) === label);
}

function statementsOf({ Statement: statements }: PolicyDocument): readonly unknown[] {
  return Array.isArray(statements) ? statements : [statements];
}

function sidOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null && 'Sid' in statement
    ? statement.Sid
    : undefined;
}

function rootOf(account: AccountId): string {
  return `arn:aws:iam::${account}:root`;
}

function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
