const { Segmenter } = Intl;
// Characters that neither join with their neighbours nor are joined: Latin letters, dashes, arrows, lines and boxes,
// line feeds and the escape that begins a colour.
const oneUnitEach =
  /^[\n\x1b\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc\u2713\u2717]*$/;

/** `Intl.Segmenter` for graphemes, whose tables are loaded with the first text that needs them. */
export class QuickSegmenter {
  readonly #options: ConstructorParameters<typeof Segmenter>;
  #segmenter: Intl.Segmenter | undefined;

  constructor(...options: ConstructorParameters<typeof Segmenter>) {
    this.#options = options;
  }

  segment(text: string): Intl.Segments {
    if (oneUnitEach.test(text)) return segmentsOf(text);
    this.#segmenter ??= new Segmenter(...this.#options);
    return this.#segmenter.segment(text);
  }
}

/** The segments of a text in which every UTF-16 unit is a grapheme. */
function segmentsOf(text: string): Intl.Segments {
  const at = (index: number): Intl.SegmentData => ({ segment: text.charAt(index), index, input: text });
  return {
    containing(place = 0) {
      const index = Math.trunc(place);
      return index >= 0 && index < text.length ? at(index) : undefined;
    },
    [Symbol.iterator]: () => Array.from(text, (_, index) => at(index)).values(),
  };
}
