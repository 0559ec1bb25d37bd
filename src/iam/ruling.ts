import { isKeptOut, isSameAccount, offReason } from './applicability.ts';
import type { Layer, Outcome } from './decision.ts';
import { needsNoPermission, needsOf } from './needs.ts';
import type { Candidate, PolicySet } from './policy-set.ts';
import { BY_ISSUER, DIRECTLY, type Naming, NOT_NAMED, namingOf } from './principal-element.ts';
import {
  atEndpoint,
  candidateMatches,
  firstAllow,
  firstDeny,
  type LevelSet,
  type Question,
} from './question.ts';

/** What was decided, and by what. */
export interface Ruling {
  readonly outcome: Outcome;
  readonly decidedBy: Layer;
  readonly alsoBlockedBy: readonly Layer[];
  /** The statement that decided; null for an implicit deny, and where no statement grants. */
  readonly decider: Candidate | null;
  /** The level that decided, for SCPs and RCPs. */
  readonly level: LevelSet | null;
  /** How the resource policy names the caller. */
  readonly naming: Naming;
}

/** One layer that denies: by a statement, or because it does not allow. */
interface Block {
  readonly layer: Layer;
  readonly deny: Candidate | null;
  readonly level: LevelSet | null;
}

const NONE: readonly Layer[] = [];

/** Decides a request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
export function ruleOn(question: Question): Ruling {
  if (isAlwaysAllowed(question)) {
    return allowed('service', null, NOT_NAMED);
  }
  const { caller, layers } = question;
  const blocks: Block[] = [];
  const resourceLayer: Layer = question.trust ? 'trust' : 'resource';

  if (layers.resourceControl !== null && offReason('resource-control', question) === null) {
    // RCPFullAWSAccess is understood at every level, so RCPs can only deny.
    denyOfLevels('resource-control', layers.resourceControl, question, blocks);
  }
  if (layers.serviceControl !== null && offReason('service-control', question) === null) {
    if (!denyOfLevels('service-control', layers.serviceControl, question, blocks)) {
      const silent = layers.serviceControl.find((level) => firstAllow(level.set, question) === null);
      if (silent !== undefined) blocks.push({ layer: 'service-control', deny: null, level: silent });
    }
  }
  if (layers.vpcEndpoint !== null) {
    const asked = atEndpoint(question);
    const deny = firstDeny(layers.vpcEndpoint, asked);
    if (deny !== null || firstAllow(layers.vpcEndpoint, asked) === null) {
      blocks.push({ layer: 'vpc-endpoint', deny, level: null });
    }
  }

  const own = offReason(resourceLayer, question) === null ? layers.resource : null;
  const resourceDeny = own === null ? null : firstDeny(own, question);
  const grants = own === null ? NO_GRANTS : grantsOf(own, question);
  const needs = needsOf(question, grants.naming);
  if (resourceDeny !== null || (needs.resource && grants.naming === NOT_NAMED)) {
    blocks.push({ layer: resourceLayer, deny: resourceDeny, level: null });
  }

  let identityAllow: Candidate | null = null;
  let limited = false;
  if (offReason('identity', question) === null) {
    const { identity, boundary, session } = layers;
    const identityDeny = identity === null ? null : firstDeny(identity, question);
    if (identityDeny === null && identity !== null && needs.identity)
      identityAllow = firstAllow(identity, question);
    if (identityDeny !== null || (needs.identity && identityAllow === null)) {
      blocks.push({ layer: 'identity', deny: identityDeny, level: null });
    }
    if (boundary !== null) {
      const deny = firstDeny(boundary, question);
      const silent = deny === null && firstAllow(boundary, question) === null;
      limited ||= silent;
      if (deny !== null || (silent && needs.limits)) {
        blocks.push({ layer: 'permissions-boundary', deny, level: null });
      }
    }
    if (session !== null || caller.kind === 'federated-user') {
      const deny = session === null ? null : firstDeny(session, question);
      const silent = deny === null && (session === null || firstAllow(session, question) === null);
      limited ||= silent;
      if (deny !== null || (silent && needs.limits)) blocks.push({ layer: 'session', deny, level: null });
    }
  }
  if (isRootAssumingRole(question)) blocks.push({ layer: 'root', deny: null, level: null });
  if (isBarredFederatedUser(question) || isKeptOut(question))
    blocks.push({ layer: 'service', deny: null, level: null });

  if (blocks.length > 0) return denied(blocks, grants.naming);
  if (needsNoPermission(question) || question.keyGrant !== null)
    return allowed('service', null, grants.naming);
  if (caller.kind === 'root' && isSameAccount(question)) return allowed('root', null, grants.naming);
  if (needs.grantor === 'identity') return allowed('identity', identityAllow, grants.naming);
  return allowed(resourceLayer, grantOf(grants, needs.resource, limited), grants.naming);
}

function allowed(decidedBy: Layer, decider: Candidate | null, naming: Naming): Ruling {
  return { outcome: 'allowed', decidedBy, alsoBlockedBy: NONE, decider, level: null, naming };
}

/** An explicit deny goes first, wherever it stands; else the first layer that does not allow. */
function denied(blocks: readonly Block[], naming: Naming): Ruling {
  const explicit = blocks.find((block) => block.deny !== null);
  const decider = explicit ?? blocks[0];
  return {
    outcome: explicit === undefined ? 'implicit-deny' : 'explicit-deny',
    decidedBy: decider?.layer ?? 'identity',
    alsoBlockedBy: blocks.filter((block) => block !== decider).map((block) => block.layer),
    decider: decider?.deny ?? null,
    level: decider?.level ?? null,
    naming,
  };
}

/** Adds the first deny among the levels, from the root down; true when there was one. */
function denyOfLevels(
  layer: Layer,
  levels: readonly LevelSet[],
  question: Question,
  blocks: Block[],
): boolean {
  for (const level of levels) {
    const deny = firstDeny(level.set, question);
    if (deny === null) continue;
    blocks.push({ layer, deny, level });
    return true;
  }
  return false;
}

/** The statements of a resource policy that allow, by how they name the caller: the first of each strength. */
interface Grants {
  readonly naming: Naming;
  readonly direct: Candidate | null;
  /** Names the caller directly, or the role or user behind its session. */
  readonly issuer: Candidate | null;
  readonly any: Candidate | null;
}

const NO_GRANTS: Grants = { naming: NOT_NAMED, direct: null, issuer: null, any: null };

function grantsOf(policy: PolicySet, question: Question): Grants {
  let naming: Naming = NOT_NAMED;
  let direct: Candidate | null = null;
  let issuer: Candidate | null = null;
  let any: Candidate | null = null;
  for (const candidate of policy.candidates(question.actionKey).allows.all) {
    if (!candidateMatches(candidate, question)) continue;
    const { principal } = candidate.statement;
    const by = principal === null ? NOT_NAMED : namingOf(principal, question.caller);
    any ??= candidate;
    if (by >= BY_ISSUER) issuer ??= candidate;
    if (by > naming) naming = by;
    if (by !== DIRECTLY) continue;
    direct = candidate;
    break;
  }
  return { naming, direct, issuer, any };
}

/**
 * The lowest statement that was enough by itself. Where the caller's boundary or session policy does not allow, only
 * a statement that names the caller directly was.
 */
function grantOf(grants: Grants, anyNaming: boolean, limited: boolean): Candidate | null {
  if (anyNaming) return grants.any;
  return limited ? grants.direct : grants.issuer;
}

/** `sts:GetCallerIdentity` needs no permission and cannot be denied. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function isAlwaysAllowed({ actionKey, caller }: Question): boolean {
  return actionKey === 'sts:getcalleridentity' && (caller.account !== null || caller.kind === 'service');
}

/** Root users may not assume roles. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function isRootAssumingRole({ caller, actionKey }: Question): boolean {
  return caller.kind === 'root' && actionKey === 'sts:assumerole';
}

/** Federated users may call no IAM API, and of STS only GetCallerIdentity. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
function isBarredFederatedUser({ caller, service }: Question): boolean {
  return caller.kind === 'federated-user' && (service === 'iam' || service === 'sts');
}
