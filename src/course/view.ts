import type { Layer } from '../iam/decision.ts';
import type { Asking } from '../shell/question.ts';
import type { Attempt, Session } from '../shell/session.ts';
import type { EditAsk } from './edit-ask.ts';

/**
 * What a player shows at one moment, for any surface: the terminal's panes draw it, the plain dialogue reads it
 * out. Made by `viewOf` from the player's snapshot; nothing else about a step reaches a screen.
 */
export interface StepView {
  readonly lesson: { readonly id: string; readonly title: string };
  /**
   * Where we are: step 3 of 9 in part "Scenario". The parts are concept pages, scenario, quiz; or questions of several
   * lessons are reviewed, or it is free play.
   */
  readonly part: 'concept' | 'scenario' | 'quiz' | 'closing' | 'review' | 'sandbox';
  readonly step: {
    readonly id: string;
    readonly title: string;
    readonly number: number;
    readonly of: number;
  };
  /** Markdown, in reading order: the step's text, then what has come of it so far (reveal, hints, replies). */
  readonly passages: readonly Passage[];
  /** For a task: every goal and how it stands. Empty otherwise. */
  readonly goals: readonly GoalView[];
  readonly ask: Ask;
  /** True when a page, step or question before this one can be read again. */
  readonly hasEarlier: boolean;
  /** True in a scenario without explanations: no surface shows how a request was decided. */
  readonly hidesWhy: boolean;
  /** The prompt's session; null outside the scenario. */
  readonly session: Session | null;
}

export interface Passage {
  readonly kind:
    | 'text'
    | 'reveal'
    | 'hint'
    | 'reply-right'
    | 'reply-wrong'
    | 'praise'
    | 'demo'
    | 'calibration'
    | 'advice';
  readonly markdown: string;
  /** For the reply to an option of a question: its number, from 1. */
  readonly option?: number;
}

export interface GoalView {
  readonly id: string;
  /** What is asked, in words. */
  readonly text: string;
  readonly state: 'met' | 'unmet' | 'unchecked';
  /** Set when it held earlier in this task and no longer does. */
  readonly broken?: true;
  /**
   * What happened instead, in a sentence or two. In a view only one open goal has it, once something was tried; that
   * it held before is said of every broken one.
   */
  readonly feedback: string | null;
}

/** What the learner is asked to do now. */
export type Ask =
  /** Enter goes on. */
  | { readonly kind: 'continue' }
  /** A page or step that was done is read again: Enter goes on to the one after it, up to the present one. */
  | { readonly kind: 'reread' }
  /** A worked example: Enter types and runs this line for the learner. */
  | { readonly kind: 'run'; readonly as: string; readonly line: string }
  /** One of the options, by number key or arrows and Enter. */
  | {
      readonly kind: 'choose';
      readonly question: string;
      readonly options: readonly string[];
      readonly request: RequestLine | null;
    }
  /** Commands at the prompt until the goals hold. `hints` is how many are left to ask for, of all that the task has. */
  | { readonly kind: 'task'; readonly hints: number; readonly hintsInAll: number }
  /** The lesson is over. `next` is the title of what to go on with; null when nothing comes after it. */
  | { readonly kind: 'end'; readonly next: string | null };

/** A request as it would be typed, and by whom. */
export interface RequestLine {
  readonly as: string;
  readonly run: string;
}

/** What a learner thought would happen. `rejected`: AWS does not accept the credentials, so no policy is asked. */
export type PredictedOutcome = 'allowed' | 'denied' | 'not-sent' | 'rejected';
export type Confidence = 'guess' | 'think' | 'sure';
export interface Prediction {
  readonly outcome: PredictedOutcome;
  /** Only for `denied`. */
  readonly layer: Layer | null;
  readonly confidence: Confidence;
}

/** A prediction beside what happened. */
export interface ObservedPrediction {
  readonly step: string;
  readonly prediction: Prediction;
  readonly observed: {
    readonly outcome: PredictedOutcome | 'error';
    readonly layers: readonly Layer[];
    readonly code: string | null;
  };
  readonly right: boolean;
}

/** What the learner does. The player's machine takes these and nothing else. */
export type PlayerEvent =
  /** Enter, where the ask is `continue`, `run` or `reread`. */
  | { readonly type: 'continued' }
  /** Reads the page or step before this one again. */
  | { readonly type: 'earlier.asked' }
  /** Goes back to the present step from one that is read again. */
  | { readonly type: 'reread.ended' }
  /** Index into the options of a `choose`. */
  | { readonly type: 'chosen'; readonly index: number }
  | { readonly type: 'line.entered'; readonly line: string }
  | { readonly type: 'file.saved'; readonly name: string; readonly content: string }
  | { readonly type: 'hint.asked' }
  /**
   * Goes on from the moment before the entry at `index` of the session's log. What came after is kept in a log file of
   * this name; with null in none.
   */
  | { readonly type: 'moment.chosen'; readonly index: number; readonly keepAs: string | null }
  /** A log file of the learner's own folder, which `load` asked for. */
  | { readonly type: 'log.found'; readonly name: string; readonly content: string }
  /** What a search found out about the present task, in Markdown. */
  | { readonly type: 'advice.found'; readonly advice: string };

/** What came of the last line, for the prompt pane and the decision view; not part of what is saved. */
export interface LastTurn {
  readonly line: string;
  readonly as: string;
  readonly output: string;
  readonly attempts: readonly Attempt[];
  readonly showDecision: number | null;
  /** What to open in an editor; null for nothing. It comes back as `savedEvent` says. */
  readonly edit: EditAsk | null;
  /** A file to write to or read from the folder in which the program was started; null for none. */
  readonly folder: FolderAsk | null;
  /** What the line asks before anything is done. It comes back with its answer as `line.entered`. Null for nothing. */
  readonly asks: Asking | null;
}

/** What a line asks of the learner's own folder. What was read comes back as `log.found`. */
export type FolderAsk =
  | { readonly kind: 'write'; readonly name: string; readonly content: string }
  | { readonly kind: 'read'; readonly name: string };
