import { complete } from '../shell/index.ts';
import { commonStart, lastWord, replaceWord } from './line-editor.ts';
import type { PlayerState } from './player-state.ts';

/** Completes the word before the cursor, or shows what it could become. */
export function completed(state: PlayerState): PlayerState {
  const { session } = state.play.view;
  if (session === null) return state;
  const before = state.editor.text.slice(0, state.editor.cursor);
  const words = state.asking === null ? complete(session, before) : answersLike(state);
  const [only] = words;
  if (only === undefined) return state;
  const shared = commonStart(words);
  if (words.length === 1) {
    const space = state.asking !== null || /[/=]$/.test(only) ? '' : ' ';
    return { ...state, editor: replaceWord(state.editor, `${only}${space}`) };
  }
  const editor = shared.length > lastWord(before).length ? replaceWord(state.editor, shared) : state.editor;
  return { ...state, editor, candidates: words };
}

/** What may be answered and begins with what is typed. */
function answersLike({ asking, editor }: PlayerState): readonly string[] {
  const typed = editor.text.slice(0, editor.cursor);
  return typed === lastWord(typed)
    ? (asking?.choices ?? []).filter((choice) => choice.startsWith(typed) && choice !== typed)
    : [];
}
