import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import columnWidth, { graphemes } from '../../src/tui/column-width.ts';

it.each([
  '',
  'aws iam list-users',
  '╭─ ▸ Lesson ─┬─╮ ✓ ✗ ▎ ◀ … – “x” ’ → ↳',
  'Zoë, naïve, Łódź',
  'e\u0301',
  '漢字かな한글',
  'ｆｕｌｌ',
  '👍🏽👩‍👩‍👧🇨🇭❤️1️⃣',
  '\u200b\u00ad\u034f',
  '⌚ ⏩ ◾ ✅',
  '\u001b[1;36mred\u001b[0m 漢',
  'Здравствуйте, γειά',
])('measures %j as string-width does', (text) => {
  expect(columnWidth(text)).toBe(stringWidth(text));
});

it('keeps together what people count as one character', () => {
  expect(graphemes('a👩‍👩‍👧é')).toEqual(['a', '👩‍👩‍👧', 'é']);
});
