import type { LessonCard } from './ports.ts';
import { hasAll, type Search, wordsOf } from './search.ts';

/** What is searched for on the home screen. */
export interface HomeSearch extends Search {
  /** Index of the lesson that the marker goes back to when the search ends. */
  readonly from: number;
}

/** Indexes of the lessons that have all words searched for, in any order: in title, summary, id, pages or steps. */
export function foundCards({
  cards,
  search,
}: {
  readonly cards: readonly LessonCard[];
  readonly search: HomeSearch | null;
}): readonly number[] {
  const words = wordsOf(search);
  return cards.flatMap((card, index) =>
    hasAll(`${nameOf(card)} ${card.words ?? ''}`, words) ? [index] : [],
  );
}

/** Where the marker goes: it stays on a lesson found, and prefers one that is named so to one that only says it. */
export function bestFound(cards: readonly LessonCard[], search: HomeSearch, selected: number): number {
  const found = foundCards({ cards, search });
  const words = wordsOf(search);
  const named = found.filter((index) => hasAll(nameOf(cards[index]), words));
  const best = named.length > 0 ? named : found;
  return best.includes(selected) ? selected : (best[0] ?? selected);
}

/** What a lesson is called and said to be about. */
function nameOf(card: LessonCard | undefined): string {
  if (card === undefined) return '';
  const { id, title, summary, course = '', challengeOf } = card;
  const kind = challengeOf === undefined ? '' : 'challenge';
  return `${id} ${title} ${summary} ${course} ${kind}`.toLowerCase();
}
