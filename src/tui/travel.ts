import { layersOf } from './decision.ts';
import { examinationOf, type PlayerState } from './player-state.ts';

/** Sends the request on its way through the layers, when the decision in view is another than before. */
export function setOut(before: PlayerState | null, state: PlayerState): PlayerState {
  const { decision } = state;
  const isNew =
    decision !== null &&
    (before?.decision?.event !== decision.event || before.decision.check !== decision.check);
  return isNew && layersCount(state) > 0 ? { ...state, lit: 0 } : state;
}

/** One layer further; past the last one it has arrived. */
export function travelOn(state: PlayerState): PlayerState {
  if (state.lit === null) return state;
  // It stops at the layer that decides, and arrives.
  const decided = layersOf(examinationOf(state), state.decision?.check ?? 0).findIndex(
    (each) => each.decided,
  );
  const last = decided < 0 ? layersCount(state) : decided + 1;
  return { ...state, lit: state.lit >= last ? null : state.lit + 1 };
}

/** The request has arrived: everything is shown. */
export function arrive(state: PlayerState): PlayerState {
  return state.lit === null ? state : { ...state, lit: null };
}

function layersCount(state: PlayerState): number {
  return layersOf(examinationOf(state), state.decision?.check ?? 0).length;
}
