import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { ContentPath } from './problem.ts';

/** A place in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Where the text is in another file than the one that was read. */
  readonly file?: string;
}

/** What a path leads to. */
export interface Found {
  readonly node: Node | null;
  readonly key: Node | null;
  /** What of the path could not be followed. */
  readonly rest: ContentPath;
}

/** The node a path leads to, or the last one on the way that is there. */
export function find(document: Document, path: ContentPath): Found {
  let node: Node | null = document.contents as Node | null;
  let key: Node | null = null;
  for (const [index, step] of path.entries()) {
    const here = isAlias(node) ? node.resolve(document) : node;
    if (!isCollection(here)) return { node, key, rest: path.slice(index) };
    const item: unknown = isMap(here)
      ? here.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step))
      : here.items[Number(step)];
    if (item === undefined) return { node, key, rest: path.slice(index) };
    if (isPair(item)) {
      key = item.key as Node;
      node = (item.value as Node | null) ?? key;
    } else {
      key = null;
      node = item as Node;
    }
  }
  return { node, key, rest: [] };
}

/**
 * Where a path leads, also into the JSON text of a policy; the nearest thing around it when it leads nowhere. `at`
 * gives the place of an offset in `text`.
 */
export function locate(
  document: Document,
  text: string,
  path: ContentPath,
  on: 'key' | 'value',
  at: (offset: number) => Place,
): Place {
  const { node, key, rest } = find(document, path);
  const complete = rest.length === 0;
  // Of something missing, the key of what should hold it says more than the place where its value begins.
  const inText = !complete && isScalar(node) && typeof node.value === 'string';
  const target = key !== null && (on === 'key' || (!complete && !inText)) ? key : node;
  const place = at(target?.range?.[0] ?? 0);
  if (complete || !isScalar(node) || typeof node.value !== 'string') return place;
  const inner = locateInJson(node.value, rest);
  if (inner === null || node.type !== 'BLOCK_LITERAL') return place;
  const start = at(node.range?.[0] ?? 0);
  const firstLine = text.slice(text.indexOf('\n', node.range?.[0] ?? 0) + 1);
  const indent = /^ */.exec(firstLine)?.[0].length ?? 0;
  return { line: start.line + inner.line, column: inner.column + indent };
}

/**
 * The rest of the line on which the value at a path of a JSON text begins, from that value on; null when the path
 * leads nowhere. With it the place can be found in a longer text that holds the JSON.
 */
export function textInJson(json: string, path: ContentPath): string | null {
  const { node, rest } = find(parseDocument(json, { prettyErrors: false }), path);
  const offset = rest.length === 0 ? node?.range?.[0] : undefined;
  return offset === undefined ? null : (json.slice(offset).split('\n')[0] ?? null);
}

/** Where a path leads within a JSON text, lines and columns from 1; null when it leads nowhere. */
function locateInJson(json: string, path: ContentPath): Place | null {
  const lines = new LineCounter();
  // Text that opens thousands of brackets is no policy, and would exhaust the parser's stack.
  if (/(?:[[{]\s*){60}/.test(json)) return null;
  const document = parseDocument(json, { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  const offset = fault ? fault.pos[0] : find(document, path).node?.range?.[0];
  if (offset === undefined) return null;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
