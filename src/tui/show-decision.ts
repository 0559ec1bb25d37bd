import { NO_WHY } from '../course/no-why.ts';
import { eventInspection, runLine } from '../shell/index.ts';
import { focusCheck, focusOn, layersOf } from './decision.ts';
import type { Size } from './layout.ts';
import { panesOf } from './panes.ts';
import { examinationOf, type PlayerState } from './player-state.ts';
import { scrollTo } from './scroll.ts';
import { eventsOf } from './timeline.ts';
import { sayAtPrompt } from './transcript.ts';

/** Opens the decision view on an event of the trail. */
export function showDecision(state: PlayerState, event: number): PlayerState {
  const { session } = state.play.view;
  if (session === null) return state;
  const decision = focusOn(event, eventInspection(session, event));
  return {
    ...state,
    decision,
    focus: 'decision',
    upper: 'decision',
    scroll: { ...state.scroll, decision: 0 },
  };
}

/**
 * Opens it on the last request that reached AWS; from the timeline, on that of the chosen line. Nothing when there was
 * none. A scenario without `why` says so.
 */
export function showLastDecision(state: PlayerState): PlayerState {
  if (state.play.view.hidesWhy) return sayAtPrompt(state, 'why', NO_WHY);
  const { session } = state.play.view;
  if (session === null) return state;
  if (state.focus === 'timeline' && state.timeline !== null) {
    const chosen = eventsOf(session, state.timeline.at).at(-1);
    return chosen === undefined ? state : showDecision(state, chosen.number);
  }
  const answer = state.attempt?.answer;
  // What never reached AWS has no decision to look at: it is said in words, as a typed `why` does.
  if (answer !== undefined && !('event' in answer)) {
    return sayAtPrompt(state, 'why', runLine(session, 'why').output);
  }
  const event = answer?.event ?? session.now.world.trail.at(-1)?.number;
  return event === undefined ? state : showDecision(state, event);
}

/** Another of the permissions that the event needed, around the end. */
export function otherCheck(state: PlayerState, by: -1 | 1): PlayerState {
  const examination = examinationOf(state);
  if (examination?.kind !== 'examined' || state.decision === null) return state;
  const count = examination.checks.length;
  const check = (state.decision.check + by + count) % count;
  const scroll = { ...state.scroll, decision: 0 };
  return { ...state, scroll, decision: focusCheck(state.decision, examination, check) };
}

/** Moves to the layer above or below, and past the last one scrolls on. */
export function moveLayer(state: PlayerState, by: -1 | 1, size: Size): PlayerState {
  if (state.decision === null) return state;
  const count = layersOf(examinationOf(state), state.decision.check).length;
  const layer = state.decision.layer + by;
  // Past the last layer the arrows scroll on, to the policy and the request below.
  if (layer < 0 || layer >= count) return scrollTo(state, 'decision', state.scroll.decision + by * 2, size);
  const moved = { ...state, decision: { ...state.decision, layer } };
  const { layerAt, height } = panesOf(moved, size).decision;
  const first = Math.min(Math.max(state.scroll.decision, layerAt - height + 2), layerAt);
  return scrollTo(moved, 'decision', first, size);
}

/** Opens or closes the chosen layer. */
export function toggleLayer(state: PlayerState): PlayerState {
  if (state.decision === null) return state;
  const { layer, open } = state.decision;
  const toggled = open.includes(layer) ? open.filter((each) => each !== layer) : [...open, layer];
  return { ...state, decision: { ...state.decision, open: toggled } };
}
