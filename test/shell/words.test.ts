import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteWord, scanWords, splitWords } from '../../src/shell/words.ts';

/** The words of a line, or its problem. */
function split(line: string): readonly string[] | string {
  const result = splitWords(line);
  return result.kind === 'words' ? result.words : result.message;
}

test.each([
  ['aws iam  get-user', ['aws', 'iam', 'get-user']],
  ['  aws\tiam ', ['aws', 'iam']],
  ['', []],
  ['# nothing but a comment', []],
  ['aws iam # who', ['aws', 'iam']],
  ['a#b', ['a#b']],
  [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
  [`a'b'"c"d`, ['abcd']],
  [`'' ""`, ['', '']],
  [`'{"Version":"2012-10-17"}'`, ['{"Version":"2012-10-17"}']],
  [`"{\\"a\\": \\"b\\\\c\\"}"`, ['{"a": "b\\c"}']],
  [`"a\\nb"`, ['a\\nb']],
  [`'a\\nb'`, ['a\\nb']],
  [`'{\n  "a": 1\n}'`, ['{\n  "a": 1\n}']],
  ['aws iam \\\n  get-user', ['aws', 'iam', 'get-user']],
  ['aws s3 ls\n', ['aws', 's3', 'ls']],
  ['aws s3 ls\r\n# done\r\n', ['aws', 's3', 'ls']],
  [`'\${aws:username}'`, [`\${aws:username}`]],
  ['cost$ $', ['cost$', '$']],
  ['arn:aws:s3:::b/*', ['arn:aws:s3:::b/*']],
  [`'a | b > c; d && e'`, ['a | b > c; d && e']],
])('splits %j', (line, words) => {
  expect(split(line)).toEqual(words);
});

test.each([
  [`aws iam x '{"a"`, 'A \' is opened at character 11 and never closed:\n  aws iam x \'{"a"\n            ^'],
  ['say "hi', 'A " is opened at character 5 and never closed:'],
  [`one\\\n  two 'x`, 'in line 2, character 7'],
  ['aws s3 ls | grep x', 'pipe (|)'],
  ['aws s3 ls > out', 'redirect (>)'],
  ['whoami; trail', 'second command after ;'],
  ['a && b', 'after &'],
  ['a\nb', 'second command on a new line'],
  ['echo $(date)', 'no variables and no command substitution'],
  ['echo "$HOME"', 'no variables and no command substitution'],
  ['echo `date`', 'no command substitution'],
  [`"Resource: \${aws:username}"`, 'Put it in single quotes'],
  ['aws \\', 'ends in a backslash'],
  ['(a)', 'subshell'],
])('says what is wrong with %j', (line, message) => {
  expect(split(line)).toContain(message);
});

test('keeps the word under the cursor apart, also inside an open quote', () => {
  expect(scanWords('aws iam get')).toEqual({ words: ['aws', 'iam'], partial: 'get', problem: null });
  expect(scanWords('aws iam ')).toEqual({ words: ['aws', 'iam'], partial: '', problem: null });
  expect(scanWords(`cat 'my fi`)).toMatchObject({ words: ['cat'], partial: 'my fi' });
});

test('a quoted word is read back as it was', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      expect(split(`x ${quoteWord(word)}`)).toEqual(['x', word.replaceAll(/\r\n?/g, '\n')]);
    }),
    { numRuns: 200 },
  );
});

test('any line is split or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`ab '"\\\n$#|;\`{(`) }), (line) => {
      expect(['words', 'problem']).toContain(splitWords(line).kind);
    }),
    { numRuns: 500 },
  );
});
