import { answerRowEnd, readAnswered } from '../shell/index.ts';
import { graphemes } from './column-width.ts';

/** A line being typed at the prompt. It may have several rows, when pasted or while a quote is open. */
export interface LineEditor {
  readonly text: string;
  /** Index into `text` in UTF-16 code units; never inside a character. */
  readonly cursor: number;
  /** What was entered before, oldest first. */
  readonly history: readonly string[];
  /** Which entry of the history is shown, and what was typed before it came up; null for the line itself. */
  readonly recalled: { readonly index: number; readonly draft: string } | null;
}

export type EditAction =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'delete-left'
  | 'delete-right'
  | 'delete-word'
  | 'delete-to-start'
  | 'delete-to-end'
  | 'row-up'
  | 'row-down'
  | 'clear';

/** An empty line with this history. */
export function emptyLine(history: readonly string[] = []): LineEditor {
  return { text: '', cursor: 0, history, recalled: null };
}

/** Puts text in at the cursor: a character, or everything that was pasted. */
export function insert(line: LineEditor, text: string): LineEditor {
  const next = line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor);
  return { ...line, text: next, cursor: line.cursor + text.length };
}

/**
 * Takes the line off, remembering it unless it is blank or the same as the one before. Answers to questions are not
 * remembered, as in a shell.
 */
export function submit(line: LineEditor): LineEditor {
  const entered = readAnswered(line.text).command.trim();
  const remember = entered !== '' && line.history.at(-1) !== entered;
  return emptyLine(remember ? [...line.history, entered] : line.history);
}

/** Replaces the word before the cursor, as a completion does. */
export function replaceWord(line: LineEditor, word: string): LineEditor {
  const before = line.text.slice(0, line.cursor);
  const start = before.length - lastWord(before).length;
  const text = line.text.slice(0, start) + word + line.text.slice(line.cursor);
  return { ...line, text, cursor: start + word.length };
}

/** The word that ends at the end of `text`, empty after a space. */
export function lastWord(text: string): string {
  return /\S*$/.exec(text)?.[0] ?? '';
}

/** The longest beginning that all of the words share. */
export function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let length = first.length;
  for (const word of rest) {
    while (!word.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}

/** True while a quote is open or the line ends in a backslash: Enter then begins another row, as in a shell. */
export function isUnfinished(text: string): boolean {
  return leftOpen(text) !== null;
}

/** The quote that is open at the end of the text, or the backslash it ends in; null when it is whole. */
export function leftOpen(text: string): "'" | '"' | '\\' | null {
  let quote: "'" | '"' | null = null;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '\\' && quote !== "'") {
      if (index === text.length - 1) return char;
      index++;
    } else if (quote === null) {
      if (char === "'" || char === '"') quote = char;
      // What a pasted line answers to questions is taken as it is.
      if (char === '\n') index = Math.max(index, (answerRowEnd(text, index + 1) ?? 0) - 1);
    } else if (char === quote) {
      quote = null;
    }
  }
  return quote;
}

/** One editing key. Gives the same line back where it has nothing to do. */
export function edit(line: LineEditor, action: EditAction): LineEditor {
  const { text, cursor } = line;
  switch (action) {
    case 'left':
      return moveTo(line, cursor - (graphemes(text.slice(0, cursor)).at(-1)?.length ?? 0));
    case 'right':
      return moveTo(line, cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0));
    case 'word-left':
      return moveTo(line, wordLeft(text, cursor));
    case 'word-right':
      return moveTo(line, cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0));
    case 'line-start':
      return moveTo(line, rowStart(text, cursor));
    case 'line-end':
      return moveTo(line, rowEnd(text, cursor));
    case 'delete-left':
      return remove(line, edit(line, 'left').cursor, cursor);
    case 'delete-right':
      return remove(line, cursor, edit(line, 'right').cursor);
    case 'delete-word':
      return remove(line, wordLeft(text, cursor), cursor);
    case 'delete-to-start':
      return remove(line, rowStart(text, cursor), cursor);
    case 'delete-to-end':
      return remove(line, cursor, rowEnd(text, cursor));
    case 'row-up':
      return rowStart(text, cursor) > 0 ? moveRow(line, -1) : recall(line, -1);
    case 'row-down':
      return rowEnd(text, cursor) < text.length ? moveRow(line, 1) : recall(line, 1);
    case 'clear':
      return emptyLine(line.history);
  }
}

function moveTo(line: LineEditor, cursor: number): LineEditor {
  return cursor === line.cursor ? line : { ...line, cursor };
}

function remove(line: LineEditor, from: number, to: number): LineEditor {
  return from === to ? line : { ...line, text: line.text.slice(0, from) + line.text.slice(to), cursor: from };
}

function wordLeft(text: string, cursor: number): number {
  return cursor - (/\S*\s*$/.exec(text.slice(0, cursor))?.[0].length ?? 0);
}

function rowStart(text: string, cursor: number): number {
  return text.lastIndexOf('\n', cursor - 1) + 1;
}

function rowEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}

function moveRow(line: LineEditor, by: -1 | 1): LineEditor {
  const { text, cursor } = line;
  const column = cursor - rowStart(text, cursor);
  const inRow = by < 0 ? rowStart(text, cursor) - 1 : rowEnd(text, cursor) + 1;
  return moveTo(line, Math.min(rowStart(text, inRow) + column, rowEnd(text, inRow)));
}

function recall(line: LineEditor, by: -1 | 1): LineEditor {
  const { history, recalled } = line;
  const index = (recalled?.index ?? history.length) + by;
  if (index < 0 || index > history.length) return line;
  const draft = recalled?.draft ?? line.text;
  const text = history[index] ?? draft;
  return { ...line, text, cursor: text.length, recalled: index === history.length ? null : { index, draft } };
}
