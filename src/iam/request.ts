/** A JSON policy document as written by a person: nothing in it is trusted until it is compiled. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** A policy and the name people know it by. The document may also be JSON text. */
export interface NamedPolicy {
  readonly name: string;
  /** Shown in AWS's newer AccessDenied messages; absent for inline policies. */
  readonly arn?: string;
  readonly document: PolicyDocument | string;
}

/** The policies attached to one level of an organization: its root, an OU, or the account itself. */
export interface PolicyLevel {
  /** Id or name of the root, OU or account. */
  readonly target: string;
  readonly policies: readonly NamedPolicy[];
}

/**
 * Who calls: an ARN (user, role, role session, federated user, root user), an AWS service, an identity that a
 * SAML or OIDC provider vouches for, or nobody known.
 */
export type Principal = string | { readonly service: string } | { readonly federated: string } | 'anonymous';

/** A condition key's value: one value, or several for a multi-valued key. */
export type ContextValue = string | number | boolean | readonly (string | number | boolean)[];

/** One request, with everything about it that no policy says. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** `service:Action`, such as `s3:GetObject`. */
  readonly action: string;
  /** ARN, or `*` for an action that takes no resource. */
  readonly resource: string;
  /** Twelve digits; taken from the ARN when it has them. */
  readonly resourceAccount?: string | undefined;
  /** For sessions: the ARN of the role (with its path) or of the user behind them. */
  readonly sessionIssuer?: string | undefined;
  /** What `aws:userid` is made of: the unique id such as `AIDA…` or `AROA…:session`. */
  readonly principalId?: string | undefined;
  /** Condition keys; a given one wins over a derived one. */
  readonly context?: Readonly<Record<string, ContextValue>> | undefined;
}

/** Every policy that applies. A part left out or undefined is not there: it grants nothing and restricts nothing. */
export interface ApplicablePolicies {
  readonly identity?: readonly NamedPolicy[] | undefined;
  readonly permissionsBoundary?: NamedPolicy | undefined;
  readonly session?: readonly NamedPolicy[] | undefined;
  /** The bucket, queue, key… policy; for `sts:AssumeRole…` the role's trust policy. */
  readonly resource?: NamedPolicy | undefined;
  /** From the root down to the account. A level with no policy allows nothing. */
  readonly serviceControl?: readonly PolicyLevel[] | undefined;
  /** From the root down to the account. `RCPFullAWSAccess` is understood at every level given. */
  readonly resourceControl?: readonly PolicyLevel[] | undefined;
  readonly vpcEndpoint?: NamedPolicy | undefined;
}

/** Facts that switch layers off. Each defaults to false. */
export interface AuthorizationFacts {
  readonly principalInManagementAccount?: boolean | undefined;
  readonly resourceInManagementAccount?: boolean | undefined;
  readonly serviceLinkedRole?: boolean | undefined;
  /** The bucket's policy is public and its Block Public Access restricts it: other accounts stay out. */
  readonly publicAccessRestricted?: boolean | undefined;
  /** The VPC endpoint is a gateway endpoint (of S3 or DynamoDB): an account in its policy is the root user alone. */
  readonly gatewayEndpoint?: boolean | undefined;
  /** Id or name of a KMS grant that covers the request: it allows where the key policy and identity policies do not. */
  readonly keyGrant?: string | undefined;
}

/** The one argument of `authorize`, and one object in a file given to `walkthrough decide`. */
export interface AuthorizationInput {
  readonly id?: string;
  readonly request: AuthorizationRequest;
  readonly policies?: ApplicablePolicies;
  readonly facts?: AuthorizationFacts;
}
