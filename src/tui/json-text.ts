import { type Span, span } from './styled-text.ts';
import type { Role } from './theme.ts';

const tokens = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]|\s+|./g;

/** A row of JSON, its names, texts, values and marks each in their role. A row that is not JSON is shown as it is. */
export function jsonSpans(row: string): Span[] {
  return [...row.matchAll(tokens)].map(({ 0: text, index }) => {
    const end = index + text.length;
    return span(text, roleOf(text, /^\s*:/.test(row.slice(end, end + 20))));
  });
}

function roleOf(text: string, isName: boolean): Role {
  if (text.startsWith('"')) return isName ? 'strong' : 'code';
  if (/^(-?\d|true|false|null)/.test(text)) return 'warn';
  return /^[{}[\],:]$/.test(text) ? 'faint' : 'plain';
}

/** What stands before a place in JSON text: the names of the objects around it, and the text begun there. */
export interface JsonPlace {
  /** Name of the value that is being written; null for the name of a field. */
  readonly field: string | null;
  /** What is typed of the text so far. */
  readonly partial: string;
}

/** The place at the end of `before` when it is inside a text in quotes; null elsewhere. */
export function placeAtEnd(before: string): JsonPlace | null {
  const stack: { kind: '{' | '['; field: string | null }[] = [];
  let field: string | null = null;
  let text: string | null = null;
  let isValue = false;
  for (const [token] of before.matchAll(tokens)) {
    if (token.trim() === '') continue;
    if (token.startsWith('"')) {
      if (!isClosed(token)) {
        const inList = stack.at(-1)?.kind === '[';
        return { field: isValue || inList ? (field ?? null) : null, partial: token.slice(1) };
      }
      text = token.slice(1, -1);
    } else if (token === ':') {
      field = text;
      isValue = true;
    } else if (token === '{' || token === '[') {
      stack.push({ kind: token, field });
      isValue = token === '[';
    } else if (token === '}' || token === ']') {
      field = stack.pop()?.field ?? null;
    } else if (token === ',') {
      isValue = stack.at(-1)?.kind === '[';
      if (isValue) field = stack.at(-1)?.field ?? field;
    }
  }
  return null;
}

function isClosed(token: string): boolean {
  return token.length > 1 && /^"(?:[^"\\]|\\.)*"$/.test(token);
}

/** JSON text laid out anew, two spaces a level; null when it is not JSON. */
export function formatted(text: string): string | null {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return null;
  }
}
