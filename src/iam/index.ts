/**
 * The rules engine: what AWS would decide about a request, and why. Pure: no packages, no I/O, no clock.
 *
 *     const answer = authorize({ request, policies });
 *     if (!isRefusal(answer)) console.log(answer.decision, answer.decidedBy, answer.explanation);
 */
export { type Arn, accountOfArn, isAccountId, parseArn } from './arn.ts';
export { authorize, isRefusal } from './authorize.ts';
export {
  type DecideFormat,
  type DecideOutcome,
  type DecideResult,
  decideText,
  resultLine,
  resultText,
} from './decide.ts';
export type {
  Decision,
  ElementTrace,
  Layer,
  LayerTrace,
  Outcome,
  PolicyTrace,
  Refusal,
  StatementTrace,
  Trace,
} from './decision.ts';
export { wildcardMatch } from './glob.ts';
export { awsIssueType, type IssueCode, type IssueType } from './issue.ts';
export { placeOf, spanOf } from './json-text.ts';
export { LAYERS, layerName } from './layer-names.ts';
export type {
  ApplicablePolicies,
  AuthorizationFacts,
  AuthorizationInput,
  AuthorizationRequest,
  ContextValue,
  NamedPolicy,
  PolicyDocument,
  PolicyLevel,
  Principal,
} from './request.ts';
export { traceText } from './trace-text.ts';
export type { Finding, FindingLevel, PolicyKind } from './validate/finding.ts';
export type { ConditionKeyFacts, ServiceData, ServiceFacts } from './validate/service-data.ts';
export { validatePolicy } from './validate/validate-policy.ts';
