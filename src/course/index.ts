export type { CompiledCourse, CompiledLesson, CompiledScenario, Step } from './content.ts';
export { overGrantAdvice } from './over-grant.ts';
export {
  type PlayerProgress,
  type PlayerSnapshot,
  type PlayerStep,
  progressOf,
  startPlayer,
  stepPlayer,
} from './player.ts';
export { startMoment } from './player-context.ts';
export { viewOf } from './player-view.ts';
export { placesBehind, rereadView } from './reread.ts';
export {
  type Answered,
  answeredBetween,
  isAnswered,
  placeAt,
  type Recall,
  type ReviewItem,
  reviewItems,
} from './review.ts';
export { emptyMoment, openSandbox, type Sandbox, sandboxView, stepSandbox } from './sandbox.ts';
export {
  predictionsIn,
  type RestoredPlayer,
  restorePlayer,
  type SavedPlayer,
  savePlayer,
} from './saved-player.ts';
export type * from './view.ts';
