import type { PlayerEvent } from '../course/view.ts';
import type { Size } from './layout.ts';
import { panesOf } from './panes.ts';
import { openPlayer, type PlayerState, type PlayerStep, restingPane } from './player-state.ts';
import type { Play } from './ports.ts';
import { scrollTo } from './scroll.ts';

/** What is answered to whoever wants to read what comes before the first page. */
export const NOTHING_EARLIER = 'Nothing comes before this.';

/** Turns the pages that lie behind, or back to the present step. All else, such as a line half typed, stays as it was. */
export function turnPages(state: PlayerState, event: PlayerEvent, size: Size): PlayerStep {
  const play = state.play.send(event);
  if (play === state.play) return { state, effects: [] };
  const turned: PlayerState = {
    ...state,
    play,
    focus: 'prompt',
    upper: restingPane(play.view),
    zoomed: false,
    decision: null,
    timeline: null,
    scroll: { ...state.scroll, lesson: 0, prompt: 0 },
  };
  if (play.view.ask.kind === 'reread') return { state: turned, effects: [] };
  // What was being searched for to say of the present step is searched for again.
  return { state: showLatest(turned, size), effects: [{ kind: 'keep' }] };
}

/** The lesson with what came last in its step in sight. */
export function showLatest(state: PlayerState, size: Size): PlayerState {
  const { passageAt } = panesOf(state, size).narrative;
  return scrollTo(state, 'lesson', passageAt.length < 2 ? 0 : (passageAt.at(-1) ?? 0), size);
}

/** The state with which a lesson's screen begins: what came last in the step is in sight. */
export function openLesson(play: Play, size: Size): PlayerState {
  return showLatest(openPlayer(play), size);
}
