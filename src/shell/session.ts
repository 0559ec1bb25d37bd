import type { Actor } from '../cloud/actor.ts';
import type { Answer, ApiRequest } from '../cloud/answer.ts';
import type { World } from '../cloud/world.ts';
import type { OpenedPolicy } from './edit/policy-target.ts';
import type { Machine } from './machine.ts';
import type { Asking } from './question.ts';

/** What the prompt stands in: the world, who sits there, and the files of the scenario's workspace. */
export interface Moment {
  readonly world: World;
  readonly actor: Actor;
  /** File name to content: what `file://` finds. */
  readonly files: Readonly<Record<string, string>>;
  /** What actors set up where they sit, by machine. Left out as long as nobody did. */
  readonly machines?: Readonly<Record<string, Machine>>;
  /** The URL that was presigned last, which is long to type. Left out as long as none was. */
  readonly presigned?: string;
}

/** What was done at the prompt, enough to do it again. Plain JSON. */
export type LogEntry =
  | { readonly kind: 'line'; readonly actor: Actor; readonly line: string }
  /** A file written with an editor. */
  | { readonly kind: 'file'; readonly name: string; readonly content: string };

/**
 * A session at the prompt. `log[i]` was done at `moments[i]`, so undo, reset and the traces of `why` are
 * look-ups. Never changed in place; moments share what did not change.
 */
export interface Session {
  readonly now: Moment;
  readonly log: readonly LogEntry[];
  readonly moments: readonly Moment[];
  /** Length of the log where the present step began: `undo` and `reset` go back no further. */
  readonly mark: number;
  /** What `undo` and `reset` took back and `redo` can bring again, the latest last. Something new empties it. */
  readonly undone: readonly TakenBack[];
  /** Log files that `save` wrote, by name. They are no part of the world, so that they outlive an `undo`. */
  readonly logs: Readonly<Record<string, string>>;
}

/** The end of a log that was taken back, with its moments and the one it led to. */
export interface TakenBack {
  readonly log: readonly LogEntry[];
  readonly moments: readonly Moment[];
  readonly now: Moment;
}

/** A request that a line made, and what became of it. */
export interface Attempt {
  readonly actor: Actor;
  readonly request: ApiRequest;
  readonly answer: Answer;
}

/** What a line asks of the screen beyond text. */
export type ShellEffect =
  | { readonly kind: 'none' }
  /** `why [n]`: show this event's decision. */
  | { readonly kind: 'show-decision'; readonly event: number }
  /** `edit <file>`: open it in an editor, and come back with `writeFile`. */
  | { readonly kind: 'edit-file'; readonly name: string }
  /** `edit <policy>`: open it in an editor, and come back with the line of `savingLine`. */
  | { readonly kind: 'edit-policy'; readonly policy: OpenedPolicy }
  /** `save <file>`: offer this file to the learner, outside the workspace. */
  | { readonly kind: 'export-file'; readonly name: string; readonly content: string }
  /** `load <file>` of a file that is not in the workspace: look for it outside, and come back with `loadFile`. */
  | { readonly kind: 'import-file'; readonly name: string }
  | { readonly kind: 'clear' };

/** What came of one line. */
export interface Turn {
  readonly session: Session;
  /** Text as the terminal would show it, without a newline at its end. May be empty. */
  readonly output: string;
  /** As the AWS CLI exits: 0, 252 for a line it cannot parse, 253 without credentials, 254 for an error from AWS. */
  readonly exit: number;
  /** The requests the line sent or would have sent, in order; `aws s3 cp` makes two. */
  readonly attempts: readonly Attempt[];
  readonly effect: ShellEffect;
  /** What the line still asks for: nothing was done then. Null when it asks for nothing. */
  readonly asks: Asking | null;
}
