import type { Layer, LayerTrace, StatementTrace, Trace } from './decision.ts';
import { layerName } from './layer-names.ts';
import { missingKeys } from './missing-context.ts';
import { type Needs, needsOf } from './needs.ts';
import type { Question } from './question.ts';
import type { Ruling } from './ruling.ts';
import { statementName, traceOf } from './trace.ts';

/** One plain paragraph for a beginner, told from the trace. */
export function explain(question: Question, ruling: Ruling): string {
  const trace = traceOf(question, ruling);
  const what = `${nameOf(question)} ${ruling.outcome === 'allowed' ? 'may' : 'may not'} call ${question.action}${question.resource === '*' ? '' : ` on ${question.resource}`}`;
  const sentences =
    ruling.outcome === 'allowed'
      ? [`Allowed: ${what}.`, ...whyAllowed(trace, needsOf(question, ruling.naming))]
      : [`Denied: ${what}.`, ...whyDenied(trace, ruling), ...alsoBlocked(ruling.alsoBlockedBy)];
  return [...sentences, ...dependsOn(keysThatMatter(question, ruling))].join(' ');
}

/** What else the request could say so that the answer differs. A Deny that matched stands, whatever other statements ask. */
function keysThatMatter(question: Question, ruling: Ruling): readonly string[] {
  const missing = missingKeys(question);
  if (ruling.outcome !== 'explicit-deny') return missing;
  const own = new Set(ruling.decider?.statement.conditions.map((test) => test.lookup));
  return missing.filter((key) => own.has(key.toLowerCase()));
}

/** A user's, role's or session's name as a person would say it. */
function nameOf({ caller }: Question): string {
  if (caller.kind === 'anonymous') return 'an anonymous caller';
  if (caller.kind === 'root') return 'the root user';
  return caller.arn === null ? caller.label : caller.label.slice(caller.label.indexOf('/') + 1);
}

function whyAllowed(trace: Trace, needs: Needs): string[] {
  const decider = trace.layers.find((layer) => layer.decided);
  const others = trace.layers.filter((layer) => isGrant(layer) && !layer.decided);
  const limits = trace.layers.filter((layer) => isLimit(layer.layer) && layer.verdict === 'allows');
  const names = [...new Set(limits.map((layer) => layerName(layer.layer)))];
  return [
    decider?.note ?? '',
    ...(needs.identity && needs.resource ? others.map((layer) => layer.note) : []),
    ...(names.length === 0 ? [] : [`It passes ${listed(names)}.`]),
    ...(decider?.layer === 'service' ? [] : ['Nothing denies it.']),
    ...combinationWhereItMatters(trace),
  ];
}

/** With one layer there is nothing to combine. */
function combinationWhereItMatters(trace: Trace): string[] {
  return trace.layers.length > 1 ? [trace.combination] : [];
}

/** True for a layer that allows and whose Allow grants something. */
function isGrant({ layer, verdict }: LayerTrace): boolean {
  return verdict === 'allows' && !isLimit(layer) && layer !== 'resource-control';
}

function isLimit(layer: Layer): boolean {
  return (
    layer === 'service-control' ||
    layer === 'permissions-boundary' ||
    layer === 'session' ||
    layer === 'vpc-endpoint'
  );
}

function whyDenied(trace: Trace, ruling: Ruling): string[] {
  const decider = trace.layers.find((layer) => layer.decided);
  if (decider === undefined) return [trace.combination];
  if (ruling.outcome === 'explicit-deny') return [decider.note];
  if (decider.layer === 'service' || decider.layer === 'root') {
    const grants = trace.layers.filter(isGrant).map(({ note }) => note);
    return [...grants, grants.length === 0 ? decider.note : `That does not help: ${decider.note}`];
  }
  const grantor = trace.layers.find((layer) => isGrant(layer) && !layer.decided);
  return [
    'Nobody said no, but somebody who had to say yes did not.',
    ...(grantor === undefined ? [] : [grantor.note]),
    decider.note,
    ...nearMiss(decider),
    ...combinationWhereItMatters(trace),
  ];
}

/** The Allow of the deciding layer that fits the action and fails at one element only: the usual mistake. */
function nearMiss(layer: LayerTrace): string[] {
  for (const policy of layer.policies) {
    for (const statement of policy.statements) {
      const failing = soleFailure(statement);
      if (failing !== null)
        return [`${statementName(statement)} of "${policy.name}" comes close: ${failing}`];
    }
  }
  return [];
}

function soleFailure(statement: StatementTrace): string | null {
  if (statement.effect !== 'Allow') return null;
  const failing = statement.elements.filter((element) => !element.matched);
  const [only] = failing;
  return failing.length === 1 && only !== undefined && !only.element.endsWith('Action') ? only.because : null;
}

function alsoBlocked(layers: readonly Layer[]): string[] {
  if (layers.length === 0) return [];
  return [`Even without that it would be denied, by ${listed(layers.map((layer) => layerName(layer)))}.`];
}

/** Names in a sentence: `the identity policy, the permissions boundary and the session policy`. */
function listed(names: readonly string[]): string {
  const named = names.map((name) => `the ${name}`);
  const last = named[named.length - 1] ?? '';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
}

function dependsOn(keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  return [
    `The request does not say ${keys.join(', ')}; with ${keys.length === 1 ? 'it' : 'them'} the answer may differ.`,
  ];
}
