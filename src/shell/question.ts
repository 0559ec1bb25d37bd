import type { Answer } from '../cloud/answer.ts';
import type { Ending, PlannedRequest } from './plan.ts';

/** What a command asks whoever typed it, before it goes on. */
export interface Question {
  /** In the command's own words, up to where the answer is typed: `AWS Access Key ID [None]: `. */
  readonly question: string;
  /** What the command says before it asks, such as what there is to choose from. */
  readonly before?: string;
  /** How to answer, in a sentence of our own; left out where the question says it. */
  readonly advice?: string;
  /** The answer is not shown while it is typed. */
  readonly isHidden?: true;
  /** What may be answered, where it is known: Tab completes it. */
  readonly choices?: readonly string[];
  /** Why something is no answer, in a sentence or two; null when it is one. Every text is, when left out. */
  readonly problemWith?: (answer: string) => string | null;
}

/** What a line is handed for what it asked for: what was typed, or what AWS answered. */
export type Reply = string | Answer;

/** A line that asks whoever typed it, and sends nothing. */
export type Interview = Generator<Question, Ending, Reply>;

/** A line that asks whoever typed it, and sends requests that have yet to be signed. */
export type AskingPlan = Generator<PlannedRequest | Question, Ending, Reply>;

/** Asks, and gives what was typed, without blanks around it. */
export function* asked(question: Question): Generator<Question, string, Reply> {
  const reply = yield question;
  if (typeof reply !== 'string') throw new Error(`“${question.question}” was answered by AWS.`);
  return reply;
}

/** Sends a request and gives what AWS answered. */
export function* sent<Request>(request: Request): Generator<Request, Answer, Reply> {
  const reply = yield request;
  if (typeof reply === 'string') throw new Error('A request was answered by who typed the line.');
  return reply;
}

/** Where a line stands that asks and has no answer yet. Plain JSON. */
export interface Asking {
  /** The line with what was answered so far. */
  readonly line: string;
  /** The questions before this one with their answers, as the terminal shows them; empty when it is the first. */
  readonly said: string;
  /** What comes before the question, in rows; empty for nothing. */
  readonly before: string;
  readonly question: string;
  /** How to answer; empty where the question says it. */
  readonly advice: string;
  readonly isHidden: boolean;
  readonly choices: readonly string[];
  /** Why what was typed last is no answer; null when nothing was. */
  readonly problem: string | null;
}
