import type { AccessKeyId } from '../../world.ts';

/** What EC2 keeps in an account. */
export interface Ec2Records {
  /** By id. */
  readonly instances: Readonly<Record<string, Instance>>;
}

export const NO_EC2_RECORDS: Ec2Records = { instances: {} };

export interface Instance {
  /** `i-…` */
  readonly id: string;
  /** The value of its `Name` tag, by which people call it. */
  readonly name: string;
  readonly arn: string;
  readonly association: { readonly id: string; readonly profile: string } | null;
  readonly credentials: InstanceCredentials;
  readonly metadata: MetadataOptions;
  readonly processes: Readonly<Record<string, InstanceProcess>>;
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
