/**
 * The distinct words of texts in Markdown, in lower case and in a row, for a search that looks for parts of words: one
 * that is part of another is left out. Words such as `iam:passrole` and `s3:getobject` are one.
 */
export function searchWords(texts: readonly string[]): string {
  const said = texts.map((text) => text.replaceAll(/\]\([^)]*\)/g, ']').toLowerCase());
  const words = new Set(said.flatMap((text) => text.match(/[\p{L}\d]+(?:[:./-][\p{L}\d]+)*/gu) ?? []));
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  let kept = '';
  for (const word of longestFirst) if (!kept.includes(word)) kept += `${word} `;
  return kept.trimEnd();
}
