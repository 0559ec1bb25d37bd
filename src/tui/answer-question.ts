import type { LastTurn } from '../course/view.ts';
import { readAnswered, withAnswer } from '../shell/index.ts';
import { edit, emptyLine } from './line-editor.ts';
import type { PlayerState } from './player-state.ts';
import type { Play } from './ports.ts';
import { sayAtPrompt } from './transcript.ts';

/** The screen with what a line asks instead of the prompt. What was typed and is no answer stays, to be mended. */
export function withQuestion(
  state: PlayerState,
  play: Play,
  asking: NonNullable<LastTurn['asks']>,
): PlayerState {
  const editor = asking.problem === null ? emptyLine(state.editor.history) : state.editor;
  return { ...state, play, asking, editor, focus: 'prompt', scroll: { ...state.scroll, prompt: 0 } };
}

/** The line that is to be run with what is typed as its next answer; null while nothing is asked. */
export function answeredLine({ asking, editor }: PlayerState): string | null {
  return asking === null ? null : withAnswer(asking.line, editor.text);
}

/** What changes in a state when nothing is asked any more: what was typed as an answer goes, too. */
export function withoutQuestion({ asking, editor }: PlayerState): Pick<PlayerState, 'asking' | 'editor'> {
  return { asking: null, editor: asking === null ? editor : edit(editor, 'clear') };
}

/** Leaves what is asked: nothing was done. The same state while nothing is asked. */
export function leaveQuestion(state: PlayerState): PlayerState {
  const { asking } = state;
  if (asking === null) return state;
  const left = { ...state, ...withoutQuestion(state) };
  return sayAtPrompt(left, readAnswered(asking.line).command, 'You left its questions: nothing was done.');
}
