import type { Decision } from '../iam/decision.ts';
import type { NoCaller } from './credentials.ts';
import type { ApiError, Operation } from './operation.ts';

/** How one service words what it says of credentials and permissions. */
interface Wording {
  readonly expired: ApiError;
  readonly invalid: ApiError;
  readonly denied: { readonly code: string; readonly before: string };
}

const IAM_AND_STS: Wording = {
  expired: { code: 'ExpiredToken', message: 'The security token included in the request is expired' },
  invalid: {
    code: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  },
  denied: { code: 'AccessDenied', before: '' },
};

/** Sources: S3 API Reference, ErrorResponses.html; EC2 API Reference, errors-overview.html. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  s3: {
    expired: { code: 'ExpiredToken', message: 'The provided token has expired.' },
    invalid: {
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
    denied: { code: 'AccessDenied', before: '' },
  },
  ec2: {
    expired: { code: 'RequestExpired', message: 'Request has expired.' },
    invalid: { code: 'AuthFailure', message: 'AWS was not able to validate the provided access credentials' },
    denied: { code: 'UnauthorizedOperation', before: 'You are not authorized to perform this operation. ' },
  },
};

/** HTTP statuses behind error codes, for answers that have nothing else. */
const STATUSES: Readonly<Record<string, ApiError>> = {
  ExpiredToken: { code: '400', message: 'Bad Request' },
  NoSuchBucket: { code: '404', message: 'Not Found' },
  NoSuchKey: { code: '404', message: 'Not Found' },
};

/** What a service says to credentials that it does not accept. */
export function rejection(
  operation: Operation,
  reason: Extract<NoCaller, { kind: 'rejected' }>['reason'],
): ApiError {
  return wordingOf(operation)[reason];
}

/** What a service says to a request that is not authorized. */
export function denial(operation: Operation, decision: Decision): ApiError {
  const { code, before } = wordingOf(operation).denied;
  return { code, message: `${before}${decision.message ?? ''}` };
}

/** The error as its caller sees it: all of it, or the status of an answer without a body. */
export function visible(operation: Operation, error: ApiError): ApiError {
  return operation.head ? (STATUSES[error.code] ?? { code: '403', message: 'Forbidden' }) : error;
}

function wordingOf(operation: Operation): Wording {
  return WORDINGS[operation.id.slice(0, operation.id.indexOf(':'))] ?? IAM_AND_STS;
}
