import { describe, expect, it } from 'vitest';
import {
  commonStart,
  type EditAction,
  edit,
  emptyLine,
  insert,
  isUnfinished,
  type LineEditor,
  replaceWord,
  submit,
} from '../../src/tui/line-editor.ts';

/** A line written with `|` where the cursor stands. */
function at(marked: string): LineEditor {
  const cursor = marked.indexOf('|');
  return { ...emptyLine(), text: marked.replace('|', ''), cursor };
}

function shown({ text, cursor }: LineEditor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

describe('editing keys', () => {
  const cases: readonly (readonly [EditAction, string, string])[] = [
    ['left', 'aws|', 'aw|s'],
    ['left', '|aws', '|aws'],
    ['right', 'a|ws', 'aw|s'],
    ['left', 'é👩‍👩‍👧|', 'é|👩‍👩‍👧'],
    ['delete-left', '漢字|', '漢|'],
    ['delete-left', 'x👍🏽|', 'x|'],
    ['delete-right', '|👍🏽x', '|x'],
    ['word-left', 'aws iam  list|', 'aws iam  |list'],
    ['word-left', 'aws iam  |list', 'aws |iam  list'],
    ['word-right', 'aws| iam list', 'aws iam| list'],
    ['line-start', 'aws iam|', '|aws iam'],
    ['line-end', 'a|ws iam', 'aws iam|'],
    ['delete-word', 'aws iam list|-users', 'aws iam |-users'],
    ['delete-to-start', 'aws iam |list', '|list'],
    ['delete-to-end', 'aws| iam', 'aws|'],
    ['line-start', 'one\ntw|o', 'one\n|two'],
    ['line-end', 'o|ne\ntwo', 'one|\ntwo'],
    ['row-up', 'one\ntwo|', 'one|\ntwo'],
    ['row-down', 'on|e\nt', 'one\nt|'],
    ['clear', 'aws|', '|'],
  ];
  it.each(cases)('%s turns %j into %j', (action, before, after) => {
    expect(shown(edit(at(before), action))).toBe(after);
  });

  it('puts a paste of several rows in whole', () => {
    expect(shown(insert(at("aws '|'"), '{\n  "a": 1\n}'))).toBe('aws \'{\n  "a": 1\n}|\'');
  });

  it('replaces the word before the cursor by its completion', () => {
    expect(shown(replaceWord(at('aws iam list-u| --x'), 'list-users '))).toBe('aws iam list-users | --x');
    expect(shown(replaceWord(at('aws |'), 'iam'))).toBe('aws iam|');
  });
});

describe('history', () => {
  it('goes back and forth, and gives the unfinished line back', () => {
    const line = insert(emptyLine(['one', 'two']), 'dr');
    const up = edit(line, 'row-up');
    expect(up.text).toBe('two');
    expect(edit(edit(up, 'row-up'), 'row-up').text).toBe('one');
    expect(edit(edit(edit(up, 'row-up'), 'row-down'), 'row-down').text).toBe('dr');
  });

  it('remembers a command without what was answered to its questions', () => {
    expect(submit(insert(emptyLine(), "aws configure\n> it's\n>")).history).toEqual(['aws configure']);
  });

  it('remembers what was entered once, and nothing blank', () => {
    const twice = submit(insert(submit(insert(emptyLine(), 'ls')), 'ls '));
    expect(twice.history).toEqual(['ls']);
    expect(submit(insert(twice, '  ')).history).toEqual(['ls']);
  });
});

it.each([
  ["aws '{", true],
  ["aws '{\n}'", false],
  ['echo "it\'s"', false],
  ['echo \\', true],
  ['echo \\"', false],
  ["'\\'", false],
  ["aws configure\n> it's\n> x", false],
  ["aws configure\n> it's\naws s3 ls '", true],
])('%j is unfinished: %s', (text, expected) => {
  expect(isUnfinished(text)).toBe(expected);
});

it('finds the beginning that words share', () => {
  expect(commonStart(['list-users', 'list-user-policies'])).toBe('list-user');
  expect(commonStart(['a', 'b'])).toBe('');
  expect(commonStart([])).toBe('');
});
