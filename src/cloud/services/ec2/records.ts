import type { PolicyDocument } from '../../../iam/request.ts';
import type { AccessKeyId, Instant, Tags } from '../../world.ts';

/** What EC2 keeps in an account. */
export interface Ec2Records {
  /** By id. */
  readonly instances: Readonly<Record<string, Instance>>;
  /** By id: what can still be seen of those that were terminated. Left out where there are none. */
  readonly terminatedInstances?: Readonly<Record<string, TerminatedInstance>>;
  readonly vpcs: Readonly<Record<string, Vpc>>;
  readonly subnets: Readonly<Record<string, Subnet>>;
  readonly vpcEndpoints: Readonly<Record<string, VpcEndpoint>>;
}

export const NO_EC2_RECORDS: Ec2Records = { instances: {}, vpcs: {}, subnets: {}, vpcEndpoints: {} };

export interface Vpc {
  /** `vpc-…` */
  readonly id: string;
  readonly cidr: string;
  readonly tags: Tags;
}

export interface Subnet {
  /** `subnet-…` */
  readonly id: string;
  readonly vpc: string;
  /** Such as `10.0.1.0/24`. */
  readonly cidr: string;
  readonly tags: Tags;
}

/**
 * The way from a VPC to one service that does not leave AWS's network. Routes and security groups are not simulated:
 * an endpoint serves the whole VPC.
 */
export interface VpcEndpoint {
  /** `vpce-…` */
  readonly id: string;
  readonly vpc: string;
  /** Such as `s3`, of `com.amazonaws.us-east-1.s3`. */
  readonly service: string;
  readonly type: 'Gateway' | 'Interface';
  readonly policy: PolicyDocument;
  readonly tags: Tags;
}

export interface Instance {
  /** `i-…` */
  readonly id: string;
  /** The value of its `Name` tag, by which people call it. */
  readonly name: string;
  readonly arn: string;
  readonly association: { readonly id: string; readonly profile: string } | null;
  readonly credentials: InstanceCredentials;
  /** Left out while it runs. */
  readonly state?: 'stopped';
  readonly metadata: MetadataOptions;
  readonly processes: Readonly<Record<string, InstanceProcess>>;
  /** Where it stands in a VPC; null when its account has none that matters. */
  readonly network: { readonly vpc: string; readonly subnet: string; readonly privateIp: string } | null;
  /** Its tags beside `Name`. */
  readonly tags: Tags;
  /** Left out in worlds that were kept before it was known. */
  readonly launch?: Launch;
}

/** What an instance was launched from. */
export interface Launch {
  /** When it last began to run. */
  readonly at: Instant;
  /** `ami-…` */
  readonly image: string;
  /** Such as `t3.micro`. */
  readonly type: string;
  /** `r-…`: instances that were launched together have one. */
  readonly reservation: string;
}

/** What is left of an instance. It can be seen for about an hour: whether it can follows from the clock. */
export interface TerminatedInstance {
  readonly id: string;
  readonly tags: Tags;
  readonly terminated: Instant;
  readonly launch?: Launch;
}

/** How the instance metadata service answers. */
export interface MetadataOptions {
  readonly endpoint: 'enabled' | 'disabled';
  /** `required`: IMDSv2 only. */
  readonly tokens: 'optional' | 'required';
  /** Network hops that the answer to a PUT may travel, 1 to 64. */
  readonly hopLimit: number;
}

/** What the instance metadata service serves. */
export type InstanceCredentials =
  /**
   * No profile, one that was deleted, one without a role, or a role that does not trust EC2: `reason` is IMDS's own
   * word. A stopped instance asks for none.
   */
  | {
      readonly state: 'none';
      readonly reason:
        | 'NoInstanceProfile'
        | 'InstanceProfileNotFound'
        | 'InstanceProfileWithoutRole'
        | 'AssumeRoleUnauthorizedAccess'
        | 'InstanceStopped';
    }
  | { readonly state: 'served'; readonly role: string; readonly key: AccessKeyId };

/** A program on an instance. `refreshes` asks the metadata service each time; `copies` keeps the first keys it got. */
export type InstanceProcess =
  | { readonly kind: 'refreshes' }
  | { readonly kind: 'copies'; readonly held: AccessKeyId | null };
