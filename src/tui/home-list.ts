import type { LessonCard, LessonProgress } from './ports.ts';
import { fitTo, type Line, lineWidth, span, truncate, widthOf } from './styled-text.ts';

/** A card by its number among the lessons of its course, from 1; null for a challenge. */
export function numbersOf(cards: readonly LessonCard[]): readonly (number | null)[] {
  const counts = new Map<string | undefined, number>();
  return cards.map(({ course, challengeOf }) => {
    if (challengeOf !== undefined) return null;
    const number = (counts.get(course) ?? 0) + 1;
    counts.set(course, number);
    return number;
  });
}

/** A card's title; a challenge says that it is one. */
export function cardTitle({ title, challengeOf }: Pick<LessonCard, 'title' | 'challengeOf'>): string {
  return challengeOf === undefined || /^challenge\b/i.test(title) ? title : `Challenge: ${title}`;
}

/** The cards by course, in their order: the program's own first, whose name is null. */
export function byCourse<C extends LessonCard>(
  cards: readonly C[],
): readonly { readonly course: string | null; readonly cards: readonly C[] }[] {
  const courses = [...new Set(cards.map(({ course }) => course))];
  return courses.map((course) => ({
    course: course ?? null,
    cards: cards.filter((card) => card.course === course),
  }));
}

/** A row of the list, and the index of its card; null for a heading. */
export interface ListRow {
  readonly card: number | null;
  readonly line: Line;
}

/** The cards found, in their order: challenges below their lessons, an instructor's course below its own name. */
export function listRows(
  cards: readonly LessonCard[],
  found: readonly number[],
  selected: number,
  width: number,
): readonly ListRow[] {
  const numbers = numbersOf(cards);
  const widest = Math.max(...cards.map((card) => widthOf(stateWords(card))));
  const digits = String(Math.max(0, ...numbers.map((number) => number ?? 0))).length;
  let course: string | undefined;
  return found.flatMap((index): readonly ListRow[] => {
    const card = cards[index];
    if (card === undefined) return [];
    const heading =
      card.course === course || card.course === undefined ? [] : courseHeading(card.course, width);
    course = card.course;
    const number = String(numbers[index] ?? '').padStart(digits);
    const lead = `${index === selected ? '▸' : ' '} ${number}  `;
    return [...heading, { card: index, line: cardRow(card, lead, index === selected, widest, width) }];
  });
}

function courseHeading(name: string, width: number): readonly ListRow[] {
  return [
    { card: null, line: [] },
    { card: null, line: [span(truncate(name, width), 'heading')] },
  ];
}

function cardRow(card: LessonCard, lead: string, isSelected: boolean, widest: number, width: number): Line {
  const indent = typeof card.challengeOf === 'string' ? '  ' : '';
  const isGood = card.progress.state === 'mastered' && card.due === 0;
  const tail: Line = [
    span(`${card.minutes} min `.padStart(7), 'faint'),
    ...bar(card.progress, width < 80 ? 6 : 10),
    span(` ${stateWords(card).padEnd(widest)}`, card.due > 0 ? 'warn' : isGood ? 'good' : 'plain'),
  ];
  const room = Math.max(8, width - widthOf(lead) - lineWidth(tail));
  const title = truncate(`${indent}${cardTitle(card)}`, room - 1);
  return [span(lead, 'accent'), ...fitTo([span(title, isSelected ? 'strong' : 'plain')], room), ...tail];
}

function bar(progress: LessonProgress, length: number): Line {
  const filled =
    progress.state === 'mastered'
      ? length
      : progress.state === 'begun'
        ? Math.max(1, Math.round((progress.done / Math.max(1, progress.steps)) * length))
        : 0;
  return [span('━'.repeat(filled), 'good'), span('─'.repeat(length - filled), 'faint')];
}

function stateWords({ progress, due }: LessonCard): string {
  if (due > 0) return '↻ due for review';
  switch (progress.state) {
    case 'new':
      return 'new';
    case 'begun':
      return `begun, ${progress.done}/${progress.steps}`;
    case 'mastered':
      return progress.score === null ? '✓ mastered' : `✓ quiz ${progress.score}`;
  }
}
