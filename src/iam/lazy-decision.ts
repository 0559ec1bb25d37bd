import type { Decision, Layer, Outcome, Trace } from './decision.ts';
import { explain } from './explanation.ts';
import { accessDeniedMessage } from './message.ts';
import { missingKeys } from './missing-context.ts';
import type { Question } from './question.ts';
import type { Ruling } from './ruling.ts';
import { traceOf } from './trace.ts';

/** A decision that works out its message, explanation and trace when first asked for. */
export class LazyDecision implements Decision {
  readonly id: string | null;
  readonly decision: Outcome;
  readonly decidedBy: Layer;
  readonly alsoBlockedBy: readonly Layer[];
  private readonly question: Question;
  private readonly ruling: Ruling;

  constructor(question: Question, ruling: Ruling) {
    this.id = question.id;
    this.decision = ruling.outcome;
    this.decidedBy = ruling.decidedBy;
    this.alsoBlockedBy = ruling.alsoBlockedBy;
    this.question = question;
    this.ruling = ruling;
  }

  get policy(): string | null {
    return this.ruling.decider?.entry.name ?? null;
  }

  get statement(): string | number | null {
    const statement = this.ruling.decider?.statement;
    return statement === undefined ? null : (statement.sid ?? statement.index);
  }

  get message(): string | null {
    return accessDeniedMessage(this.question, this.ruling);
  }

  get explanation(): string {
    return explain(this.question, this.ruling);
  }

  get missingContext(): readonly string[] {
    return missingKeys(this.question);
  }

  trace(): Trace {
    return traceOf(this.question, this.ruling);
  }

  /** So that a decision can be printed as it is. */
  toJSON(): Record<string, unknown> {
    return decisionFields(this);
  }
}

/** The fields of a decision as `walkthrough decide` prints them, without the trace. */
export function decisionFields(one: Decision): Record<string, unknown> {
  const { id, decision, decidedBy, alsoBlockedBy, policy, statement } = one;
  const { message, explanation, missingContext } = one;
  return {
    id,
    decision,
    decidedBy,
    alsoBlockedBy,
    policy,
    statement,
    message,
    explanation,
    missingContext,
  };
}
