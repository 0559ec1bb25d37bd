import type { Size } from './layout.ts';
import { type PaneText, panesOf } from './panes.ts';
import { isTyping, type Pane, type PlayerState } from './player-state.ts';
import { plainText } from './styled-text.ts';

/** Scrolls a pane to a row, as far as its text goes. */
export function scrollTo(
  state: PlayerState,
  pane: Exclude<Pane, 'editor'>,
  row: number,
  size: Size,
): PlayerState {
  const wanted = { ...state, scroll: { ...state.scroll, [pane]: Math.max(0, row) } };
  const { lines, height } = panesOf(wanted, size)[pane];
  const most = Math.max(0, lines.length - height);
  return { ...wanted, scroll: { ...wanted.scroll, [pane]: Math.min(Math.max(0, row), most) } };
}

/**
 * What the arrows scroll: the pane with the focus. From the lower pane it is the lesson, and the answers where all
 * of the lesson is in sight; where lines are typed the arrows bring back earlier ones.
 */
export function scrolledPane(state: PlayerState, size: Size): Exclude<Pane, 'editor'> {
  if (state.focus === 'editor') return 'prompt';
  if (state.focus !== 'prompt' || isTyping(state)) return state.focus;
  const { lesson, prompt } = panesOf(state, size);
  return isLonger(lesson) || !isLonger(prompt) ? 'lesson' : 'prompt';
}

/** True when a pane's text does not fit into it. */
export function isLonger({ lines, height }: PaneText): boolean {
  return lines.length > height;
}

/** The state with what is new in a picture of the account in sight, a third of the way down. */
export function followPicture(
  before: PlayerState,
  after: PlayerState,
  pane: 'account' | 'timeline',
  size: Size,
): PlayerState {
  const was = pictureRows(panesOf(before, size)[pane]);
  const { first, height, pinned = 0, ...picture } = panesOf(after, size)[pane];
  const row = pictureRows({ ...picture, pinned }).findIndex((text, index) => text !== was[index]);
  const room = height - pinned;
  if (row < 0 || (row >= first && row < first + room)) return after;
  return scrollTo(after, pane, row - Math.floor(room / 3), size);
}

function pictureRows({ lines, pinned = 0 }: Pick<PaneText, 'lines' | 'pinned'>): readonly string[] {
  return lines.slice(pinned).map(plainText);
}

/** What the page keys scroll: the pane with the focus; below, the answers where there are more than fit, else the lesson. */
export function pagedPane(state: PlayerState, size: Size): Exclude<Pane, 'editor'> {
  if (state.focus !== 'prompt') return scrolledPane(state, size);
  return isLonger(panesOf(state, size).prompt) ? 'prompt' : 'lesson';
}

/** Brings the lesson to sight and scrolls it. */
export function scrollLesson(state: PlayerState, by: number, size: Size): PlayerState {
  const shown = state.upper === 'lesson' ? state : { ...state, upper: 'lesson' as const };
  return scrollTo(shown, 'lesson', shown.scroll.lesson + by, size);
}

/** A page, or all the way. */
export type Jump = 'page-up' | 'page-down' | 'top' | 'bottom';

/** Scrolls a pane by a page, or to one of its ends. */
export function scrollBy(
  state: PlayerState,
  pane: Exclude<Pane, 'editor'>,
  jump: Jump,
  size: Size,
): PlayerState {
  const { height, pinned = 0 } = panesOf(state, size)[pane];
  const page = Math.max(1, height - pinned - 1);
  const now = state.scroll[pane];
  // The prompt counts from its end, where what is new stands.
  const up = pane === 'prompt' ? 1 : -1;
  const rows = { 'page-up': now + up * page, 'page-down': now - up * page, top: 0, bottom: 1e6 };
  return scrollTo(state, pane, rows[jump], size);
}

/** The same place in the lesson on a terminal of another size. */
export function resize(state: PlayerState, from: Size, to: Size): PlayerState {
  const { lesson, narrative } = panesOf(state, from);
  const passage = narrative.passageAt.findLastIndex((row) => row <= lesson.first);
  const isAtEnd = lesson.first > 0 && lesson.first + lesson.height >= lesson.lines.length;
  const start =
    passage < 0 || lesson.first === 0 ? 0 : (panesOf(state, to).narrative.passageAt[passage] ?? 0);
  return scrollTo(state, 'lesson', isAtEnd ? Number.MAX_SAFE_INTEGER : start, to);
}
