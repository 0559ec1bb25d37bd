import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccessKeyId, Instant, Tags } from '../../world.ts';

/** What Lambda keeps in an account. */
export interface LambdaRecords {
  /** By name. */
  readonly functions: Readonly<Record<string, LambdaFunction>>;
}

export const NO_LAMBDA_RECORDS: LambdaRecords = { functions: {} };

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** ARN of the execution role. */
  readonly role: string;
  readonly runtime: string;
  readonly handler: string;
  readonly description: string;
  /** Seconds; left out for 3. */
  readonly timeout?: number;
  /** Megabytes; left out for 128. */
  readonly memorySize?: number;
  /** Left out for none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Requests to AWS, one a line: `iam:ListUsers {}`. */
  readonly code: string;
  readonly modified: Instant;
  /** Statements that were added with AddPermission; null while there is none. */
  readonly policy: PolicyDocument | null;
  /** The credentials of the role that the function has now; null before it ran. */
  readonly key: AccessKeyId | null;
  readonly tags: Tags;
}
