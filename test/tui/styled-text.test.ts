import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownLines } from '../../src/tui/markdown.ts';
import { fitTo, lineWidth, plainText, safe, span, truncateMiddle, wrap } from '../../src/tui/styled-text.ts';
import { themeFor } from '../../src/tui/theme.ts';

describe('the boundary between content and terminal', () => {
  it.each(['\u001b[31mred', '\u009b2J', '\u0007', 'a\rb', '\u202egnp', '\u001b]0;title\u0007', '\u2066x'])(
    'takes the control characters out of %j',
    (text) => {
      expect(safe(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    },
  );

  it('lets nothing through that a theme did not put there', () => {
    const paint = themeFor({ NO_COLOR: '1' }, 'dark');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(paint([span(text)])).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 });

it('fits any row to exactly its width', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 60 }), (parts, width) => {
      expect(
        lineWidth(
          fitTo(
            parts.map((part) => span(part)),
            width,
          ),
        ),
      ).toBe(width);
    }),
  );
});

it('wraps any row within its width, and keeps its words', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 4, max: 60 }), (parts, width) => {
      const row = parts.map((part) => span(part));
      const rows = wrap(row, width);
      for (const each of rows) expect(lineWidth(each)).toBeLessThanOrEqual(width);
      const letters = (text: string) => text.replaceAll(' ', '');
      expect(letters(rows.map(plainText).join(''))).toBe(letters(plainText(row)));
    }),
  );
});

it('keeps both ends of a long name', () => {
  expect(truncateMiddle('i-0a1b2c3d4e5f60001', 11)).toBe('i-0a1…60001');
});

describe('Markdown', () => {
  const shown = (markdown: string, width = 40) => markdownLines(markdown, width).map(plainText);

  it('shows paragraphs, lists and code', () => {
    expect(shown('One *two* **three** `four`.\n\n- a\n- b\n\n1. c\n\n```json\n{"a": 1}\n```')).toEqual([
      'One two three four.',
      '',
      ' • a',
      ' • b',
      '',
      ' 1. c',
      '',
      '  {"a": 1}',
    ]);
  });

  it('shows a claim as its words, and a page to read with its address', () => {
    expect(shown('It was [never sent](claim:not-sent).')).toEqual(['It was never sent.']);
    expect(shown('[the guide](https://docs.aws.amazon.com/IAM/)', 80)).toEqual([
      'the guide <https://docs.aws.amazon.com/IAM/>',
    ]);
  });

  it('shows characters that mean something to a browser', () => {
    expect(shown('a < b && `c > "d"`')).toEqual(['a < b && c > "d"']);
  });
});

it.each([
  [{}, '\u001b[91mno\u001b[0m'],
  [{ NO_COLOR: '1' }, '\u001b[1mno\u001b[0m'],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, '\u001b[91mno\u001b[0m'],
  [{ FORCE_COLOR: '0' }, '\u001b[1mno\u001b[0m'],
  [{ TERM: 'dumb' }, 'no'],
])('honours %j', (env, expected) => {
  expect(themeFor(env, 'dark')([span('no', 'bad')])).toBe(expected);
});

it('marks what is typed where there are no colours', () => {
  const row = [span('as web-1', 'code')];
  expect(themeFor({ NO_COLOR: '1' }, 'dark')(row)).toBe('\u001b[4mas web-1\u001b[0m');
  expect(themeFor({}, 'dark')(row)).toBe('\u001b[36mas web-1\u001b[0m');
});
