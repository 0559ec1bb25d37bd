import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QuickSegmenter } from '../../src/build/quick-segmenter.ts';

const quick = new QuickSegmenter(undefined, { granularity: 'grapheme' });
const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

test('cuts every text as Intl.Segmenter does', { timeout: 30_000 }, () => {
  const ordinary = fc.string({ unit: fc.constantFrom(...'aZ 9.─│╭▸✓→é“”…\n\u001b[1m') });
  const texts = fc.oneof(ordinary, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(texts, (text) => {
      expect([...quick.segment(text)]).toEqual([...real.segment(text)]);
    }),
    { numRuns: 500 },
  );
});

test('finds the segment at every place as Intl.Segmenter does, as what cuts a line to a width asks', () => {
  for (const text of ['Lessons ─ new', 'Anaïs 👩‍💻', '']) {
    for (const place of [undefined, -1, 0, 1.5, 6, text.length, text.length + 1]) {
      expect(quick.segment(text).containing(place)).toEqual(real.segment(text).containing(place));
    }
  }
});

test('knows no character that joins: each of those it takes for single stays single between any others', () => {
  const singles = Array.from({ length: 0x2718 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => character !== '\r' && [...quick.segment(character)].length === 1,
  );
  for (const character of singles) {
    const text = `a${character}─${character}${character}\n${character}`;
    expect([...quick.segment(text)].map(({ segment }) => segment)).toEqual(
      [...real.segment(text)].map(({ segment }) => segment),
    );
  }
});
