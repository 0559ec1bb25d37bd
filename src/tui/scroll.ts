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

/** The state with what is new in the picture of the account in sight, a third of the way down. */
export function followPicture(before: PlayerState, after: PlayerState, size: Size): PlayerState {
  const was = accountRows(panesOf(before, size).account);
  const { first, height, pinned = 0, ...account } = panesOf(after, size).account;
  const row = accountRows({ ...account, pinned }).findIndex((text, index) => text !== was[index]);
  const room = height - pinned;
  if (row < 0 || (row >= first && row < first + room)) return after;
  return scrollTo(after, 'account', row - Math.floor(room / 3), size);
}

function accountRows({ lines, pinned = 0 }: Pick<PaneText, 'lines' | 'pinned'>): readonly string[] {
  return lines.slice(pinned).map(plainText);
}
