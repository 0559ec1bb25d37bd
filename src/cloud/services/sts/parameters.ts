import type { ApiError } from '../../operation.ts';
import { breaksConstraint, failed } from '../define.ts';

type Problem = { readonly error: ApiError } | null;

/** What STS has against a session of so many seconds, or null. What is too short the AWS CLI does not send. */
export function secondsProblem(value: number, most: number): Problem {
  const member = 'durationSeconds';
  return value > most
    ? breaksConstraint('ValidationError', member, value, `have value less than or equal to ${most}`)
    : null;
}

/** What STS has against the length of a text, or null. */
export function lengthProblem(member: string, value: string, least: number, most: number): Problem {
  if (value.length < least) {
    return breaksConstraint(
      'ValidationError',
      member,
      value,
      `have length greater than or equal to ${least}`,
    );
  }
  return value.length > most
    ? breaksConstraint('ValidationError', member, value, `have length less than or equal to ${most}`)
    : null;
}

/** What STS has against a name: of a session, a federated user, a source identity; or null. */
export function nameProblem(member: string, value: string, most: number): Problem {
  return (
    lengthProblem(member, value, 2, most) ??
    (/^[\w+=,.@-]*$/.test(value)
      ? null
      : breaksConstraint(
          'ValidationError',
          member,
          value,
          'satisfy regular expression pattern: [\\w+=,.@-]*',
        ))
  );
}

/** What STS has against an external id, or null. */
export function externalIdProblem(value: string | undefined): Problem {
  if (value === undefined) {
    return null;
  }
  return (
    lengthProblem('externalId', value, 2, 1224) ??
    (/^[\w+=,.@:/-]*$/.test(value)
      ? null
      : breaksConstraint(
          'ValidationError',
          'externalId',
          value,
          'satisfy regular expression pattern: [\\w+=,.@:\\/-]*',
        ))
  );
}

/** What STS has against the ARN of a role that is none, or null. Whether there is such a role is asked later. */
export function roleArnProblem(arn: string): Problem {
  return (
    lengthProblem('roleArn', arn, 20, 2048) ??
    (/^arn:aws[a-z-]*:iam::\d{12}:./.test(arn) ? null : failed('ValidationError', `${arn} is invalid`))
  );
}
