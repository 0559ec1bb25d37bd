const STAR = 0x2a;
const QUESTION = 0x3f;

/** In a list of pattern codes: any run of characters, also none. Other codes are UTF-16 code units. */
export const ANY_RUN = -1;
/** In a list of pattern codes: exactly one character. */
export const ANY_ONE = -2;

/**
 * A pattern with wildcards: `*` stands for any run of characters (`/` and `:` included), `?` for one character.
 * Matching costs at most pattern × value steps, however hostile the pattern.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export interface Glob {
  matches(value: string): boolean;
}

/** Compiles a pattern written with `*` and `?`. */
export function globOf(pattern: string): Glob {
  const star = pattern.indexOf('*');
  if (pattern.indexOf('?') >= 0) return new SegmentsGlob(pattern);
  if (star < 0) return new LiteralGlob(pattern);
  if (pattern === '*') return EVERYTHING;
  if (star === pattern.length - 1) return new PrefixGlob(pattern.slice(0, -1));
  return new PartsGlob(pattern.split('*'));
}

/** Compiles a list of pattern codes: code units, `ANY_RUN` and `ANY_ONE`. */
export function globOfCodes(codes: readonly number[]): Glob {
  return new CodeGlob(codes);
}

/** The codes of a pattern in which `*` and `?` are wildcards. */
export function codesOf(pattern: string): number[] {
  const codes: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    codes.push(code === STAR ? ANY_RUN : code === QUESTION ? ANY_ONE : code);
  }
  return codes;
}

/** True when the value matches the pattern. For one-off use; compile with `globOf` to match often. */
export function wildcardMatch(pattern: string, value: string): boolean {
  return globOf(pattern).matches(value);
}

class Everything implements Glob {
  matches(): boolean {
    return true;
  }
}

const EVERYTHING: Glob = new Everything();

class LiteralGlob implements Glob {
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  matches(value: string): boolean {
    return value === this.text;
  }
}

class PrefixGlob implements Glob {
  private readonly prefix: string;
  private readonly last: number;
  constructor(prefix: string) {
    this.prefix = prefix;
    this.last = prefix.length - 1;
  }
  matches(value: string): boolean {
    // ARNs share long prefixes and differ near their end, so the last character tells most of them apart.
    return (
      value.length > this.last &&
      value.charCodeAt(this.last) === this.prefix.charCodeAt(this.last) &&
      value.startsWith(this.prefix)
    );
  }
}

/** Literal parts with a star between each two. Each middle part is taken where it first occurs. */
class PartsGlob implements Glob {
  private readonly first: string;
  private readonly middle: readonly string[];
  private readonly last: string;
  constructor(parts: readonly string[]) {
    this.first = parts[0] ?? '';
    this.middle = parts.slice(1, -1).filter((part) => part !== '');
    this.last = parts[parts.length - 1] ?? '';
  }
  matches(value: string): boolean {
    const { first, last } = this;
    const end = value.length - last.length;
    let at = first.length;
    if (end < at) return false;
    if (last !== '' && !value.endsWith(last)) return false;
    if (at > 0 && (value.charCodeAt(at - 1) !== first.charCodeAt(at - 1) || !value.startsWith(first)))
      return false;
    for (const part of this.middle) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  }
}

/** What stands between two stars: its length, and its literal text without the question marks. */
interface Segment {
  readonly length: number;
  readonly chunks: readonly { readonly at: number; readonly text: string }[];
}

function segmentOf(text: string): Segment {
  const chunks: { at: number; text: string }[] = [];
  for (const found of text.matchAll(/[^?]+/g)) chunks.push({ at: found.index, text: found[0] });
  return { length: text.length, chunks };
}

/** A pattern with question marks: only its literal text is compared, and searched for natively. */
class SegmentsGlob implements Glob {
  private readonly codes: readonly number[];
  private readonly segments: readonly Segment[];
  constructor(pattern: string) {
    this.codes = codesOf(pattern);
    this.segments = pattern.split('*').map(segmentOf);
  }
  matches(value: string): boolean {
    // A character of two code units is one character: then places cannot be counted in code units.
    if (SURROGATE.test(value)) return matchCodes(this.codes, value);
    const { segments } = this;
    const first = segments[0];
    const last = segments[segments.length - 1];
    if (first === undefined || last === undefined) return false;
    if (segments.length === 1) return value.length === first.length && fitsAt(first, value, 0);
    const end = value.length - last.length;
    let at = first.length;
    if (at > end || !fitsAt(first, value, 0) || !fitsAt(last, value, end)) return false;
    for (let i = 1; i < segments.length - 1; i++) {
      const segment = segments[i];
      if (segment === undefined) return false;
      const found = findSegment(segment, value, at, end);
      if (found < 0) return false;
      at = found + segment.length;
    }
    return at <= end;
  }
}

const SURROGATE = /[\ud800-\udbff]/;

function fitsAt(segment: Segment, value: string, at: number): boolean {
  for (const chunk of segment.chunks) if (!value.startsWith(chunk.text, at + chunk.at)) return false;
  return true;
}

/** Where the segment first fits, from `from` on and ending by `end`; -1 when nowhere. */
function findSegment(segment: Segment, value: string, from: number, end: number): number {
  const lead = segment.chunks[0];
  let at = from;
  while (at + segment.length <= end) {
    if (lead === undefined) return at;
    at = value.indexOf(lead.text, at + lead.at) - lead.at;
    if (at < from || at + segment.length > end) return -1;
    if (fitsAt(segment, value, at)) return at;
    at++;
  }
  return -1;
}

class CodeGlob implements Glob {
  private readonly codes: readonly number[];
  constructor(codes: readonly number[]) {
    this.codes = codes;
  }
  matches(value: string): boolean {
    return matchCodes(this.codes, value);
  }
}

/** The width of the character at `at`: two code units for a surrogate pair, else one. */
function widthAt(value: string, at: number): number {
  const code = value.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff) return 1;
  const next = value.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}

/** Two pointers that go back to the latest star only: what an earlier star took is never worth changing. */
function matchCodes(codes: readonly number[], value: string): boolean {
  let p = 0;
  let v = 0;
  let star = -1;
  let resume = 0;
  while (v < value.length) {
    const code = p < codes.length ? codes[p] : undefined;
    if (code === ANY_RUN) {
      star = p++;
      resume = v;
    } else if (code === ANY_ONE) {
      p++;
      v += widthAt(value, v);
    } else if (code !== undefined && code === value.charCodeAt(v)) {
      p++;
      v++;
    } else if (star >= 0) {
      p = star + 1;
      resume += widthAt(value, resume);
      v = resume;
    } else {
      return false;
    }
  }
  while (p < codes.length && codes[p] === ANY_RUN) p++;
  return p === codes.length;
}
