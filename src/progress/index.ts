export { progressDirectory } from './directory.ts';
export type { Notice } from './file.ts';
export { Progress } from './progress.ts';
export { type LessonRecord, type Mastered, type Reading, readProgress, type Standing } from './record.ts';
