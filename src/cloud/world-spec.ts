/** A policy in a scenario file: the document as YAML or JSON, or as JSON text. */
export type DocumentSpec = Readonly<Record<string, unknown>> | string;

/** A world as an author writes it: only what is special is said, the rest has defaults. */
export interface WorldSpec {
  /** When the simulated clock starts, ISO 8601. */
  readonly clock: string;
  /** Any text; ids and keys are generated from it. Defaults to the scenario's id. */
  readonly seed: string;
  /** By account id. */
  readonly accounts: Readonly<Record<string, AccountSpec>>;
}

export interface AccountSpec {
  readonly name: string;
  readonly users?: Readonly<Record<string, UserSpec>>;
  readonly groups?: Readonly<Record<string, GroupSpec>>;
  readonly roles?: Readonly<Record<string, RoleSpec>>;
  /** Customer managed policies by name. */
  readonly policies?: Readonly<Record<string, PolicySpec>>;
  /** Instance profile name to its role's name, or to null for one without a role. */
  readonly instanceProfiles?: Readonly<Record<string, string | null>>;
  /** By the value of the `Name` tag. */
  readonly instances?: Readonly<Record<string, InstanceSpec>>;
  readonly buckets?: Readonly<Record<string, BucketSpec>>;
}

export interface GroupSpec {
  /** Managed policies: the name of one in this account, or of an AWS managed one, or an ARN. */
  readonly policies?: readonly string[];
  readonly inline?: Readonly<Record<string, DocumentSpec>>;
  readonly path?: string;
}

export interface UserSpec extends GroupSpec {
  readonly groups?: readonly string[];
  readonly boundary?: string;
  /** How many access keys; 1 unless said. */
  readonly accessKeys?: 0 | 1 | 2;
  readonly loginProfile?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RoleSpec extends GroupSpec {
  readonly trust: DocumentSpec;
  readonly boundary?: string;
  readonly description?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PolicySpec {
  readonly document: DocumentSpec;
  readonly path?: string;
  readonly description?: string;
}

export interface InstanceSpec {
  /** `i-…`; generated unless said. */
  readonly id?: string;
  /** Name of an instance profile. */
  readonly profile?: string;
  /** Programs that run on it, and what they do about credentials. */
  readonly processes?: Readonly<Record<string, 'refreshes' | 'copies'>>;
}

export interface BucketSpec {
  readonly policy?: DocumentSpec;
  /** Key to content. */
  readonly objects?: Readonly<Record<string, string>>;
}

/** Something in a spec that cannot be: a reference to what is not there, a document that is not JSON, … */
export interface SpecProblem {
  /** Where in the spec: `['accounts', '111122223333', 'users', 'joanne', 'boundary']`. */
  readonly path: readonly (string | number)[];
  /** What is wrong and how to mend it, with *did you mean* where that helps. */
  readonly message: string;
}
