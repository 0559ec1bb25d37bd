import type { Caller } from './caller.ts';
import { keyTestMatches } from './condition.ts';
import type { RequestContext } from './context.ts';
import type { Candidate, CandidateList, PolicySet } from './policy-set.ts';
import { BY_ACCOUNT, isSpared, type Naming, NOT_NAMED, namingOf } from './principal-element.ts';
import type { Statement } from './statement.ts';

/** A level of an organization with its policies. */
export interface LevelSet {
  readonly target: string;
  readonly set: PolicySet;
}

/** The policies of each layer that is there; null for a layer that is not. */
export interface LayerSets {
  readonly resourceControl: readonly LevelSet[] | null;
  readonly serviceControl: readonly LevelSet[] | null;
  readonly vpcEndpoint: PolicySet | null;
  readonly resource: PolicySet | null;
  readonly identity: PolicySet | null;
  readonly boundary: PolicySet | null;
  readonly session: PolicySet | null;
}

/** A checked request with its compiled policies: all that a decision depends on. */
export interface Question {
  readonly id: string | null;
  readonly caller: Caller;
  /** As written. */
  readonly action: string;
  /** In lower case: actions ignore case. */
  readonly actionKey: string;
  /** The service prefix, in lower case. */
  readonly service: string;
  readonly resource: string;
  /** Where the ARN's resource part starts; -1 for "*". */
  readonly resourceStart: number;
  readonly resourceAccount: string | null;
  /** True when the resource's own policy is a role's trust policy. */
  readonly trust: boolean;
  readonly context: RequestContext;
  readonly layers: LayerSets;
  readonly principalInManagementAccount: boolean;
  readonly resourceInManagementAccount: boolean;
  readonly serviceLinkedRole: boolean;
  readonly publicAccessRestricted: boolean;
  readonly gatewayEndpoint: boolean;
  /** The KMS grant that allows the request where no policy does; null for none. */
  readonly keyGrant: string | null;
  /** True when an account named as a principal stands for its root user alone. */
  readonly accountsAreRoots: boolean;
}

/**
 * A question as the policy of its VPC endpoint is asked it.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#endpoint-policy-considerations
 */
export function atEndpoint(question: Question): Question {
  return question.gatewayEndpoint ? { ...question, accountsAreRoots: true } : question;
}

/** True when the statement's principal element covers the caller; also when it has none. */
export function principalMatches(statement: Statement, question: Question): boolean {
  const { principal, principalElement } = statement;
  if (principal === null) return true;
  if (principalElement === 'Principal') {
    const naming = namingOf(principal, question.caller);
    return naming !== NOT_NAMED && !isOnlyRoots(naming, question);
  }
  return !isSpared(principal, question.caller, question.layers.boundary !== null);
}

/** True when the caller is named through its account, and that does not mean the caller here. */
export function isOnlyRoots(naming: Naming, { accountsAreRoots, caller }: Question): boolean {
  return accountsAreRoots && naming === BY_ACCOUNT && caller.kind !== 'root';
}

/** The position of the first pattern of the resource element that covers the resource; -1 when none does. */
export function resourceHit(statement: Statement, question: Question): number {
  const { resources } = statement;
  for (let i = 0; i < resources.length; i++) {
    if (resources[i]?.matches(question.resource, question.context)) return i;
  }
  return -1;
}

/** True when the statement's resource element covers the resource; also when it has none, as in trust policies. */
export function resourceMatches(statement: Statement, question: Question): boolean {
  if (statement.resourceElement === null) return true;
  return resourceHit(statement, question) >= 0 === (statement.resourceElement === 'Resource');
}

/** True when every key of the statement's Condition is met. */
export function conditionsMatch(statement: Statement, question: Question): boolean {
  for (const test of statement.conditions) if (!keyTestMatches(test, question.context)) return false;
  return true;
}

/** True when a statement whose action matches covers the request in every other element too. */
export function candidateMatches({ statement }: Candidate, question: Question): boolean {
  return (
    principalMatches(statement, question) &&
    resourceMatches(statement, question) &&
    conditionsMatch(statement, question)
  );
}

/** The first statement that denies the request; null when none does. */
export function firstDeny(set: PolicySet, question: Question): Candidate | null {
  return firstMatch(set.candidates(question.actionKey).denies, question);
}

/** The first statement that allows the request; null when none does. */
export function firstAllow(set: PolicySet, question: Question): Candidate | null {
  return firstMatch(set.candidates(question.actionKey).allows, question);
}

function firstMatch(list: CandidateList, question: Question): Candidate | null {
  const positions = list.positions(question.resource, question.resourceStart);
  if (positions === null) {
    for (const candidate of list.all) if (candidateMatches(candidate, question)) return candidate;
    return null;
  }
  for (const position of positions) {
    const candidate = list.all[position];
    if (candidate !== undefined && candidateMatches(candidate, question)) return candidate;
  }
  return null;
}
