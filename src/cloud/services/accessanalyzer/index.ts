import { JSON_WORDING } from '../json-wording.ts';
import type { Service } from '../service.ts';
import { analyzerOperations } from './analyzers.ts';
import { checkAccessOperations } from './check-access.ts';
import { findingOperations } from './findings.ts';
import { type AccessAnalyzerRecords, NO_ACCESS_ANALYZER_RECORDS } from './records.ts';
import { validatePolicyOperations } from './validate-policy.ts';

/** IAM Access Analyzer. Errors: IAM Access Analyzer API Reference. */
export const accessAnalyzer: Service<AccessAnalyzerRecords> = {
  name: 'accessanalyzer',
  operations: [
    ...analyzerOperations,
    ...findingOperations,
    ...validatePolicyOperations,
    ...checkAccessOperations,
  ],
  inAccount: NO_ACCESS_ANALYZER_RECORDS,
  inWorld: {},
  wording: JSON_WORDING,
};
