import {
  type Document,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { characterName, findControlCharacter } from './control-characters.ts';
import type { ContentPath, ContentProblem } from './problem.ts';
import { LARGEST_FILE } from './schema.ts';
import { find, locate, type Place } from './yaml-place.ts';

/** Aliases (`*name`) that a file may expand to, counted with what they contain. */
const MOST_ALIASES = 100;
const DEEPEST = 60;
/** YAML faults told at once: what comes after the first is mostly its echo. */
const MOST_FAULTS = 3;

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
    const alias = document === undefined ? 0 : firstAlias(document);
    return problem(at(alias), 'The aliases of this file expand to too much.', 'Write the text out instead.');
  }
  const parsed = document;
  const faults = [...parsed.errors, ...parsed.warnings];
  if (faults.length > 0) {
    return {
      problems: faults.slice(0, MOST_FAULTS).map((fault) => ({
        file,
        ...at(placeOfFault(parsed, fault)),
        what: `This is not YAML that can be read: ${fault.message}`,
        mend: YAML_ADVICE[fault.code] ?? ADVICE_FOR_ANY,
      })),
    };
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

const YAML_ADVICE: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Each name may stand here once. Rename or delete one of the two.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Lines of one list or one set of fields begin in the same column.',
  MISSING_CHAR:
    'A quote or bracket is opened and not closed, or there is a `: ` in a text that needs quotes.',
  UNEXPECTED_TOKEN: 'A text with `: `, `#` or a leading `*`, `&`, `{`, `[` needs quotes.',
  TAG_RESOLVE_FAILED: 'Delete the tag that begins with `!`: a file is plain data.',
};

const ADVICE_FOR_ANY =
  'Look at this line and the one above it: at quotes and brackets, and at the spaces it begins with.';

function firstAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias: (_, node) => {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Where a fault is: something that is never closed is at fault where it opens, not where the text ends. */
function placeOfFault(document: Document.Parsed, { code, pos }: YAMLError): number {
  let offset = pos[0];
  if (code !== 'MISSING_CHAR') return offset;
  visit(document, {
    Node: (_, node) => {
      const [start, end] = node.range ?? [0, 0];
      if (start < pos[0] && end >= pos[0] && (isScalar(node) || isCollection(node))) offset = start;
    },
  });
  return offset;
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
