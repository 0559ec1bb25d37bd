import { expect, test } from 'vitest';
import { mutatePolicy } from '../../../src/course/mutants/mutate-policy.ts';

function whats(statement: object, more: readonly object[] = []): readonly string[] {
  return mutatePolicy({ Version: '2012-10-17', Statement: [statement, ...more] }).map(({ what }) => what);
}

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::notes/public/*' };

test('a statement is dropped, swapped, and each element widened', () => {
  expect(whats(read, [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }])).toEqual([
    'the statement is dropped',
    'Effect is Deny',
    '`s3:GetObject` is widened to `s3:*`',
    '`arn:aws:s3:::notes/public/*` is widened to `arn:aws:s3:::notes/public*`',
    '`arn:aws:s3:::notes/public/*` is widened to `arn:aws:s3:::notes/*`',
    '`arn:aws:s3:::notes/public/*` is widened to `*`',
    'the explicit deny is dropped',
    'Effect is Allow',
    '`s3:*` is widened to `*`',
  ]);
});

test('a document that AWS would not accept is left out: the only statement is not dropped', () => {
  expect(whats(read)).not.toContain('the statement is dropped');
});

test('each test of a condition is dropped, flipped and made to hold without its key', () => {
  const Condition = {
    StringEquals: { 'aws:PrincipalTag/team': 'blue' },
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  };
  const documents = mutatePolicy({ Version: '2012-10-17', Statement: { ...read, Condition } });
  const conditions = documents.filter(({ what }) => what.startsWith('the condition'));
  expect(
    conditions.map(({ what, path, document }) => [what, path, JSON.stringify(document.Statement)]),
  ).toEqual(
    [
      ['is dropped', { Bool: Condition.Bool }],
      ['is flipped', { Bool: Condition.Bool, StringNotEquals: Condition.StringEquals }],
      ['holds without the key', { Bool: Condition.Bool, StringEqualsIfExists: Condition.StringEquals }],
    ]
      .map(([how, put]) => [
        `the condition on aws:PrincipalTag/team ${how}`,
        ['Statement', 'Condition', 'StringEquals', 'aws:PrincipalTag/team'],
        JSON.stringify({ ...read, Condition: put }),
      ])
      .concat(
        [
          ['is dropped', { StringEquals: Condition.StringEquals }],
          [
            'is flipped',
            { StringEquals: Condition.StringEquals, Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
          ],
          ['holds without the key', { StringEquals: Condition.StringEquals, BoolIfExists: Condition.Bool }],
        ].map(([how, put]) => [
          `the condition on aws:MultiFactorAuthPresent ${how}`,
          ['Statement', 'Condition', 'Bool', 'aws:MultiFactorAuthPresent'],
          JSON.stringify({ ...read, Condition: put }),
        ]),
      ),
  );
});

test('a principal is widened to its account and to everybody, an account to everybody', () => {
  const trust = (name: string) => ({ Effect: 'Allow', Principal: { AWS: name }, Action: 'sts:AssumeRole' });
  expect(whats(trust('arn:aws:iam::111122223333:user/bob'))).toContain(
    '`arn:aws:iam::111122223333:user/bob` is widened to `arn:aws:iam::111122223333:root`',
  );
  expect(whats(trust('arn:aws:iam::111122223333:user/bob'))).toContain(
    '`arn:aws:iam::111122223333:user/bob` is widened to `*`',
  );
  expect(whats(trust('111122223333'))).toContain('`111122223333` is widened to `*`');
});

test('an exception is no exception any more', () => {
  expect(whats({ Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' })).toEqual(
    expect.arrayContaining(['`iam:*` is no exception any more', '`sts:*` is no exception any more']),
  );
});
