import type {
  ApplicablePolicies,
  ContextValue,
  Decision,
  LayerTrace,
  NamedPolicy,
  PolicyDocument,
  PolicyLevel,
} from '../../../../iam/index.ts';
import { authorize, isRefusal } from '../../../../iam/index.ts';
import type { Json } from '../../../operation.ts';
import { policyText, statementSpan } from './policy-text.ts';

/** A policy of a simulation: what results call it, and the text that places in it refer to. */
export interface SimulatedPolicy {
  readonly id: string;
  readonly policy: NamedPolicy & { readonly document: PolicyDocument };
  readonly text: string;
}

/** What a simulation is about: the caller, their policies, and the circumstances given. */
export interface Simulation {
  readonly principal: string;
  readonly sessionIssuer?: string;
  /** The caller's account. */
  readonly account: string;
  readonly identity: readonly SimulatedPolicy[];
  readonly boundary: SimulatedPolicy | null;
  readonly resource: SimulatedPolicy | null;
  /** SCPs; null when the account has none. */
  readonly serviceControl: readonly PolicyLevel[] | null;
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Owner of resources whose ARN does not tell; null: the caller's account. */
  readonly resourceOwner: string | null;
}

/** A policy with its text: a document that was put as an object is laid out as JSON is. */
export function simulatedPolicy(
  id: string,
  document: PolicyDocument,
  text = policyText(document),
): SimulatedPolicy {
  return { id, policy: { name: id, document }, text };
}

/**
 * What the policy simulator says of one action on one resource, or why it cannot say. It looks at identity policies,
 * the boundary, SCPs without conditions, and a resource policy when one is given: never at RCPs, at VPC endpoints, at
 * sessions or at resource policies of the account by itself.
 * Source: IAM User Guide, access_policies_testing-policies.html; IAM API Reference, API_EvaluationResult.html.
 */
export function simulated(
  simulation: Simulation,
  action: string,
  resource: string,
): { readonly result: Json } | { readonly problem: string } {
  const decision = decide(simulation, action, resource, policiesOf(simulation, action));
  if ('problem' in decision) {
    return decision;
  }
  const matched = matchedStatements(simulation, decision);
  const missing = decision.missingContext;
  const outcome = EVAL_DECISIONS[decision.decision];
  const named = resource !== '*';
  return {
    result: {
      EvalActionName: action,
      EvalResourceName: resource,
      EvalDecision: outcome,
      MatchedStatements: matched,
      MissingContextValues: named ? [] : missing,
      ...organizationsDetail(simulation, action, resource),
      ...boundaryDetail(simulation, action, resource),
      ...(named
        ? {
            ResourceSpecificResults: [
              {
                EvalResourceName: resource,
                EvalResourceDecision: outcome,
                MatchedStatements: matched,
                MissingContextValues: missing,
              },
            ],
          }
        : {}),
    },
  };
}

const EVAL_DECISIONS = {
  allowed: 'allowed',
  'explicit-deny': 'explicitDeny',
  'implicit-deny': 'implicitDeny',
} as const;

function decide(
  { principal, sessionIssuer, account, context, resource: policy, resourceOwner }: Simulation,
  action: string,
  resource: string,
  policies: ApplicablePolicies,
): Decision | { readonly problem: string } {
  const named = /^\d{12}$/.exec(resource.split(':')[4] ?? '')?.[0];
  // Without a resource policy there is nothing that another account could say, so it is not asked.
  const resourceAccount = policy === null ? account : (named ?? resourceOwner ?? account);
  const decision = authorize({
    request: {
      principal,
      ...(sessionIssuer ? { sessionIssuer } : {}),
      action,
      resource,
      resourceAccount,
      context,
    },
    policies,
  });
  return isRefusal(decision) ? { problem: decision.error.message } : decision;
}

function policiesOf(
  { identity, boundary, resource, serviceControl, account }: Simulation,
  action: string,
): ApplicablePolicies {
  const named = resource?.policy ?? delegation(action, account);
  return {
    identity: identity.map(({ policy }) => policy),
    ...(boundary ? { permissionsBoundary: boundary.policy } : {}),
    ...(named ? { resource: named } : {}),
    ...(serviceControl ? { serviceControl } : {}),
  };
}

/**
 * Roles and KMS keys must name their callers. The simulator does not look: as if they left it to the account's own
 * policies.
 */
function delegation(action: string, account: string): NamedPolicy | null {
  const lower = action.toLowerCase();
  const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: action };
  if (lower.startsWith('kms:')) {
    return {
      name: DELEGATION,
      document: { Version: '2012-10-17', Statement: { ...statement, Resource: '*' } },
    };
  }
  return /^sts:(assumerole|tagsession|setsourceidentity)/.test(lower)
    ? { name: DELEGATION, document: { Version: '2012-10-17', Statement: statement } }
    : null;
}

const DELEGATION = 'what the simulator does not look at';

/** The statements that decided: of an explicit deny, the denying ones alone. */
function matchedStatements(simulation: Simulation, decision: Decision): readonly Json[] {
  const { layers } = decision.trace();
  const effect = decision.decision === 'explicit-deny' ? 'Deny' : 'Allow';
  return decision.decision === 'implicit-deny'
    ? []
    : layers.flatMap((layer) => statements(simulation, layer, effect));
}

const TYPES: Readonly<Partial<Record<LayerTrace['layer'], string>>> = {
  identity: 'IAM Policy',
  'permissions-boundary': 'Permissions Boundary Policy',
  resource: 'Resource Policy',
  trust: 'Resource Policy',
};

function statements(
  { identity, boundary, resource }: Simulation,
  { layer, policies }: LayerTrace,
  effect: 'Allow' | 'Deny',
): readonly Json[] {
  const type = TYPES[layer];
  if (type === undefined || (layer === 'permissions-boundary' && effect === 'Allow')) {
    return [];
  }
  const known = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  return policies.flatMap(({ name, statements: traces }) => {
    const source = known.find(({ policy }) => policy.name === name);
    return traces
      .filter((trace) => trace.matched && trace.effect === effect)
      .flatMap(({ index }) => {
        const span = source && statementSpan(source.text, index);
        return source
          ? [
              {
                SourcePolicyId: source.id,
                SourcePolicyType: type,
                ...(span ? { StartPosition: { ...span.start }, EndPosition: { ...span.end } } : {}),
              },
            ]
          : [];
      });
  });
}

const EVERYTHING: NamedPolicy = {
  name: 'everything',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** What one layer says by itself: all others allow. */
function allowsAlone(
  simulation: Simulation,
  action: string,
  resource: string,
  layer: Pick<ApplicablePolicies, 'serviceControl' | 'permissionsBoundary'>,
): boolean {
  const delegated = delegation(action, simulation.account);
  const decision = decide({ ...simulation, resource: null }, action, resource, {
    identity: [EVERYTHING],
    ...(delegated ? { resource: delegated } : {}),
    ...layer,
  });
  return 'decision' in decision && decision.decision === 'allowed';
}

function organizationsDetail(
  simulation: Simulation,
  action: string,
  resource: string,
): { [key: string]: Json } {
  const { serviceControl } = simulation;
  return serviceControl === null
    ? {}
    : {
        OrganizationsDecisionDetail: {
          AllowedByOrganizations: allowsAlone(simulation, action, resource, { serviceControl }),
        },
      };
}

function boundaryDetail(simulation: Simulation, action: string, resource: string): { [key: string]: Json } {
  const permissionsBoundary = simulation.boundary?.policy;
  return permissionsBoundary === undefined
    ? {}
    : {
        PermissionsBoundaryDecisionDetail: {
          AllowedByPermissionsBoundary: allowsAlone(simulation, action, resource, { permissionsBoundary }),
        },
      };
}
