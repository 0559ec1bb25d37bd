/** What a line was split into, or why it could not be. */
export type Words =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * Where a scan of a line ended. `partial` is the word under the cursor (empty after a blank): what
 * completion completes.
 */
export interface Scan {
  readonly words: readonly string[];
  readonly partial: string;
  readonly problem: string | null;
}

const BLANK = /[ \t]/;
const OPERATORS: Readonly<Record<string, string>> = {
  '|': 'pipe (|)',
  '>': 'redirect (>)',
  '<': 'redirect (<)',
  ';': 'second command after ;',
  '&': 'second command or background job after &',
  '(': 'subshell ( )',
  ')': 'subshell ( )',
};
/** What follows a `$` that a shell would expand: a name, `{`, `(`, or a special parameter. */
const EXPANSION = /^\$[A-Za-z_0-9{(?#@*!$-]/;

/**
 * Splits a line into words as a POSIX shell does for quotes, escapes and comments
 * (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02). Everything that
 * would start another command, or expand to something else, is a problem that names it.
 */
export function splitWords(line: string): Words {
  const scan = scanWords(line);
  if (scan.problem !== null) return { kind: 'problem', message: scan.problem };
  return { kind: 'words', words: scan.partial === '' ? scan.words : [...scan.words, scan.partial] };
}

/** As `splitWords`, for a line that is still being typed: never fails, and keeps the last word apart. */
export function scanWords(typed: string): Scan {
  const line = typed.replaceAll(/\r\n?/g, '\n');
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  const stop = (problem: string): Scan => ({ words, partial: word ?? '', problem });

  while (at < line.length) {
    const char = line.charAt(at);
    if (BLANK.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (char === '\n') {
      if (word !== null) words.push(word);
      word = null;
      if (words.length > 0 && hasCommand(line.slice(at))) {
        return stop(oneCommand('second command on a new line', line, at + 1));
      }
      at += 1;
    } else if (char === '#' && word === null) {
      const end = line.indexOf('\n', at);
      at = end === -1 ? line.length : end;
    } else if (char === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) {
        word = (word ?? '') + line.slice(at + 1);
        return stop(openQuote("'", line, at));
      }
      word = (word ?? '') + line.slice(at + 1, end);
      at = end + 1;
    } else if (char === '"') {
      const quoted = readDoubleQuoted(line, at);
      word = (word ?? '') + quoted.text;
      if (quoted.problem !== null) return stop(quoted.problem);
      at = quoted.end;
    } else if (char === '\\') {
      if (at + 1 === line.length) {
        return stop(
          'The line ends in a backslash, which promises that it goes on. Type the rest, or leave it out.',
        );
      }
      const next = line.charAt(at + 1);
      if (next !== '\n') word = (word ?? '') + next;
      at += 2;
    } else if (char === '`' || (char === '$' && EXPANSION.test(line.slice(at, at + 2)))) {
      return stop(noExpansion(line, at));
    } else {
      const operator = OPERATORS[char];
      if (operator !== undefined) return stop(oneCommand(operator, line, at));
      word = (word ?? '') + char;
      at += 1;
    }
  }
  // An empty word that was quoted ('') is a word; for completion it is one still being typed.
  if (word === '') {
    words.push('');
    word = null;
  }
  return { words, partial: word ?? '', problem: null };
}

/** Puts a word in quotes when a shell would otherwise read it as something else. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./*?[\]{}~^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function readDoubleQuoted(
  line: string,
  open: number,
): { readonly text: string; readonly end: number; readonly problem: string | null } {
  let text = '';
  let at = open + 1;
  while (at < line.length) {
    const char = line.charAt(at);
    if (char === '"') return { text, end: at + 1, problem: null };
    if (char === '\\' && at + 1 < line.length) {
      const next = line.charAt(at + 1);
      if (next === '\n') text += '';
      else if ('$`"\\'.includes(next)) text += next;
      else text += char + next;
      at += 2;
    } else if (char === '`' || (char === '$' && EXPANSION.test(line.slice(at, at + 2)))) {
      return { text, end: at, problem: noExpansion(line, at) };
    } else {
      text += char;
      at += 1;
    }
  }
  return { text, end: at, problem: openQuote('"', line, open) };
}

/** Whether anything but blanks and comments follows. */
function hasCommand(rest: string): boolean {
  return rest.split('\n').some((one) => /^\s*[^\s#]/.test(one));
}

function openQuote(quote: string, line: string, at: number): string {
  return `A ${quote} is opened ${place(line, at)} and never closed:\n${excerpt(line, at)}`;
}

function oneCommand(what: string, line: string, at: number): string {
  return `This prompt takes one command a line, and here is a ${what}, ${place(line, at)}:\n${excerpt(line, at)}\nPut it in single quotes if it is meant as text.`;
}

function noExpansion(line: string, at: number): string {
  return `This prompt has no variables and no command substitution, and a shell would expand what stands ${place(line, at)}:\n${excerpt(line, at)}\nPut it in single quotes if it is meant as text.`;
}

function place(line: string, at: number): string {
  const before = line.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return before.length === 1 ? `at character ${column}` : `in line ${before.length}, character ${column}`;
}

/** A few characters on both sides of a place, with a caret under it. */
function excerpt(line: string, at: number): string {
  const start = Math.max(line.lastIndexOf('\n', at - 1) + 1, at - 20);
  const lineEnd = line.indexOf('\n', at);
  const end = Math.min(lineEnd === -1 ? line.length : lineEnd, at + 20);
  const visible = line.slice(start, end).replaceAll('\t', ' ');
  return `  ${visible}\n  ${' '.repeat(at - start)}^`;
}
