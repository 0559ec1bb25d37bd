import { EventEmitter } from 'node:events';

/** Where the cursor stands, from 0. Null hides it. */
export type CursorPosition = { readonly row: number; readonly column: number } | null;

const esc = '\u001b[';
const beginSynchronized = `${esc}?2026h`;
const endSynchronized = `${esc}?2026l`;
const hideCursor = `${esc}?25l`;
const showCursor = `${esc}?25h`;

/**
 * What Ink writes its frames into, in place of the terminal. Each write is one whole frame; only the rows that
 * differ from what the terminal shows are sent on, each put in its place, so that nothing ever scrolls.
 */
export class FrameSink extends EventEmitter {
  columns: number;
  rows: number;
  private readonly send: (data: string) => void;
  private shown: readonly string[] = [];
  private latest: readonly string[] = [];
  private cursor: CursorPosition = null;
  private shownCursor: CursorPosition | undefined;
  private stale = true;
  private open = false;

  constructor(size: { columns: number; rows: number }, send: (data: string) => void) {
    super();
    this.columns = size.columns;
    this.rows = size.rows;
    this.send = send;
  }

  /** Takes a frame. Nothing reaches the terminal while the sink is closed; the last frame is kept for `resume`. */
  write(frame: string): boolean {
    this.latest = frame.split('\n').slice(0, this.rows);
    this.flush();
    return true;
  }

  /** Where the cursor goes with the next frame. */
  placeCursor(position: CursorPosition): void {
    this.cursor = position;
  }

  /** Tells the size of the terminal. Its content is no longer trusted: the next frame is sent whole. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.stale = true;
  }

  /** Starts sending; the terminal is taken to be unknown and is cleared. */
  resume(): void {
    this.open = true;
    this.stale = true;
    this.flush();
  }

  /** Stops sending, because the terminal belongs to somebody else now. */
  pause(): void {
    this.open = false;
  }

  private flush(): void {
    if (!this.open) return;
    const changes = this.changedRows();
    const moved = !sameCursor(this.cursor, this.shownCursor);
    if (changes === '' && !moved) return;
    this.send(`${beginSynchronized}${hideCursor}${changes}${this.cursorSequence()}${endSynchronized}`);
    this.shown = this.latest;
    this.shownCursor = this.cursor;
    this.stale = false;
  }

  private changedRows(): string {
    let out = this.stale ? `${esc}0m${esc}2J` : '';
    const before = this.stale ? [] : this.shown;
    const count = Math.max(before.length, this.latest.length);
    for (let row = 0; row < count; row++) {
      const text = this.latest[row] ?? '';
      if (text === (before[row] ?? '')) continue;
      // Erased first: after a row that fills the terminal, the cursor still stands on its last character.
      out += `${esc}${row + 1};1H${esc}K${text}`;
    }
    return out;
  }

  private cursorSequence(): string {
    if (this.cursor === null) return '';
    return `${esc}${this.cursor.row + 1};${this.cursor.column + 1}H${showCursor}`;
  }
}

function sameCursor(a: CursorPosition, b: CursorPosition | undefined): boolean {
  if (a === null || b === null || b === undefined) return a === b;
  return a.row === b.row && a.column === b.column;
}
