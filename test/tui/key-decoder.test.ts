import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyDecoder } from '../../src/tui/key-decoder.ts';

function names(...chunks: string[]): string[] {
  const decoder = createKeyDecoder();
  const keys = chunks.flatMap((chunk) => decoder.feed(chunk));
  return [...keys, ...decoder.flush()].map(({ name, text }) => (text === '' ? name : `${name} ${text}`));
}

it.each([
  ['\r', 'enter'],
  ['\t', 'tab'],
  ['\u001b[Z', 'shift+tab'],
  ['\u001b[A', 'up'],
  ['\u001bOB', 'down'],
  ['\u001b[1;5C', 'ctrl+right'],
  ['\u001b[5~', 'pageup'],
  ['\u001b[H', 'home'],
  ['\u001b[4~', 'end'],
  ['\u001bOP', 'f1'],
  ['\u0003', 'ctrl+c'],
  ['\u007f', 'backspace'],
  ['\u001b\u007f', 'alt+backspace'],
  ['\u001bb', 'alt+b'],
  ['\u001b', 'escape'],
  ['x', 'char x'],
  ['漢', 'char 漢'],
  ['👩‍👩‍👧', 'char 👩‍👩‍👧'],
])('%j is %s', (input, name) => {
  expect(names(input)).toEqual([name]);
});

it('waits for the rest of a sequence that came in parts', () => {
  expect(names('\u001b', '[', '1;5', 'D', 'a')).toEqual(['ctrl+left', 'char a']);
});

it('gives a paste as one key, however it was cut, with its rows', () => {
  expect(names('a\u001b[20', '0~{\r\n "b"', ': 1\n}\u001b[2', '01~c')).toEqual([
    'char a',
    'paste {\n "b": 1\n}',
    'char c',
  ]);
});

it('tells the terminal’s answer about its background from keys, however it was cut', () => {
  const decoder = createKeyDecoder();
  const answers = ['\u001b]11;rgb:ff', 'ff/ffff/ffff\u001b', '\\a'].flatMap((part) => decoder.feed(part));
  expect(answers).toEqual([
    { name: 'background', text: 'rgb:ffff/ffff/ffff' },
    { name: 'char', text: 'a' },
  ]);
  expect(decoder.feed('\u001b]11;rgb:0/0/0\u0007')).toEqual([{ name: 'background', text: 'rgb:0/0/0' }]);
  decoder.feed('\u001b]11;rgb:ff');
  expect(decoder.flush()).toEqual([]);
});

it('leaves sequences that nobody knows alone', () => {
  expect(names('\u001b[99;99Xa')).toEqual(['char a']);
});

it('takes any input and loses no plain character', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (chunks) => {
      const decoder = createKeyDecoder();
      for (const chunk of chunks) decoder.feed(chunk);
      decoder.flush();
      expect(decoder.pending()).toBe(false);
    }),
  );
});
