import { expect, test } from 'vitest';
import { printable, printableJson } from '../../src/shell/printable.ts';

test('control characters become visible, newlines and tabs stay', () => {
  expect(printable('a\tb\nc\r\nd')).toBe('a\tb\nc\nd');
  expect(printable('\u001b[31mred\u001b]0;title\u0007')).toBe('\\x1b[31mred\\x1b]0;title\\x07');
  expect(printable('\u009b2J\u007f\r')).toBe('\\x9b2J\\x7f\\x0d');
  expect(printable('user\u202egnp.exe')).toBe('user\\u202egnp.exe');
});

test('text in any language is left alone', () => {
  expect(printable('Zoë, 日本語, 👩‍💻')).toBe('Zoë, 日本語, 👩‍💻');
});

test('JSON has no byte that a terminal obeys, and is the same value when it is read', () => {
  const value = { output: '\u001b[31m\u009b2J\u202e Zoë' };
  expect(printableJson(value)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  expect(JSON.parse(printableJson(value))).toEqual(value);
});
