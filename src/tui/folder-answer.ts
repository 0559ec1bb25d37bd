import type { LastTurn } from '../course/view.ts';
import type { FolderAnswer } from './ask-folder.ts';
import type { Size } from './layout.ts';
import { send } from './play-on.ts';
import type { PlayerState, PlayerStep } from './player-state.ts';
import { entryOf, sayOf, withEntry } from './transcript.ts';

/** Takes the answer: a log file is played, and everything else is said of the line that asked. */
export function folderAnswered(
  state: PlayerState,
  turn: LastTurn,
  answer: FolderAnswer,
  size: Size,
): PlayerStep {
  if (answer.kind === 'found') return send(state, { type: 'log.found', ...answer }, size);
  if (turn.folder?.kind === 'write') {
    return { state: answer.kind === 'said' ? sayOf(state, turn, answer.text) : state, effects: [] };
  }
  const output = answer.kind === 'said' ? answer.text : turn.output;
  const entry = entryOf(state.play.view.step.id, { ...turn, output });
  return { state: { ...state, transcript: withEntry(state.transcript, entry) }, effects: [] };
}
