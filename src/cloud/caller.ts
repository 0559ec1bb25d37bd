import type { ContextValue, Principal } from '../iam/request.ts';
import type { VpcPlace } from './services/ec2/endpoint-policy.ts';
import type { AccessKeyId, AccountId, Instant } from './world.ts';

/** Whom the credentials of a request prove. */
export type Caller = {
  /** Empty when nobody is proven. */
  readonly account: AccountId;
  /** Empty when no key signed. */
  readonly accessKey: AccessKeyId;
  /** ARN as policies and error messages name it. */
  readonly arn: string & Principal;
  /** What `sts get-caller-identity` shows as UserId: `AIDA…` or `AROA…:session`. */
  readonly userId: string;
  /** Where the request comes from, unless it is the usual place. */
  readonly sourceIp?: string;
  /** When the request was signed, if that was beforehand: a URL of S3. */
  readonly presigned?: Instant;
  /** Where in a VPC the request starts; left out when it starts elsewhere. */
  readonly place?: VpcPlace;
} & (
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'root' }
  /** `user`: who asked for the session; null for the root user. */
  | { readonly kind: 'federated-user'; readonly user: string | null }
  /**
   * Somebody without AWS credentials whom a token proves, a service, or anybody at all: no policies are attached to
   * them.
   */
  | {
      readonly kind: 'outside';
      readonly principal: Exclude<Principal, string> | 'anonymous';
      /** What a service says of why it calls, such as `aws:SourceArn`. */
      readonly context?: Readonly<Record<string, ContextValue>>;
    }
  /** `roleArn` has the role's path, which the session's own ARN drops. */
  | { readonly kind: 'assumed-role'; readonly role: string; readonly roleArn: string }
);
