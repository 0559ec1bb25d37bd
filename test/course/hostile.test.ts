import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  lessonJsonSchema,
  readLesson,
  readScenario,
  scenarioJsonSchema,
} from '../../src/course/authoring.ts';
import { startPlayer, viewOf } from '../../src/course/index.ts';
import { lessonText, scenarioOf, scenarioText } from './two-readers.ts';

const pieces = [
  '[',
  '{',
  '&a ',
  '*a',
  ': ',
  '- ',
  '\n',
  '"',
  "'",
  '|',
  '\t',
  '!!js ',
  '\u001b[2J',
  '__proto__: 1',
  'null',
  '~',
];

/** The sample with a piece cut out and something else put in its place, a few times over. */
const broken = (text: string) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(40), fc.constantFrom(...pieces)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) =>
      edits.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), text),
    );

test('a broken scenario is read or rejected with places inside it, and never throws', () => {
  fc.assert(
    fc.property(broken(scenarioText), (text) => {
      const read = readScenario('x.yaml', text);
      if (!('problems' in read)) return void viewOf(startPlayer(null, read.scenario));
      const lines = text.split('\n').length;
      expect(read.problems.length).toBeGreaterThan(0);
      for (const { line, column } of read.problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines + 1);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
}, 30_000);

test('a broken lesson is read or rejected, and never throws', () => {
  fc.assert(
    fc.property(broken(lessonText), (text) => void readLesson('x.md', text)),
    { numRuns: 60 },
  );
}, 30_000);

test.each([
  ['brackets', '['.repeat(100_000)],
  ['indentation', Array.from({ length: 1300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['list marks', `${'- '.repeat(50_000)}x`],
  ['a policy of brackets', scenarioText.replace('bob: {}', `bob: {inline: {p: '${'['.repeat(40_000)}'}}`)],
  ['one long line', `format: ${'x'.repeat(1_100_000)}`],
])('%s beyond measure are rejected', (_, text) => {
  expect(readScenario('x.yaml', text)).toHaveProperty('problems');
});

test('control characters that reach the player all the same are made visible', () => {
  const scenario = scenarioOf(scenarioText);
  const [hello, ...others] = scenario.steps;
  if (hello === undefined) throw new Error('The sample has no steps.');
  const steps = [{ ...hello, title: 'Hel\u001b[31mlo', text: '\u009b2J' }, ...others];
  const view = viewOf(startPlayer(null, { ...scenario, title: '\u0007', steps }));
  expect(JSON.stringify({ ...view, session: null })).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\\u00[01]/,
  );
});

test('editors get a JSON Schema for each kind of file', () => {
  expect(scenarioJsonSchema()).toMatchObject({ type: 'object', additionalProperties: false });
  expect(lessonJsonSchema()).toMatchObject({ properties: { 'read-next': { type: 'string' } } });
});
