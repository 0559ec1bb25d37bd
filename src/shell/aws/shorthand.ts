/** A structure read from shorthand; a member given several values (`Values=a,b`) has a list of them. */
export type Shorthand =
  | { readonly kind: 'structure'; readonly value: Readonly<Record<string, string | readonly string[]>> }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * Reads `Key=team,Value=red` as the AWS CLI does
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html): values may be quoted, a comma
 * may be escaped, `a,b` and `[a,b]` are lists. Nested structures are left to JSON.
 */
export function readShorthand(text: string): Shorthand {
  const entries: [string, string | readonly string[]][] = [];
  let at = 0;

  const expected = (wanted: string): Shorthand => {
    const received = at < text.length ? `'${text.charAt(at)}'` : "'EOF'";
    return {
      kind: 'problem',
      message: `Expected: '${wanted}', received: ${received} for input:\n${text}\n${' '.repeat(at)}^`,
    };
  };

  while (at < text.length) {
    const key = /^[^=,[\]{}"']*/.exec(text.slice(at))?.[0] ?? '';
    if (key === '' || text.charAt(at + key.length) !== '=') {
      at += key.length;
      return expected('=');
    }
    at += key.length + 1;
    const values: string[] = [];
    let isList = false;
    if (text.charAt(at) === '[') {
      const end = text.indexOf(']', at);
      if (end === -1) {
        at = text.length;
        return expected(']');
      }
      values.push(...text.slice(at + 1, end).split(','));
      isList = true;
      at = end + 1;
    } else {
      for (;;) {
        const value = readValue(text, at);
        if (value === null) {
          at = text.length;
          return expected(text.charAt(at) === "'" ? "'" : '"');
        }
        values.push(value.text);
        at = value.end;
        // After a comma comes the next `key=`, or one more value of this one.
        if (text.charAt(at) !== ',' || /^[^=,[\]{}"']+=/.test(text.slice(at + 1)) || at + 1 === text.length)
          break;
        isList = true;
        at += 1;
      }
    }
    entries.push([key.trim(), isList ? values : (values[0] ?? '')]);
    if (at === text.length) break;
    if (text.charAt(at) !== ',') return expected(',');
    at += 1;
  }
  return entries.length === 0 ? expected('=') : { kind: 'structure', value: Object.fromEntries(entries) };
}

/** One value, up to the comma or bracket that ends it; null when its quote never closes. */
function readValue(text: string, start: number): { readonly text: string; readonly end: number } | null {
  const quote = text.charAt(start);
  const quoted = quote === '"' || quote === "'";
  let value = '';
  let at = quoted ? start + 1 : start;
  while (at < text.length) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '\\' && (next === '\\' || next === (quoted ? quote : ','))) {
      value += next;
      at += 2;
    } else if (quoted ? char === quote : char === ',') {
      return { text: value, end: quoted ? at + 1 : at };
    } else {
      value += char;
      at += 1;
    }
  }
  return quoted ? null : { text: value, end: at };
}
