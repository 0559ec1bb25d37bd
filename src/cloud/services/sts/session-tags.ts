import type { ContextValue } from '../../../iam/request.ts';
import type { ApiError } from '../../operation.ts';
import type { TemporaryCredentials } from '../../world.ts';
import { failed } from '../define.ts';

const PREFIX = 'aws:PrincipalTag/';

/** Most session tags. Source: IAM User Guide, id_session-tags.html. */
const MOST_TAGS = 50;

type GivenTags = readonly { readonly Key?: string; readonly Value?: string }[] | undefined;

/** What of a session goes on to the next one when roles are chained: transitive tags and the source identity. */
export function inherited(session: TemporaryCredentials | undefined): Record<string, ContextValue> {
  const context = session?.context ?? {};
  return Object.fromEntries(
    Object.entries(context).filter(
      ([key]) =>
        key === 'aws:SourceIdentity' ||
        (key.startsWith(PREFIX) && session?.transitive.includes(key.slice(PREFIX.length))),
    ),
  );
}

/** Session tags as the condition keys they become in the session. */
export function principalTagKeys(tags: GivenTags): Record<string, ContextValue> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [`${PREFIX}${Key}`, Value]));
}

/** Session tags as the condition keys of the request that sets them. */
export function requestTagKeys(
  tags: GivenTags,
  transitive: readonly string[] | undefined,
): Record<string, ContextValue> {
  if (tags === undefined || tags.length === 0) {
    return {};
  }
  return {
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
    ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value])),
    ...(transitive && transitive.length > 0 ? { 'sts:TransitiveTagKeys': transitive } : {}),
  };
}

/** What STS has against session tags, or null. */
export function tagProblem(
  tags: GivenTags,
  session: TemporaryCredentials | undefined,
): { readonly error: ApiError } | null {
  const keys = (tags ?? []).map(({ Key = '' }) => Key);
  if (keys.some((key) => key === '' || key.length > 128) || keys.length > MOST_TAGS) {
    return failed(
      'ValidationError',
      `1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to ${MOST_TAGS}`,
      'A session has at most 50 tags, with keys of 1 to 128 characters.',
    );
  }
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length) {
    return failed(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  const taken = (session?.transitive ?? []).map((key) => key.toLowerCase());
  return keys.some((key) => taken.includes(key.toLowerCase()))
    ? failed(
        'InvalidParameterValue',
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      )
    : null;
}
