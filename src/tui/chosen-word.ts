import { meaningOf } from './glossary.ts';
import type { TermPlace } from './mark-terms.ts';
import type { PlayerState } from './player-state.ts';
import { type Line, span, wrap } from './styled-text.ts';

/** The marked word of the lesson's text that is chosen. */
export interface WordFocus {
  readonly term: string;
  /** Whether what it means is shown below it. */
  readonly isOpen: boolean;
  /** Where one was before, and comes back to. */
  readonly from: Pick<PlayerState, 'focus' | 'upper'>;
}

/** The rows of a text with the chosen word marked, and below it what it means where that is shown. */
export function withWord(
  lines: readonly Line[],
  terms: readonly TermPlace[],
  word: WordFocus | null,
  width: number,
): readonly Line[] {
  const place = terms.find(({ term }) => term === word?.term);
  if (word === null || place === undefined) return lines;
  const { term, from, to } = place;
  const chosen = lines
    .slice(from, to)
    .map((row) => row.map((part) => (part.term === term ? { ...part, role: 'chosen' as const } : part)));
  const meaning = word.isOpen
    ? wrap([span('↳ ', 'accent'), span(term, 'strong'), span('  '), span(meaningOf(term))], width, [
        span('  '),
      ])
    : [];
  return [...lines.slice(0, from), ...chosen, ...meaning, ...lines.slice(to)];
}
