import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccessKeyId, AccountId, Instant } from '../../world.ts';

/** What IAM Identity Center keeps for all accounts together. */
export interface IdentityCenterWorld {
  /** Null until it is enabled. */
  readonly identityCenter: IdentityCenter | null;
}

export const NO_IDENTITY_CENTER: IdentityCenterWorld = { identityCenter: null };

/** An instance of IAM Identity Center with its directory, permission sets and who is assigned what. */
export interface IdentityCenter {
  /** The account it stands in: an organization's management account. */
  readonly account: AccountId;
  /** `arn:aws:sso:::instance/ssoins-…` */
  readonly arn: string;
  /** `d-…`: the directory. */
  readonly store: string;
  readonly created: Instant;
  /** By id. */
  readonly people: Readonly<Record<string, DirectoryUser>>;
  /** By id. */
  readonly teams: Readonly<Record<string, DirectoryGroup>>;
  /** By id. */
  readonly memberships: Readonly<Record<string, GroupMembership>>;
  /** By ARN. */
  readonly permissionSets: Readonly<Record<string, PermissionSet>>;
  readonly assignments: readonly AccountAssignment[];
  /** What was asked for and is done by now, by request id. */
  readonly requests: Readonly<Record<string, CenterRequest>>;
  /** Who is signed in to the access portal, or was, by the user's id. */
  readonly portals: Readonly<Record<string, PortalSession>>;
}

/** A user of the directory: no IAM user, and no principal of a policy. */
export interface DirectoryUser {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly emails: readonly string[];
}

export interface DirectoryGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface GroupMembership {
  readonly id: string;
  /** Id of the group. */
  readonly group: string;
  /** Id of the user. */
  readonly user: string;
}

/** A managed policy of each account, called by its name: it has to be there already. */
export interface CustomerPolicyReference {
  readonly name: string;
  readonly path: string;
}

/** A template for roles: changing it changes no role until it is provisioned again. */
export interface PermissionSet {
  /** `arn:aws:sso:::permissionSet/ssoins-…/ps-…` */
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly created: Instant;
  /** Milliseconds: 1 to 12 hours. */
  readonly sessionDuration: number;
  /** ARNs of AWS managed policies. */
  readonly managed: readonly string[];
  readonly customer: readonly CustomerPolicyReference[];
  readonly inline: PolicyDocument | null;
  /** An ARN of an AWS managed policy, or a policy of each account. */
  readonly boundary: string | CustomerPolicyReference | null;
  /** The role it has become in each account it is provisioned to, by account. */
  readonly roles: Readonly<Record<AccountId, string>>;
}

export interface AccountAssignment {
  readonly account: AccountId;
  /** ARN of the permission set. */
  readonly permissionSet: string;
  readonly principalType: 'USER' | 'GROUP';
  /** Id of the user or group. */
  readonly principal: string;
}

/** A request that AWS carries out after it has answered. */
export interface CenterRequest {
  readonly id: string;
  readonly kind: 'assignment-creation' | 'assignment-deletion' | 'provisioning';
  readonly created: Instant;
  readonly permissionSet: string;
  readonly account: AccountId | null;
  readonly principalType: AccountAssignment['principalType'] | null;
  readonly principal: string | null;
  /** Null: it succeeded. */
  readonly failure: string | null;
}

/** A sign-in to the access portal. Whether it is over follows from the clock. */
export interface PortalSession {
  readonly since: Instant;
  readonly expires: Instant;
  /** Credentials that were fetched for roles, by account and ARN of the permission set: the AWS CLI's cache. */
  readonly keys: Readonly<Record<string, AccessKeyId>>;
}
