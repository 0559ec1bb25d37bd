import type { Examination, ExaminedCheck } from '../cloud/index.ts';
import type { Decision, LayerTrace, Outcome } from '../iam/decision.ts';
import { layerName } from '../iam/index.ts';
import { printable } from './printable.ts';
import { statementText } from './statement-text.ts';

const OUTCOME: Readonly<Record<Outcome, string>> = {
  allowed: 'allowed',
  'implicit-deny': 'denied: what had to allow it did not (implicit deny)',
  'explicit-deny': 'denied: a statement says no (explicit deny)',
};

const VERDICT: Readonly<Record<LayerTrace['verdict'], string>> = {
  allows: 'allows',
  denies: 'denies',
  silent: 'says nothing',
  off: 'does not apply',
};

/** How many statements of one layer are shown that did not match. */
const MOST_MISSES = 4;

/** How a request was decided, as plain text that reads well aloud: every permission, layer by layer. */
export function decisionText(examination: Examination): string {
  switch (examination.kind) {
    case 'unsupported':
      return printable(`Not decided: ${examination.refusal.error.message}`);
    case 'not-sent':
      return printable(
        `Never sent: ${examination.message}\nNo principal, no decision, nothing in the trail.`,
      );
    case 'rejected':
      return printable(
        `AWS did not accept the credentials (${examination.error.code}): ${examination.error.message}\nThey prove nobody, so no policy was looked at.`,
      );
    case 'examined':
      return printable(checksText(examination));
  }
}

function checksText({ checks, caller, operation }: Extract<Examination, { kind: 'examined' }>): string {
  const principal = caller.arn;
  if (checks.length === 0)
    return `Principal: ${principal}\nNo permission was asked for, so no policy was looked at.`;
  const count =
    checks.length === 1
      ? ''
      : `\n${checks.length} permissions were checked. ${operation.piecewise ? 'Each is decided by itself.' : 'All must be allowed.'}`;
  const parts = checks.map((check, index) =>
    checkText(check, checks.length === 1 ? 'Permission' : `Permission ${index + 1} of ${checks.length}`),
  );
  return [`Principal: ${principal}${count}`, ...parts].join('\n\n');
}

function checkText({ needed, decision }: ExaminedCheck, heading: string): string {
  const { layers, combination } = decision.trace();
  const also =
    decision.alsoBlockedBy.length === 0
      ? []
      : [`Also denied by: ${decision.alsoBlockedBy.map(layerName).join(', ')}.`];
  return [
    `${heading}: ${needed.action} on ${needed.resource}`,
    `Decision: ${outcomeOf(decision)}.`,
    `Decided by: ${decider(decision)}.`,
    ...also,
    'Layers, in order:',
    ...layers.flatMap((layer, index) => [layerText(layer, index + 1), ...missesText(layer)]),
    ...(combination === '' ? [] : [`Together: ${combination}`]),
    ...layers.flatMap(decidingText),
  ].join('\n');
}

function outcomeOf({ decision, decidedBy }: Decision): string {
  const isRule = decidedBy === 'service' || decidedBy === 'root';
  return decision === 'implicit-deny' && isRule
    ? 'denied: no policy says no, and a rule that is no policy does (implicit deny)'
    : OUTCOME[decision];
}

/** What decided, in a few words: the layer, its policy, and its statement where that has a name. */
export function decider({ decidedBy, policy, statement }: Decision): string {
  const inPolicy = policy === null ? '' : `, policy ${policy}`;
  return `${layerName(decidedBy)}${inPolicy}${typeof statement === 'string' ? `, statement ${statement}` : ''}`;
}

function layerText({ layer, target, verdict, decided, note }: LayerTrace, number: number): string {
  const at = target === null ? '' : ` (${target})`;
  return `  ${number}. ${layerName(layer)}${at}: ${VERDICT[verdict]}${decided ? ', and decides' : ''}. ${note}`;
}

/** For a layer that says nothing: what keeps each of its statements from matching. */
function missesText({ verdict, policies }: LayerTrace): readonly string[] {
  if (verdict !== 'silent') return [];
  const misses = policies.flatMap(({ name, statements }) =>
    statements.flatMap(({ sid, elements }) => {
      const miss = elements.find(({ matched }) => !matched);
      const where = sid === null ? name : `${name}, statement ${sid}`;
      return miss === undefined ? [] : [`     ${where} does not match. ${miss.element}: ${miss.because}`];
    }),
  );
  const left = misses.length - MOST_MISSES;
  return left > 0 ? [...misses.slice(0, MOST_MISSES), `     And ${left} more that do not match.`] : misses;
}

function decidingText({ policies }: LayerTrace): readonly string[] {
  return policies.flatMap((policy) =>
    policy.statements
      .filter(({ decided }) => decided)
      .flatMap((statement) => statementText(policy, statement)),
  );
}
