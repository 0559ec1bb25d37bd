import type { AccountSpecParts, WorldSpecParts } from './services/index.ts';

/** A policy in a scenario file: the document as YAML or JSON, or as JSON text. */
export type DocumentSpec = Readonly<Record<string, unknown>> | string;

/** A world as an author writes it: only what is special is said, the rest has defaults. */
export interface WorldSpec extends WorldSpecParts {
  /** When the simulated clock starts, ISO 8601. */
  readonly clock: string;
  /** Seconds that go by before anybody comes: what strangers and AWS do in them has happened then. None unless said. */
  readonly elapsed?: number;
  /** Any text; ids and keys are generated from it. Defaults to the scenario's id. */
  readonly seed: string;
  /** By account id. */
  readonly accounts: Readonly<Record<string, AccountSpec>>;
}

/** An account: what every service's `spec.ts` lets an author say, side by side. */
export interface AccountSpec extends AccountSpecParts {
  readonly name: string;
}

/** Something in a spec that cannot be: a reference to what is not there, a document that is not JSON, … */
export interface SpecProblem {
  /** Where in the spec: `['accounts', '111122223333', 'users', 'joanne', 'boundary']`. */
  readonly path: readonly (string | number)[];
  /** What is wrong and how to mend it, with *did you mean* where that helps. */
  readonly message: string;
}

export type * from './outside/spec.ts';
export type * from './services/ce/spec.ts';
export type * from './services/cloudtrail/spec.ts';
export type * from './services/ec2/spec.ts';
export type * from './services/ec2/vpc-spec.ts';
export type * from './services/eks/spec.ts';
export type * from './services/iam/spec.ts';
export type * from './services/identity-center/spec.ts';
export type * from './services/kms/spec.ts';
export type * from './services/lambda/spec.ts';
export type * from './services/organizations/spec.ts';
export type * from './services/rolesanywhere/spec.ts';
export type * from './services/s3/spec.ts';
export type * from './services/secretsmanager/spec.ts';
export type * from './services/sns/spec.ts';
export type * from './services/sqs/spec.ts';
