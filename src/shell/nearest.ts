import { nearest as mostAlike } from '../iam/spelling.ts';

/** What `word` was probably meant to be: the most alike of `known`, and some that begin with it. Three at most. */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  const names = [...known];
  const alike = mostAlike(word, names);
  const begun = word.length < 2 ? [] : names.filter((name) => name.startsWith(word)).slice(0, 3);
  return [...new Set(alike === null ? begun : [alike, ...begun])].slice(0, 3);
}
