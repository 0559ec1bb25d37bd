import type { PolicyDocument } from '../iam/request.ts';
import type { TrailEvent } from './trail.ts';

/** Milliseconds since 1970-01-01T00:00:00Z, on the simulated clock. */
export type Instant = number;

/** Twelve digits. */
export type AccountId = string;

/** Such as `AKIA…` for a user's access key, `ASIA…` for temporary credentials. */
export type AccessKeyId = string;

export type Tags = Readonly<Record<string, string>>;

/**
 * Everything there is at one moment: plain JSON, nested by account, never changed in place. Records are keyed
 * by the name people use (user name, role name, bucket name), instances by their id.
 */
export interface World {
  readonly clock: Instant;
  /** State of the generator that ids and key material come from. */
  readonly seed: number;
  readonly accounts: Readonly<Record<AccountId, Account>>;
  /** Bucket names are unique across all of AWS: name to owning account. */
  readonly bucketOwners: Readonly<Record<string, AccountId>>;
  /** Which account issued a key, for long-term and temporary ones: what a request's signature leads to. */
  readonly keyAccounts: Readonly<Record<AccessKeyId, AccountId>>;
  /** Every request that reached AWS, oldest first. */
  readonly trail: readonly TrailEvent[];
}

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly users: Readonly<Record<string, User>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly roles: Readonly<Record<string, Role>>;
  /** Customer managed policies by ARN. */
  readonly policies: Readonly<Record<string, ManagedPolicy>>;
  readonly instanceProfiles: Readonly<Record<string, InstanceProfile>>;
  readonly accessKeys: Readonly<Record<AccessKeyId, AccessKey>>;
  readonly sessions: Readonly<Record<AccessKeyId, TemporaryCredentials>>;
  readonly instances: Readonly<Record<string, Instance>>;
  readonly buckets: Readonly<Record<string, Bucket>>;
}

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
  readonly hasLoginProfile: boolean;
  readonly tags: Tags;
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
  readonly user: string;
  readonly status: 'Active' | 'Inactive';
  readonly created: Instant;
  readonly lastUsed: { readonly at: Instant; readonly service: string } | null;
}

/** What a session holds. Whether it is expired follows from the clock and is not stored. */
export interface TemporaryCredentials {
  readonly id: AccessKeyId;
  readonly secret: string;
  readonly token: string;
  readonly issued: Instant;
  readonly expires: Instant;
  readonly holder: SessionHolder;
}

export type SessionHolder = {
  readonly kind: 'assumed-role';
  readonly role: string;
  /** The role's unique id when it was assumed: a role made again under the same name is another principal. */
  readonly roleId: string;
  readonly sessionName: string;
};

export interface Instance {
  /** `i-…` */
  readonly id: string;
  /** The value of its `Name` tag, by which people call it. */
  readonly name: string;
  readonly arn: string;
  readonly association: { readonly id: string; readonly profile: string } | null;
  readonly credentials: InstanceCredentials;
  readonly processes: Readonly<Record<string, InstanceProcess>>;
}

/** What the instance metadata service serves. */
export type InstanceCredentials =
  /** No profile, one that was deleted, one without a role, or a role that does not trust EC2: `reason` is IMDS's own word. */
  | {
      readonly state: 'none';
      readonly reason:
        | 'NoInstanceProfile'
        | 'InstanceProfileNotFound'
        | 'InstanceProfileWithoutRole'
        | 'AssumeRoleUnauthorizedAccess';
    }
  | { readonly state: 'served'; readonly role: string; readonly key: AccessKeyId };

/** A program on an instance. `refreshes` asks the metadata service each time; `copies` keeps the first keys it got. */
export type InstanceProcess =
  | { readonly kind: 'refreshes' }
  | { readonly kind: 'copies'; readonly held: AccessKeyId | null };

export interface Bucket {
  readonly name: string;
  readonly created: Instant;
  readonly policy: PolicyDocument | null;
  readonly objects: Readonly<Record<string, StoredObject>>;
}

export interface StoredObject {
  readonly body: string;
  readonly modified: Instant;
}
