export { type CardRecord, type Cards, cardKey, lessonOfCard } from './card.ts';
export { progressDirectory } from './directory.ts';
export { daysText, daysUntil, dayWords, isDue } from './due.ts';
export type { Notice } from './file.ts';
export { Progress } from './progress.ts';
export {
  type LessonRecord,
  type Mastered,
  type ProgressFile,
  type Reading,
  readProgress,
  type Standing,
} from './record.ts';
