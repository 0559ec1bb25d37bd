import { styledCharsFromTokens, tokenize } from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
// What the build puts ours in front of; not among the package's exports.
import Output from '../../node_modules/ink/build/output.js';
import { joinedOutput, type Operation } from '../../src/build/joined-output.ts';
import { type Line, lineWidth, span } from '../../src/tui/styled-text.ts';
import { type Role, themeFor } from '../../src/tui/theme.ts';

const HEIGHT = 6;
const theme = themeFor({}, 'dark');
const unchanged = (line: string) => line;

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    '  ',
    '│',
    '日本',
    'é',
    'e\u0301',
    '👩‍👩‍👧',
    '🇨🇭',
    '\u200b',
    'arn:aws:s3:::bucket',
  ),
);
const role = fc.constantFrom<Role>('plain', 'strong', 'faint', 'accent', 'code', 'border');
const line = fc.array(
  fc.tuple(text, role).map(([words, look]) => span(words, look)),
  { maxLength: 4 },
);

/** Texts from left to right, some rows high and some columns apart. */
const sideBySide = fc
  .array(
    fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }), gap: fc.nat(2), y: fc.nat(HEIGHT) }),
    {
      maxLength: 4,
    },
  )
  .map((blocks) => {
    let x = 0;
    return blocks.map(({ lines, gap, y }): Operation => {
      const at = x + gap;
      x = at + Math.max(...lines.map(roomFor));
      return { type: 'write', x: at, y, text: lines.map(theme).join('\n'), transformers: [unchanged] };
    });
  });

/** Room for them in any case: Ink gives a column to a character that takes none. */
function roomFor(spans: Line): number {
  return lineWidth(spans) + spans.reduce((sum, each) => sum + each.text.length, 0);
}

function inkFrame(operations: readonly Operation[]): string {
  const output = new Output({ width: 1000, height: HEIGHT });
  for (const operation of operations) {
    if (operation.type === 'write') {
      output.write(operation.x, operation.y, operation.text, { transformers: [...operation.transformers] });
    }
  }
  return output.get().output;
}

/** What is seen of a frame: each row's characters with their styles, without the blanks at its end. */
function seen(frame: string) {
  return frame.split('\n').map((row) => {
    const cells = styledCharsFromTokens(tokenize(row)).map(({ value, styles }) => ({
      value,
      styles: styles.map(({ code }) => code).sort(),
    }));
    const last = cells.findLastIndex(({ value, styles }) => value !== ' ' || styles.length > 0);
    return cells.slice(0, last + 1);
  });
}

describe('a frame of texts side by side', () => {
  it('looks as Ink would make it', () => {
    fc.assert(
      fc.property(sideBySide, (operations) => {
        const joined = joinedOutput(operations, HEIGHT);
        expect(seen(joined ?? 'left to Ink')).toEqual(seen(inkFrame(operations)));
      }),
      { numRuns: 300 },
    );
  });

  const write = (x: number, words: string): Operation => ({
    type: 'write',
    x,
    y: 0,
    text: words,
    transformers: [unchanged],
  });

  it.each<[string, Operation[]]>([
    ['one text lies over another', [write(0, 'below'), write(2, 'over')]],
    ['a part is cut off', [{ type: 'clip' }, write(0, 'cut'), { type: 'unclip' }]],
    ['a style is left open', [write(0, '\u001b[1mbold'), write(8, 'plain')]],
    ['a style begins in another', [write(0, '\u001b[1mbold \u001b[36mblue\u001b[0m')]],
    [
      'there are sequences of another kind',
      [write(0, '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007')],
    ],
  ])('is left to Ink where %s', (_, operations) => {
    expect(joinedOutput(operations, HEIGHT)).toBeNull();
  });
});
