import type { ApiError } from '../../operation.ts';
import { failed } from '../define.ts';

type Problem = { readonly error: ApiError } | null;

/** What STS says of a parameter that breaks one of its constraints. */
function constraint(member: string, value: string | number, rule: string): { readonly error: ApiError } {
  return failed(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** What STS has against a number out of its range, or null. */
export function rangeProblem(member: string, value: number, least: number, most: number): Problem {
  if (value < least) {
    return constraint(member, value, `have value greater than or equal to ${least}`);
  }
  return value > most ? constraint(member, value, `have value less than or equal to ${most}`) : null;
}

/** What STS has against the length of a text, or null. */
export function lengthProblem(member: string, value: string, least: number, most: number): Problem {
  if (value.length < least) {
    return constraint(member, value, `have length greater than or equal to ${least}`);
  }
  return value.length > most ? constraint(member, value, `have length less than or equal to ${most}`) : null;
}

/** What STS has against a name: of a session, a federated user, a source identity; or null. */
export function nameProblem(member: string, value: string, most: number): Problem {
  return (
    lengthProblem(member, value, 2, most) ??
    (/^[\w+=,.@-]*$/.test(value)
      ? null
      : constraint(member, value, 'satisfy regular expression pattern: [\\w+=,.@-]*'))
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
      : constraint('externalId', value, 'satisfy regular expression pattern: [\\w+=,.@:\\/-]*'))
  );
}

/** What STS has against the ARN of a role that is none, or null. Whether there is such a role is asked later. */
export function roleArnProblem(arn: string): Problem {
  return (
    lengthProblem('roleArn', arn, 20, 2048) ??
    (/^arn:aws[a-z-]*:iam::\d{12}:./.test(arn) ? null : failed('ValidationError', `${arn} is invalid`))
  );
}
