import type { ContextValue } from '../../iam/request.ts';
import type { ApiRequest } from '../answer.ts';
import type { AccessKeyId, AccountId, Instant } from '../world.ts';

/** What is not AWS and belongs to a company all the same. */
export interface OutsideRecords {
  /** Programs outside AWS that can prove who they are, by name. */
  readonly workloads: Readonly<Record<string, Workload>>;
}

export const NO_OUTSIDE_RECORDS: OutsideRecords = { workloads: {} };

/** What everybody on the internet shares. */
export interface OutsideWorld {
  /** A public code host, and who reads it. Null: nobody can push anything. */
  readonly codeHost: CodeHost | null;
}

export const NO_OUTSIDE_WORLD: OutsideWorld = { codeHost: null };

/** A program outside AWS, and what it can show instead of an AWS key. */
export type Workload =
  /** An OpenID Connect issuer gives it tokens: GitHub for a job, the issuer of a cluster for a pod. */
  | {
      readonly kind: 'oidc';
      readonly name: string;
      /** `https://…` */
      readonly issuer: string;
      readonly subject: string;
      /** The audience of its tokens unless it asks for another. */
      readonly audience: string;
      readonly claims: Readonly<Record<string, ContextValue>>;
      /** Seconds that a token is good for. */
      readonly lifetime: number;
      readonly pod: Pod | null;
    }
  /** A person's browser with an assertion of a SAML identity provider. */
  | {
      readonly kind: 'saml';
      readonly name: string;
      /** Entity id of the identity provider. */
      readonly issuer: string;
      /** NameID. */
      readonly subject: string;
      readonly sessionName: string;
      /** Become session tags. */
      readonly tags: Readonly<Record<string, string>>;
      readonly lifetime: number;
    }
  /** A server with an X.509 certificate. */
  | {
      readonly kind: 'certificate';
      readonly name: string;
      /** Name of the certificate authority that signed it. */
      readonly issuer: string;
      readonly serial: string;
      /** Such as `CN`, `OU`, `O`. */
      readonly subject: Readonly<Record<string, string>>;
    };

/** Where a pod runs in a cluster. */
export interface Pod {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** A public code host: what was pushed to it, and what strangers and AWS do about keys they find there. */
export interface CodeHost {
  readonly attacker: Attacker;
  /** Seconds from a push to the moment at which AWS quarantines the user of a key it finds; null: never. */
  readonly quarantine: number | null;
  /** What will happen because of what was pushed, the earliest first. */
  readonly plans: readonly Plan[];
  /** What has happened, the oldest first. */
  readonly news: readonly News[];
}

/** A stranger who reads all that is pushed. */
export interface Attacker {
  /** Seconds from a push to the first use of a key found in it. */
  readonly after: number;
  /** What the stranger tries, in this order. */
  readonly does: readonly ApiRequest[];
}

export interface Plan {
  readonly due: Instant;
  readonly kind: 'attack' | 'quarantine';
  readonly account: AccountId;
  readonly key: AccessKeyId;
}

/** Something that happened outside and that a person would hear of. */
export interface News {
  readonly at: Instant;
  readonly text: string;
}
