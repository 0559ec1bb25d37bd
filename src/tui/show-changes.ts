import type { AccessChange } from '../cloud/access-map/index.ts';
import { isChange } from '../shell/index.ts';
import type { Session } from '../shell/session.ts';
import type { Changes } from './changes.ts';
import type { Size } from './layout.ts';
import type { PlayerState } from './player-state.ts';
import { followPicture } from './scroll.ts';
import { betweenWords, momentAt } from './timeline.ts';

/** What the last line changed, still to be found out; what was there before when it changed nothing. */
export function changesAfter(
  before: Session | null,
  session: Session | null,
  known: Changes | null,
): Changes | null {
  if (session === null) return null;
  if (before === null || before.now.world === session.now.world || !isChange(before.now, session.now)) {
    return known;
  }
  const last = session.log.length;
  const isNext = last === before.log.length + 1;
  const title = isNext ? betweenWords(session, last - 1, last) : 'After going to another moment';
  return { title, before: before.now.world, after: session.now.world, found: null };
}

/** Opens the pane of what changed. */
export function showChanges(state: PlayerState): PlayerState {
  return { ...state, focus: 'changes', upper: 'changes', scroll: { ...state.scroll, changes: 0 } };
}

/** Opens the timeline at the present moment. */
export function showTimeline(state: PlayerState): PlayerState {
  const { session } = state.play.view;
  if (session === null) return state;
  const timeline = state.timeline ?? { at: session.log.length, from: null, ask: null };
  return {
    ...state,
    timeline,
    focus: 'timeline',
    upper: 'timeline',
    scroll: { ...state.scroll, timeline: 0 },
  };
}

/** Steps along the timeline: its picture stays where it was scrolled to, as long as what changed is in sight. */
export function moveMoment(state: PlayerState, by: number, size: Size): PlayerState {
  const { session } = state.play.view;
  if (session === null || state.timeline === null) return state;
  const at = Math.max(0, Math.min(session.log.length, state.timeline.at + by));
  const moved = { ...state, timeline: { ...state.timeline, at } };
  return followPicture(state, moved, 'timeline', size);
}

/** Marks the chosen moment as the one to compare with, or takes the mark away. */
export function markMoment(state: PlayerState): PlayerState {
  const { timeline } = state;
  if (timeline === null) return state;
  return { ...state, timeline: { ...timeline, from: timeline.from === timeline.at ? null : timeline.at } };
}

/** Shows what is different between the marked moment, or the one before, and the chosen one; nothing for one alone. */
export function compareMoments(state: PlayerState): PlayerState {
  const { session } = state.play.view;
  const { timeline } = state;
  if (session === null || timeline === null) return state;
  const other = timeline.from ?? Math.max(0, timeline.at - 1);
  if (other === timeline.at) return state;
  const [from, to] = other <= timeline.at ? [other, timeline.at] : [timeline.at, other];
  const changes: Changes = {
    title: betweenWords(session, from, to),
    before: momentAt(session, from).world,
    after: momentAt(session, to).world,
    found: null,
  };
  return showChanges({ ...state, changes });
}

/** Takes over what was found out, if it is still what is asked. */
export function foundOut(state: PlayerState, asked: Changes, found: AccessChange): PlayerState {
  return state.changes === asked ? { ...state, changes: { ...asked, found } } : state;
}
