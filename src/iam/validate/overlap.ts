import { arnComponents } from '../arn.ts';

/** A piece of a pattern: a character, a run of any characters, any one character, or a run without `/`. */
type Token = string | typeof RUN | typeof ONE | typeof NAME;
const RUN = Symbol('any run of characters');
const ONE = Symbol('any one character');
const NAME = Symbol('a run of characters without a slash');

/** Names that hold no slash; what else an ARN's form leaves open may hold one. */
const PLAIN_NAMES = new Set(['BucketName', 'TableName', 'AccessPointName', 'TopicName', 'QueueName']);

/** True when some ARN of the given form, such as `arn:${Partition}:s3:::${BucketName}`, fits the policy's pattern. */
export function canMatchForm(pattern: string, form: string): boolean {
  if (pattern === '*') return true;
  const written = arnComponents(pattern);
  const formed = arnComponents(form);
  if (formed === null) return true;
  // A pattern that ends early ends in a star, which covers the rest.
  if (written === null) return overlaps(tokensOfPattern(pattern), tokensOfForm(form));
  return written.every((part, i) => overlaps(tokensOfPattern(part), tokensOfForm(formed[i] ?? '')));
}

function tokensOfPattern(pattern: string): Token[] {
  const filled = pattern.replace(/\$\{[^}]*\}/g, '*');
  return [...filled].map((character) => (character === '*' ? RUN : character === '?' ? ONE : character));
}

function tokensOfForm(form: string): Token[] {
  const tokens: Token[] = [];
  for (const part of form.split(/(\$\{[^}]*\})/)) {
    if (part.startsWith('${')) tokens.push(PLAIN_NAMES.has(part.slice(2, -1)) ? NAME : RUN);
    else tokens.push(...part);
  }
  return tokens;
}

/** True when some text fits both. Steps at most the product of their lengths. */
function overlaps(a: readonly Token[], b: readonly Token[]): boolean {
  // reach[j]: the tokens of `a` before i and of `b` before j can stand for the same text.
  let reach = [true];
  for (let j = 0; j < b.length; j++) reach.push(reach[j] === true && isRun(b[j]));
  for (let i = 0; i < a.length; i++) {
    const next = [reach[0] === true && isRun(a[i])];
    for (let j = 0; j < b.length; j++) {
      const both = reach[j] === true && canBeSame(a[i], b[j]);
      // A run may take one more character of the other side, or end.
      const byA = isRun(a[i]) && ((next[j] === true && takes(a[i], b[j])) || reach[j + 1] === true);
      const byB = isRun(b[j]) && ((reach[j + 1] === true && takes(b[j], a[i])) || next[j] === true);
      next.push(both || byA || byB);
    }
    reach = next;
  }
  return reach[b.length] === true;
}

function isRun(token: Token | undefined): boolean {
  return token === RUN || token === NAME;
}

function canBeSame(a: Token | undefined, b: Token | undefined): boolean {
  return takes(a, b) || takes(b, a);
}

/** True when token `a` can stand for one character that `b` also stands for. */
function takes(a: Token | undefined, b: Token | undefined): boolean {
  if (a === RUN || a === ONE) return true;
  if (a === NAME) return b !== '/';
  return a === b;
}
