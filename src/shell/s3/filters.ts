/** `--exclude <pattern>` or `--include <pattern>`. */
export interface Filter {
  readonly kind: 'exclude' | 'include';
  readonly pattern: string;
}

/**
 * Whether a file is taken, by its name below the folder or prefix that is transferred. All are, unless a filter says
 * otherwise; the last filter that fits decides.
 * Source: AWS CLI Command Reference, s3/index.html, Use of Exclude and Include Filters.
 */
export function isTaken(name: string, filters: readonly Filter[]): boolean {
  return filters.findLast(({ pattern }) => fits(name, pattern))?.kind !== 'exclude';
}

/** What one character of a name is held against; `star` fits any number of them. */
type Token = 'star' | ((char: string) => boolean);

/** `*` fits everything, slashes too; `?` one character; `[ab]` one of these, `[!ab]` one of no others. */
function fits(name: string, pattern: string): boolean {
  const tokens = tokensOf(pattern);
  const chars = [...name];
  let token = 0;
  let char = 0;
  // Where the last star stands, and how far it reaches by now: at most name × pattern steps.
  let star = -1;
  let reached = 0;
  while (char < chars.length) {
    const next = tokens[token];
    if (next === 'star') {
      star = token++;
      reached = char;
    } else if (next?.(chars[char] ?? '')) {
      token++;
      char++;
    } else if (star >= 0) {
      token = star + 1;
      char = ++reached;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((left) => left === 'star');
}

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [part, none, set] of pattern.matchAll(/\[(!?)([^\]]+)\]|[\s\S]/gu)) {
    if (set !== undefined) {
      const among = inSet(set);
      tokens.push(none === '' ? among : (char) => !among(char));
    } else if (part === '*') tokens.push('star');
    else if (part === '?') tokens.push(() => true);
    else tokens.push((char) => char === part);
  }
  return tokens;
}

/** `a-z` and `abc` between brackets. */
function inSet(set: string): (char: string) => boolean {
  const ranges = [...set.matchAll(/([\s\S])-([\s\S])|([\s\S])/gu)].map(
    ([, from, to, only = '']) => [from ?? only, to ?? only] as const,
  );
  return (char) => ranges.some(([from, to]) => from <= char && char <= to);
}
