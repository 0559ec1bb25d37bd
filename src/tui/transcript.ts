import { actorName } from '../cloud/index.ts';
import type { LastTurn } from '../course/view.ts';
import type { Session } from '../shell/session.ts';
import type { PlayerState } from './player-state.ts';

/** How many lines with their answers are kept: more than any screen shows. */
const KEPT = 40;

/** A line that was run, as the prompt's pane shows it. */
export interface TranscriptEntry {
  /** Id of the step in which it was run. */
  readonly step: string;
  readonly as: string;
  readonly line: string;
  readonly output: string;
  /** Where the line was typed, while what it comes to is still being found out; null once that is there. */
  readonly asked: Session | null;
}

/** A line that was run in this step. */
export function entryOf(step: string, last: LastTurn): TranscriptEntry {
  // What `why` says stands in the decision view.
  const output = last.showDecision === null ? last.output : '';
  return { step, as: last.as, line: last.line, output, asked: null };
}

/** The transcript with one more entry. */
export function withEntry(
  transcript: readonly TranscriptEntry[],
  entry: TranscriptEntry,
): readonly TranscriptEntry[] {
  return [...transcript.slice(1 - KEPT), entry];
}

/** More to say of a line that was run: below what it said by itself. The same state when it is gone from sight. */
export function sayOf(state: PlayerState, { line }: LastTurn, sentence: string): PlayerState {
  return sayAt(
    state,
    state.transcript.findLastIndex((entry) => entry.line === line),
    sentence,
  );
}

/** More to say of the line that was run last. */
export function sayBelow(state: PlayerState, sentence: string): PlayerState {
  return sayAt(state, state.transcript.length - 1, sentence);
}

function sayAt(state: PlayerState, at: number, sentence: string): PlayerState {
  const entry = state.transcript[at];
  if (entry === undefined) return state;
  const output = entry.output === '' ? sentence : `${entry.output}\n${sentence}`;
  return { ...state, transcript: state.transcript.with(at, { ...entry, output }) };
}

/** A word of the screen's own, answered as if it were a command: nothing is sent, and nothing is logged. */
export function sayAtPrompt(state: PlayerState, line: string, output: string): PlayerState {
  const { step, session } = state.play.view;
  const as = session === null ? '' : actorName(session.now.world, session.now.actor);
  const transcript = withEntry(state.transcript, { step: step.id, as, line, output, asked: null });
  return { ...state, transcript, focus: 'prompt', scroll: { ...state.scroll, prompt: 0 } };
}
