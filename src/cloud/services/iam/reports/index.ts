import { authorizationDetailOperations } from './authorization-details.ts';
import { contextKeyOperations } from './context-keys.ts';
import { credentialReportOperations } from './credential-report.ts';
import { lastAccessedOperations } from './last-accessed.ts';
import { simulationOperations } from './simulate.ts';

/** What IAM tells of users, groups, roles and policies as a whole. */
export const reportOperations = [
  ...simulationOperations,
  ...contextKeyOperations,
  ...authorizationDetailOperations,
  ...credentialReportOperations,
  ...lastAccessedOperations,
];
