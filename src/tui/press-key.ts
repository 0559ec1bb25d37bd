import { leaveQuestion } from './answer-question.ts';
import { completed } from './complete-word.ts';
import { pressInEditor } from './edit-file.ts';
import { askHint, enterLine } from './enter-line.ts';
import { back, moveBorder, nextPane } from './focus-pane.ts';
import { askToKeep, pressKeepAsk } from './go-on-here.ts';
import { keepAskOf } from './keep-ask.ts';
import type { Key } from './key-decoder.ts';
import { bindingFor } from './keys.ts';
import type { Size } from './layout.ts';
import { edit, insert } from './line-editor.ts';
import { saveEdited, send } from './play-on.ts';
import { contextsOf, type PlayerState, type PlayerStep, still } from './player-state.ts';
import { pressInWords, readWords } from './read-words.ts';
import { pagedPane, scrollBy, scrolledPane, scrollLesson, scrollTo } from './scroll.ts';
import { compareMoments, markMoment, moveMoment, showChanges, showTimeline } from './show-changes.ts';
import { moveLayer, otherCheck, showLastDecision, toggleLayer } from './show-decision.ts';
import { turnPages } from './turn-pages.ts';

/** One key. An unknown key, or one with nothing to do, gives the same state back. */
export function pressKey(state: PlayerState, key: Key, size: Size): PlayerStep {
  if (state.editing !== null) {
    const step = pressInEditor(state, state.editing, key);
    return step.kind === 'still'
      ? step.step
      : saveEdited(state, state.editing.ask, state.editing.text.text, size);
  }
  const asked = keepAskOf(state);
  if (asked !== null) return pressKeepAsk(state, asked, key, size);
  const fresh = state.candidates.length === 0 ? state : { ...state, candidates: [] };
  const binding = bindingFor(key, contextsOf(state));
  if (state.word !== null) return still(pressInWords(state, state.word, binding?.action, size));
  if (binding === undefined) return still(typed(fresh, key));
  const { action } = binding;
  if (typeof action === 'object') return still({ ...fresh, editor: edit(fresh.editor, action.edit) });
  switch (action) {
    case 'accept':
      return accept(fresh, size);
    case 'option':
      return choose(fresh, Number(key.text) - 1, size);
    case 'up':
      return still(move(fresh, -1, size));
    case 'down':
      return still(move(fresh, 1, size));
    case 'page-up':
    case 'page-down':
    case 'top':
    case 'bottom':
      return still(scrollBy(fresh, pagedPane(fresh, size), action, size));
    case 'lesson-page':
      return still(scrollBy(fresh, 'lesson', 'page-down', size));
    case 'earlier':
      return turnPages(fresh, { type: 'earlier.asked' }, size);
    case 'lesson-up':
    case 'lesson-down':
      return still(scrollLesson(fresh, action === 'lesson-down' ? 3 : -3, size));
    case 'next-pane':
      return still(nextPane(fresh));
    case 'zoom':
      return still({ ...fresh, zoomed: !fresh.zoomed });
    case 'narrower':
    case 'wider':
      return still(moveBorder(fresh, action === 'wider' ? 3 : -3, 0, size));
    case 'higher':
    case 'lower':
      return still(moveBorder(fresh, 0, action === 'higher' ? 1 : -1, size));
    case 'hint':
      return askHint(fresh, size);
    case 'decision':
      return orSay(fresh, showLastDecision(fresh), 'No request has reached AWS yet.');
    case 'changes':
      return fresh.changes === null
        ? orSay(fresh, fresh, 'Nothing has changed since you came here.')
        : still(showChanges(fresh));
    case 'timeline':
      return orSay(fresh, showTimeline(fresh));
    case 'mark-moment':
      return still(markMoment(fresh));
    case 'compare-moments':
      return orSay(fresh, compareMoments(fresh), NOTHING_BEFORE);
    case 'continue-from':
      return still(askToKeep(fresh));
    case 'words':
      return still(readWords(fresh, size));
    case 'previous-check':
      return still(otherCheck(fresh, -1));
    case 'next-check':
      return still(otherCheck(fresh, 1));
    case 'open-layer':
      return still(toggleLayer(fresh));
    case 'complete':
      return still(completed(fresh));
    case 'back':
      return fresh === state ? back(fresh, size) : still(fresh);
    case 'next-lesson': {
      const { following } = fresh.play;
      return following === null
        ? still(fresh)
        : { state: fresh, effects: [{ kind: 'go-on', lesson: following }] };
    }
    case 'interrupt':
      if (fresh.asking !== null) return still(leaveQuestion(fresh));
      return still(fresh.editor.text === '' ? fresh : { ...fresh, editor: edit(fresh.editor, 'clear') });
    default:
      return still(fresh);
  }
}

const NOTHING_BEFORE = 'Nothing comes before the start. Space marks a moment to compare others with.';
const NO_ACCOUNT = 'There is no account on this page.';

/** A view that was opened; where there was nothing to open, that is said. */
function orSay(before: PlayerState, after: PlayerState, nothing = NO_ACCOUNT): PlayerStep {
  if (after !== before) return still(after);
  const words = before.play.view.session === null ? NO_ACCOUNT : nothing;
  return { state: before, effects: [{ kind: 'notice', words }] };
}

/** Characters and pastes go to the prompt wherever the focus is, as long as there is something to type. */
function typed(state: PlayerState, key: Key): PlayerState {
  if (state.play.view.ask.kind !== 'task' || (key.name !== 'char' && key.name !== 'paste')) return state;
  const pasted = key.text.replace(/\n+$/, '');
  const text = key.name === 'char' ? key.text : state.asking === null ? pasted : pasted.replaceAll('\n', ' ');
  const scroll = { ...state.scroll, prompt: 0 };
  return { ...state, focus: 'prompt', scroll, editor: insert(state.editor, text) };
}

function accept(state: PlayerState, size: Size): PlayerStep {
  const { ask } = state.play.view;
  switch (ask.kind) {
    case 'continue':
    case 'run':
      return send(state, { type: 'continued' }, size);
    case 'reread':
      return turnPages(state, { type: 'continued' }, size);
    case 'choose':
      return choose(state, state.choice, size);
    case 'task':
      return enterLine(state, size);
    case 'end':
      return { state, effects: [{ kind: 'leave' }] };
  }
}

function choose(state: PlayerState, index: number, size: Size): PlayerStep {
  const { ask } = state.play.view;
  if (ask.kind !== 'choose' || index >= ask.options.length) return still(state);
  return send({ ...state, choice: index }, { type: 'chosen', index }, size);
}

function move(state: PlayerState, by: -1 | 1, size: Size): PlayerState {
  const { ask } = state.play.view;
  if (state.focus === 'decision') return moveLayer(state, by, size);
  if (state.focus === 'timeline') return moveMoment(state, by, size);
  if (state.focus === 'prompt' && ask.kind === 'choose') {
    const count = ask.options.length;
    return { ...state, choice: (state.choice + by + count) % count };
  }
  const pane = scrolledPane(state, size);
  // The prompt counts from its end, where what is new stands.
  return scrollTo(state, pane, state.scroll[pane] + (pane === 'prompt' ? -by : by), size);
}
