import { lexer, type Token, type Tokens } from 'marked';
import { type Line, linesOf, type Span, span, wrap } from './styled-text.ts';
import type { Role } from './theme.ts';

/** What becomes of the words of a paragraph or a table's cell before they are broken into rows. */
export type Mark = (words: readonly Span[]) => readonly Span[];

const unmarked: Mark = (words) => words;

/** Rows for a piece of Markdown, at most `width` columns each, with an empty row between blocks. */
export function markdownLines(markdown: string, width: number, mark = unmarked): Line[] {
  return blocks(lexer(markdown), Math.max(8, width), mark);
}

function blocks(tokens: readonly Token[], width: number, mark: Mark): Line[] {
  const out: Line[] = [];
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def') continue;
    if (out.length > 0) out.push([]);
    out.push(...block(token, width, mark));
  }
  return out;
}

function block(token: Token, width: number, mark: Mark): Line[] {
  if (isList(token)) return listLines(token, width, mark);
  if (isTable(token)) return tableLines(token, width, mark);
  switch (token.type) {
    case 'heading':
      return paragraph(inline(token.tokens ?? [], 'heading'), width);
    case 'code':
      return linesOf(token.text, 'code').flatMap((row) =>
        wrap(row, width - 2, [span('  ')]).map((part) => [span('  '), ...part]),
      );
    case 'blockquote':
      return blocks(token.tokens ?? [], width - 2, mark).map((row) => [span('│ ', 'faint'), ...row]);
    case 'hr':
      return [[span('─'.repeat(width), 'faint')]];
    case 'paragraph':
    case 'text':
      return paragraph(
        mark('tokens' in token ? inline(token.tokens ?? [], 'plain') : [span(token.raw)]),
        width,
      );
    default:
      return paragraph([span(token.raw.trim())], width);
  }
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}

function listLines(list: Tokens.List, width: number, mark: Mark): Line[] {
  const first = typeof list.start === 'number' ? list.start : 1;
  return list.items.flatMap((item, index) => {
    const marker = list.ordered ? `${first + index}. ` : '• ';
    const body = blocks(item.tokens, width - marker.length - 1, mark);
    return body.map((row, at) => [span(at === 0 ? ` ${marker}` : ' '.repeat(marker.length + 1)), ...row]);
  });
}

/** A table as one row a cell group: `name: value`, since columns rarely fit a pane. */
function tableLines(table: Tokens.Table, width: number, mark: Mark): Line[] {
  return table.rows.flatMap((cells) =>
    cells.flatMap((cell, index) => {
      const head = table.header[index]?.text ?? '';
      const label = index === 0 || head === '' ? [] : [span(`  ${head}: `, 'faint')];
      const words = mark(inline(cell.tokens, index === 0 ? 'strong' : 'plain'));
      return wrap([...label, ...words], width, [span('    ')]);
    }),
  );
}

/** Paragraphs break where the author put a hard break, and are wrapped otherwise. */
function paragraph(spans: readonly Span[], width: number): Line[] {
  const rows: Span[][] = [[]];
  for (const part of spans) {
    if (part.text === hardBreak) rows.push([]);
    else rows.at(-1)?.push(part);
  }
  return rows.flatMap((row) => wrap(row, width));
}

// The object replacement character stands for a hard break between two spans.
const hardBreak = span('\ufffc').text;

function inline(tokens: readonly Token[], role: Role): Span[] {
  return tokens.flatMap((token): Span[] => {
    switch (token.type) {
      case 'strong':
        return inline(token.tokens ?? [], 'strong');
      case 'em':
        return inline(token.tokens ?? [], role === 'plain' ? 'emphasis' : role);
      case 'codespan':
        return [span(token.text, 'code')];
      case 'link':
        return [...inline(token.tokens ?? [], role), ...address(token.href, token.text)];
      case 'del':
        return inline(token.tokens ?? [], 'faint');
      case 'br':
        return [span('\ufffc')];
      case 'text':
      case 'escape':
        return 'tokens' in token && token.tokens
          ? inline(token.tokens, role)
          : [span(entities(token.text).replaceAll('\n', ' '), role)];
      default:
        return [span(entities(token.raw).replaceAll('\n', ' '), role)];
    }
  });
}

/** The address of a page to read, after its words. Other links, such as to a claim's proof, are words only. */
function address(href: string, words: string): Span[] {
  return /^https?:/.test(href) && href !== words ? [span(` <${href}>`, 'faint')] : [];
}

/** `marked` leaves entities for a browser to read; there is none here. */
function entities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
