import { fitTo, type Line, line, lineWidth, type Span, span } from './styled-text.ts';

/** What hangs on a thing: one row. */
export type Branch = readonly Span[];

/** A heading with the things of one kind; nothing without any. Rows are cut to the width. */
export function section(title: string, trees: readonly (readonly Line[])[], width: number): Line[] {
  if (trees.length === 0) return [];
  return [line(title, 'heading'), ...trees.flat().map((row) => within(row, width))];
}

/** The row, cut where it is longer than the width. */
export function within(row: Line, width: number): Line {
  return lineWidth(row) > width ? fitTo(row, width) : row;
}

/** A thing and what hangs on it. */
export function tree(head: Line, branches: readonly Branch[]): Line[] {
  return [
    head,
    ...branches.map(
      (branch, index): Line => [
        span(index === branches.length - 1 ? '   └─ ' : '   ├─ ', 'border'),
        ...branch,
      ],
    ),
  ];
}

/** A thing's own row, marked when the learner sits there. */
export function head(name: string, isHere: boolean, rest: readonly Span[] = []): Line {
  return [
    span(isHere ? ' ● ' : ' ○ ', isHere ? 'accent' : 'faint'),
    span(name, isHere ? 'accent' : 'strong'),
    ...rest,
    ...(isHere ? [span('  you are here', 'faint')] : []),
  ];
}
