import {
  awsIssueType,
  type Finding,
  type IssueType,
  type PolicyKind,
  placeOf,
  spanOf,
  validatePolicy,
} from '../../../iam/index.ts';
import type { Json } from '../../operation.ts';
import { own } from '../../own.ts';
import { serviceDataHere } from '../../service-data.ts';
import { define, done, failed } from '../define.ts';

/** Policy types of AWS, and the kind they are here. A resource policy of a role is its trust policy. */
const KINDS: Readonly<Record<string, PolicyKind>> = {
  IDENTITY_POLICY: 'identity',
  RESOURCE_POLICY: 'resource',
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
};

const TRUST = 'AWS::IAM::AssumeRolePolicyDocument';
const RESOURCE_TYPES = ['AWS::S3::Bucket', TRUST];

/** The checks are documented on one page, each under its type and code. */
const CHECKS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks';

/** The headings on that page say more than the type does. */
const HEADINGS: Readonly<Record<IssueType, string>> = {
  ERROR: 'error',
  SECURITY_WARNING: 'security-warning',
  WARNING: 'general-warning',
  SUGGESTION: 'suggestion',
};

/** A finding as AWS gives it; none for what AWS has no check for. */
function described(text: string, finding: Finding): readonly Json[] {
  const type = awsIssueType(finding.code);
  if (type === null) {
    return [];
  }
  const anchor = `${HEADINGS[type]}-${finding.code.toLowerCase().replaceAll('_', '-')}`;
  const { start, end } = spanOf(text, finding.path);
  return [
    {
      findingDetails: finding.message,
      findingType: type,
      issueCode: finding.code,
      learnMoreLink: `${CHECKS}-${anchor}`,
      locations: [
        {
          path: finding.path.map((step) => (typeof step === 'number' ? { index: step } : { value: step })),
          span: { start: position(text, start), end: position(text, end) },
        },
      ],
    },
  ];
}

/** Lines are counted from 1, columns and offsets from 0. Source: Access Analyzer API Reference, API_Position.html. */
function position(text: string, offset: number): Json {
  const { line, column } = placeOf(text, offset);
  return { line, column: column - 1, offset };
}

const validate = define({
  id: 'accessanalyzer:ValidatePolicy',
  summary: 'say what is wrong with a policy, or could be better',
  input: {
    policyDocument: { type: 'document', required: true, help: 'the policy' },
    policyType: { type: 'string', required: true, help: Object.keys(KINDS).join(', ') },
    validatePolicyResourceType: {
      type: 'string',
      help: `for a resource policy: ${RESOURCE_TYPES.join(' or ')}`,
    },
  },
  notSimulated: ({ validatePolicyResourceType: type }) =>
    type === undefined || RESOURCE_TYPES.includes(type)
      ? null
      : `Checks for ${type} are not simulated here. Leave --validate-policy-resource-type out for what holds for all resource policies.`,
  needs: (_, caller) => [
    { action: 'access-analyzer:ValidatePolicy', resource: '*', resourceAccount: caller.account },
  ],
  effect(input, _, world) {
    const { policyDocument: text, policyType, validatePolicyResourceType: resourceType } = input;
    const kind = own(KINDS, policyType);
    if (kind === undefined) {
      return failed('ValidationException', `Invalid policyType: ${policyType}`);
    }
    if (resourceType !== undefined && kind !== 'resource') {
      return failed(
        'ValidationException',
        'validatePolicyResourceType is for policies of type RESOURCE_POLICY.',
      );
    }
    const findings = validatePolicy(text, resourceType === TRUST ? 'trust' : kind, serviceDataHere());
    return done(world, { findings: findings.flatMap((finding) => described(text, finding)) });
  },
});

/** Whether actions and condition keys exist is checked for the services that are simulated here. */
export const validatePolicyOperations = [validate];
