import { isKeptOut, offReason } from './applicability.ts';
import { combinationOf } from './combination.ts';
import type { Layer, LayerTrace, PolicyTrace, StatementTrace, Trace } from './decision.ts';
import { layerName } from './layer-names.ts';
import { type Needs, needsNoPermission, needsOf } from './needs.ts';
import type { PolicySet } from './policy-set.ts';
import { BY_ACCOUNT, BY_ISSUER, DIRECTLY } from './principal-element.ts';
import { atEndpoint, type LevelSet, type Question } from './question.ts';
import type { Ruling } from './ruling.ts';
import { traceStatement } from './statement-trace.ts';

/** Everything that was considered about a request, layer by layer, statement by statement. */
export function traceOf(question: Question, ruling: Ruling): Trace {
  const tracer = new Tracer(question, ruling);
  return { layers: tracer.layers(), combination: combinationOf(question, ruling) };
}

class Tracer {
  private readonly question: Question;
  private readonly ruling: Ruling;
  private readonly needs: Needs;

  constructor(question: Question, ruling: Ruling) {
    this.question = question;
    this.ruling = ruling;
    this.needs = needsOf(question, ruling.naming);
  }

  layers(): readonly LayerTrace[] {
    const { layers, trust, caller } = this.question;
    const traces: LayerTrace[] = [];
    this.addLevels(traces, 'resource-control', layers.resourceControl);
    this.addLevels(traces, 'service-control', layers.serviceControl);
    this.add(traces, 'vpc-endpoint', layers.vpcEndpoint, false);
    this.add(traces, trust ? 'trust' : 'resource', layers.resource, this.needs.resource);
    this.add(traces, 'identity', layers.identity, this.needs.identity);
    this.add(traces, 'permissions-boundary', layers.boundary, false);
    this.add(traces, 'session', layers.session, caller.kind === 'federated-user');
    const special = this.special();
    if (special !== null) traces.push(special);
    return traces;
  }

  private addLevels(traces: LayerTrace[], layer: Layer, levels: readonly LevelSet[] | null): void {
    for (const level of levels ?? []) traces.push(this.layer(layer, level, level.set));
  }

  /** A layer without policies is left out, unless it is one that had to allow. */
  private add(traces: LayerTrace[], layer: Layer, set: PolicySet | null, needed: boolean): void {
    if (set !== null || needed) traces.push(this.layer(layer, null, set));
  }

  private layer(layer: Layer, level: LevelSet | null, set: PolicySet | null): LayerTrace {
    const target = level?.target ?? null;
    const off = this.alwaysAllowed()
      ? 'The service allows this action whatever policies say.'
      : offReason(layer, this.question);
    const decided = this.ruling.decidedBy === layer && this.ruling.level === level;
    if (off !== null) return { layer, target, verdict: 'off', decided, note: off, policies: [] };
    const policies = (set?.entries ?? []).map((entry): PolicyTrace => {
      const { decider } = this.ruling;
      return {
        name: entry.name,
        document: entry.compiled.document,
        statements: entry.compiled.statements.map((statement) =>
          traceStatement(
            statement,
            layer === 'vpc-endpoint' ? atEndpoint(this.question) : this.question,
            decided && decider?.entry === entry && decider.statement === statement,
          ),
        ),
      };
    });
    const verdict = verdictOf(layer, policies);
    return { layer, target, verdict, decided, note: this.note(layer, target, verdict, policies), policies };
  }

  private note(
    layer: Layer,
    target: string | null,
    verdict: LayerTrace['verdict'],
    policies: readonly PolicyTrace[],
  ): string {
    if (verdict === 'denies')
      return `${matchedStatement(layer, policies, 'Deny')} denies it, and a Deny outweighs every Allow.`;
    if (verdict === 'allows')
      return allowNote(layer, matchedStatement(layer, policies, 'Allow'), this.question, this.ruling);
    return silentNote(layer, target, this.needs, this.question);
  }

  private alwaysAllowed(): boolean {
    const { outcome, decidedBy } = this.ruling;
    return (
      outcome === 'allowed' &&
      decidedBy === 'service' &&
      !needsNoPermission(this.question) &&
      this.question.keyGrant === null
    );
  }

  /** The entry of a decision, or a denial, that comes from no policy. */
  private special(): LayerTrace | null {
    const { decidedBy, alsoBlockedBy, outcome } = this.ruling;
    const layer = ([decidedBy, ...alsoBlockedBy] as const).find((one) => one === 'root' || one === 'service');
    if (layer === undefined) return null;
    const verdict = outcome === 'allowed' ? 'allows' : 'denies';
    return {
      layer,
      target: null,
      verdict,
      decided: decidedBy === layer,
      note: specialNote(layer, outcome === 'allowed', this.question),
      policies: [],
    };
  }
}

function specialNote(layer: Layer, allows: boolean, question: Question): string {
  if (layer === 'root') {
    return allows
      ? 'The root user of the account that owns the resource may do everything that nothing denies.'
      : 'A root user may not assume roles.';
  }
  if (allows && question.keyGrant !== null) {
    return `The grant ${question.keyGrant} of the key lets this principal call ${question.action}.`;
  }
  if (allows && needsNoPermission(question)) {
    return 'A user may always ask for a session of its own, as far as nothing denies it: no policy has to allow this action.';
  }
  if (!allows && isKeptOut(question)) {
    return 'The bucket policy is public, and RestrictPublicBuckets keeps other accounts out of such a bucket.';
  }
  return allows
    ? 'Anyone who signs a request may ask who they are: this action needs no permission and cannot be denied.'
    : `A federated user may call no IAM operation, and of STS only GetCallerIdentity; this is ${question.action}.`;
}

function verdictOf(layer: Layer, policies: readonly PolicyTrace[]): LayerTrace['verdict'] {
  if (find(policies, 'Deny') !== null) return 'denies';
  // RCPFullAWSAccess is understood at every level.
  return layer !== 'resource-control' && find(policies, 'Allow') === null ? 'silent' : 'allows';
}

function find(
  policies: readonly PolicyTrace[],
  effect: 'Allow' | 'Deny',
): [PolicyTrace, StatementTrace] | null {
  for (const policy of policies) {
    for (const statement of policy.statements) {
      if (statement.matched && statement.effect === effect) return [policy, statement];
    }
  }
  return null;
}

function matchedStatement(layer: Layer, policies: readonly PolicyTrace[], effect: 'Allow' | 'Deny'): string {
  const found = find(policies, effect);
  if (found === null) return 'A statement';
  const [policy, statement] = found;
  return `${statementName(statement)} of the ${layerName(layer)} "${policy.name}"`;
}

/** How a statement is called in a sentence: by its Sid, or by its place, which people count from 1. */
export function statementName(statement: { readonly sid: string | null; readonly index: number }): string {
  return statement.sid === null ? `Statement ${statement.index + 1}` : `Statement "${statement.sid}"`;
}

function allowNote(layer: Layer, which: string, question: Question, ruling: Ruling): string {
  switch (layer) {
    case 'resource-control':
      return 'No statement denies it. RCPFullAWSAccess, attached everywhere, allows what no RCP denies.';
    case 'identity':
      return `${which} allows it.`;
    case 'resource':
    case 'trust':
      return `${which} allows it${namingNote(question, ruling)}.`;
    default:
      return `${which} allows it. That grants nothing by itself: a ${layerName(layer)} only limits.`;
  }
}

function namingNote(question: Question, ruling: Ruling): string {
  if (ruling.naming === DIRECTLY) return ' and names the caller directly';
  if (ruling.naming === BY_ISSUER) return ' and names the role or user behind the session';
  if (ruling.naming === BY_ACCOUNT) return `, but names only the account ${question.caller.account}`;
  return '';
}

function silentNote(layer: Layer, target: string | null, needs: Needs, question: Question): string {
  if (question.keyGrant !== null && (layer === 'resource' || layer === 'identity')) {
    return `The ${layerName(layer)} does not allow it, and it does not have to: a grant of the key does.`;
  }
  switch (layer) {
    case 'service-control':
      return `No SCP at ${target} allows it, and every level must.`;
    case 'vpc-endpoint':
      return 'The request comes through the endpoint, and its policy does not allow it.';
    case 'resource':
    case 'trust':
      if (needs.resource && question.layers.resource === null)
        return `There is no ${layerName(layer)}, and here one must allow this caller.`;
      return needs.resource
        ? `Nothing in the ${layerName(layer)} allows this caller, and here it must.`
        : 'No statement allows this caller. That is no denial: within one account an identity policy is enough.';
    case 'identity':
      return needs.identity
        ? 'No identity policy allows it, and without an Allow the answer is no.'
        : 'No identity policy allows it, and none has to: the resource policy grants it.';
    default:
      return needs.limits
        ? `The ${layerName(layer)} does not allow it, and it must, as well as the policy that grants.${question.caller.kind === 'federated-user' && layer === 'session' ? ' A federated user has only what its session policy allows.' : ''}`
        : `The ${layerName(layer)} does not allow it, but it does not limit a resource policy that names the caller directly.`;
  }
}
