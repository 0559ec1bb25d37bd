import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import { nearest } from '../iam/spelling.ts';

/** Something that is no YAML, where, and what to do about it. */
export interface YamlFault {
  /** In characters from the start of the text. */
  readonly offset: number;
  readonly what: string;
  readonly mend: string;
}

/** Faults told at once: what comes after the first is mostly its echo. */
const MOST_FAULTS = 3;

/** What keeps a text from being YAML, at most three faults; none when it is. */
export function yamlFaults(text: string, document: Document.Parsed): readonly YamlFault[] {
  const faults = [...document.errors, ...document.warnings];
  const [first] = faults;
  if (first === undefined) return [];
  const known = fieldOutOfColumn(text, first) ?? colonInText(text, first);
  // All that follows such a one is its echo.
  if (known !== null) return [known];
  const tab = faults.find(({ code }) => code === 'TAB_AS_INDENT');
  return (tab === undefined ? faults.slice(0, MOST_FAULTS) : [tab]).map((fault) => ({
    offset: placeOfFault(document, fault),
    what: `This is not YAML that can be read: ${fault.message}`,
    mend: adviceFor(text, fault),
  }));
}

/** The alias (`*name`) that cannot be resolved: its anchor is missing, or all of them come to too much. */
export function aliasFault(document: Document | undefined): YamlFault {
  const anchors: string[] = [];
  let first: number | null = null;
  let lost: { readonly name: string; readonly offset: number } | null = null;
  if (document !== undefined) {
    visit(document, {
      Alias: (_, node) => {
        const offset = node.range?.[0] ?? 0;
        first ??= offset;
        if (!anchors.includes(node.source)) lost ??= { name: node.source, offset };
      },
      Node: (_, node) => {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.push(node.anchor);
      },
    });
  }
  return lost === null ? tooMuch(first ?? 0) : withoutAnchor(lost, anchors);
}

function tooMuch(offset: number): YamlFault {
  return {
    offset,
    what: 'The aliases of this file expand to too much.',
    mend: 'Write the text out instead.',
  };
}

function withoutAnchor(
  { name, offset }: { readonly name: string; readonly offset: number },
  anchors: readonly string[],
): YamlFault {
  const near = nearest(name, anchors) ?? anchors.find((one) => one.startsWith(name) || name.startsWith(one));
  const mend =
    near === undefined
      ? `Write \`&${name}\` above it, before what it stands for, or put a text that begins with \`*\` in quotes.`
      : `Did you mean \`*${near}\`?`;
  return { offset, what: `There is no anchor \`&${name}\`.`, mend };
}

/** A field that begins to the left or right of the first field of its step. */
function fieldOutOfColumn(text: string, { message, pos }: YAMLError): YamlFault | null {
  if (!message.startsWith('Sequence item without - indicator')) return null;
  const start = text.lastIndexOf('\n', pos[0] - 1) + 1;
  const [, indent = '', name] = /^( *)([\w-]+):/.exec(text.slice(start)) ?? [];
  const items = [...text.slice(0, start).matchAll(/^( *- +)([\w-]+):/gm)];
  const [, before = '', first] = items.at(-1) ?? [];
  if (name === undefined || first === undefined || before.length === indent.length) return null;
  return {
    offset: start + indent.length,
    what: `\`${name}\` begins in column ${indent.length + 1}, \`${first}\` in column ${before.length + 1}.`,
    mend: 'Fields of one step begin in the same column.',
  };
}

/** A text without quotes that holds a colon and a space, as in `text: The same: ann`. */
function colonInText(text: string, { code, pos }: YAMLError): YamlFault | null {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY') return null;
  const start = text.lastIndexOf('\n', pos[0]) + 1;
  const line = text.slice(start).split('\n')[0] ?? '';
  const [, before = ''] = /^(\s*(?:- +)?[\w-]+: +)[^\s"'|>{[&*!].*?: /.exec(line) ?? [];
  if (before === '') return null;
  return {
    offset: start + before.length,
    what: 'There is a `: ` in this text.',
    mend: 'Put the text in quotes, or write it on the lines below `|`.',
  };
}

const ADVICE: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Each name may stand here once. Rename or delete one of the two.',
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Lines of one list or one set of fields begin in the same column.',
  BAD_DQ_ESCAPE: 'In double quotes write `\\\\` for a backslash, or use single quotes.',
  MISSING_CHAR:
    'A quote or bracket is opened and not closed, or there is a `: ` in a text that needs quotes.',
  UNEXPECTED_TOKEN: 'A text with `: `, `#` or a leading `*`, `&`, `{`, `[` needs quotes.',
  TAG_RESOLVE_FAILED: 'Delete the tag that begins with `!`: a file is plain data.',
};

const ADVICE_FOR_ANY =
  'Look at this line and the one above it: at quotes and brackets, and at the spaces it begins with.';

function adviceFor(text: string, { code, pos }: YAMLError): string {
  return code === 'BAD_SCALAR_START' && text[pos[0]] === '`'
    ? 'A text that begins with a backtick needs quotes, or stands on the lines below `|`.'
    : (ADVICE[code] ?? ADVICE_FOR_ANY);
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
