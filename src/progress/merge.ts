import type { LessonRecord, Mastered } from './record.ts';

/**
 * One record of a lesson made of two: the place is the later one's, and what was earned in either stays earned. With
 * no record there yet it is the other.
 */
export function mergeRecords(one: LessonRecord | undefined, other: LessonRecord): LessonRecord {
  if (one === undefined) return other;
  const later = other.updated > one.updated ? other : one;
  return { ...later, mastered: lastMastered(one.mastered, other.mastered) };
}

function lastMastered(one: Mastered | null, other: Mastered | null): Mastered | null {
  if (one === null || other === null) return one ?? other;
  return other.at > one.at ? other : one;
}
