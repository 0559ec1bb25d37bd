import type { InParts } from '../cloud/in-parts.ts';
import type { LastTurn, PlayerEvent, StepView } from '../course/view.ts';
import type { ServiceData } from '../iam/index.ts';

/** A lesson as the home screen lists it. */
export interface LessonCard {
  readonly id: string;
  readonly title: string;
  /** One or two sentences. */
  readonly summary: string;
  /** Words of its pages and steps in lower case, for the search; left out where they are not known. */
  readonly words?: string;
  /** Estimated minutes for the whole lesson. */
  readonly minutes: number;
  /** Name of the instructor's course it belongs to; left out for the program's own lessons, which come first. */
  readonly course?: string;
  /** Left out for a lesson. For a challenge the id of the lesson it comes after; null when it comes after all. */
  readonly challengeOf?: string | null;
  /** How many of its questions and predictions are due for review. */
  readonly due: number;
  /** True once it was played to its closing screen, also while it is played once more. */
  readonly isFinished: boolean;
  readonly progress: LessonProgress;
}

export type LessonProgress =
  | { readonly state: 'new' }
  /** `done` of `steps` steps; `where` says where Enter goes: `Scenario, step 3 of 9: Who may read?`. */
  | { readonly state: 'begun'; readonly done: number; readonly steps: number; readonly where: string }
  /** Played to its closing screen. `score` is of the quiz, such as `4 of 5`; null when nothing was counted. */
  | { readonly state: 'mastered'; readonly score: string | null };

/** A lesson being played: an immutable value; `send` gives the next one and does nothing else. */
export interface Play {
  readonly lesson: string;
  /** Id of the lesson or challenge to go on with when it is over; null when there is none. */
  readonly following: string | null;
  readonly view: StepView;
  /** What came of the last line; null before the first one and after a step began. */
  readonly last: LastTurn | null;
  /** Pure: an event that does not fit the present ask gives the same play back. */
  send(event: PlayerEvent): Play;
}

/** What the surfaces need of the course and of the learner's progress. Given by the command line. */
export interface CoursePort {
  /** Lessons in the course's order, as things stand now. Cheap: the home screen's first frame needs only this. */
  lessons(): readonly LessonCard[];
  /** The lesson to begin with: begun last, or the first new one. Null when there are none. */
  next(): string | null;
  /** What is due for review, as things stand now. Cheap, too. */
  due(): DueForReview;
  /**
   * Opens a lesson where it was left, or from its beginning with `anew`. Loads whatever it needs, so that
   * starting up does not. `notice` is a sentence for the learner, such as that the scenario's file has changed.
   */
  open(lesson: string, from: 'where-left' | 'anew'): Promise<OpenedLesson>;
  /**
   * Opens free play in the world of a lesson's scenario; with null, in an account with an administrator and nothing
   * else. Its id is `sandboxId(lesson)`.
   */
  sandbox(lesson: string | null): Promise<OpenedLesson>;
  /** Opens a review of what is due; a problem when nothing is. */
  review(): Promise<OpenedLesson>;
  /** Opens the quiz of a lesson by itself; with null, some questions of all lessons that were played. */
  quiz(lesson: string | null): Promise<OpenedLesson>;
  /** Keeps where this play is. Resolves with a sentence for the learner when it could not be written, else null. */
  keep(play: Play): Promise<string | null>;
  /** Searches, a part at a time, for what can be said of this play, such as that it grants too much; null for nothing. */
  advise(play: Play): InParts<PlayerEvent | null>;
}

/** Questions and predictions that come back. */
export interface DueForReview {
  /** How many are due now. */
  readonly count: number;
  /** When the next one is, when none is due now, such as `tomorrow`; null when there are none at all. */
  readonly next: string | null;
}

/** What is due for review, as a sentence or two. */
export function dueText({ count, next }: DueForReview): string {
  if (count > 0) return `${count === 1 ? '1 question is' : `${count} questions are`} due for review.`;
  return next === null
    ? 'Nothing is due for review. What you answer in a lesson comes back here after some days.'
    : `Nothing is due for review. The next question comes back ${next}.`;
}

/** What a sandbox is called among plays. */
export function sandboxId(lesson: string | null): string {
  return `sandbox:${lesson ?? ''}`;
}

export type OpenedLesson =
  | { readonly play: Play; readonly notice: string | null }
  /** What is wrong and what to do, in a sentence or two. */
  | { readonly problem: string };

/** Opens `$VISUAL` or `$EDITOR` on a temporary file. The terminal is handed over before and taken back after. */
export type EditorPort = (file: {
  readonly name: string;
  readonly content: string;
}) => Promise<{ readonly content: string } | { readonly problem: string }>;

/** The folder in which the program was started. Only what the learner asked for at the prompt goes there. */
export interface FolderPort {
  /** Writes a new file and overwrites none. Resolves with a sentence that says where it is, or why it is nowhere. */
  write(file: { readonly name: string; readonly content: string }): Promise<string>;
  /** Null when there is no file of this name. */
  read(name: string): Promise<{ readonly content: string } | { readonly problem: string } | null>;
}

/** The part of `process` that a terminal program needs: signals and the moment before exit. */
export interface ProcessPort {
  on(event: string, listener: (...args: unknown[]) => void): unknown;
  off(event: string, listener: (...args: unknown[]) => void): unknown;
  /** Sends a signal to the foreground process group, as `process.kill(0, signal)` does. */
  stop(): void;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything the terminal UI works with. */
export interface AppOptions {
  readonly course: CoursePort;
  readonly edit: EditorPort;
  readonly folder: FolderPort;
  /** What AWS publishes about its services, for the policy editor. Null when it is not at hand. */
  readonly services: () => Promise<ServiceData | null>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly process: ProcessPort;
  readonly env: Environment;
  readonly start: Start;
  /**
   * Calls `changed` when the lesson to begin with is another one by now, and gives a function that ends it; null
   * when lessons do not change. It is opened again then where it was left.
   */
  readonly watch: ((changed: () => void) => () => void) | null;
  /** A sentence to show on the first screen, such as that a damaged progress file was set aside; else null. */
  readonly notice: string | null;
}

/** Where a surface begins: with the list of lessons, in one of them or its quiz, in a review, or in free play. */
export type Start =
  /** `at` is the id of the lesson to mark; what is next when it is left out. */
  | { readonly kind: 'home'; readonly at?: string }
  | { readonly kind: 'review' }
  | { readonly kind: 'quiz'; readonly lesson: string | null }
  | { readonly kind: 'lesson'; readonly lesson: string }
  | { readonly kind: 'sandbox'; readonly lesson: string | null };

/** Everything the plain dialogue works with. */
export interface PlainOptions {
  readonly course: CoursePort;
  readonly edit: EditorPort;
  readonly folder: FolderPort;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly start: Start;
  /** As in `AppOptions`. */
  readonly watch: AppOptions['watch'];
  readonly notice: string | null;
}
