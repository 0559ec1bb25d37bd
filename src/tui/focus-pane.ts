import type { Size } from './layout.ts';
import { panesOf } from './panes.ts';
import {
  openPanes,
  type Pane,
  type PlayerState,
  type PlayerStep,
  restingPane,
  still,
} from './player-state.ts';
import { turnPages } from './turn-pages.ts';

/** One level back: out of a zoomed pane, then out of a pane, then to the present step, then to the lessons. */
export function back(state: PlayerState, size: Size): PlayerStep {
  if (state.zoomed) return still({ ...state, zoomed: false });
  const rest = restingPane(state.play.view);
  // What was opened while the timeline is looked at leads back to it.
  if (state.timeline !== null && (state.focus === 'changes' || state.focus === 'decision')) {
    return still({ ...state, focus: 'timeline', upper: 'timeline', decision: null });
  }
  if (state.focus !== 'prompt' || (state.upper !== rest && state.upper !== 'lesson')) {
    return still({ ...state, focus: 'prompt', upper: rest, decision: null, timeline: null });
  }
  if (state.play.view.ask.kind === 'reread') return turnPages(state, { type: 'reread.ended' }, size);
  return { state, effects: [{ kind: 'leave' }] };
}

/** Gives the focus to the next pane that has something to show. */
export function nextPane(state: PlayerState): PlayerState {
  if (state.play.view.session === null) return state;
  const order = ['prompt', ...openPanes(state)] as const;
  const at = ([...order] as Pane[]).indexOf(state.focus);
  const focus = order[(at + 1) % order.length] ?? 'prompt';
  return { ...state, focus, upper: focus === 'prompt' ? restingPane(state.play.view) : focus };
}

/** Moves a border, as far as both panes keep room: further there is nothing to count. */
export function moveBorder(state: PlayerState, columns: number, rows: number, size: Size): PlayerState {
  const split = { columns: state.split.columns + columns, rows: state.split.rows + rows };
  const moved = { ...state, split };
  const isSame = JSON.stringify(panesOf(moved, size).layout) === JSON.stringify(panesOf(state, size).layout);
  return isSame ? state : moved;
}
