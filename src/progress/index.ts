export { progressDirectory } from './directory.ts';
export type { Notice } from './file.ts';
export { Progress } from './progress.ts';
export type { LessonRecord, Mastered, Standing } from './record.ts';
