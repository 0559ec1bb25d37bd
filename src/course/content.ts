import type { WorldSpec } from '../cloud/world-spec.ts';
import type { Layer } from '../iam/decision.ts';
import type { RequestLine } from './view.ts';

/**
 * Lessons and scenarios as the player takes them: plain JSON, made by `readScenario` and `readLesson` from what
 * authors write, stored in the package for our own content. Loading them needs neither YAML nor schemas.
 */
export interface CompiledCourse {
  /** In the order of the course. */
  readonly lessons: readonly CompiledLesson[];
  readonly scenarios: readonly CompiledScenario[];
}

export interface CompiledLesson {
  readonly id: string;
  readonly title: string;
  /** Place in the course, from 1. */
  readonly order: number;
  /** About how long lesson and scenario take together. */
  readonly minutes: number;
  readonly summary: string;
  /** Id of the scenario that belongs to it. */
  readonly scenario: string;
  /** Id of the challenge that comes after it; null when it has none. */
  readonly challenge: string | null;
  /** Address of the page of AWS to read next; null when none is named. */
  readonly readNext: string | null;
  readonly pages: readonly ConceptPage[];
  /** Hash of the file's text. */
  readonly version: string;
}

export interface ConceptPage {
  /** Its first heading, or the lesson's title. */
  readonly title: string;
  /** Without that heading. */
  readonly markdown: string;
}

export interface CompiledScenario {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly summary: string;
  /** Tasks alone, without hints: the learner finds the way. */
  readonly challenge: boolean;
  /** `why`, explanations and the way of a request are not shown: AWS's answers and the trail are all there is. */
  readonly hidesWhy: boolean;
  readonly world: WorldSpec;
  /** Name of who sits at the prompt. */
  readonly start: string;
  /** The workspace: file name to content. */
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly quiz: readonly Question[];
  /** Markdown shown on the last screen, such as a command that only reads, for an account of one's own; or null. */
  readonly closing: string | null;
  /** Hash of the file's text: tells a changed scenario from the one progress was saved with. */
  readonly version: string;
}

export type Step = SayStep | PredictStep | TaskStep | QuestionStep;

interface StepText {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** Requests that claims in the texts are about, besides the step's own. */
  readonly requests: Readonly<Record<string, RequestLine>>;
}

export interface SayStep extends StepText {
  readonly kind: 'say';
  readonly demo: readonly DemoLine[];
}

export interface PredictStep extends StepText {
  readonly kind: 'predict';
  /** Run before the question, one at a time, shown. */
  readonly first: readonly DemoLine[];
  readonly request: RequestLine;
  readonly reveal: string;
  /** The wrong idea that a wrong prediction shows; null when none is named. */
  readonly misconception: string | null;
}

export interface TaskStep extends StepText {
  readonly kind: 'task';
  /** Who sits at the prompt when it begins. */
  readonly as: string;
  readonly goals: readonly Goal[];
  readonly hints: readonly Hint[];
  readonly solution: readonly AuthorLine[];
  readonly alternatives: readonly Alternative[];
  readonly nearMisses: readonly NearMiss[];
}

export interface QuestionStep extends StepText {
  readonly kind: 'question';
  readonly options: readonly Option[];
}

export interface DemoLine extends RequestLine {
  /** Markdown, shown once the line has been run. */
  readonly note: string | null;
}

/** What an author does at the prompt: a line as somebody, or a file of the workspace written. */
export type AuthorLine =
  | ({ readonly kind: 'line' } & RequestLine)
  | { readonly kind: 'file'; readonly name: string; readonly content: string };

export interface Goal {
  readonly id: string;
  readonly text: string;
  /** Run first, in a copy of the world. */
  readonly given: readonly RequestLine[];
  readonly request: RequestLine;
  readonly expect: Expectation;
  /** For `denied`: one of these layers must block; empty when any will do. */
  readonly because: readonly Layer[];
  readonly reply: string;
}

/** What a request is expected to come to; `code` is AWS's error code. */
export type Expectation =
  | { readonly outcome: 'allowed' | 'denied' | 'not-sent' | 'rejected' }
  | { readonly outcome: 'error'; readonly code: string };

export interface Hint {
  /** Id of the goal that must be unmet for this hint to be given; null for always. */
  readonly when: string | null;
  readonly text: string;
}

export interface Alternative {
  readonly name: string;
  readonly run: readonly AuthorLine[];
}

export interface NearMiss extends Alternative {
  /** Id of the goal it must fail. */
  readonly fails: string;
}

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly options: readonly Option[];
  /** Id of the step to read again; null when none is named. */
  readonly reread: string | null;
}

export interface Option {
  readonly text: string;
  readonly right: boolean;
  /** The wrong idea it shows; null for the right one. */
  readonly misconception: string | null;
  readonly reply: string;
}
