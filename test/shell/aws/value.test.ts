import { expect, test } from 'vitest';
import type { Member } from '../../../src/cloud/operation.ts';
import { readValue } from '../../../src/shell/aws/value.ts';

const files = { 'policy.json': '{"Version":"2012-10-17"}', 'tags.json': '[{"Key":"a","Value":"b"}]' };
const text: Member = { type: 'string', help: '' };
const tags: Member = { type: 'structures', members: ['Key', 'Value'], help: '' };
const profile: Member = { type: 'structure', members: ['Name', 'Arn'], help: '' };
const arns: Member = { type: 'strings', help: '' };
const seconds: Member = { type: 'integer', help: '' };
const body: Member = { type: 'body', help: '' };
const blob: Member = { type: 'blob', help: '' };
const tagSet: Member = {
  type: 'nested',
  of: { structure: { TagSet: { list: { structure: { Key: 'string', Value: 'string' } } } } },
  help: '',
};
const names: Member = { type: 'nested', of: { map: 'string' }, help: '' };
const filters: Member = {
  type: 'nested',
  of: { list: { structure: { Name: 'string', Values: { list: 'string' }, On: 'boolean' } } },
  help: '',
};

test.each<[string, Member, readonly string[], unknown]>([
  ['text', text, ['joanne'], 'joanne'],
  ['a file', text, ['file://policy.json'], '{"Version":"2012-10-17"}'],
  ['a file with ./', text, ['file://./policy.json'], '{"Version":"2012-10-17"}'],
  ['a number', seconds, ['3600'], 3600],
  ['a body', body, ['policy.json'], '{"Version":"2012-10-17"}'],
  ['a list', arns, ['a', 'b'], ['a', 'b']],
  ['a list as JSON', arns, ['["a","b"]'], ['a', 'b']],
  ['shorthand', profile, ['Name=web-profile'], { Name: 'web-profile' }],
  [
    'shorthand with a value from a file',
    tagSet,
    ['TagSet=[{Key=a,Value@=file://policy.json},{Key@=plain,Value=b}]'],
    {
      TagSet: [
        { Key: 'a', Value: '{"Version":"2012-10-17"}' },
        { Key: 'plain', Value: 'b' },
      ],
    },
  ],
  ['a structure as JSON', profile, ['{"Name":"web-profile"}'], { Name: 'web-profile' }],
  [
    'shorthand twice',
    tags,
    ['Key=a,Value=b', 'Key=c,Value='],
    [
      { Key: 'a', Value: 'b' },
      { Key: 'c', Value: '' },
    ],
  ],
  ['quoted shorthand', tags, ['Key="a,b",Value=x\\,y'], [{ Key: 'a,b', Value: 'x,y' }]],
  ['structures as JSON from a file', tags, ['file://tags.json'], [{ Key: 'a', Value: 'b' }]],
  ['one structure as JSON', tags, ['{"Key":"a"}'], [{ Key: 'a' }]],
  ['bytes as base64', blob, ['aGk='], 'aGk='],
  ['bytes from a file', blob, ['fileb://policy.json'], 'eyJWZXJzaW9uIjoiMjAxMi0xMC0xNyJ9'],
  [
    'structures within a structure',
    tagSet,
    ['TagSet=[{Key=a,Value=b},{Key=c,Value="d,e"}]'],
    {
      TagSet: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: 'd,e' },
      ],
    },
  ],
  ['an empty list', tagSet, ['TagSet=[]'], { TagSet: [] }],
  ['nested JSON', tagSet, ['{"TagSet":[{"Key":"a"}]}'], { TagSet: [{ Key: 'a' }] }],
  ['a map', names, ['team=red,stage=prod'], { team: 'red', stage: 'prod' }],
  [
    'one value for a list, and true',
    filters,
    ['Name=x,Values=a', 'Name=y,Values=b,c,On=true'],
    [
      { Name: 'x', Values: ['a'] },
      { Name: 'y', Values: ['b', 'c'], On: true },
    ],
  ],
])('reads %s', (_, member, words, value) => {
  expect(readValue('--x', 'X', member, words, { files, rawBinary: false })).toEqual({ kind: 'value', value });
});

test.each<[string, Member, readonly string[], string]>([
  [
    'a missing file',
    text,
    ['file://no.json'],
    "Error parsing parameter '--x': Unable to load paramfile file://no.json: [Errno 2] No such file or directory: 'no.json'",
  ],
  [
    'a body that is no file',
    body,
    ['hello'],
    "Error parsing parameter '--x': Blob values must be a path to a file.",
  ],
  [
    'a word for a number',
    seconds,
    ['soon'],
    "invalid literal for int() with base 10: 'soon'\n--x takes a whole number.",
  ],
  [
    'shorthand with a value from a file that is not there',
    profile,
    ['Name@=file://no.txt'],
    "Error parsing parameter '--x': Unable to load paramfile file://no.txt: [Errno 2] No such file or directory: 'no.txt'",
  ],
  [
    'shorthand without =',
    tags,
    ['team'],
    "Error parsing parameter '--x': Expected: '=', received: 'EOF' for input:\nteam\n    ^",
  ],
  [
    'a quote left open',
    tags,
    ['Key="a'],
    `Error parsing parameter '--x': Expected: '"', received: 'EOF' for input:\nKey="a\n      ^`,
  ],
  [
    'a member that is not there',
    tags,
    ['key=a'],
    'Parameter validation failed:\nUnknown parameter in X[0]: "key", must be one of: Key, Value',
  ],
  [
    'a number for text',
    tags,
    ['[{"Key":1}]'],
    "Parameter validation failed:\nInvalid type for parameter X[0].Key, value: 1, type: <class 'int'>, valid types: <class 'str'>",
  ],
  [
    'two values for text',
    profile,
    ['Name=a,b'],
    "Parameter validation failed:\nInvalid type for parameter X.Name, value: […], type: <class 'list'>, valid types: <class 'str'>",
  ],
  [
    'a list for a structure',
    profile,
    ['[1]'],
    "Parameter validation failed:\nInvalid type for parameter X, value: […], type: <class 'list'>, valid types: <class 'dict'>",
  ],
  ['bytes that are not base64', blob, ['hello!'], 'Invalid base64: "hello!"'],
  [
    'a brace left open',
    tagSet,
    ['TagSet=[{Key=a'],
    "Error parsing parameter '--x': Expected: '}', received: 'EOF' for input:\nTagSet=[{Key=a\n              ^",
  ],
  [
    'a member that is not there, further in',
    tagSet,
    ['TagSet=[{Kex=a}]'],
    'Parameter validation failed:\nUnknown parameter in X.TagSet[0]: "Kex", must be one of: Key, Value',
  ],
  [
    'a word for true or false',
    filters,
    ['Name=x,On=maybe'],
    "Parameter validation failed:\nInvalid type for parameter X[0].On, value: maybe, type: <class 'str'>, valid types: <class 'bool'>",
  ],
])('says what is wrong with %s', (_, member, words, message) => {
  expect(readValue('--x', 'X', member, words, { files, rawBinary: false })).toEqual({
    kind: 'problem',
    message,
  });
});

test('bad JSON is shown with what is wrong in it', () => {
  expect(readValue('--tags', 'Tags', tags, ['[{"Key"'], { files, rawBinary: false })).toMatchObject({
    kind: 'problem',
    message: expect.stringMatching(
      /^Error parsing parameter '--tags': Invalid JSON: .+\nJSON received: \[\{"Key"$/s,
    ),
  });
});
