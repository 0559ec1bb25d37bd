import type { Examination } from '../cloud/index.ts';
import { actorName, findActor, formerActor } from '../cloud/index.ts';
import type { Layer } from '../iam/decision.ts';
import { layerName } from '../iam/index.ts';
import { eventInspection, runLine } from '../shell/index.ts';
import type { Attempt, Session, Turn } from '../shell/session.ts';
import { splitCommands } from './commands.ts';
import { filledIn } from './placeholders.ts';
import type { RequestLine } from './view.ts';

/** What became of a line, as a prediction, a goal or a claim speaks of it. Plain JSON. */
export interface Observation {
  readonly outcome: 'allowed' | 'denied' | 'not-sent' | 'rejected' | 'error';
  /** Every layer that blocks; empty unless denied. */
  readonly layers: readonly Layer[];
  /** AWS's error code; null when the request went through or was never sent. */
  readonly code: string | null;
}

/**
 * Runs an author's line as the actor it names, on whatever session is given. Several commands run one after the
 * other; the last one's turn is the answer. Who holds a session that has run out asks all the same, and is rejected. Null
 * when nobody of that name is there.
 */
export function runAs(session: Session, { as, run }: RequestLine): Turn | null {
  let turn: Turn | null = null;
  for (const command of splitCommands(run)) {
    const before: Session = turn?.session ?? session;
    const { world } = before.now;
    const actor = findActor(world, as) ?? formerActor(world, as);
    if (actor === undefined) return null;
    turn = runLine(before, filledIn(command, world), actor);
  }
  return turn;
}

/** What a line came to. A line that makes several requests came to what the first one that did not succeed did. */
export function observe(turn: Turn): Observation {
  const answer = decisive(turn)?.answer;
  if (answer === undefined) return { outcome: 'error', layers: [], code: null };
  switch (answer.kind) {
    case 'done':
      return { outcome: 'allowed', layers: [], code: null };
    case 'unsupported':
      return { outcome: 'error', layers: [], code: null };
    case 'not-sent':
      return { outcome: 'not-sent', layers: [], code: null };
    case 'denied':
      return {
        outcome: 'denied',
        layers: blocking(eventInspection(turn.session, answer.event)),
        code: codeOf(turn, answer.event, answer.error.code),
      };
    case 'rejected':
    case 'failed':
      return {
        outcome: answer.kind === 'rejected' ? 'rejected' : 'error',
        layers: [],
        code: codeOf(turn, answer.event, answer.error.code),
      };
  }
}

/** What a line came to and why, in a sentence or two of Markdown: the engine's explanation where it decided. */
export function explain(turn: Turn): string {
  const attempt = decisive(turn);
  if (attempt === undefined) return `No request came of this line: ${turn.output}`;
  const { answer } = attempt;
  switch (answer.kind) {
    case 'unsupported':
      return `This cannot be decided here: ${answer.refusal.error.message}`;
    case 'not-sent':
      return `Nothing was sent: ${answer.message}`;
    case 'rejected':
      return `AWS did not accept the credentials (\`${codeOf(turn, answer.event, answer.error.code)}\`), so no policy was asked.`;
    case 'failed':
      return failureText(answer.error);
    case 'denied':
      return explainDenial(eventInspection(turn.session, answer.event));
    case 'done':
      return explainGrant(
        eventInspection(turn.session, answer.event),
        actorName(turn.session.now.world, attempt.actor),
      );
  }
}

/** A request that AWS allowed and could not carry out. */
export interface Failure {
  /** Such as `ec2:TerminateInstances`. */
  readonly operation: string;
  /** What AWS said, in a sentence of Markdown. */
  readonly text: string;
}

/** What AWS allowed of a line and could not carry out; null when it was not so. */
export function failureOf(turn: Turn): Failure | null {
  const attempt = decisive(turn);
  return attempt?.answer.kind === 'failed'
    ? { operation: attempt.request.operation, text: failureText(attempt.answer.error) }
    : null;
}

function failureText({ code, message }: { readonly code: string; readonly message: string }): string {
  return `AWS allowed it and could not do it (\`${code}\`): ${message.replace(/[^.!?]$/, '$&.')}`;
}

/** An observation in a few words: `denied, by the permissions boundary`. */
export function observationText({ outcome, layers, code }: Observation): string {
  switch (outcome) {
    case 'allowed':
      return 'allowed';
    case 'not-sent':
      return 'never sent';
    case 'rejected':
      return `rejected: AWS answered \`${code}\`, and asked no policy`;
    case 'error':
      return code === null ? 'no request was made' : `neither: AWS answered \`${code}\``;
    case 'denied':
      return layers.length === 0 ? 'denied' : `denied, by the ${layers.map(layerName).join(' and by the ')}`;
  }
}

function decisive({ attempts }: Turn): Attempt | undefined {
  return attempts.find(({ answer }) => answer.kind !== 'done') ?? attempts.at(-1);
}

function blocking(examination: Examination | undefined): readonly Layer[] {
  if (examination?.kind !== 'examined') return [];
  const denied = examination.checks.filter(({ decision }) => decision.decision !== 'allowed');
  return [...new Set(denied.flatMap(({ decision }) => [decision.decidedBy, ...decision.alsoBlockedBy]))];
}

function explainDenial(examination: Examination | undefined): string {
  const checks = examination?.kind === 'examined' ? examination.checks : [];
  return (
    checks.find(({ decision }) => decision.decision !== 'allowed')?.decision.explanation ?? 'It was denied.'
  );
}

/** Who could do what, and which statement of which policy grants it. */
function explainGrant(examination: Examination | undefined, who: string): string {
  const checks = examination?.kind === 'examined' ? examination.checks : [];
  const granted = checks.map(({ needed, decision }) => {
    const by = decision.policy === null ? `the ${layerName(decision.decidedBy)}` : `\`${decision.policy}\``;
    return `\`${needed.action}\` on \`${needed.resource}\` (granted by ${by}${statementText(decision.statement)})`;
  });
  return granted.length === 0
    ? `\`${who}\` may do this: it needs no permission.`
    : `\`${who}\` may do ${granted.join(' and ')}.`;
}

/** A statement by its Sid, or counted from 1 as people do. */
function statementText(statement: string | number | null): string {
  if (statement === null) return '';
  return typeof statement === 'string'
    ? `, statement \`${statement}\``
    : `, statement number ${statement + 1}`;
}

/** The code as the trail has it: an answer without a body shows its caller only an HTTP status. */
function codeOf({ session }: Turn, event: number, shown: string): string {
  const outcome = session.now.world.trail.find(({ number }) => number === event)?.outcome;
  return outcome === undefined || outcome.kind === 'done' ? shown : outcome.code;
}
