import type { NamedPolicy } from '../../../iam/request.ts';
import { readDocument } from '../../documents.ts';
import { namedPolicy } from '../../managed-policies.ts';
import type { ApiError } from '../../operation.ts';
import type { AccountId, SessionPolicies, World } from '../../world.ts';
import { breaksConstraint, failed } from '../define.ts';
import { lengthProblem } from './parameters.ts';

/** Most characters of an inline session policy, and most ARNs beside it. Source: STS API Reference, API_AssumeRole.html. */
const MOST_CHARACTERS = 2_048;
const MOST_ARNS = 10;

/** The members by which an operation takes session policies. */
export const SESSION_POLICY_MEMBERS = {
  Policy: { type: 'document', help: 'session policy: the session may do no more than it allows' },
  PolicyArns: { type: 'structures', members: ['arn'], help: 'managed session policies, arn=…' },
} as const;

interface Given {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string }[] | undefined;
}

/** The session policies given in a request, null when there are none; or what STS has against them. */
export function readSessionPolicies(
  world: World,
  account: AccountId,
  { Policy: text, PolicyArns: given = [] }: Given,
): { readonly limits: SessionPolicies | null } | { readonly error: ApiError } {
  const arns = given.map(({ arn = '' }) => arn);
  if (arns.length > MOST_ARNS) {
    return breaksConstraint(
      'ValidationError',
      'policyArns',
      `[${arns.join(', ')}]`,
      `have length less than or equal to ${MOST_ARNS}`,
    );
  }
  const stranger = arns.find((arn) => !isUsable(world, account, arn));
  if (stranger !== undefined) {
    return failed(
      'MalformedPolicyDocument',
      `Policy ${stranger} does not exist or is not attachable.`,
      `A managed session policy is one of AWS or of account ${account}.`,
    );
  }
  if (text === undefined) {
    return { limits: arns.length === 0 ? null : { inline: null, arns } };
  }
  const tooLong = lengthProblem('policy', text, 1, MOST_CHARACTERS);
  if (tooLong !== null) {
    return tooLong;
  }
  const read = readDocument(world, text, { kind: 'identity' });
  return 'error' in read ? read : { limits: { inline: read.document, arns } };
}

/** A managed policy of AWS or of the session's own account. */
function isUsable(world: World, account: AccountId, arn: string): boolean {
  const owner = arn.split(':')[4];
  return (owner === 'aws' || owner === account) && namedPolicy(world, arn) !== undefined;
}

const lists = new WeakMap<SessionPolicies, readonly NamedPolicy[]>();

/** Session policies as the engine takes them. The same list as long as it holds the same policies. */
export function sessionPolicies(world: World, limits: SessionPolicies): readonly NamedPolicy[] {
  const known = lists.get(limits);
  const arns = limits.arns.flatMap((arn) => namedPolicy(world, arn) ?? []);
  if (known !== undefined && arns.every((policy, index) => policy === known[index])) {
    return known;
  }
  const inline = limits.inline === null ? [] : [{ name: 'session policy', document: limits.inline }];
  const list = [...arns, ...inline];
  lists.set(limits, list);
  return list;
}
