import type { Principal } from '../iam/request.ts';
import type { AccessKeyId, AccountId } from './world.ts';

/** Whom the credentials of a request prove. */
export type Caller = {
  readonly account: AccountId;
  readonly accessKey: AccessKeyId;
  /** ARN as policies and error messages name it. */
  readonly arn: string & Principal;
  /** What `sts get-caller-identity` shows as UserId: `AIDA…` or `AROA…:session`. */
  readonly userId: string;
} & (
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'root' }
  /** `roleArn` has the role's path, which the session's own ARN drops. */
  | { readonly kind: 'assumed-role'; readonly role: string; readonly roleArn: string }
);
