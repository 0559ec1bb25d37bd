import type { WordFocus } from './chosen-word.ts';
import type { Size } from './layout.ts';
import { panesOf } from './panes.ts';
import type { PlayerState } from './player-state.ts';
import { scrollTo } from './scroll.ts';

/** Chooses the first marked word in sight; the same state where the text has none. */
export function readWords(state: PlayerState, size: Size): PlayerState {
  const { narrative, lesson } = panesOf(state, size);
  const { terms } = narrative;
  const first = terms.find(({ from }) => from >= lesson.first) ?? terms.at(-1);
  if (first === undefined) return state;
  const from = { focus: state.focus, upper: state.upper };
  const word: WordFocus = { term: first.term, isOpen: false, from };
  return inSight({ ...state, focus: 'lesson', upper: 'lesson', word }, size);
}

/** One key while words are read: the next one, what it means, or back. */
export function pressInWords(state: PlayerState, word: WordFocus, action: unknown, size: Size): PlayerState {
  switch (action) {
    case 'up':
    case 'down':
      return inSight({ ...state, word: { ...word, term: beside(state, word, action, size) } }, size);
    case 'accept':
      return inSight({ ...state, word: { ...word, isOpen: !word.isOpen } }, size);
    case 'back':
      return word.isOpen
        ? { ...state, word: { ...word, isOpen: false } }
        : { ...state, ...word.from, word: null };
    default:
      return state;
  }
}

/** The word before or after, round the ends. */
function beside(state: PlayerState, { term }: WordFocus, way: 'up' | 'down', size: Size): string {
  const { terms } = panesOf(state, size).narrative;
  const at = terms.findIndex((each) => each.term === term) + (way === 'up' ? -1 : 1);
  return terms.at(at % terms.length)?.term ?? term;
}

/** Scrolls as little as is needed to see the chosen word with its meaning. */
function inSight(state: PlayerState, size: Size): PlayerState {
  const { narrative, lesson } = panesOf(state, size);
  const place = narrative.terms.find(({ term }) => term === state.word?.term);
  if (place === undefined) return state;
  const end = place.to + lesson.lines.length - narrative.lines.length;
  const row = Math.min(place.from, Math.max(lesson.first, end - lesson.height));
  return row === lesson.first ? state : scrollTo(state, 'lesson', row, size);
}
