import { isSameAccount, mustNameCallers, offReason } from './applicability.ts';
import { needsNoPermission } from './needs.ts';
import { BY_ACCOUNT, BY_ISSUER, DIRECTLY } from './principal-element.ts';
import type { Question } from './question.ts';
import type { Ruling } from './ruling.ts';

/**
 * How the layers were combined: which of them is enough, and which must allow together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function combinationOf(question: Question, ruling: Ruling): string {
  if (needsNoPermission(question)) return 'No policy has to allow this action; a Deny stops it.';
  if (question.keyGrant !== null) {
    const grant = `A grant of the key is enough, whatever no policy allows, as long as nothing denies${limitsToo(question)}.`;
    return [grant, ...guards(question)].join(' ');
  }
  if (ruling.decidedBy === 'service' && ruling.outcome === 'allowed')
    return 'No policy has a say in this action.';
  return [whoGrants(question, ruling), ...guards(question)].join(' ');
}

function whoGrants(question: Question, ruling: Ruling): string {
  const { caller, layers } = question;
  const own = question.trust ? 'trust policy' : 'resource policy';
  if (caller.account === null) return `Only the ${own} can allow a caller that belongs to no account.`;
  if (caller.kind === 'root') return rootGrants(question, own);
  const too = limitsToo(question);
  if (!isSameAccount(question))
    return `Two accounts: the ${own} and an identity policy must both allow${too}.`;
  if (ruling.naming === DIRECTLY) {
    return `One account: the ${own} names the caller directly, which is enough by itself as long as nothing denies.`;
  }
  if (ruling.naming === BY_ISSUER) {
    return `One account: the ${own} names the role or user behind the session, so no identity policy is needed${too}.`;
  }
  if (mustNameCallers(question)) {
    return `The ${own} must name the caller or its account, and unless it names the caller an identity policy must allow as well${too}.`;
  }
  if (ruling.naming === BY_ACCOUNT) {
    return `One account: a ${own} that names only the account leaves the choice to identity policies, and one must allow${too}.`;
  }
  if (layers.resource !== null)
    return `One account: an identity policy or the ${own}, either is enough${too}.`;
  return too === ''
    ? 'An identity policy must allow.'
    : `An identity policy must allow${too}: both, and neither is enough alone.`;
}

function rootGrants(question: Question, own: string): string {
  if (!isSameAccount(question))
    return `Two accounts: the ${own} must allow; a root user needs no identity policy.`;
  return mustNameCallers(question)
    ? `The root user needs no identity policy, but the ${own} must allow it.`
    : 'The root user of the account needs no Allow: only a Deny or an SCP can stop it.';
}

/** What must allow besides the policy that grants: boundary and session policy, where there are any. */
function limitsToo({ caller, layers }: Question): string {
  const limits = [
    layers.boundary === null ? null : 'permissions boundary',
    layers.session === null && caller.kind !== 'federated-user' ? null : 'session policy',
  ].filter((name) => name !== null);
  return limits.length === 0 ? '' : `, and the ${limits.join(' and the ')} must allow too`;
}

/** The layers that stand before all grants. */
function guards(question: Question): string[] {
  const { layers } = question;
  const said: string[] = [];
  if (layers.serviceControl !== null && offReason('service-control', question) === null) {
    said.push('SCPs must allow at every level.');
  }
  if (layers.vpcEndpoint !== null) said.push('The endpoint policy must allow.');
  return said;
}
