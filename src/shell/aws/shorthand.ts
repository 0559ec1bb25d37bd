import { type Files, readFile } from '../files.ts';

/** A value in shorthand: text, a list, or a structure in braces. */
export type ShorthandValue = string | readonly ShorthandValue[] | { readonly [name: string]: ShorthandValue };

/** A structure read from shorthand; a member given several values (`Values=a,b`) has a list of them. */
export type Shorthand =
  | { readonly kind: 'structure'; readonly value: Readonly<Record<string, ShorthandValue>> }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * Reads `Key=team,Value=red` as the AWS CLI does
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html): values may be quoted, a comma
 * may be escaped, `a,b` and `[a,b]` are lists, `{Key=team}` is a structure within. `Value@=file://team.txt` takes the
 * value from a file (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html).
 */
export function readShorthand(text: string, files: Files): Shorthand {
  const reader = new Reader(text, files);
  const value = reader.pairs(null);
  return value === null ? { kind: 'problem', message: reader.message } : { kind: 'structure', value };
}

/** Reads from left to right; each part gives null once something else was expected. */
class Reader {
  message = '';
  readonly #text: string;
  readonly #files: Files;
  #at = 0;

  constructor(text: string, files: Files) {
    this.#text = text;
    this.#files = files;
  }

  /** `name=value,name=value` up to the end, or to the brace that closes it. */
  pairs(end: '}' | null): Readonly<Record<string, ShorthandValue>> | null {
    const entries: [string, ShorthandValue][] = [];
    while (this.#at < this.#text.length && !(this.#next() === end && entries.length > 0)) {
      const name = /^[^=,[\]{}"']*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
      this.#at += name.length;
      if (name === '' || this.#next() !== '=') return this.#expected('=');
      this.#at += 1;
      const value = this.#member(end);
      const given = value !== null && name.endsWith('@') ? this.#loaded(value) : value;
      if (given === null) return null;
      entries.push([name.replace(/@$/, '').trim(), given]);
      if (this.#at === this.#text.length || this.#next() === end) break;
      if (this.#next() !== ',') return this.#expected(',');
      this.#at += 1;
    }
    return entries.length === 0 ? this.#expected('=') : Object.fromEntries(entries);
  }

  /** What a name is given: one value, or several with commas between them. */
  #member(end: '}' | null): ShorthandValue | null {
    if (this.#next() === '[' || this.#next() === '{') return this.#enclosed();
    const values: string[] = [];
    for (;;) {
      const value = this.#word(end === null ? ',' : ',}');
      if (value === null) return null;
      values.push(value);
      const rest = this.#text.slice(this.#at + 1);
      // After a comma comes the next `name=`, or one more value of this one.
      if (this.#next() !== ',' || /^[^=,[\]{}"']+=/.test(rest) || rest === '') break;
      this.#at += 1;
    }
    return values.length > 1 ? values : (values[0] ?? '');
  }

  /** The content of the file that a value names; a value that names none stands for itself. */
  #loaded(value: ShorthandValue): ShorthandValue | null {
    const path = typeof value === 'string' ? /^fileb?:\/\/(.*)$/s.exec(value)?.[1] : undefined;
    const content = path === undefined ? value : readFile(this.#files, path);
    if (content !== undefined) return content;
    this.message = `Unable to load paramfile ${value}: [Errno 2] No such file or directory: '${path}'`;
    return null;
  }

  #enclosed(): ShorthandValue | null {
    const isList = this.#next() === '[';
    this.#at += 1;
    const value = isList ? this.#items() : this.pairs('}');
    if (value === null) return null;
    const close = isList ? ']' : '}';
    if (this.#next() !== close) return this.#expected(close);
    this.#at += 1;
    return value;
  }

  #items(): readonly ShorthandValue[] | null {
    const items: ShorthandValue[] = [];
    while (this.#at < this.#text.length && this.#next() !== ']') {
      const nested = this.#next() === '{' || this.#next() === '[';
      const item = nested ? this.#enclosed() : this.#word(',]');
      if (item === null) return null;
      items.push(item);
      if (this.#next() !== ',') break;
      this.#at += 1;
    }
    return items;
  }

  /** One text, quoted or up to one of the characters that end it; null when its quote never closes. */
  #word(ends: string): string | null {
    const quote = this.#next();
    const quoted = quote === '"' || quote === "'";
    const start = this.#at;
    let value = '';
    if (quoted) this.#at += 1;
    while (this.#at < this.#text.length) {
      const char = this.#next();
      const following = this.#text.charAt(this.#at + 1);
      if (char === '\\' && (following === '\\' || following === (quoted ? quote : ','))) {
        value += following;
        this.#at += 2;
      } else if (quoted ? char === quote : ends.includes(char)) {
        if (quoted) this.#at += 1;
        return value;
      } else {
        value += char;
        this.#at += 1;
      }
    }
    if (!quoted) return value;
    this.#at = this.#text.length;
    return this.#expected(this.#text.charAt(start));
  }

  #next(): string {
    return this.#text.charAt(this.#at);
  }

  #expected(wanted: string): null {
    const received = this.#at < this.#text.length ? `'${this.#next()}'` : "'EOF'";
    this.message = `Expected: '${wanted}', received: ${received} for input:\n${this.#text}\n${' '.repeat(this.#at)}^`;
    return null;
  }
}
