import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccessKeyId, Instant, Tags } from '../../world.ts';

/** What IAM keeps in an account. */
export interface IamRecords {
  readonly users: Readonly<Record<string, User>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly roles: Readonly<Record<string, Role>>;
  /** Customer managed policies by ARN. */
  readonly policies: Readonly<Record<string, ManagedPolicy>>;
  readonly instanceProfiles: Readonly<Record<string, InstanceProfile>>;
  readonly accessKeys: Readonly<Record<AccessKeyId, AccessKey>>;
  /** Virtual MFA devices by serial number, which is their ARN. */
  readonly mfaDevices: Readonly<Record<string, MfaDevice>>;
  /** By ARN. */
  readonly oidcProviders: Readonly<Record<string, OidcProvider>>;
  /** By ARN. */
  readonly samlProviders: Readonly<Record<string, SamlProvider>>;
  /** Stands for the account's id in the address of its sign-in page. */
  readonly accountAlias: string | null;
  /** What passwords must be; left out where the default holds. */
  readonly passwordPolicy?: PasswordPolicy;
}

/** What an account asks of the passwords of its users. */
export interface PasswordPolicy {
  /** Characters at least. */
  readonly length: number;
  readonly symbols: boolean;
  readonly numbers: boolean;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  /** All users may change their own, whether a policy allows it or not. */
  readonly usersMayChange: boolean;
  /** Days. */
  readonly maxAge: number | null;
  /** How many earlier passwords may not come back. */
  readonly reusePrevention: number | null;
  readonly hardExpiry: boolean;
}

export const NO_IAM_RECORDS: IamRecords = {
  users: {},
  groups: {},
  roles: {},
  policies: {},
  instanceProfiles: {},
  accessKeys: {},
  mfaDevices: {},
  oidcProviders: {},
  samlProviders: {},
  accountAlias: null,
};

/** What users, groups and roles share: their identity policies. */
export interface HasPolicies {
  /** ARNs of managed policies, AWS's or the customer's, in the order they were attached. */
  readonly attached: readonly string[];
  readonly inline: Readonly<Record<string, PolicyDocument>>;
}

export interface User extends HasPolicies {
  readonly name: string;
  /** `/` or `/team/`. */
  readonly path: string;
  /** `AIDA…` */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
  readonly groups: readonly string[];
  /** ARN of the managed policy that is the permissions boundary. */
  readonly boundary: string | null;
  /** The password for the console; null without one. */
  readonly loginProfile: LoginProfile | null;
  readonly tags: Tags;
}

/** A user's password. */
export interface LoginProfile {
  readonly created: Instant;
  readonly resetRequired: boolean;
  /** When the password was last changed, if it was. */
  readonly changed?: Instant;
  /** Of the password and of those before it, newest first; left out while it is not known. */
  readonly digests?: readonly string[];
}

export interface Group extends HasPolicies {
  readonly name: string;
  readonly path: string;
  /** `AGPA…` */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
}

export interface Role extends HasPolicies {
  readonly name: string;
  readonly path: string;
  /** `AROA…` */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly boundary: string | null;
  /** Seconds, 3,600 to 43,200. */
  readonly maxSessionDuration: number;
  readonly tags: Tags;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  /** `ANPA…` */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
  readonly description: string;
  readonly versions: readonly PolicyVersion[];
  /** Such as `v2`. */
  readonly defaultVersion: string;
  /** Number of the version made next: numbers are never used twice. */
  readonly nextVersion: number;
  /** Left out where there are none. */
  readonly tags?: Tags;
}

export interface PolicyVersion {
  /** Such as `v1`. */
  readonly id: string;
  readonly created: Instant;
  readonly document: PolicyDocument;
}

export interface InstanceProfile {
  readonly name: string;
  readonly path: string;
  /** `AIPA…` */
  readonly id: string;
  readonly arn: string;
  readonly created: Instant;
  /** An instance profile holds one role at most. */
  readonly role: string | null;
}

/** A user's long-term key. Deleted keys are not kept. */
export interface AccessKey {
  readonly id: AccessKeyId;
  readonly secret: string;
  /** Name of the user whose it is; null for the root user's. */
  readonly user: string | null;
  readonly status: 'Active' | 'Inactive';
  readonly created: Instant;
  readonly lastUsed: { readonly at: Instant; readonly service: string } | null;
  /** Where everybody could read it, and since when. Null: nowhere that is known. */
  readonly exposed: { readonly at: Instant; readonly where: string } | null;
}

/** A virtual MFA device. */
export interface MfaDevice {
  readonly name: string;
  /** Its ARN. */
  readonly serial: string;
  /** What its codes are made of, base32. */
  readonly seed: string;
  /** Whose it is; null: nobody's yet. */
  readonly user: string | null;
  readonly enabled: Instant | null;
}

/** An OpenID Connect issuer whose tokens the account takes. */
export interface OidcProvider {
  readonly arn: string;
  /** The issuer's address without `https://`. */
  readonly url: string;
  /** Audiences that tokens may be for. */
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly created: Instant;
  readonly tags: Tags;
}

/** A SAML identity provider whose assertions the account takes. */
export interface SamlProvider {
  readonly arn: string;
  /** The provider's entity id. */
  readonly issuer: string;
  readonly metadata: string;
  readonly created: Instant;
  readonly tags: Tags;
}
