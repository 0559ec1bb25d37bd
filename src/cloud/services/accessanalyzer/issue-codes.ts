import type { Finding } from '../../../iam/index.ts';

export type IssueType = 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION';

/** A check of AWS, by what our own validation says of the same thing. */
interface Check {
  readonly says: RegExp;
  readonly type: IssueType;
  readonly code: string;
}

/**
 * Checks in the order they are tried. What our validation finds and AWS has no check for is not among them.
 * Source: IAM User Guide, access-analyzer-reference-policy-checks.html.
 */
const CHECKS: readonly Check[] = [
  { says: /^This is not JSON/, type: 'ERROR', code: 'JSON_SYNTAX_ERROR' },
  { says: /^A policy must be a JSON object/, type: 'ERROR', code: 'JSON_SYNTAX_ERROR' },
  { says: /is given twice\.$/, type: 'ERROR', code: 'JSON_SYNTAX_ERROR' },
  {
    says: /^The policy has \d+ characters/,
    type: 'ERROR',
    code: 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
  },
  { says: /^Version must be/, type: 'ERROR', code: 'INVALID_VERSION' },
  { says: /^The policy has no Statement/, type: 'ERROR', code: 'MISSING_STATEMENT' },
  { says: /neither Action nor NotAction/, type: 'ERROR', code: 'MISSING_ACTION' },
  { says: /neither Resource nor NotResource/, type: 'ERROR', code: 'MISSING_RESOURCE' },
  { says: /^The statement has no Principal/, type: 'ERROR', code: 'MISSING_PRINCIPAL' },
  { says: /^Effect must be .*nothing/, type: 'ERROR', code: 'MISSING_EFFECT' },
  { says: /^Effect must be|^The statement has no Effect/, type: 'ERROR', code: 'INVALID_EFFECT' },
  { says: /^(Not)?Principal has no place/, type: 'ERROR', code: 'UNSUPPORTED_PRINCIPAL' },
  { says: /^A trust policy has no (Not)?Resource/, type: 'ERROR', code: 'UNSUPPORTED_ELEMENT' },
  { says: /is no element of/, type: 'ERROR', code: 'UNSUPPORTED_ELEMENT' },
  { says: /^Another statement has the Sid/, type: 'ERROR', code: 'UNIQUE_SIDS_REQUIRED' },
  { says: /^Here a Sid holds/, type: 'ERROR', code: 'UNSUPPORTED_SID' },
  { says: /is no action: write|prefix cannot hold a wildcard/, type: 'ERROR', code: 'INVALID_ACTION' },
  { says: /^A trust policy holds actions of STS only/, type: 'ERROR', code: 'UNSUPPORTED_ACTION_IN_POLICY' },
  { says: /is no ARN: write/, type: 'ERROR', code: 'INVALID_ARN_PREFIX' },
  { says: /^There is no partition/, type: 'ERROR', code: 'INVALID_PARTITION' },
  { says: /is no account id/, type: 'ERROR', code: 'INVALID_ARN_ACCOUNT' },
  { says: /^There is no condition operator/, type: 'ERROR', code: 'INVALID_CONDITION_OPERATOR' },
  { says: /^There is no principal type/, type: 'ERROR', code: 'INVALID_PRINCIPAL_TYPE' },
  {
    says: /is no AWS principal|is no principal|A group cannot be a principal|principal cannot hold a wildcard/,
    type: 'ERROR',
    code: 'INVALID_PRINCIPAL_FORMAT',
  },
  { says: /must be (a|an) .* not /, type: 'ERROR', code: 'DATA_TYPE_MISMATCH' },
  { says: /^iam:PassRole on "\*"/, type: 'SECURITY_WARNING', code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE' },
  {
    says: /^This allows everything on everything/,
    type: 'SECURITY_WARNING',
    code: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
  },
  {
    says: /one value: leave out the set operator/,
    type: 'SECURITY_WARNING',
    code: 'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
  },
  { says: /several values: say ForAnyValue/, type: 'WARNING', code: 'MISSING_QUALIFIER' },
  { says: /"Version": "2012-10-17"/, type: 'WARNING', code: 'MISSING_VERSION' },
  { says: /^An empty Sid/, type: 'SUGGESTION', code: 'EMPTY_SID_VALUE' },
  { says: /^An empty (Not)?Action list/, type: 'SUGGESTION', code: 'EMPTY_ARRAY_ACTION' },
  { says: /^An empty (Not)?Resource list/, type: 'SUGGESTION', code: 'EMPTY_ARRAY_RESOURCE' },
  { says: /has no values to be held against/, type: 'SUGGESTION', code: 'EMPTY_ARRAY_CONDITION' },
  { says: /is covered by .* already/, type: 'SUGGESTION', code: 'REDUNDANT_ACTION' },
];

/** AWS's type and code for something our validation found; null when AWS has no check for it. */
export function issueOf({ message }: Finding): { readonly type: IssueType; readonly code: string } | null {
  return CHECKS.find(({ says }) => says.test(message)) ?? null;
}
