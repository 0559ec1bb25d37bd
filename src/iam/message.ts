import { isSameAccount } from './applicability.ts';
import type { Layer } from './decision.ts';
import type { Question } from './question.ts';
import type { Ruling } from './ruling.ts';

/** How AWS's sentence names each layer: after "because no", and after "with an explicit deny in". */
const WORDS: Readonly<Partial<Record<Layer, readonly [silent: string, denies: string]>>> = {
  'resource-control': ['resource control policy', 'a resource control policy'],
  'service-control': ['service control policy', 'a service control policy'],
  'vpc-endpoint': ['VPC endpoint policy', 'a VPC endpoint policy'],
  resource: ['resource-based policy', 'a resource-based policy'],
  trust: ['role trust policy', 'the role trust policy'],
  identity: ['identity-based policy', 'an identity-based policy'],
  'permissions-boundary': ['permissions boundary', 'a permissions boundary'],
  session: ['session policy', 'a session policy'],
};

/**
 * AWS's AccessDenied sentence for a denial; null when the request is allowed. The denying policy's ARN is added when
 * it is known and the accounts are the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDeniedMessage(question: Question, ruling: Ruling): string | null {
  if (ruling.outcome === 'allowed') return null;
  if (ruling.decidedBy === 'root') return 'Roles may not be assumed by root accounts.';
  const { action, caller, resource } = question;
  const shown = question.service === 's3' ? `"${resource}"` : resource;
  const on = resource === '*' ? '' : ` on resource: ${shown}`;
  return `User: ${caller.label} is not authorized to perform: ${action}${on}${reason(question, ruling)}`;
}

function reason(question: Question, ruling: Ruling): string {
  const words = WORDS[ruling.decidedBy];
  if (words === undefined) return '';
  const [silent, denies] = words;
  if (ruling.outcome === 'implicit-deny') return ` because no ${silent} allows the ${question.action} action`;
  const arn = isSameAccount(question) ? (ruling.decider?.entry.arn ?? null) : null;
  return ` with an explicit deny in ${denies}${arn === null ? '' : `: ${arn}`}`;
}
