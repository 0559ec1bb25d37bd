import type { Decision } from '../iam/decision.ts';
import type { NoCaller } from './credentials.ts';
import type { ApiError, InputOf, Operation, PermissionNeeded, Shape } from './operation.ts';
import { wordingOf as serviceWording } from './services/index.ts';
import type { Wording } from './services/service.ts';

const IAM_AND_STS: Wording = {
  expired: { code: 'ExpiredToken', message: 'The security token included in the request is expired' },
  invalid: {
    code: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  },
  denied: { code: 'AccessDenied', before: '' },
};

/** Source: IAM User Guide, troubleshoot_general.html. */
const SIGNATURE: ApiError = {
  code: 'SignatureDoesNotMatch',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
};

/** What S3 says to a presigned URL whose time is over. Source: S3 User Guide, using-presigned-url.html. */
const LATE: ApiError = { code: 'AccessDenied', message: 'Request has expired' };

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
  const wording = wordingOf(operation);
  switch (reason) {
    case 'signature':
      return wording.signature ?? SIGNATURE;
    case 'late':
      return LATE;
    default:
      return wording[reason];
  }
}

interface Refused {
  readonly needed: PermissionNeeded;
  readonly decision: Decision;
}

/**
 * What a service says to a request that is not authorized. `isStrange`: the caller is of another account than what it
 * asks for, and the two are of no organization together.
 */
export function denial(
  operation: Operation,
  input: InputOf<Shape>,
  { needed, decision }: Refused,
  isStrange: boolean,
): ApiError {
  const { code, before, ofKey, toStrangers, spelled } = wordingOf(operation).denied;
  if (ofKey !== undefined && needed.via !== undefined) {
    return { code, message: ofKey };
  }
  if (toStrangers !== undefined && isStrange && needed.via === undefined) {
    return { code, message: toStrangers };
  }
  if (operation.unsigned) {
    return { code, message: operation.denial?.(input) ?? `Not authorized to perform ${operation.id}` };
  }
  const message = `${before}${decision.message ?? ''}`;
  const { action } = needed;
  return { code, message: spelled === undefined ? message : message.replaceAll(action, spelled(action)) };
}

/** The error as its caller sees it: all of it, or the status of an answer without a body. */
export function visible(operation: Operation, error: ApiError): ApiError {
  return operation.head ? (STATUSES[error.code] ?? { code: '403', message: 'Forbidden' }) : error;
}

function wordingOf(operation: Operation): Wording {
  return serviceWording(operation.id.slice(0, operation.id.indexOf(':'))) ?? IAM_AND_STS;
}
