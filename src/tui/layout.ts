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

/** How the learner moved the borders between panes, in characters from where they stand by themselves. */
export interface Split {
  readonly columns: number;
  readonly rows: number;
}

/** What the panes ask for: rows the lower one needs at least, rows it could fill, and rows of the lesson. */
export interface RowsWanted {
  readonly least: number;
  readonly full: number;
  readonly lesson: (width: number) => number;
}

export const smallest: Size = { columns: 60, rows: 20 };
const together: Size = { columns: 100, rows: 30 };
// Header and three borders.
const chrome = 4;
/** Columns in which long text reads well. */
export const readingWidth = 72;

/** True when nothing sensible fits: the screen says so and waits. */
export function isTooSmall(size: Size): boolean {
  return size.columns < smallest.columns || size.rows < smallest.rows;
}

/** Shares the screen out. Every room has at least one row and the sum is the terminal's size. */
export function layoutFor(
  size: Size,
  wish: {
    split: Split;
    account: boolean;
    zoomed: boolean;
    whole: boolean;
    choosing: boolean;
    /** Rows of the footer: more than one while it says something long. */
    footer: number;
    rows: RowsWanted;
  },
): Layout {
  if (isTooSmall(size)) return { kind: 'too-small' };
  const rows = size.rows - chrome - wish.footer;
  const width = size.columns - 4;
  if (!wish.account) {
    const column = Math.min(readingWidth, size.columns - 6);
    // Options stand right below their question, however high the screen is.
    const rest = rows - wish.rows.lesson(column) - 1;
    const height = clamp(Math.max(wish.rows.least, wish.choosing ? rest : 1), 1, rows - 6);
    const margin = Math.floor((size.columns - 2 - column) / 2);
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
    // What the lesson leaves over goes to the prompt's answers.
    const spare = Math.max(8, rows - wish.rows.lesson(width));
    const wanted = Math.max(wish.rows.least, Math.min(wish.rows.full, spare));
    const height = clamp(wanted + wish.split.rows, 1, rows - 7);
    return { kind: 'tabs', upper: { width, height: rows - height }, lower: { width, height } };
  }
  const wanted = clamp(Math.max(wish.rows.least, Math.round(rows * 0.36)), 1, Math.round(rows * 0.55));
  const height = clamp(wanted + wish.split.rows, 3, rows - 7);
  const left = clamp(Math.ceil((size.columns - 7) / 2) + wish.split.columns, 24, size.columns - 7 - 24);
  return {
    kind: 'together',
    left: { width: left, height: rows - height },
    right: { width: size.columns - 7 - left, height: rows - height },
    lower: { width, height },
  };
}

/** The layout while a file is edited: its text above, what is said of it below. */
export function editorLayout(size: Size, footer: number): Layout {
  if (isTooSmall(size)) return { kind: 'too-small' };
  const width = size.columns - 4;
  const rows = size.rows - chrome - footer;
  const height = clamp(Math.round(rows * 0.25), 4, 8);
  return { kind: 'tabs', upper: { width, height: rows - height }, lower: { width, height } };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
