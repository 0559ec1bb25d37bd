import type { ElementTrace, StatementTrace } from '../iam/decision.ts';
import { isObject } from '../iam/problem.ts';
import { type Line, line, lineWidth, type Span, span, wrap } from './styled-text.ts';

/** A row of pretty-printed JSON and the path of the value it begins. */
interface JsonRow {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];

/**
 * A policy document as JSON with the deciding statement's rows marked `▶`, and beside each of its elements what
 * the request had to say. Other statements are folded to one row. Without a deciding statement all are shown.
 */
export function policyLines(
  document: Readonly<Record<string, unknown>>,
  deciding: StatementTrace | null,
  width: number,
): Line[] {
  const rows = jsonRows(document, deciding === null ? null : deciding.index, width - 2);
  const said = new Set<ElementTrace>();
  return rows.flatMap((row) => {
    const marked = deciding !== null && isIn(row.path, ['Statement', deciding.index]) && row.path.length > 2;
    const alone = deciding !== null && isIn(row.path, ['Statement']) && row.path.length === 2;
    const element = deciding?.elements.find(
      (each) => !said.has(each) && (isIn(row.path, each.path) || isIn(each.path, row.path)),
    );
    const isElement = marked && element !== undefined && row.path.length > 2;
    if (isElement) said.add(element);
    const mark = span(marked ? '▶ ' : '  ', marked ? 'accent' : 'plain');
    const text: Line = [mark, span(row.text, marked ? 'strong' : alone ? 'plain' : 'faint')];
    return isElement ? annotated(text, element, width) : wrap(text, width, [mark, span('      ')]);
  });
}

/** The request's value beside the row where there is room, under it where there is not. */
function annotated(row: Line, element: ElementTrace, width: number): Line[] {
  if (element.value === null) return wrap(row, width, [span('        ')]);
  const note: Span[] = [span(' ◂ ', 'faint'), span(element.value, element.matched ? 'good' : 'bad')];
  if (lineWidth(row) + lineWidth(note) <= width) return [[...row, ...note]];
  return [
    ...wrap(row, width, [span('        ')]),
    ...wrap([span('     ', 'plain'), ...note], width, [span('        ')]),
  ];
}

function isIn(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === path[index]);
}

function jsonRows(document: unknown, open: number | null, width: number): JsonRow[] {
  const rows: JsonRow[] = [];
  const write = (value: unknown, lead: string, trail: string, path: Path, indent: string) => {
    const short = JSON.stringify(value);
    const isFolded =
      open !== null && path.length === 2 && path[0] === 'Statement' && path[1] !== open && isObject(value);
    if (isFolded) {
      rows.push({ text: `${indent}${lead}{ … }${trail}`, path });
    } else if (
      !isContainer(value) ||
      (fits(short, value) && indent.length + lead.length + short.length < width)
    ) {
      rows.push({ text: `${indent}${lead}${spaced(value)}${trail}`, path });
    } else {
      const list = Array.isArray(value);
      const entries: [string | number, unknown][] = list ? [...value.entries()] : Object.entries(value);
      rows.push({ text: `${indent}${lead}${list ? '[' : '{'}`, path });
      entries.forEach(([key, child], index) => {
        const comma = index < entries.length - 1 ? ',' : '';
        write(child, list ? '' : `${JSON.stringify(key)}: `, comma, [...path, key], `${indent}  `);
      });
      rows.push({ text: `${indent}${list ? ']' : '}'}${trail}`, path: path.slice(0, 2) });
    }
  };
  write(document, '', '', [], '');
  return rows;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> | readonly unknown[] {
  return typeof value === 'object' && value !== null;
}

/** Lists of one and small objects of scalars read better in a row. */
function fits(short: string, value: Readonly<Record<string, unknown>> | readonly unknown[]): boolean {
  const parts = Object.values(value);
  return short.length <= 60 && parts.length <= (Array.isArray(value) ? 3 : 1) && !parts.some(isContainer);
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((part) => JSON.stringify(part)).join(', ')}]`;
  if (isObject(value)) {
    const parts = Object.entries(value).map(
      ([key, part]) => `${JSON.stringify(key)}: ${JSON.stringify(part)}`,
    );
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** A document without marks, for a policy in which nothing decided. */
export function plainDocument(document: Readonly<Record<string, unknown>>, width: number): Line[] {
  return jsonRows(document, null, width).flatMap((row) =>
    wrap(line(row.text, 'faint'), width, [span('    ')]),
  );
}
