/** Size of a terminal in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Room for text in a pane, without border and margin. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** How a player's panes share the screen. */
export type Layout =
  | { readonly kind: 'too-small' }
  /** Lesson left, account or decision right, prompt below. */
  | { readonly kind: 'together'; readonly left: Room; readonly right: Room; readonly lower: Room }
  /** One pane above, the others as tabs. `lower` is null where the pane above takes all. */
  | { readonly kind: 'tabs'; readonly upper: Room; readonly lower: Room | null }
  /** Without an account: the lesson alone, in a column that reads well, and the question below it. */
  | { readonly kind: 'reading'; readonly upper: Room; readonly lower: Room; readonly margin: number };

/** What the lower pane asks for: rows it needs at least, and rows it could fill. */
export interface LowerNeed {
  readonly least: number;
  readonly full: number;
}

export const smallest: Size = { columns: 60, rows: 20 };
const together: Size = { columns: 100, rows: 30 };
// Header, three borders, footer.
const chrome = 5;
const readingWidth = 76;

/** True when nothing sensible fits: the screen says so and waits. */
export function isTooSmall(size: Size): boolean {
  return size.columns < smallest.columns || size.rows < smallest.rows;
}

/** Shares the screen out. Every room has at least one row and the sum is the terminal's size. */
export function layoutFor(
  size: Size,
  wish: { account: boolean; zoomed: boolean; whole: boolean; lower: LowerNeed },
): Layout {
  if (isTooSmall(size)) return { kind: 'too-small' };
  const rows = size.rows - chrome;
  const width = size.columns - 4;
  if (!wish.account) {
    const column = Math.min(readingWidth, width);
    const height = clamp(wish.lower.full, 1, rows - 6);
    const margin = Math.floor((width - column) / 2);
    return {
      kind: 'reading',
      upper: { width: column, height: rows - height },
      lower: { width: column, height },
      margin,
    };
  }
  const isWide = size.columns >= together.columns && size.rows >= together.rows;
  if (wish.zoomed || (!isWide && wish.whole)) {
    return { kind: 'tabs', upper: { width, height: rows + 1 }, lower: null };
  }
  if (!isWide) {
    const height = clamp(Math.max(wish.lower.least, Math.min(wish.lower.full, 8)), 1, rows - 7);
    return { kind: 'tabs', upper: { width, height: rows - height }, lower: { width, height } };
  }
  const height = clamp(Math.max(wish.lower.least, Math.round(rows * 0.36)), 1, Math.round(rows * 0.55));
  const left = Math.ceil((size.columns - 7) / 2);
  return {
    kind: 'together',
    left: { width: left, height: rows - height },
    right: { width: size.columns - 7 - left, height: rows - height },
    lower: { width, height },
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
