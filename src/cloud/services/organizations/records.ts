import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccountId, Instant, Tags } from '../../world.ts';

/** What AWS Organizations keeps for all accounts together. */
export interface OrganizationsWorld {
  /** Accounts that are not in it are strangers to it; null: no account is in an organization. */
  readonly organization: Organization | null;
}

export const NO_ORGANIZATION: OrganizationsWorld = { organization: null };

/** Consolidated billing alone gives one bill and no policies. */
export type FeatureSet = 'ALL' | 'CONSOLIDATED_BILLING';

export const POLICY_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;
export type ControlPolicyType = (typeof POLICY_TYPES)[number];

/** One management account, and member accounts in a tree of OUs below the root, which is no account. */
export interface Organization {
  /** `o-…` */
  readonly id: string;
  /** `r-…` */
  readonly rootId: string;
  readonly managementAccount: AccountId;
  readonly featureSet: FeatureSet;
  readonly enabledTypes: readonly ControlPolicyType[];
  /** OUs by id. */
  readonly units: Readonly<Record<string, OrganizationalUnit>>;
  /** All of its accounts, the management account too. */
  readonly members: Readonly<Record<AccountId, Member>>;
  /** The customer's own SCPs and RCPs, by id. */
  readonly policies: Readonly<Record<string, ControlPolicy>>;
  /** Ids of the policies attached to a root, OU or account, by its id. `RCPFullAWSAccess` is everywhere, unwritten. */
  readonly attachments: Readonly<Record<string, readonly string[]>>;
  /** Requests for new accounts by id, `car-…`. */
  readonly creations: Readonly<Record<string, AccountCreation>>;
  /** What waits for somebody's agreement, and what came of it, by id, `h-…`. */
  readonly handshakes: Readonly<Record<string, Handshake>>;
  /** Tags of the root, OUs, accounts and policies, by their ids; who has none is not here. */
  readonly tags: Readonly<Record<string, Tags>>;
  /** How many accounts there may be: AWS begins with 10 and raises it when asked. */
  readonly accountLimit: number;
}

export interface OrganizationalUnit {
  /** `ou-…` */
  readonly id: string;
  readonly name: string;
  /** Id of the root or of another OU. */
  readonly parent: string;
}

export interface Member {
  /** Id of the root or of an OU. */
  readonly parent: string;
  readonly email: string;
  readonly joined: Instant;
  readonly method: 'CREATED' | 'INVITED';
}

export interface ControlPolicy {
  /** `p-…` */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly type: ControlPolicyType;
  readonly document: PolicyDocument;
}

export interface AccountCreation {
  readonly id: string;
  readonly name: string;
  readonly requested: Instant;
  readonly outcome:
    | { readonly state: 'SUCCEEDED'; readonly account: AccountId }
    | { readonly state: 'FAILED'; readonly reason: 'EMAIL_ALREADY_EXISTS' };
}

/** An invitation to an account, or the request to enable all features, which the management account finishes. */
export interface Handshake {
  readonly id: string;
  readonly action: 'INVITE' | 'ENABLE_ALL_FEATURES';
  /** Who may accept it. */
  readonly recipient: AccountId;
  readonly requested: Instant;
  /** Open until its time is over: whether it is expired follows from the clock. */
  readonly state: 'OPEN' | 'ACCEPTED' | 'DECLINED' | 'CANCELED';
}
