import columnWidth, { graphemes, isOneColumnEach } from '../tui/column-width.ts';

/** What Ink's renderer writes into a frame, as its `Output` collects it. */
export type Operation =
  | {
      readonly type: 'write';
      /** Columns from the left and rows from the top, from 0. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly transformers: readonly ((line: string, index: number) => string)[];
    }
  | { readonly type: 'clip' | 'unclip' };

interface Row {
  text: string;
  /** Columns taken so far. */
  width: number;
}

// As the theme writes them: a style, its text, and the end of it.
const styled = /\u001b\[[\d;]+m([^\u001b]*)\u001b\[0m/g;

/**
 * A frame made by putting texts side by side, as our screens write them: from left to right, none over another,
 * each row ending the styles that it begins. Ink takes every character apart, with its styles, and puts all together
 * again, which is half the time of a frame. Null where the texts are not of that kind: then it is Ink's to do.
 */
export function joinedOutput(operations: readonly Operation[], height: number): string | null {
  const rows: Row[] = Array.from({ length: height }, () => ({ text: '', width: 0 }));
  for (const operation of operations) {
    if (operation.type !== 'write') return null;
    const { x, y, text, transformers } = operation;
    for (const [index, plain] of text.split('\n').entries()) {
      const line = transformers.reduce((each, transform) => transform(each, index), plain);
      const row = rows[y + index];
      if (row === undefined || line === '') continue;
      const width = closedWidth(line);
      if (width === null || x < row.width) return null;
      row.text += ' '.repeat(x - row.width) + line;
      row.width = x + width;
    }
  }
  return rows.map(({ text }) => text.trimEnd()).join('\n');
}

/** Columns of a row that ends every style it begins, as Ink counts them; null for any other. */
function closedWidth(line: string): number | null {
  const bare = line.includes('\u001b') ? line.replace(styled, '$1') : line;
  if (isOneColumnEach(bare)) return bare.length;
  if (bare.includes('\u001b')) return null;
  // Ink gives a column to what takes none by itself.
  return graphemes(bare).reduce((sum, each) => sum + Math.max(1, columnWidth(each)), 0);
}
