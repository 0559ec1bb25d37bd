import columnWidth, { graphemes } from './column-width.ts';
import type { Role } from './theme.ts';

/** Text in which no control character is left: the only kind that a span can hold. */
export type SafeText = string & { readonly safe: unique symbol };

/** A run of text in one role. */
export interface Span {
  readonly text: SafeText;
  readonly role: Role;
  /** The term of the glossary that it is, where a reader can open it. */
  readonly term?: string;
}

/** One row of text, not yet cut to a width. */
export type Line = readonly Span[];

// C0 and C1 controls, DEL, the marks that turn the direction of text around, and separators that break a row.
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const plainAscii = /^[\x20-\x7e]*$/;

/**
 * The boundary between content and terminal: tabs become spaces, and every other control character becomes `�`,
 * so that nothing in a scenario file or an object's body can move the cursor or change a colour.
 */
export function safe(text: string): SafeText {
  const clean = plainAscii.test(text) ? text : text.replaceAll('\t', '  ').replace(controls, '\ufffd');
  return clean as SafeText;
}

/** A span of this text in this role. */
export function span(text: string, role: Role = 'plain'): Span {
  return { text: safe(text), role };
}

/** The same look and term, with another text. */
function like(part: Span, text: string): Span {
  return { ...part, text: safe(text) };
}

/** A row of one span. */
export function line(text: string, role: Role = 'plain'): Line {
  return [span(text, role)];
}

/** Rows of a text with line breaks, one span each. */
export function linesOf(text: string, role: Role = 'plain'): Line[] {
  return text.split(/\r\n|\r|\n/).map((row) => line(row, role));
}

/** Columns that a text takes on the terminal. */
export function widthOf(text: string): number {
  return columnWidth(text);
}

/** Columns that a row takes on the terminal. */
export function lineWidth(row: Line): number {
  return row.reduce((sum, part) => sum + widthOf(part.text), 0);
}

/** Cut to a width, with `…` where something was left out. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const next = widthOf(grapheme);
    if (used + next > width - 1) break;
    kept += grapheme;
    used += next;
  }
  return `${kept}…`;
}

/** Cut in the middle, so that both ends of an ARN or an id stay readable. */
export function truncateMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width < 5) return truncate(text, width);
  const parts = graphemes(text);
  const tail = Math.floor((width - 1) / 2);
  const end = parts.slice(-tail).join('');
  return `${truncate(text, width - widthOf(end))}${end}`;
}

/** Exactly this wide: cut with `…`, or filled with spaces. */
export function fitTo(row: Line, width: number): Line {
  const total = lineWidth(row);
  if (total === width) return row;
  if (total < width) return [...row, span(' '.repeat(width - total))];
  const kept: Span[] = [];
  let left = width;
  for (const part of row) {
    const wide = widthOf(part.text);
    if (wide < left) {
      kept.push(part);
      left -= wide;
      continue;
    }
    // Something follows or this one is too long, so the last column is the ellipsis.
    kept.push(like(part, truncate(`${part.text}  `, left)));
    break;
  }
  const used = lineWidth(kept);
  return used < width ? [...kept, span(' '.repeat(width - used))] : kept;
}

/** Rows of at most this width, broken at spaces; words longer than a row break after `/`, `:`, `,` or anywhere. */
export function wrap(row: Line, width: number, hang: Line = []): Line[] {
  if (lineWidth(row) <= width) return [row];
  const cells = row.flatMap((of) => graphemes(of.text).map((text) => ({ text, of })));
  const rows: Line[] = [];
  const indent = lineWidth(hang);
  let start = 0;
  while (start < cells.length) {
    const room = Math.max(1, width - (rows.length === 0 ? 0 : indent));
    const end = breakAt(cells, start, room);
    const merged = mergeCells(cells.slice(start, end));
    rows.push(rows.length === 0 ? merged : [...hang, ...merged]);
    start = end;
    while (cells[start]?.text === ' ') start++;
  }
  return rows;
}

/** Where a row that starts at `start` ends: the index of the first cell of the next one. */
function breakAt(cells: readonly { text: string }[], start: number, room: number): number {
  let used = 0;
  let space = -1;
  let soft = -1;
  for (let index = start; index < cells.length; index++) {
    const text = cells[index]?.text ?? '';
    used += widthOf(text);
    if (used > room) {
      if (text === ' ') return index;
      if (space > start) return space;
      if (soft > start + room / 2) return soft;
      return Math.max(index, start + 1);
    }
    if (text === ' ') space = index;
    if (text === '/' || text === ':' || text === ',') soft = index + 1;
  }
  return cells.length;
}

function mergeCells(cells: readonly { text: string; of: Span }[]): Line {
  const merged: { text: string; of: Span }[] = [];
  for (const cell of cells) {
    const last = merged.at(-1);
    if (last?.of.role === cell.of.role && last.of.term === cell.of.term) last.text += cell.text;
    else merged.push({ ...cell });
  }
  return merged.map(({ text, of }) => like(of, text));
}

/** The words of a row without their roles. */
export function plainText(row: Line): string {
  return row.map((part) => part.text).join('');
}
