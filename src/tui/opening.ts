import type { CoursePort, LessonCard, OpenedLesson, Start } from './ports.ts';

/** What is to be opened from the list of lessons. */
export type Opening =
  | { readonly kind: 'lesson'; readonly lesson: string; readonly from: 'where-left' | 'anew' }
  | Exclude<Start, { kind: 'home' | 'lesson' }>;

/** What a surface that was started there opens at once; null for the list of lessons. */
export function openingOf(start: Start): Opening | null {
  if (start.kind === 'home') return null;
  return start.kind === 'lesson' ? { ...start, from: 'where-left' } : start;
}

/** Opens it. */
export function open(course: CoursePort, what: Opening): Promise<OpenedLesson> {
  switch (what.kind) {
    case 'lesson':
      return course.open(what.lesson, what.from);
    case 'sandbox':
      return course.sandbox(what.lesson);
    case 'review':
      return course.review();
    case 'quiz':
      return course.quiz(what.lesson);
  }
}

/** What it is called while it is being opened. */
export function openingTitle(what: Opening, cards: readonly LessonCard[]): string {
  if (what.kind === 'review') return 'Due for review';
  if (what.lesson === null) return what.kind === 'quiz' ? 'A mixed quiz' : 'An empty account';
  return cards.find(({ id }) => id === what.lesson)?.title ?? what.lesson;
}
