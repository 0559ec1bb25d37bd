import { Text } from 'ink';
import { fitTo, type Line, lineWidth, type Span, span } from './styled-text.ts';
import type { Role, Theme } from './theme.ts';

/** Rows of text in a room of exactly this size: cut at its edges, filled with blanks. Pinned ones do not scroll. */
export function Rows(props: {
  lines: readonly Line[];
  first?: number;
  pinned?: number;
  width: number;
  height: number;
  margin?: number;
  theme: Theme;
}) {
  const { lines, first = 0, pinned = 0, width, height, margin = 1, theme } = props;
  const side = ' '.repeat(margin);
  const rows = Array.from({ length: height }, (_, index) => {
    return `${side}${theme(fitTo(lines[index < pinned ? index : first + index] ?? [], width))}${side}`;
  });
  return <Text wrap="truncate">{rows.join('\n')}</Text>;
}

/** A border's side: one character a row. */
export function Edge({ height, look, theme }: { height: number; look: Role; theme: Theme }) {
  const row = theme([span('│', look)]);
  return <Text>{Array.from({ length: height }, () => row).join('\n')}</Text>;
}

/** A border's part: corner, title from the left, a note from the right, and rule between. */
export interface RulePart {
  readonly start: string;
  readonly width: number;
  readonly title: Line;
  readonly note: string;
  readonly role: Role;
}

/** A horizontal border of one or more parts. `end` is its last character. */
export function Rule({ parts, end, theme }: { parts: readonly RulePart[]; end: string; theme: Theme }) {
  const row = parts.flatMap(ruleSpans);
  return <Text wrap="truncate">{theme([...row, span(end, parts.at(-1)?.role ?? 'border')])}</Text>;
}

function ruleSpans({ start, width, title, note, role }: RulePart): Span[] {
  const lead = span(`${start}─`, role);
  const tail: Span[] = note === '' ? [] : [span(` ${note} `, 'faint'), span('─', role)];
  const room = width - 2 - lineWidth(tail);
  const label = title.length === 0 ? [] : [span(' '), ...title, span(' ')];
  const shown = lineWidth(label) > room ? [...fitTo(label, Math.max(0, room))] : label;
  return [lead, ...shown, span('─'.repeat(Math.max(0, room - lineWidth(shown))), role), ...tail];
}

/** Which rows of a longer text are in sight: `1–12 of 30`; empty when all are. */
export function position(count: number, first: number, height: number): string {
  if (count <= height) return '';
  return `${first + 1}–${Math.min(count, first + height)} of ${count}`;
}
