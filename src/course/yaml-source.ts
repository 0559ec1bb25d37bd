import { type Document, isCollection, isPair, LineCounter, parseDocument, visit } from 'yaml';
import { characterName, findControlCharacter } from './control-characters.ts';
import type { ContentPath, ContentProblem } from './problem.ts';
import { LARGEST_FILE } from './schema.ts';
import { aliasFault, yamlFaults } from './yaml-faults.ts';
import { find, locate, type Place } from './yaml-place.ts';

/** Aliases (`*name`) that a file may expand to, counted with what they contain. */
const MOST_ALIASES = 100;
const DEEPEST = 60;

/** A YAML text that could be read: its value, and where each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** How much of a path can be followed: its whole length when there is a value at it. */
  reach(path: ContentPath): number;
  /** Where the value at a path stands, or its key (`on: 'key'`); the nearest thing around it when it is not there. */
  locate(path: ContentPath, on?: 'key' | 'value'): Place;
  /** Where a piece of text first stands within the value at a path; the value itself when it is not found. */
  locateText(path: ContentPath, text: string): Place;
}

/**
 * Reads YAML that came from anybody: bounded in size, depth and aliases, without control characters. The text
 * may be part of a file: `linesBefore` lines stand above it.
 */
export function readYaml(
  file: string,
  text: string,
  linesBefore = 0,
): { readonly source: YamlSource } | { readonly problems: readonly ContentProblem[] } {
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + linesBefore, column: col };
  };
  const problem = (place: Place, what: string, mend: string) => ({
    problems: [{ file, ...place, what, mend }],
  });

  if (text.length > LARGEST_FILE) {
    return problem(
      { line: 1, column: 1 },
      `The file is too large: ${text.length} characters.`,
      `At most ${LARGEST_FILE}.`,
    );
  }
  const control = findControlCharacter(text);
  if (control >= 0) {
    const before = text.slice(0, control).split('\n');
    return problem(
      { line: before.length + linesBefore, column: (before.at(-1) ?? '').length + 1 },
      `There is a control character (${characterName(text, control)}).`,
      'Delete it: terminals act on such characters.',
    );
  }
  let document: Document.Parsed | undefined;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false });
    const deep = firstTooDeep(document.contents, 0);
    if (deep !== null) return problem(at(deep), 'This is nested too deeply.', `At most ${DEEPEST} levels.`);
    value = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    // A RangeError is the parser's own recursion running out of stack; a ReferenceError, out of aliases.
    if (error instanceof RangeError) {
      return problem(
        { line: 1 + linesBefore, column: 1 },
        'The file is nested too deeply.',
        `At most ${DEEPEST} levels.`,
      );
    }
    if (!(error instanceof ReferenceError)) throw error;
    const { offset, what, mend } = aliasFault(document);
    return problem(at(offset), what, mend);
  }
  const parsed = document;
  const faults = yamlFaults(text, parsed);
  if (faults.length > 0) {
    return { problems: faults.map(({ offset, ...said }) => ({ file, ...at(offset), ...said })) };
  }
  const source: YamlSource = {
    file,
    value,
    reach: (path) => path.length - find(parsed, path).rest.length,
    locate: (path, on = 'value') => locate(parsed, text, path, on, at),
    locateText: (path, piece) => {
      const node = find(parsed, path).node;
      const range = node?.range;
      const found = range ? text.slice(0, range[1]).indexOf(piece, range[0]) : -1;
      return found < 0 ? locate(parsed, text, path, 'value', at) : at(found);
    },
  };
  const hidden = escapedControl(parsed);
  if (hidden !== null) {
    const name = characterName(hidden.text, findControlCharacter(hidden.text));
    return problem(
      at(hidden.offset),
      `There is a control character (${name}) in this text.`,
      'Delete it: terminals act on such characters.',
    );
  }
  return { source };
}

/** Offset of the first node deeper than the bound; null when there is none. */
function firstTooDeep(node: unknown, depth: number): number | null {
  if (!isCollection(node)) return null;
  if (depth > DEEPEST) return node.range?.[0] ?? 0;
  for (const item of node.items) {
    const deep = firstTooDeep(isPair(item) ? item.value : item, depth + 1);
    if (deep !== null) return deep;
  }
  return null;
}

/** The first text whose control character was written as an escape, such as `"\e[31m"`. */
function escapedControl(document: Document): { readonly text: string; readonly offset: number } | null {
  let found: { text: string; offset: number } | null = null;
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string' || findControlCharacter(node.value) < 0) return undefined;
      found = { text: node.value, offset: node.range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}
