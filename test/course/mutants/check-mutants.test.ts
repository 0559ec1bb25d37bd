import { expect, test } from 'vitest';
import { checkMutants } from '../../../src/course/authoring.ts';
import { scenarioText } from '../two-readers.ts';

function mutants(text: string) {
  const { problems, counts } = checkMutants([{ name: 'two-readers.yaml', text }]);
  const lines = text.split('\n');
  return {
    counts,
    survivors: problems.map(({ what, mend, line, column }) => ({
      what,
      mend,
      at: lines[line - 1]?.slice(column - 1),
    })),
  };
}

/** The scenario without the goal that keeps Bob from the diary. */
const careless = scenarioText.replace(/ {6}- id: private[\s\S]*?(?= {6}- id: eve-out)/, '');
const wantsPrivate = / {6}- \{ when: private[^\n]*\n/;

test('mutants that no goal notices are pointed at, with the request that tells them apart', () => {
  const { survivors } = mutants(
    careless
      .replace(wantsPrivate, '')
      .replace(/ {6}- name: the whole bucket[\s\S]*?(?= {6}- name: everybody)/, ''),
  );
  expect(survivors.map(({ what }) => what)).toContain(
    'No goal notices when `arn:aws:s3:::notes/public/*` is widened to `arn:aws:s3:::notes/*`.',
  );
  const [survivor] = survivors.filter(({ what }) => what.includes('`arn:aws:s3:::notes/*`'));
  expect(survivor?.at).toMatch(/^"arn:aws:s3:::notes\/public\/\*"/);
  expect(survivor?.mend).toContain('`bob` may `s3:GetObject` on `notes/private/diary.txt`');
});

test('a mutant with the same access map as the solution is equivalent, and no problem', () => {
  const { counts, survivors } = mutants(scenarioText);
  expect(survivors.filter(({ what }) => what.includes('notes/public*'))).toEqual([]);
  expect(counts.mutants).toBe(counts.caught + counts.equivalent + survivors.length);
  expect(counts.equivalent).toBe(1);
});

test('a policy within a command is found there', () => {
  const text = scenarioText.replace(
    /solution:[\s\S]*?(?= {4}alternatives:)/,
    `solution:
      - as: ann
        run: aws iam put-user-policy --user-name bob --policy-name read --policy-document
          '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::notes/public/*"}}'
`,
  );
  const { survivors } = mutants(text);
  const [survivor] = survivors.filter(({ what }) => what.includes('`s3:*`'));
  expect(survivor?.what).toBe('No goal notices when `s3:GetObject` is widened to `s3:*`.');
  expect(survivor?.at).toMatch(/^"s3:GetObject","Resource"/);
});
