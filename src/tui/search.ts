import type { Key } from './key-decoder.ts';
import { type Line, span } from './styled-text.ts';

/** What is searched for in a list. */
export interface Search {
  readonly words: string;
  /** While it is typed, letters belong to it; afterwards they are keys again and the list stays short. */
  readonly isTyped: boolean;
}

/** The search after a key of its own, or a letter; null when it ends, also when nothing was typed before Enter. */
export function searchAfter<S extends Search>(search: S, action: unknown, key: Key): S | null {
  const { words } = search;
  switch (action) {
    case 'accept':
      return words.trim() === '' ? null : { ...search, isTyped: false };
    case 'back':
      return null;
    case 'erase':
      return { ...search, words: Array.from(words).slice(0, -1).join('') };
    default:
      return key.name === 'char' || key.name === 'paste'
        ? { ...search, words: words + key.text.replaceAll('\n', ' ') }
        : search;
  }
}

/** The words searched for, of which a text found has all; an empty one when there are none, which every text has. */
export function wordsOf(search: Pick<Search, 'words'> | null): readonly string[] {
  return (search?.words ?? '').trim().toLowerCase().split(/\s+/);
}

/** True when a text in lower case has all of these words, in any order. */
export function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** What is found by its name, else by anything that is said of it: those named so come first. */
export function namedFirst<T>(
  all: readonly T[],
  search: Pick<Search, 'words'> | null,
  name: (each: T) => string,
  text: (each: T) => string,
): readonly T[] {
  const words = wordsOf(search);
  const named = all.filter((each) => hasAll(name(each).toLowerCase(), words));
  const said = all.filter((each) => !named.includes(each) && hasAll(text(each).toLowerCase(), words));
  return [...named, ...said];
}

/** What is searched for, and how to see all again once letters are keys. */
export function searchLine({ words, isTyped }: Search): Line {
  const rest = isTyped ? span('▏', 'accent') : span('  Esc shows all again', 'faint');
  return [span('Search ', 'heading'), span(`/${words}`, 'code'), rest];
}
