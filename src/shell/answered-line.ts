/** A command, and what was answered to the questions it asks, in their order. */
export interface AnsweredLine {
  readonly command: string;
  readonly answers: readonly string[];
}

/**
 * Reads a line whose command asks: below the command, a row `> answer` for each question. Answers are read as they
 * are, without quotes or comments. A row of another kind belongs to the command.
 */
export function readAnswered(line: string): AnsweredLine {
  const text = line.replaceAll(/\r\n?/g, '\n');
  const end = commandEnd(text);
  const rows = text.slice(end + 1).split('\n');
  const isAnswered = rows.every((row) => row.trim() === '' || answerRowEnd(row, 0) !== null);
  if (!isAnswered) return { command: text, answers: [] };
  return { command: text.slice(0, end), answers: rows.filter((row) => row.trim() !== '').map(answerIn) };
}

/** The line with one more answer. */
export function withAnswer(line: string, answer: string): string {
  return `${line}\n> ${answerIn(answer)}`.trimEnd();
}

/** Where the row that begins at `start` ends, when it holds an answer; null when it does not. */
export function answerRowEnd(text: string, start: number): number | null {
  if (!/^[ \t]*>/.test(text.slice(start, start + 200))) return null;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** What an answer says, whether it is written with its mark or without. */
function answerIn(row: string): string {
  return row.trim().replace(/^>\s*/, '');
}

/** Where the command ends: before the first answer, as quotes and escapes allow. */
function commandEnd(text: string): number {
  let quote: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '\\' && quote !== "'") index++;
    else if (quote !== null) quote = char === quote ? null : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '\n' && answerRowEnd(text, index + 1) !== null) return index;
  }
  return text.length;
}
