import { eastAsianWidth } from 'get-east-asian-width';

// Latin letters, dashes and quotes, arrows, lines and boxes.
const oneColumnEach =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc\u2713\u2717]*$/;
const colours = /\u001b\[[0-9;]*m/g;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** True when every character takes one column and is one code unit. */
export function isOneColumnEach(text: string): boolean {
  return oneColumnEach.test(text);
}

/** The characters as people count them: letters with their accents, emoji with their modifiers. */
export function graphemes(text: string): string[] {
  return isOneColumnEach(text) ? text.split('') : Array.from(segmenter.segment(text), (part) => part.segment);
}

/**
 * Columns that a text takes on the terminal; sequences that set colours take none. The build gives this to Ink in
 * place of `string-width`, which Ink asks for every character on the screen, and whose tables of emoji take a third
 * of the time to the first frame.
 */
export default function columnWidth(text: string): number {
  if (oneColumnEach.test(text)) return text.length;
  const bare = text.includes('\u001b') ? text.replace(colours, '') : text;
  if (oneColumnEach.test(bare)) return bare.length;
  return graphemes(bare).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

function graphemeWidth(grapheme: string): number {
  if (oneColumnEach.test(grapheme)) return 1;
  // Made here and not above: a pattern with Unicode properties is slow to make, and mostly not needed.
  const visible = grapheme.replace(
    /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Mark}\p{Surrogate}]+/u,
    '',
  );
  const codePoint = visible.codePointAt(0);
  if (codePoint === undefined) return 0;
  // An emoji by its variation selector, a family joined of several, a flag of two letters.
  if (visible.length > 1 && /\ufe0f|\u200d|\u20e3|^[\u{1f1e6}-\u{1f1ff}]{2}/u.test(visible)) return 2;
  return eastAsianWidth(codePoint);
}
