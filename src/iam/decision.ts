/** What AWS decides. An implicit deny means that nobody said no and somebody needed did not say yes. */
export type Outcome = 'allowed' | 'implicit-deny' | 'explicit-deny';

/** The kinds of policy, and the two special cases, that can decide a request. */
export type Layer =
  | 'resource-control'
  | 'service-control'
  | 'vpc-endpoint'
  | 'resource'
  | 'trust'
  | 'identity'
  | 'permissions-boundary'
  | 'session'
  | 'root'
  | 'service';

/** The decision. Cheap to make: `message`, `explanation` and `trace()` are worked out when first asked for. */
export interface Decision {
  readonly id: string | null;
  readonly decision: Outcome;
  /** For a denial the first layer that denies, in AWS's order; for an allow the layer that granted. */
  readonly decidedBy: Layer;
  /** The other layers that would have denied by themselves, in AWS's order. Empty for an allow. */
  readonly alsoBlockedBy: readonly Layer[];
  /** Name of the policy that decided; null for an implicit deny. */
  readonly policy: string | null;
  /** Sid of the statement that decided, or its index from 0; null for an implicit deny. */
  readonly statement: string | number | null;
  /** AWS's AccessDenied sentence; null when allowed. */
  readonly message: string | null;
  /** One plain paragraph for a beginner. */
  readonly explanation: string;
  /** Condition keys that were looked at and not given. */
  readonly missingContext: readonly string[];
  /** Everything that was considered, statement by statement. */
  trace(): Trace;
}

/** Why there is no decision: the input is at fault, or asks for something not there. Never a decision. */
export interface Refusal {
  readonly id: string | null;
  readonly error: {
    readonly kind: 'invalid-request' | 'invalid-policy' | 'unsupported';
    /** Where: a path into the input, such as `policies.identity[0].document.Statement[1].Effect`. */
    readonly path: string;
    /** What is wrong and how to mend it. */
    readonly message: string;
  };
}

/** The whole way of a request through the layers. */
export interface Trace {
  /** In AWS's order; layers that are not there are left out. */
  readonly layers: readonly LayerTrace[];
  /** How the layers were combined, in a sentence: "both must allow", "either is enough". */
  readonly combination: string;
}

/** One layer's part. A layer with levels (SCP, RCP) has one entry a level. */
export interface LayerTrace {
  readonly layer: Layer;
  /** The level's root, OU or account, for SCPs and RCPs. */
  readonly target: string | null;
  /** `silent`: no statement matched. `off`: the layer does not apply; `note` says why. */
  readonly verdict: 'allows' | 'denies' | 'silent' | 'off';
  /** True for the one entry that decided. */
  readonly decided: boolean;
  /** One sentence: what the verdict means here. */
  readonly note: string;
  readonly policies: readonly PolicyTrace[];
}

/** One policy of a layer. */
export interface PolicyTrace {
  readonly name: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly statements: readonly StatementTrace[];
}

/** One statement: matched when each of its elements matched. */
export interface StatementTrace {
  readonly index: number;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly matched: boolean;
  /** True for the one statement that decided. */
  readonly decided: boolean;
  readonly elements: readonly ElementTrace[];
}

/** One element, or one key of a Condition, held against the request. */
export interface ElementTrace {
  /** Such as `Action`, `NotResource`, `Condition`. */
  readonly element: string;
  readonly matched: boolean;
  /** Where it stands in the policy document: `['Statement', 0, 'Condition', 'StringEquals', 'aws:PrincipalTag/team']`. */
  readonly path: readonly (string | number)[];
  /** The value of the request it was held against; null when the request has none. */
  readonly value: string | null;
  /** Why it matched or not, in a sentence: this action against that pattern; the key is missing; … */
  readonly because: string;
}
