import type { Size } from './layout.ts';
import { panesOf } from './panes.ts';
import type { Pane, PlayerState } from './player-state.ts';

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
