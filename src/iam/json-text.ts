import type { Path } from './problem.ts';

/** A JSON value and where it stands in its text: offsets in UTF-16 code units, `end` of what comes after it. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'scalar' }
);

/** A field of a JSON object. */
export interface JsonMember {
  readonly key: string;
  readonly keyStart: number;
  readonly node: JsonNode;
}

/** Where a JSON text goes wrong. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** A place in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const DEEPEST = 1000;

/** Reads where each value of a JSON text stands; the fault when it is not JSON. */
export function readJson(text: string): JsonNode | JsonFault {
  const reader = new Reader(text);
  try {
    return reader.document();
  } catch (fault) {
    if (fault instanceof Fault) return { offset: fault.offset, message: fault.message };
    throw fault;
  }
}

/** The line and column of an offset. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Where the value at a path starts (for a field, its name); the nearest thing above it when the path leads nowhere. */
export function offsetOf(root: JsonNode, path: Path): number {
  let node = root;
  let offset = root.start;
  for (const step of path) {
    if (typeof step === 'number') {
      const item: JsonNode | undefined = node.kind === 'list' ? node.items[step] : undefined;
      if (item === undefined) return offset;
      node = item;
      offset = item.start;
    } else {
      const member = node.kind === 'object' ? node.members.find(({ key }) => key === step) : undefined;
      if (member === undefined) return offset;
      node = member.node;
      offset = member.keyStart;
    }
  }
  return offset;
}

/** Offsets of the value at a path, or of the nearest thing above it; of a text that is no JSON, of what cannot be read. */
export function spanOf(text: string, path: Path): { readonly start: number; readonly end: number } {
  const root = readJson(text);
  if ('message' in root) return { start: root.offset, end: text.length };
  let node: JsonNode = root;
  for (const step of path) {
    const child: JsonNode | undefined =
      typeof step === 'number'
        ? node.kind === 'list'
          ? node.items[step]
          : undefined
        : node.kind === 'object'
          ? node.members.find(({ key }) => key === step)?.node
          : undefined;
    if (child === undefined) break;
    node = child;
  }
  return { start: node.start, end: node.end };
}

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonNode {
    const node = this.value();
    this.space();
    if (this.at < this.text.length)
      throw new Fault(this.at, 'There is more text after the end of the JSON value.');
    return node;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
  }

  private value(): JsonNode {
    this.space();
    const start = this.at;
    const first = this.text.charAt(start);
    if (first === '{') return this.object();
    if (first === '[') return this.list();
    if (first === '"') this.string();
    else this.word();
    return { kind: 'scalar', start, end: this.at };
  }

  private object(): JsonNode {
    const start = this.enter();
    const members: JsonMember[] = [];
    this.space();
    while (this.text.charAt(this.at) !== '}') {
      if (members.length > 0) this.comma('}');
      const keyStart = this.at;
      if (this.text.charAt(this.at) !== '"')
        throw new Fault(this.at, 'Expected the name of a field in double quotes.');
      const key = this.string();
      this.space();
      if (this.text.charAt(this.at) !== ':')
        throw new Fault(this.at, 'Expected a colon after the name of the field.');
      this.at++;
      members.push({ key, keyStart, node: this.value() });
      this.space();
    }
    this.leave();
    return { kind: 'object', start, end: this.at, members };
  }

  private list(): JsonNode {
    const start = this.enter();
    const items: JsonNode[] = [];
    this.space();
    while (this.text.charAt(this.at) !== ']') {
      if (items.length > 0) this.comma(']');
      items.push(this.value());
      this.space();
    }
    this.leave();
    return { kind: 'list', start, end: this.at, items };
  }

  private enter(): number {
    if (++this.depth > DEEPEST) throw new Fault(this.at, `Nested more than ${DEEPEST} levels deep.`);
    return this.at++;
  }

  private leave(): void {
    this.depth--;
    this.at++;
  }

  private comma(close: string): void {
    if (this.at >= this.text.length) throw new Fault(this.at, `The text ends before the closing ${close}.`);
    if (this.text.charAt(this.at) !== ',') throw new Fault(this.at, `Expected a comma or ${close}.`);
    const comma = this.at++;
    this.space();
    if (this.text.charAt(this.at) === close)
      throw new Fault(comma, `A comma before ${close} has nothing after it.`);
  }

  private string(): string {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text.charAt(end) !== '"')
      end += this.text.charAt(end) === '\\' ? 2 : 1;
    if (end >= this.text.length) throw new Fault(start, 'This string has no closing quote.');
    this.at = end + 1;
    try {
      return String(JSON.parse(this.text.slice(start, this.at)));
    } catch {
      throw new Fault(
        start,
        'This string holds a line break, a control character or an escape that JSON does not allow.',
      );
    }
  }

  private word(): void {
    WORD.lastIndex = this.at;
    const found = WORD.exec(this.text);
    if (found === null) {
      const problem =
        this.at >= this.text.length ? 'The text ends where a value should be.' : 'Expected a JSON value.';
      throw new Fault(this.at, problem);
    }
    this.at += found[0].length;
  }
}

const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
