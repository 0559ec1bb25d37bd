import { splitCommands } from '../course/commands.ts';
import { answeredLine } from './answer-question.ts';
import { noHintWords } from './hint-words.ts';
import type { Size } from './layout.ts';
import { insert, isUnfinished, submit } from './line-editor.ts';
import { send } from './play-on.ts';
import { type PlayerEffect, type PlayerState, type PlayerStep, still } from './player-state.ts';
import { showTimeline } from './show-changes.ts';
import { sayAtPrompt } from './transcript.ts';
import { NOTHING_EARLIER, turnPages } from './turn-pages.ts';
import { letWait, takesLong } from './waiting-line.ts';

/** Runs what is typed, each command by itself; a line that is not finished goes on in another row. */
export function enterLine(state: PlayerState, size: Size): PlayerStep {
  const answered = answeredLine(state);
  if (answered !== null) return send(state, { type: 'line.entered', line: answered }, size);
  const { text } = state.editor;
  if (isUnfinished(text)) return still({ ...state, editor: insert(state.editor, '\n') });
  let step = still({ ...state, editor: submit(state.editor) });
  for (const line of splitCommands(text)) {
    // What comes after `edit` would be run behind the editor, after `load` before the file is read, and after a
    // question before it is answered.
    if (step.state.editing !== null || step.state.asking !== null || step.effects.some(isRead)) break;
    const next = enterCommand(step.state, line, size);
    step = { state: next.state, effects: [...step.effects, ...next.effects] };
  }
  return step;
}

function isRead(effect: PlayerEffect): boolean {
  return effect.kind === 'folder' && effect.ask.kind === 'read';
}

function enterCommand(state: PlayerState, line: string, size: Size): PlayerStep {
  switch (line) {
    case 'clear':
      return still({ ...state, transcript: [] });
    case 'hint':
      return askHint(state, size);
    case 'timeline':
      return still(showTimeline(state));
    case 'exit':
    case 'quit':
      return still(sayAtPrompt(state, line, 'Esc goes back to the lessons. Ctrl+C twice quits the program.'));
    case 'back':
      return state.play.view.hasEarlier
        ? turnPages(state, { type: 'earlier.asked' }, size)
        : still(sayAtPrompt(state, line, NOTHING_EARLIER));
    default:
      return runCommand(state, line, size);
  }
}

function runCommand(state: PlayerState, line: string, size: Size): PlayerStep {
  const { session } = state.play.view;
  return session !== null && takesLong(session, line)
    ? still(letWait(state, line, session))
    : send(state, { type: 'line.entered', line }, size);
}

/** Asks for the next hint; where there is none, that is said. */
export function askHint(state: PlayerState, size: Size): PlayerStep {
  const none = noHintWords(state.play.view);
  return none === null ? send(state, { type: 'hint.asked' }, size) : still(sayAtPrompt(state, 'hint', none));
}
