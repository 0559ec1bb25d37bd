import type { Examination } from '../cloud/index.ts';
import type { EditAsk } from '../course/edit-ask.ts';
import type { FolderAsk, LastTurn, StepView } from '../course/view.ts';
import { eventInspection, linesOf } from '../shell/index.ts';
import type { Attempt, Session } from '../shell/session.ts';
import type { Changes } from './changes.ts';
import type { WordFocus } from './chosen-word.ts';
import type { DecisionFocus } from './decision.ts';
import { keepAskOf } from './keep-ask.ts';
import type { Context } from './keys.ts';
import type { Split } from './layout.ts';
import { emptyLine, type LineEditor } from './line-editor.ts';
import type { PolicyEditing } from './policy-editor.ts';
import type { Play } from './ports.ts';
import type { TimelineFocus } from './timeline.ts';
import { entryOf, type TranscriptEntry } from './transcript.ts';

export type Pane = 'lesson' | 'account' | 'changes' | 'timeline' | 'decision' | 'editor' | 'prompt';

/** Everything a player's screen shows. Replaced, never changed. */
export interface PlayerState {
  readonly play: Play;
  /** The line that is typed; while something is asked, the answer. */
  readonly editor: LineEditor;
  /** What the line that was entered asks before anything is done; null while nothing is asked. */
  readonly asking: LastTurn['asks'];
  /** What was run since the lesson was opened, oldest first. */
  readonly transcript: readonly TranscriptEntry[];
  /** The option under the marker of a `choose`. */
  readonly choice: number;
  readonly focus: Pane;
  /** What the upper pane shows where panes take turns, and the right one where they stand together. */
  readonly upper: Exclude<Pane, 'prompt' | 'editor'>;
  readonly zoomed: boolean;
  readonly split: Split;
  /** First row shown; for the prompt, rows up from its end. */
  readonly scroll: Readonly<Record<Exclude<Pane, 'editor'>, number>>;
  readonly decision: DecisionFocus | null;
  /** How many layers of the decision are lit while the request travels through them; null when it has arrived. */
  readonly lit: number | null;
  /** What the last change, or the two moments that were compared, opened and closed. */
  readonly changes: Changes | null;
  /** Where the timeline stands while it is looked at. */
  readonly timeline: TimelineFocus | null;
  /** The word of the lesson that is read about; null while none is. */
  readonly word: WordFocus | null;
  /** What is edited in place; null while nothing is. */
  readonly editing: PolicyEditing | null;
  /** Completions to choose from, shown until the next key. */
  readonly candidates: readonly string[];
  /** The last request made, for the picture. */
  readonly attempt: Attempt | null;
}

/** What a key asks of the world outside the reducer. */
export type PlayerEffect =
  | { readonly kind: 'keep' }
  | { readonly kind: 'leave' }
  /** Says, until the next key, why a key did nothing. */
  | { readonly kind: 'notice'; readonly words: string }
  /** Reads or writes a file of the learner's folder, and comes back with `folderAnswered`. */
  | { readonly kind: 'folder'; readonly ask: FolderAsk; readonly turn: LastTurn }
  /** Leaves for another lesson. */
  | { readonly kind: 'go-on'; readonly lesson: string }
  /** Hands the text to the learner's own editor, and comes back with `saveEdited`. */
  | { readonly kind: 'edit'; readonly ask: EditAsk; readonly name: string; readonly content: string };

export interface PlayerStep {
  readonly state: PlayerState;
  readonly effects: readonly PlayerEffect[];
}

/** A step that asks nothing of the world. */
export function still(state: PlayerState): PlayerStep {
  return { state, effects: [] };
}

/** The state of a play just opened. */
export function openPlayer(play: Play): PlayerState {
  return {
    play,
    editor: emptyLine(play.view.session === null ? [] : linesOf(play.view.session)),
    asking: null,
    transcript: play.last === null || play.last.asks !== null ? [] : [entryOf(play.view.step.id, play.last)],
    choice: 0,
    focus: 'prompt',
    upper: 'lesson',
    zoomed: false,
    split: { columns: 0, rows: 0 },
    scroll: { lesson: 0, account: 0, changes: 0, timeline: 0, decision: 0, prompt: 0 },
    decision: null,
    lit: null,
    changes: null,
    timeline: null,
    word: null,
    editing: null,
    candidates: [],
    attempt: play.last?.attempts.at(-1) ?? null,
  };
}

/** What the upper pane shows while the prompt has the focus: the lesson; in free play, what changes. */
export function restingPane(view: StepView): PlayerState['upper'] {
  return view.part === 'sandbox' ? 'account' : 'lesson';
}

/** The panes above or beside the prompt that have something to show, in their order. */
export function openPanes({ changes, timeline, decision }: PlayerState): readonly PlayerState['upper'][] {
  return [
    'lesson',
    'account',
    ...(changes === null ? [] : (['changes'] as const)),
    ...(timeline === null ? [] : (['timeline'] as const)),
    ...(decision === null ? [] : (['decision'] as const)),
  ];
}

/** Where a key means something now, most particular first. */
export function contextsOf(state: PlayerState): readonly Context[] {
  if (state.editing !== null) return ['editor', 'everywhere'];
  if (state.word !== null) return ['words', 'everywhere'];
  const keepAsk = keepAskOf(state);
  if (keepAsk !== null) return [keepAsk.kind, 'everywhere'];
  return [...particular(state), 'player', 'everywhere'];
}

function particular(state: PlayerState): readonly Context[] {
  if (state.focus === 'decision') return ['decision'];
  if (state.focus === 'timeline') return ['timeline', 'text-pane'];
  if (state.focus !== 'prompt') return ['text-pane'];
  switch (state.play.view.ask.kind) {
    case 'continue':
      return ['read'];
    case 'reread':
      return ['reread', 'read'];
    case 'task':
      if (state.asking !== null) return ['asking'];
      return state.editor.text === '' ? ['task-empty', 'task'] : ['task'];
    default:
      return [state.play.view.ask.kind];
  }
}

/** True where characters are typed into the prompt. */
export function isTyping(state: PlayerState): boolean {
  return state.play.view.ask.kind === 'task';
}

// Keys, panes and footer ask for the same one, and each time its request is sent once more.
const examined = new WeakMap<Session, { event: number; examination: Examination | undefined }>();

/** The examination behind the decision in view; undefined when there is none. */
export function examinationOf(state: PlayerState): Examination | undefined {
  const { session } = state.play.view;
  if (session === null || state.decision === null) return undefined;
  const { event } = state.decision;
  const known = examined.get(session);
  if (known?.event === event) return known.examination;
  const examination = eventInspection(session, event);
  examined.set(session, { event, examination });
  return examination;
}
