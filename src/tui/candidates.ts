import { type Line, line, widthOf } from './styled-text.ts';

const GAP = '  ';

/** Completions side by side, as a shell lists them: at most so many rows, the last of which says how many are left out. */
export function candidateLines(candidates: readonly string[], width: number, most: number): Line[] {
  const rows: string[][] = [];
  for (const word of candidates) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf([...last, word].join(GAP)) <= width) last.push(word);
    else rows.push([word]);
  }
  const shown = rows.length <= most ? rows : rows.slice(0, most - 1);
  const left = candidates.length - shown.flat().length;
  const more = left === 0 ? [] : [`… and ${left} more: type a letter, then Tab.`];
  return [...shown.map((row) => row.join(GAP)), ...more].map((row) => line(row, 'faint'));
}
