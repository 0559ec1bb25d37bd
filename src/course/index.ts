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
export { type RestoredPlayer, restorePlayer, type SavedPlayer, savePlayer } from './saved-player.ts';
export type * from './view.ts';
