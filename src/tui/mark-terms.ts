import { occurrencesIn } from './glossary.ts';
import type { Mark } from './markdown.ts';
import { type Line, type Span, span } from './styled-text.ts';
import type { Role } from './theme.ts';

// Headings stand out by themselves, and what is typed is no word to be explained.
const prose: ReadonlySet<Role> = new Set(['plain', 'strong', 'emphasis']);

/** Marks terms of the glossary, each where it comes first in all that one of these is given. */
export function firstTerms(): Mark {
  const seen = new Set<string>();
  return (words) => words.flatMap((part) => (prose.has(part.role) ? marked(part, seen) : [part]));
}

function marked(part: Span, seen: Set<string>): Span[] {
  const { text, role } = part;
  const parts: Span[] = [];
  let from = 0;
  for (const { term, start, end } of occurrencesIn(text)) {
    if (seen.has(term.term)) continue;
    seen.add(term.term);
    if (start > from) parts.push(span(text.slice(from, start), role));
    parts.push({ ...span(text.slice(start, end), role), term: term.term });
    from = end;
  }
  return from === 0 ? [part] : [...parts, ...(from < text.length ? [span(text.slice(from), role)] : [])];
}

/** A marked term: the rows of a text that hold it, from `from` up to `to`; two where it is broken. */
export interface TermPlace {
  readonly term: string;
  readonly from: number;
  readonly to: number;
}

/** The terms that are marked in a text, in its order. */
export function termPlaces(lines: readonly Line[]): readonly TermPlace[] {
  const places = new Map<string, TermPlace>();
  for (const [row, line] of lines.entries()) {
    for (const { term } of line) {
      if (term !== undefined) places.set(term, { term, from: places.get(term)?.from ?? row, to: row + 1 });
    }
  }
  return [...places.values()];
}
